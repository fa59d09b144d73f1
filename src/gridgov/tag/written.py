"""What a job writes: its output, and files of rejects and mismatches once there are any."""

import errno
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gridgov.errors import OutputLockedError
from gridgov.outputs import alone, replacing
from gridgov.tables import (
    Batch,
    TableFormat,
    TableStream,
    TableWriter,
    TextFormat,
    TextLines,
    open_writer,
    stream_writer,
    text_form_of,
)
from gridgov.tag.added import Added
from gridgov.tag.aside import Gathered
from gridgov.tag.asked import Asked
from gridgov.tag.asking import Asking
from gridgov.tag.behind import AnswersBehind
from gridgov.tag.coded import AnswersCoded
from gridgov.tag.files import TagFiles
from gridgov.tag.mismatches import mismatches_batch
from gridgov.tag.rejects import rejects_batch, rejects_of_lines
from gridgov.tag.settling import settling
from gridgov.tag.sidecar import replacing_sidecar, sidecar_path
from gridgov.tag.words import WORDS

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray
    from pyproj import CRS

    from gridgov.recorded import Mismatches

__all__ = ["Written"]

#: Kinds that hold where they come from inside; beside others stands a file that says it.
_SELF_TOLD = frozenset({"parquet", "gpkg"})


class Written:
    """The files of a job while they are written; all take their places, or none.

    Attributes
    ----------
    rejected, differs
        Whether there are files of rejects and of mismatches.
    notes
        What had to be written otherwise.
    """

    def __init__(
        self, files: TagFiles, stream: TableStream, asking: Asking, *, text: "TextFormat | None", safe: bool
    ) -> None:
        self._given, self._stream, self._asking = files, stream, asking
        self._text, self._safe = text, safe
        self.rejected, self.differs, self.notes = False, False, list[str]()
        self._added = Added(asking.names, fill=asking.options.fill)
        self._behind = AnswersBehind(self._added, asking.names, text or TextFormat())
        self._coded = AnswersCoded(self._added, asking.names)
        self._gathered = Gathered()
        self._files = ExitStack()
        self._output: TableWriter | None = None
        self._rejects: TableWriter | None = None
        self._mismatches: TableWriter | None = None

    @property
    def carries_lines(self) -> bool:
        """Whether answers can be set behind the lines of a text table as they came."""
        asking = self._asking
        if asking.rejects_file or asking.replaced or asking.options.fill or self._safe:
            return False
        return self._written_as_it_came(self._given.output_form)

    def _written_as_it_came(self, form: TableFormat) -> bool:
        """Whether a kind of table has lines like those that are read."""
        came = self._stream.text
        if came is None or self._text is None or not form.text:
            return False
        written = text_form_of(form, self._text)
        return (came.encoding, came.separator, came.line_end) == (
            written.encoding,
            written.separator,
            written.line_end,
        )

    @contextmanager
    def opened(self, told: "Callable[[], dict[str, Any]]") -> Iterator[None]:
        """Where batches are written; at the end `told` says where the output comes from."""
        given = self._given
        crs = self._stream.crs if self._stream.spatial else self._asking.atlas.crs
        with self._files:
            if isinstance(given.output, Path):
                beside = [*given.written[1:], sidecar_path(given.output)]
                self._files.enter_context(alone(given.output, beside=beside))
                sidecar = None
                if given.output_form.kind not in _SELF_TOLD:
                    sidecar = self._files.enter_context(
                        replacing_sidecar(given.output, overwrite=given.overwrite)
                    )
                spatial = self._stream.spatial or given.output_form.spatial
                self._output = self._writer(given.output, given.output_form, spatial=spatial, crs=crs)
            else:
                sidecar = None
                self._files.enter_context(_room_in_stream())
                self._output = stream_writer(
                    given.output,
                    given.output_form,
                    text=self._text,
                    spatial=self._stream.spatial,
                    safe=self._safe,
                )
            yield
            self._write_gathered()
            provenance = told()
            if sidecar is not None:
                sidecar(provenance)
            else:
                self._output.describe(provenance)
            for writer in (self._output, self._rejects, self._mismatches):
                self.notes += writer.close() if writer else []
        self._remove_old()

    def answered(self, asked: Asked) -> Batch:
        """Rows with their answers as they are written; may be called while others are written, in order."""
        points = asked.input_points
        if points is None and self._given.output_form.spatial:
            points = self._asking.map_points(asked.points)
        if isinstance(asked.lines, TextLines):
            behind = self._behind.of(asked.answers, asked.placed.row, asked.odd)
            return Batch(asked.incidents, lines=asked.lines, behind=behind)
        if self._given.output_form.kind == "parquet" and not (
            self._asking.replaced or self._asking.options.fill
        ):
            lines = None if self._asking.rejects_file or points else asked.lines
            return Batch(asked.incidents, points, lines=lines, coded=self._coded.of(asked.answers))
        return Batch(
            asked.incidents,
            points,
            self._added.columns(asked.answers, asked.incidents),
            asked.lines,
            filled=self._asking.options.fill,
        )

    def write(self, answered: Batch, asked: Asked, rejected: "NDArray[np.bool_]", *, first_row: int) -> None:
        """Add rows as `answered` gives them to the output, and those rejected to their file too."""
        assert self._output is not None
        self._output.write(answered)
        if self._given.flush:
            self._output.flush()
        if self._given.rejects is None or not rejected.any():
            return
        if self._rejects is None:
            self.rejected = True
            self._rejects = self._aside(self._given.rejects)
        at = np.flatnonzero(rejected)
        reasons = asked.texts("reject_reason", at).tolist()
        if isinstance(asked.lines, TextLines):
            self._gathered.add(asked.lines.take(at), at + first_row, reasons)
            if self._gathered.enough:
                self._write_gathered()
            return
        # In the order of the table: lines are not carried where their ends are of several kinds.
        self._write_gathered()
        self._rejects.write(rejects_batch(asked.taken(at), at + first_row, reasons))

    def _write_gathered(self) -> None:
        if self._rejects is None or not len(self._gathered):
            return
        assert self._given.rejects is not None
        alike = self._written_as_it_came(TableFormat.of(self._given.rejects))
        self._rejects.write(rejects_of_lines(*self._gathered.taken(), as_they_came=alike))

    def list_mismatches(self, asked: Asked, found: "Mismatches | None", *, first_row: int) -> None:
        """Add rows whose recorded unit is not the located one to their file."""
        if self._given.mismatches is None or found is None or not len(found.row):
            return
        if self._mismatches is None:
            self.differs = True
            self._mismatches = self._aside(self._given.mismatches)
        self._mismatches.write(mismatches_batch(asked.taken(found.row), found, first_row=first_row))

    def _aside(self, path: Path) -> TableWriter:
        stream = self._stream
        return self._writer(path, TableFormat.of(path), spatial=stream.spatial, crs=stream.crs)

    def _writer(self, path: Path, form: TableFormat, *, spatial: bool, crs: "CRS | None") -> TableWriter:
        partial = self._files.enter_context(replacing(path, overwrite=self._given.overwrite))
        writer = open_writer(
            partial, name=path, form=form, text=self._text, spatial=spatial, crs=crs, safe=self._safe
        )
        self._files.push(_abandoning(writer))
        self._files.enter_context(settling(partial))
        return writer

    def _remove_old(self) -> None:
        """Files of an earlier run that this one has nothing for."""
        for path, writer, why in (
            (self._given.rejects, self._rejects, WORDS("no_reject_now")),
            (self._given.mismatches, self._mismatches, WORDS("no_differ_now")),
        ):
            if path is None or writer is not None or not path.exists():
                continue
            try:
                path.unlink()
            except PermissionError:
                self.notes.append(WORDS("earlier_open", path=path.name, why=why))
            else:
                self.notes.append(WORDS("earlier_removed", path=path.name, why=why))


@contextmanager
def _room_in_stream() -> Iterator[None]:
    """Raise OutputLockedError where a stream goes to a full disk."""
    try:
        yield
    except OSError as error:
        # What polars raises has no number.
        full = error.errno in {errno.ENOSPC, errno.EDQUOT} or "no space left" in str(error).lower()
        if not full:
            raise
        raise OutputLockedError(WORDS("stream_full")) from error


def _abandoning(writer: TableWriter) -> Callable[..., None]:
    def leave(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            writer.abandon()

    return leave
