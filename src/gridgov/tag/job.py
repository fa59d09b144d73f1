"""One file of incidents tagged: read, asked, written, counted."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.datum import describe_crs
from gridgov.errors import ArgumentError
from gridgov.outputs import check_not_input, check_output, replacing
from gridgov.tables import (
    BATCH_ROWS,
    Batch,
    TableFormat,
    TableStream,
    TableWriter,
    check_source,
    open_table,
    open_writer,
    text_form_of,
)
from gridgov.tag.asking import Added, Asked, Asking
from gridgov.tag.mismatches import mismatches_batch, mismatches_path
from gridgov.tag.options import TagOptions
from gridgov.tag.rejects import RejectLimit, rejects_batch, rejects_path
from gridgov.tag.result import TagResult
from gridgov.tag.tally import Tally, ordered
from gridgov.threads import ahead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyproj import CRS

    from gridgov.recorded import Mismatches

__all__ = ["check_list_path", "check_tag_paths", "tag_file"]

#: Told after each batch: rows written so far, and the share of the input that was read.
Progress = Callable[[int, float], None]


def tag_file(
    source: str | Path,
    output: str | Path,
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
        twice, points in China without a datum, rules that contradict each other.
    """
    source, output = Path(source), Path(output)
    rejects = check_tag_paths(source, output, rejects, overwrite=overwrite)
    options = options or TagOptions()
    listed = None
    if options.recorded is not None:
        listed = mismatches_path(output) if mismatches is None else Path(mismatches)
        check_list_path(listed, source, (output, rejects), overwrite=overwrite)
    stream = open_table(
        source, encoding=options.encoding, sheet=options.sheet, batch_rows=batch_rows or BATCH_ROWS
    )
    asking = Asking.of(stream, cells, options, output=output, form=TableFormat.of(output))
    written = _Outputs(stream, asking, output, rejects, listed, overwrite=overwrite)
    tally = Tally(asking)
    with written.opened():
        for batch in ahead(stream.batches):
            asked = asking.ask(batch)
            rejected, first_row = tally.add(asked), tally.rows - len(asked) + 1
            written.write(asked, rejected, first_row=first_row)
            written.list_mismatches(asked, tally.mismatches, first_row=first_row)
            if progress is not None:
                progress(tally.rows, stream.done())
        tally.end()
    return _result(stream, asking, tally, written, limit=max_rejects)


def check_tag_paths(
    source: Path, output: Path, rejects: str | Path | None = None, *, overwrite: bool = False
) -> Path:
    """Raise if the files of a job cannot be what they are to be; answers where rejects go.

    Raises InputMissingError for a source that is not there, FormatError for an unknown ending; else as
    `check_output` and `check_not_input`.
    """
    TableFormat.of(output)
    check_source(source)
    rejects = rejects_path(output) if rejects is None else Path(rejects)
    if rejects.absolute() == output.absolute():
        raise ArgumentError(f"--rejects {rejects} is the output itself; name another file")
    for path in (output, rejects):
        TableFormat.of(path)
        check_not_input(path, [source])
        check_output(path, overwrite=overwrite)
    return rejects


def check_list_path(listed: Path, source: Path, others: Iterable[Path], *, overwrite: bool) -> None:
    """Raise if the list of mismatches cannot be written there; as `check_tag_paths`."""
    if any(listed.absolute() == other.absolute() for other in others):
        raise ArgumentError(f"--mismatches {listed} is another output of this job; name another file")
    TableFormat.of(listed)
    check_not_input(listed, [source])
    check_output(listed, overwrite=overwrite)


