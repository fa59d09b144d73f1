"""Which kind of table a file is: by its ending, or as it is stated."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridgov.errors import ArgumentError, FormatError
from gridgov.language import listed
from gridgov.tables.byte_file import PACKINGS
from gridgov.tables.words import WORDS

__all__ = ["ENDINGS", "TableFormat"]

#: What `--input-format` and `--output-format` take -> endings of such files.
_KINDS: Final = {
    "csv": (".csv", ".txt"),
    "tsv": (".tsv",),
    "ndjson": (".ndjson", ".jsonl"),
    "xlsx": (".xlsx",),
    "parquet": (".parquet", ".geoparquet"),
    "gpkg": (".gpkg",),
    "geojson": (".geojson",),
}
_PACKABLE: Final = ("csv", "tsv", "ndjson")
ENDINGS: Final = tuple(ending for endings in _KINDS.values() for ending in endings)

_SAVE_AS: Final = {".xls": ".xlsx", ".et": ".xlsx", ".json": ".geojson", ".shp": ".gpkg", ".dbf": ".csv"}


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A kind of table: csv, tsv, ndjson, xlsx, parquet, gpkg or geojson; text may be packed (gzip, zstd)."""

    kind: str
    packing: str | None = None

    @classmethod
    def of(cls, path: Path, stated: str | None = None) -> "TableFormat":
        """By what is stated, else by the ending; raises FormatError, naming the way out, for others."""
        packing = PACKINGS.get(path.suffix.lower())
        if stated is not None:
            return cls.parse(stated, packing)
        ending = path.with_suffix("").suffix.lower() if packing else path.suffix.lower()
        kind = next((kind for kind, endings in _KINDS.items() if ending in endings), None)
        if kind is None or (packing and kind not in _PACKABLE):
            raise FormatError(_unknown(path, ending, packing))
        return cls(kind, packing)

    @classmethod
    def parse(cls, stated: str, packing: str | None = None) -> "TableFormat":
        """A format by its name; raises ArgumentError for an unknown one."""
        kind = stated.strip().lower().removeprefix(".")
        if kind not in _KINDS:
            raise ArgumentError(WORDS("format_unknown", stated=stated, known=listed(_KINDS)))
        return cls(kind, packing if kind in _PACKABLE else None)

    @property
    def text(self) -> bool:
        """Whether it has an encoding and a separator."""
        return self.kind in {"csv", "tsv"}

    @property
    def spatial(self) -> bool:
        """Whether every row must have a point, or none."""
        return self.kind in {"gpkg", "geojson"}

    @property
    def layered(self) -> bool:
        """Whether it may hold several tables."""
        return self.kind in {"xlsx", "gpkg", "geojson"}


def _unknown(path: Path, ending: str, packing: str | None) -> str:
    if packing and ending:
        return WORDS("packable", path=path, known=listed(_PACKABLE), packing=packing, ending=ending)
    if ending in _SAVE_AS:
        return WORDS("save_as", path=path, ending=ending, kind=_SAVE_AS[ending])
    said = WORDS("ending_unknown", ending=ending) if ending else WORDS("no_ending")
    return WORDS("known_endings", path=path, said=said, known=listed(ENDINGS))
