"""Where a job reads and writes: files, or the two streams of a program."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from gridgov.errors import ArgumentError
from gridgov.outputs import check_not_input, check_output
from gridgov.tables import TableFormat, check_source
from gridgov.tag.mismatches import mismatches_path
from gridgov.tag.rejects import rejects_path
from gridgov.tag.words import WORDS

__all__ = ["TagFiles"]

_STANDARD: Final = {"source": Path(WORDS("standard_input")), "output": Path(WORDS("standard_output"))}
#: What a stream can hold: rows one after the other.
_STREAMED: Final = ("csv", "tsv", "ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFiles:
    """Files or streams of one job, and what kinds of table they are.

    Attributes
    ----------
    source, output
        Paths, or open binary streams.
    input_form, output_form
        What kinds of table these are.
    rejects, mismatches
        Files for rows without an answer, and for rows whose recorded unit is not the located one; None = not
        written.
    overwrite
        Whether files that are there may be replaced.
    flush
        Whether each row is answered as soon as it comes, from a stream of JSON lines.
    """

    source: Path | BinaryIO
    output: Path | BinaryIO
    input_form: TableFormat
    output_form: TableFormat
    rejects: Path | None
    mismatches: Path | None = None
    overwrite: bool = False
    flush: bool = False

    @classmethod
    def of(
        cls,
        source: str | Path | BinaryIO,
        output: str | Path | BinaryIO,
        *,
        input_format: str | None = None,
        output_format: str | None = None,
        rejects: str | Path | None = None,
        mismatches: str | Path | None = None,
        checked: bool = False,
        overwrite: bool = False,
        flush: bool = False,
    ) -> "TagFiles":
        """Raise if the files of a job cannot be what they are to be.

        Rejects go beside the output unless said otherwise, and nowhere if that is a stream; likewise
        mismatches if units are `checked`. Raises InputMissingError for a source that is not there,
        FormatError for an unknown ending, ArgumentError for a stream of unknown or impossible kind; else as
        `check_output` and `check_not_input`.
        """
        source, output = (Path(end) if isinstance(end, str) else end for end in (source, output))
        input_form = _form(source, input_format, "--input-format")
        if not isinstance(output, Path):
            output_format = output_format or (input_form.kind if input_form.kind in _STREAMED else "csv")
        files = cls(
            source=source,
            output=output,
            input_form=input_form,
            output_form=_form(output, output_format, "--output-format"),
            rejects=_beside(output, rejects, rejects_path(output) if isinstance(output, Path) else None),
            mismatches=_beside(
                output, mismatches, mismatches_path(output) if isinstance(output, Path) else None
            )
            if checked
            else None,
            overwrite=overwrite,
            flush=flush,
        )
        files.check()
        return files

    @property
    def source_name(self) -> Path:
        """What the source is called."""
        return self.source if isinstance(self.source, Path) else _STANDARD["source"]

    @property
    def output_name(self) -> Path:
        """What the output is called."""
        return self.output if isinstance(self.output, Path) else _STANDARD["output"]

    @property
    def written(self) -> list[Path]:
        """Every file that may be written."""
        own = self.output if isinstance(self.output, Path) else None
        return [path for path in (own, self.rejects, self.mismatches) if path is not None]

    def check(self) -> None:
        """Raise if something stands in the way of reading or writing."""
        if isinstance(self.source, Path):
            check_source(self.source, self.input_form)
        elif self.input_form.kind not in _STREAMED:
            raise ArgumentError(WORDS("not_from_stream", kind=self.input_form.kind))
        if not isinstance(self.output, Path) and self.output_form.kind not in _STREAMED:
            raise ArgumentError(WORDS("needs_file", kind=self.output_form.kind))
        if self.flush and {self.input_form.kind, self.output_form.kind} != {"ndjson"}:
            raise ArgumentError(WORDS("flush_needs"))
        written = self.written
        for name, path in (("--rejects", self.rejects), ("--mismatches", self.mismatches)):
            if path is not None and [other.absolute() for other in written].count(path.absolute()) > 1:
                raise ArgumentError(WORDS("is_output", name=name, path=path))
        for path in written:
            if path != self.output:
                TableFormat.of(path)
            check_not_input(path, [self.source] if isinstance(self.source, Path) else [])
            check_output(path, overwrite=self.overwrite)


def _beside(output: object, given: str | Path | None, usual: Path | None) -> Path | None:
    if given is not None:
        return Path(given)
    return usual if isinstance(output, Path) else None


def _form(end: Path | BinaryIO, stated: str | None, option: str) -> TableFormat:
    if isinstance(end, Path):
        return TableFormat.of(end, stated)
    if stated is None:
        raise ArgumentError(WORDS("say_stream", option=option, kinds="|".join(_STREAMED)))
    return TableFormat.parse(stated)