class _Outputs:
    """The output, and files of rejects and mismatches once there are any; all take their places, or none."""

    def __init__(
        self,
        stream: TableStream,
        asking: Asking,
        output: Path,
        rejects: Path,
        mismatches: Path | None,
        *,
        overwrite: bool,
    ) -> None:
        self._stream, self._asking, self._overwrite = stream, asking, overwrite
        self.output, self.rejects, self.mismatches = output, rejects, mismatches
        self.rejected, self.differs, self.notes = False, False, list[str]()
        self._added = Added(asking.names)
        self._files = ExitStack()
        self._output_writer: TableWriter | None = None
        self._rejects_writer: TableWriter | None = None
        self._mismatches_writer: TableWriter | None = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Where batches are written."""
        form = TableFormat.of(self.output)
        crs = self._stream.crs if self._stream.spatial else self._asking.atlas.crs
        with self._files:
            self._output_writer = self._writer(
                self.output, spatial=self._stream.spatial or form.spatial, crs=crs
            )
            yield
            for writer in (self._output_writer, self._rejects_writer, self._mismatches_writer):
                self.notes += writer.close() if writer else []
        if self._rejects_writer is None and self.rejects.exists():
            self.notes.append(_remove_old(self.rejects, "no row is rejected now"))
        if self.mismatches is not None and self._mismatches_writer is None and self.mismatches.exists():
            self.notes.append(_remove_old(self.mismatches, "no row differs now"))

    def write(self, asked: Asked, rejected: "NDArray[np.bool_]", *, first_row: int) -> None:
        """Add rows to the output, and those rejected to their file too."""
        assert self._output_writer is not None
        points = asked.input_points
        if points is None and TableFormat.of(self.output).spatial:
            points = self._asking.map_points(asked.points)
        self._output_writer.write(Batch(asked.incidents, points, self._added.columns(asked.answers)))
        if not rejected.any():
            return
        if self._rejects_writer is None:
            self.rejected = True
            self._rejects_writer = self._writer(
                self.rejects, spatial=self._stream.spatial, crs=self._stream.crs
            )
        self._rejects_writer.write(
            rejects_batch(
                asked.incidents,
                asked.input_points,
                rejected,
                asked.plain("reject_reason"),
                first_row=first_row,
            )
        )

    def list_mismatches(self, asked: Asked, found: "Mismatches | None", *, first_row: int) -> None:
        """Add rows whose recorded unit is not the located one to their file."""
        if self.mismatches is None or found is None or not len(found.row):
            return
        if self._mismatches_writer is None:
            self.differs = True
            self._mismatches_writer = self._writer(
                self.mismatches, spatial=self._stream.spatial, crs=self._stream.crs
            )
        self._mismatches_writer.write(
            mismatches_batch(asked.incidents, asked.input_points, found, first_row=first_row)
        )

    def _writer(self, path: Path, *, spatial: bool, crs: "CRS | None") -> TableWriter:
        partial = self._files.enter_context(replacing(path, overwrite=self._overwrite))
        writer = open_writer(partial, name=path, text=self._stream.text, spatial=spatial, crs=crs)
        self._files.push(_abandoning(writer))
        return writer


def _abandoning(writer: TableWriter) -> Callable[..., None]:
    def leave(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            writer.abandon()

    return leave


def _remove_old(path: Path, why: str) -> str:
    try:
        path.unlink()
    except PermissionError:
        return f"{path.name} is of an earlier run and open in another program; {why}."
    return f"{path.name} of an earlier run was removed: {why}."


def _result(
    stream: TableStream, asking: Asking, tally: Tally, written: _Outputs, *, limit: RejectLimit | None
) -> TagResult:
    options, form = asking.options, TableFormat.of(written.output)
    return TagResult(
        source=stream.path,
        output=written.output,
        rejects=written.rejects if written.rejected else None,
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
        written_as=str(text_form_of(form, stream.text)) if form.text else "",
        limit=limit,
        trust=tally.trust(),
        mismatches=written.mismatches if written.differs else None,
        accuracy_m=options.accuracy_m,
        accuracy_column=options.accuracy_column,
        notes=tuple(_notes(stream, asking, tally, written)),
    )


def _notes(stream: TableStream, asking: Asking, tally: Tally, written: _Outputs) -> Iterator[str]:
    yield from stream.notes
    if asking.rejects_file:
        yield "The input is a rejects file; its columns _row and _reason were dropped."
    yield from asking.rules.bound.notes if asking.rules.bound else ()
    yield from tally.unused()
    if not stream.spatial and TableFormat.of(written.output).kind == "gpkg":
        system = describe_crs(asking.atlas.crs)
        yield f"The points of {written.output.name} are in the coordinate system of the cells, {system}."
    yield from written.notes
