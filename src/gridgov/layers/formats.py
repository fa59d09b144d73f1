"""Which files hold polygons, and in words why another does not."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gridgov.errors import FormatError, InputMissingError
from gridgov.language import examples, listed
from gridgov.layers.words import WORDS

__all__ = ["POLYGON_FILES", "TABLE_FILES", "check_input", "find_files", "kind_of"]

#: What each ending is called. ``.gdb`` is a folder; all others are files.
POLYGON_FILES: Final[Mapping[str, str]] = {
    ".gpkg": "GeoPackage",
    ".shp": "Shapefile",
    ".gdb": "File Geodatabase",
    ".tab": "MapInfo TAB",
    ".mif": "MapInfo MIF",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".kml": "KML",
    ".kmz": "KML",
    ".parquet": "GeoParquet",
    ".geoparquet": "GeoParquet",
    ".dxf": "DXF",
}
TABLE_FILES: Final[Mapping[str, str]] = {".xlsx": "Excel", ".xlsm": "Excel", ".csv": "CSV", ".tsv": "CSV"}

#: Why an ending is not read, as WORDS calls it.
_REFUSED: Final[Mapping[str, str]] = {
    ".dwg": "dwg",
    ".mdb": "personal_gdb",
    ".accdb": "access",
    ".xls": "old_excel",
    ".et": "wps",
    ".ods": "open_document",
    **dict.fromkeys((".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx"), "shapefile_part"),
    **dict.fromkeys((".dat", ".map", ".id", ".ind", ".mid"), "mapinfo_part"),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz"), "packed"),
    **dict.fromkeys((".lyr", ".lyrx", ".mxd", ".aprx", ".qgs", ".qgz", ".qlr"), "project"),
}


def kind_of(path: Path) -> str:
    """The kind of a file by its ending; raise FormatError in words for what cannot be read.

    >>> kind_of(Path("jw.SHP"))
    'Shapefile'
    """
    suffix = path.suffix.lower()
    kind = {**POLYGON_FILES, **TABLE_FILES}.get(suffix)
    if kind is not None:
        return kind
    why = _REFUSED.get(suffix)
    if why is not None:
        raise FormatError(WORDS("refused", path=path.name, why=WORDS(why)))
    known = listed([*POLYGON_FILES, *TABLE_FILES, ".zip"])
    raise FormatError(
        WORDS("ending_not_read", path=path.name, suffix=suffix or WORDS("no_ending"), known=known)
    )


def check_input(path: Path) -> None:
    """Raise InputMissingError or FormatError unless `path` is a file (or a ``.gdb`` folder) to read."""
    if not path.exists():
        raise InputMissingError(WORDS("no_file", path=path, hint=_similar(path)))
    if path.is_dir():
        if path.suffix.lower() != ".gdb":
            raise FormatError(_not_a_file(path))
    elif path.suffix.lower() != ".zip":
        kind_of(path)
        if path.stat().st_size == 0:
            raise FormatError(WORDS("empty_file", path=path.name))


def find_files(folder: Path) -> list[Path]:
    """Files (and ``.gdb`` folders) below a folder that can be read, sorted; parts and hidden ones left out.

    Office's lock files (``~$ledger.xlsx``) are left out too.
    """
    known = {*POLYGON_FILES, *TABLE_FILES, ".zip"}
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$", "__MACOSX")):
            continue
        if path.is_dir() and path.suffix.lower() != ".gdb":
            found += find_files(path)
        elif path.suffix.lower() in known:
            found.append(path)
    return found


def _similar(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return WORDS("no_folder", folder=folder)
    names = {p.name.casefold(): p.name for p in folder.iterdir()}
    near = difflib.get_close_matches(path.name.casefold(), list(names), n=1)
    return WORDS("did_you_mean", name=names[near[0]]) if near else ""


def _not_a_file(folder: Path) -> str:
    if any(folder.glob("*.gdbtable")):
        return WORDS("gdb_name", folder=folder)
    names = [path.relative_to(folder).as_posix() for path in find_files(folder)]
    inside = WORDS("folder_holds", names=examples(names)) if names else WORDS("folder_unreadable")
    return WORDS("is_folder", folder=folder, inside=inside)
