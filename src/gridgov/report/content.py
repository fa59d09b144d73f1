"""What a report holds, before it becomes HTML or a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.report.drawing import Ground

__all__ = ["CONFLICT_ROW", "GRID_ROW", "Report", "Sheet"]

#: Columns of a sheet's table; those without any value are left out when it is drawn.
GRID_ROW: Final = (
    "number",
    "department",
    "grid_id",
    "name",
    "owner",
    "people",
    "area_m2",
    "households",
    "incidents",
    "changed",
)
CONFLICT_ROW: Final = (
    "letter",
    "conflict_id",
    "kind",
    "departments",
    "grid_ids",
    "owners",
    "area_m2",
    "place",
    "resolution",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet to sign.

    Attributes
    ----------
    kind
        ``unit`` (of a rung) or ``pair`` (of departments).
    title, where
        What it is about: the unit and those above it, or both departments.
    ground
        The small map; numbers are those of the grids, letters those of the conflicts.
    grids, conflicts
        :data:`GRID_ROW` and :data:`CONFLICT_ROW`; conflicts are those still to decide.
    facts
        Sentences above the table.
    signers
        Who signs; blank for those people write in.
    """

    kind: str
    title: str
    where: str
    ground: "Ground"
    grids: "pd.DataFrame"
    conflicts: "pd.DataFrame"
    facts: Sequence[str]
    signers: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A network as paper.

    Attributes
    ----------
    version, made_on, datum
        Which network, of when, in which coordinate system.
    printed_on, footer
        Day of the report, and the line at the foot of each sheet.
    sheets
        To be signed: units first, then pairs of departments.
    tables
        For leaders and for the workbook, by name: ``coverage, conflicts, crosswalk, no_owner, size,
        households, incidents ...``; machine column names.
    figures
        Pictures (PNG) by name; empty without matplotlib.
    language
        ``en`` or ``zh``.
    notes
        Sentences a person should read.
    """

    version: str
    made_on: str
    datum: str
    printed_on: str
    footer: str
    sheets: Sequence[Sheet]
    tables: "Mapping[str, pd.DataFrame]"
    figures: Mapping[str, bytes]
    language: str
    notes: Sequence[str]

    def html(self) -> str:
        """Answer the whole report as one HTML text that needs no other file and no network."""
        from gridgov.report.html import report_html

        return report_html(self)

    def workbook(self) -> bytes:
        """Answer its tables as an Excel workbook."""
        from gridgov.report.book import report_workbook

        return report_workbook(self)
