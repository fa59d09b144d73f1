"""One table of incidents tagged: read, asked, written, counted, batch by batch."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

from gridgov.datum import describe_crs
from gridgov.index import expect_points
from gridgov.lookup import Atlas
from gridgov.tables import (
    BATCH_ROWS,
    Batch,
    TableStream,
    TextFormat,
    text_form_of,
)
from gridgov.tag.asked import Asked
from gridgov.tag.asking import Asking
from gridgov.tag.behind import takes_polars
from gridgov.tag.files import TagFiles
from gridgov.tag.opening import check_room, opened, rows_surely
from gridgov.tag.options import TagOptions
from gridgov.tag.origin import Origin
from gridgov.tag.rejects import RejectLimit
from gridgov.tag.result import TagResult
from gridgov.tag.tally import Tally, ordered
from gridgov.tag.words import WORDS
from gridgov.tag.written import Written
from gridgov.threads import ahead, meanwhile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from gridgov.recorded import Mismatches

__all__ = ["Progress", "tag_file", "tag_table"]

Item = TypeVar("Item")

#: Told after each batch: rows written so far, and the share of the input that was read.
Progress = Callable[[int, float], None]


def tag_file(
    source: str | Path | BinaryIO,
    output: str | Path | BinaryIO,
    cells: object,
    *,
    options: TagOptions | None = None,
    rejects: str | Path | None = None,
    max_rejects: RejectLimit | None = None,
    mismatches: str | Path | None = None,
    overwrite: bool = False,
    batch_rows: int | None = None,
    progress: Progress | None = None,
) -> TagResult:
    """Write a table of incidents with the cell, grid, owners and handler of each.

    Parameters
    ----------
    source, output
        Files: .csv, .tsv, .txt, .ndjson, .xlsx, .parquet, .gpkg or .geojson each. Every row once, in the same
        order, every value unchanged; a text output is written as a text input was.
    cells
        A `Network`, its `.cells`, one unmerged layer, or an `Atlas`.
    options
        How incidents are read and asked.
    rejects
        File for rows without an answer; ``<output stem>.rejects.csv`` beside the output when None. It is
        written only if there are any.
    max_rejects
        Limit that `TagResult.beyond_limit` is held against; everything is written all the same.
    mismatches
        File for rows whose recorded unit is not the located one (`TagOptions.recorded`);
        ``<output stem>.mismatches.csv`` beside the output when None. Written only if there are any.
    overwrite
        Replace files that are there.
    batch_rows
        Rows read, asked and written at a time; the files are the same whatever it is.
    progress
        Called after each batch with the rows so far and the share of the input that was read.

    Returns
    -------
    TagResult
        Counts for a summary.

    Raises
    ------
    GridgovError
        Before anything is written: an output that is there, a column that is missing or would be there
        twice, points in China without a datum, rules that contradict each other. Later, with nothing
        written: a row that cannot be read, a full disk, a source that was changed meanwhile.
    """
    options = options or TagOptions()
    files = TagFiles.of(
        source,
        output,
        rejects=rejects,
        mismatches=mismatches,
        checked=options.recorded is not None,
        overwrite=overwrite,
    )
    return tag_table(
        files, cells, options=options, max_rejects=max_rejects, batch_rows=batch_rows, progress=progress
    )


def tag_table(
    files: TagFiles,
    cells: object,
    *,
    options: TagOptions,
    max_rejects: RejectLimit | None = None,
    batch_rows: int | None = None,
    progress: Progress | None = None,
) -> TagResult:
    """As :func:`tag_file`, for files that were checked, or streams."""
    atlas = Atlas.of(cells)
    origin = Origin.of(files.source) if isinstance(files.source, Path) else Origin(files.source_name)
    with (
        # A long file is hashed, and the cells are made ready for it, while it is looked through.
        meanwhile(lambda _: _make_ready(atlas, options.stated_crs, rows_surely(files))) as ready,
        meanwhile(origin.hash) as hashed,
        opened(files, options, batch_rows or BATCH_ROWS) as stream,
    ):
        check_room(files, options, stream)
        ready()
        expect_points(stream.rows_about)
        atlas.index.expect(stream.rows_about)
        asking = Asking.of(stream, atlas, options, output=files.output_name, form=files.output_form)
        text = _text(files, stream, options)
        written = Written(files, stream, asking, text=text, safe=options.safe_csv)
        tally = Tally(asking)
        sha256 = cache(hashed)
        with written.opened(lambda: origin.told(asking, tally, sha256=sha256())):
            batches = _batches(stream, asking, written)
            # One batch is read, the one before it asked, the next counted and made into text, the one before
            # that written.
            staged = _at_once if files.flush else ahead
            _load_polars(files, stream.rows_about, asking)
            asked = staged(_asked(staged(batches), asking))
            for counted in staged(_counted(asked, tally, written)):
                first_row = counted.rows - len(counted.asked) + 1
                written.write(counted.answered, counted.asked, counted.rejected, first_row=first_row)
                written.list_mismatches(counted.asked, counted.mismatches, first_row=first_row)
                if progress is not None:
                    progress(counted.rows, stream.done())
                # Its memory is that of the next ones.
                del counted
            tally.end()
            origin.check_unchanged()
    return _result(
        files, stream, asking, tally, written, text=text, limit=max_rejects, source_sha256=sha256()
    )


def _make_ready(atlas: Atlas, crs: object, rows: int) -> None:
    """Load what is compiled and draw the cells, if that pays for so many rows in a system that is known."""
    expect_points(rows)
    if rows and crs is not None:
        atlas.index.asked_in(crs).draw_for(rows)


def _load_polars(files: TagFiles, rows: int, asking: Asking) -> None:
    """Load polars if it will be used, before several threads ask for it: one may get it half loaded."""
    text = files.input_form.text and files.output_form.text
    if not text or takes_polars(rows, cells=len(asking.atlas), columns=len(asking.names)):
        import polars as pl  # noqa: F401 (for the others)


def _asked(batches: Iterator[Batch], asking: Asking) -> Iterator[Asked]:
    with closing(batches):  # type: ignore[type-var]
        yield from map(asking.ask, batches)


class _Counted(NamedTuple):
    """Some incidents with their answers, as they are written, which are rejected and differ; rows so far."""

    asked: Asked
    answered: Batch
    rejected: "NDArray[np.bool_]"
    mismatches: "Mismatches | None"
    rows: int


def _counted(batches: Iterator[Asked], tally: Tally, written: Written) -> Iterator[_Counted]:
    with closing(batches):  # type: ignore[type-var]
        yield from map(partial(_count, tally, written), batches)


def _count(tally: Tally, written: Written, asked: Asked) -> _Counted:
    rejected = tally.add(asked)
    return _Counted(asked, written.answered(asked), rejected, tally.mismatches, tally.rows)


def _at_once(items: Iterator[Item]) -> Iterator[Item]:
    return items


def _batches(stream: TableStream, asking: Asking, written: Written) -> Iterator[Batch]:
    """The batches of a table: lines as they came if answers can be set behind them, else all its columns."""
    carried = None
    if stream.carried is not None and written.carries_lines:
        carried = stream.carried(asking.needed(stream.names), asking.numbers)
    return stream.batches if carried is None else carried


def _text(files: TagFiles, stream: TableStream, options: TagOptions) -> TextFormat | None:
    """How text is written: as it came, or as Excel likes it if asked to."""
    if not options.bom or not files.output_form.text:
        return stream.text
    came = stream.text or TextFormat(line_end="\r\n")
    return TextFormat("utf-8", True, came.separator, came.line_end)


def _result(
    files: TagFiles,
    stream: TableStream,
    asking: Asking,
    tally: Tally,
    written: Written,
    *,
    text: TextFormat | None,
    limit: RejectLimit | None,
    source_sha256: str | None,
) -> TagResult:
    options, form = asking.options, files.output_form
    return TagResult(
        source=files.source_name,
        output=files.output_name,
        rejects=files.rejects if written.rejected else None,
        rows=tally.rows,
        statuses=tally.by_status(),
        reasons=ordered(tally.reasons),
        review=tally.review,
        handlers=ordered(tally.handlers),
        without_handler=tally.without_handler if options.rules is not None else None,
        unnamed_categories=ordered(tally.unnamed),
        category=asking.category,
        coordinates=asking.coordinates,
        from_points=asking.from_points,
        crs=tally.crs,
        crs_stated=asking.crs is not None,
        border_m=options.border_m,
        nearest_m=options.nearest_m,
        network_version=asking.atlas.version,
        added=tuple(asking.names.values()),
        replaced=asking.replaced,
        written_as=str(text_form_of(form, text)) if form.text else "",
        limit=limit,
        trust=tally.trust(),
        mismatches=files.mismatches if written.differs else None,
        accuracy_m=options.accuracy_m,
        accuracy_column=options.accuracy_column,
        notes=tuple(_notes(files, stream, asking, tally, written)),
        source_sha256=source_sha256,
    )


def _notes(
    files: TagFiles, stream: TableStream, asking: Asking, tally: Tally, written: Written
) -> Iterator[str]:
    yield from stream.notes
    if asking.rejects_file:
        yield WORDS("rejects_file")
    yield from asking.rules.bound.notes if asking.rules.bound else ()
    yield from tally.unused()
    if not stream.spatial and files.output_form.kind == "gpkg":
        system = describe_crs(asking.atlas.crs)
        yield WORDS("system_of_cells", name=files.output_name.name, system=system)
    yield from written.notes
