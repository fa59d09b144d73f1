"""One file of incidents tagged: read, asked, written, counted."""

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gridgov.errors import ArgumentError, InputMissingError
from gridgov.outputs import check_not_input, check_output, replacing
from gridgov.schema import STATUSES
from gridgov.tables import MapPoints, check_ending, load_table, save_table
from gridgov.tables.read import TEXT_ENDINGS
from gridgov.tables.table import EXCEL_TEXT
from gridgov.tag.asking import Asked, TagOptions, ask
from gridgov.tag.doubts import elsewhere_doubts, metre_doubts
from gridgov.tag.rejects import RejectLimit, rejects_path, rejects_table
from gridgov.tag.result import REJECTED, TagResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["check_tag_paths", "tag_file"]


def tag_file(
    source: str | Path,
    output: str | Path,
    cells: object,
    *,
    options: TagOptions | None = None,
    rejects: str | Path | None = None,
    max_rejects: RejectLimit | None = None,
    overwrite: bool = False,
) -> TagResult:
    """Write a file of incidents with the cell, grid, owners and handler of each.

    Parameters
    ----------
    source, output
        .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson each. Every row once, in the same order, every
        value unchanged; a text output is written as a text input was.
    cells
        A `Network`, its `.cells`, one unmerged layer, or an `Atlas`.
    options
        How incidents are read and asked.
    rejects
        File for rows without an answer; ``<output stem>.rejects.csv`` beside the output when None. It is
        written only if there are any.
    max_rejects
        Limit that `TagResult.beyond_limit` is held against; everything is written all the same.
    overwrite
        Replace files that are there.

    Returns
    -------
    TagResult
        Counts for a summary.

    Raises
    ------
    GridgovError
        Before anything is written: an output that is there, a column that is missing or would be there
        twice, points in China without a datum, rules that contradict each other.
    """
    source, output = Path(source), Path(output)
    rejects = check_tag_paths(source, output, rejects, overwrite=overwrite)
    options = options or TagOptions()
    table = load_table(source, encoding=options.encoding, sheet=options.sheet)
    asked = ask(table, cells, options, output)
    rejected = np.isin(asked.answers["cell_status"], REJECTED)
    notes = _write(asked, rejected, output, rejects, overwrite=overwrite)
    return _result(
        asked,
        options,
        source=source,
        output=output,
        rejects=rejects if rejected.any() else None,
        limit=max_rejects,
        notes=notes,
    )


def check_tag_paths(
    source: Path, output: Path, rejects: str | Path | None = None, *, overwrite: bool = False
) -> Path:
    """Raise if the files of a job cannot be what they are to be; answers where rejects go.

    Raises InputMissingError for a source that is not there, FormatError for an unknown ending; else as
    `check_output` and `check_not_input`.
    """
    check_ending(output)
    if not source.is_file():
        raise InputMissingError(
            f"{source} is {'a folder; name a file in it' if source.exists() else 'not there'}"
        )
    rejects = rejects_path(output) if rejects is None else Path(rejects)
    if rejects.absolute() == output.absolute():
        raise ArgumentError(f"--rejects {rejects} is the output itself; name another file")
    for path in (output, rejects):
        check_ending(path)
        check_not_input(path, [source])
        check_output(path, overwrite=overwrite)
    return rejects


def _write(
    asked: Asked, rejected: "NDArray[np.bool_]", output: Path, rejects: Path, *, overwrite: bool
) -> list[str]:
    """Both files, or neither; answers what had to be written otherwise."""
    with ExitStack() as files:
        partial = files.enter_context(replacing(output, overwrite=overwrite))
        notes = save_table(asked.tagged, partial, name=output, text=asked.text, points=asked.output_points)
        if rejected.any():
            partial = files.enter_context(replacing(rejects, overwrite=overwrite))
            rows = rejects_table(asked.incidents, rejected, asked.answers["reject_reason"])
            points = asked.input_points
            points = points and MapPoints(points.geometry[rejected], points.crs)
            notes += save_table(rows, partial, name=rejects, text=asked.text, points=points)
    if not rejected.any() and rejects.exists():
        notes.append(_remove_old(rejects))
    return notes


def _remove_old(rejects: Path) -> str:
    try:
        rejects.unlink()
    except PermissionError:
        return f"{rejects.name} is of an earlier run and open in another program; no row is rejected now."
    return f"{rejects.name} of an earlier run was removed: no row is rejected now."


def _result(
    asked: Asked,
    options: TagOptions,
    *,
    source: Path,
    output: Path,
    rejects: Path | None,
    limit: RejectLimit | None,
    notes: list[str],
) -> TagResult:
    answers = asked.answers
    statuses = _counts(answers["cell_status"])
    handled = answers["handler"] != None  # noqa: E711 (element by element)
    answered = ~np.isin(answers["cell_status"], REJECTED)
    return TagResult(
        source=source,
        output=output,
        rejects=rejects,
        rows=len(answered),
        statuses={status: statuses.get(status, 0) for status in STATUSES},
        reasons=_counts(answers["reject_reason"]),
        review=int(np.count_nonzero(answers["review"])),
        handlers=_counts(answers["handler"]),
        without_handler=int(np.count_nonzero(answered & ~handled)) if asked.with_rules else None,
        unnamed_categories=asked.unnamed_categories,
        category=asked.category,
        coordinates=asked.coordinates,
        from_points=asked.from_points,
        crs=asked.crs,
        crs_stated=asked.crs_stated,
        border_m=options.border_m,
        nearest_m=options.nearest_m,
        network_version=asked.network_version,
        added=tuple(asked.names.values()),
        replaced=asked.replaced,
        written_as=str(asked.text or EXCEL_TEXT) if output.suffix.lower() in TEXT_ENDINGS else "",
        limit=limit,
        trust=asked.trust,
        accuracy_m=options.accuracy_m,
        accuracy_column=options.accuracy_column,
        notes=(*asked.notes, *_elsewhere(statuses, _counts(answers["reject_reason"])), *notes),
    )


def _elsewhere(statuses: Mapping[str, int], reasons: Mapping[str, int]) -> list[str]:
    located = sum(statuses.get(status, 0) for status in ("inside", "border", "overlap", "near"))
    return [
        *elsewhere_doubts(outside=statuses.get("outside", 0), located=located),
        *metre_doubts(no_degrees=reasons.get("range", 0), rows=sum(statuses.values())),
    ]


def _counts(values: "NDArray[np.object_]") -> dict[str, int]:
    """How often each value occurs, most first; None is not counted."""
    return {str(value): rows for value, rows in Counter(values.tolist()).most_common() if value is not None}
