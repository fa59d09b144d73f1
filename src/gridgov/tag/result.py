"""What became of a file of incidents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gridgov.schema import STATUSES
from gridgov.tag.rejects import RejectLimit
from gridgov.tag.trust import Trusted

__all__ = ["TagResult"]


@dataclass(frozen=True, slots=True)
class TagResult:
    """Counts and names of one job; nothing of it is needed to read the output.

    Attributes
    ----------
    source, output, rejects
        Files read and written; `rejects` is None when no row was rejected.
    rows
        Rows read and written.
    statuses, reasons
        Rows by `cell_status` (every one of them, in the order of schema.STATUSES) and by `reject_reason`.
    review
        Rows with a candidate that would change who acts.
    handlers
        Rows by handler, most first; empty without rules.
    without_handler
        Rows with a cell or a place that no rule gives a handler; None without rules.
    unnamed_categories
        Categories that no rule names, with their rows, most first.
    category
        Column they stand in, or None.
    coordinates
        Columns of the coordinates.
    from_points
        Whether the coordinates are the points of a map layer.
    crs, crs_stated
        How the coordinates were read (``gcj02``, ``wgs84``, ``EPSG:4547``), and whether the caller or the
        file said so.
    border_m, nearest_m
        Distances asked for, in metres.
    network_version
        Version of the network asked, or None for an unmerged layer.
    added, replaced
        Columns added, and those of the input that were replaced.
    written_as
        How a text output is written; '' for others.
    accuracy_m, accuracy_column
        What was said of how far points may stand off.
    trust
        How far the coordinates and the answers go.
    mismatches
        File of the rows whose recorded unit is not the located one, None without any.
    limit
        Limit on rejects, or None.
    notes
        Sentences a person should read.
    source_sha256
        Hash of the bytes that were read; None for a stream.
    """

    source: Path
    output: Path
    rejects: Path | None
    rows: int
    statuses: Mapping[str, int]
    reasons: Mapping[str, int]
    review: int
    handlers: Mapping[str, int]
    without_handler: int | None
    unnamed_categories: Mapping[str, int]
    category: str | None
    coordinates: tuple[str, ...]
    from_points: bool
    crs: str
    crs_stated: bool
    border_m: float
    nearest_m: float
    network_version: str | None
    added: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    written_as: str = ""
    accuracy_m: float | None = None
    accuracy_column: str | None = None
    trust: Trusted = field(default_factory=Trusted)
    mismatches: Path | None = None
    limit: RejectLimit | None = None
    notes: tuple[str, ...] = ()
    source_sha256: str | None = None

    @property
    def rejected(self) -> int:
        """Rows without an answer: status reject or outside."""
        return sum(self.statuses[status] for status in REJECTED)

    @property
    def beyond_limit(self) -> bool:
        """Whether more rows were rejected than the caller allows."""
        return self.limit is not None and self.rejected > self.limit.rows(self.rows)


#: Statuses without an answer.
REJECTED = tuple(status for status in STATUSES if status in {"outside", "reject"})
