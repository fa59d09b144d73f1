"""What a caller may say about incidents and how they are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.lookup import Atlas

if TYPE_CHECKING:
    from gridgov.datum.control import ControlFit
    from gridgov.owners import Rules

__all__ = ["RecordedOptions", "TagOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOptions:
    """Recorded units to be held against located ones; each as in `gridgov.check_recorded`.

    `vintage_name` says what `vintage` is, for people.
    """

    column: str
    against: str | None = None
    normalise: str | None = None
    vintage: Any = None
    vintage_name: str = "the other boundaries"

    def told(self) -> dict[str, Any]:
        """What is checked against what, as plain values; other boundaries by the hash of their polygons."""
        said = {"column": self.column, "against": self.against, "normalise": self.normalise}
        told: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        if self.vintage is not None:
            known = Atlas.of(self.vintage).index.content_hash
            told["vintage"] = {"name": self.vintage_name, "content_hash": known}
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class TagOptions:
    """How incidents are read and asked; each as in :func:`gridgov.assign_incidents`.

    Attributes
    ----------
    lon, lat, crs
        Columns of the coordinates, and what they are in.
    control
        Control points that bring the points to a known system; `crs` is then None.
    encoding, sheet
        Of the input, where it does not say so itself; `sheet` is a workbook's sheet or a file's layer.
    border_m, nearest_m
        In metres.
    accuracy_m, accuracy_column
        How far points may stand off, in metres, and the column that says so.
    place
        Columns of the recorded district, street, community.
    rules, category, time
        Who handles what, and the columns that rules ask for.
    recorded
        Recorded units to hold against located ones.
    columns, prefix, rename
        Which columns are added, and what they are called. A column of the input that `rename` names is
        replaced where it stands.
    fill
        Columns of the input that are called like added ones are kept, and filled where they are empty.
    bom
        Text is written as UTF-8 with a byte order mark, which Excel reads.
    safe_csv
        Values of text tables that a spreadsheet would take for formulas get an apostrophe in front.
    """

    lon: str | None = None
    lat: str | None = None
    crs: object = None
    control: "ControlFit | None" = None
    encoding: str | None = None
    sheet: str | None = None
    border_m: float = BORDER_M
    nearest_m: float = NEAREST_M
    accuracy_m: float | None = None
    accuracy_column: str | None = None
    place: Sequence[str] | Mapping[str, str] | None = None
    rules: "Rules | None" = None
    category: str | None = None
    time: str | None = None
    recorded: RecordedOptions | None = None
    columns: Sequence[str] | None = None
    prefix: str = ""
    rename: Mapping[str, str] = field(default_factory=dict)
    fill: bool = False
    bom: bool = False
    safe_csv: bool = False

    @property
    def stated_crs(self) -> object:
        """What the caller says the points are in, or are brought to; None if nothing."""
        return self.crs if self.control is None else self.control.crs
