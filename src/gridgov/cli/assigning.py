"""What `gridgov assign` reads and writes: one table, the streams of a program, or many files."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from gridgov.cli.point_words import WORDS
from gridgov.cli.progress import Progress
from gridgov.cli.words import logs_json, record, say
from gridgov.errors import ArgumentError
from gridgov.language import Many, listed
from gridgov.outputs import check_not_input

if TYPE_CHECKING:
    from gridgov.tag import RejectLimit, TagFiles, TagOptions, TagResult, Told

__all__ = ["Batch", "assign_all"]

STREAM = "-"
BEYOND_LIMIT = 4


@dataclass(slots=True, kw_only=True)
class Batch:
    """What was typed of inputs and outputs; :meth:`check` finds what it means."""

    incidents: Sequence[str]
    output: Path | None
    input_format: str | None
    output_format: str | None
    rejects: Path | None
    mismatches: Path | None
    checked: bool
    overwrite: bool
    flush: bool
    resume: bool
    others: Sequence[Path]
    sheet: str | None = None
    files: "TagFiles | None" = None
    sources: list[Path] = field(default_factory=list)

    def check(self) -> None:
        """Raise if something cannot be read or written."""
        from gridgov.layers.arguments import split_path

        streamed = list(self.incidents) == [STREAM]
        if self.output is None and not streamed:
            raise ArgumentError(WORDS("say_output"))
        path, self.sheet = (None, None) if streamed else split_path(self.incidents[0])
        if len(self.incidents) > 1 or (path is not None and _many(path)):
            self._check_many()
            return
        if self.resume:
            raise ArgumentError(WORDS("resume_many"))
        self._check_one(path)

    def _check_one(self, path: Path | None) -> None:
        from gridgov.tag import TagFiles

        source: Path | BinaryIO = sys.stdin.buffer if path is None else path
        output: Any = self.output
        if output is None or str(output) == STREAM:
            output = sys.stdout.buffer
        self.files = TagFiles.of(
            source,
            output,
            input_format=self.input_format,
            output_format=self.output_format,
            rejects=self.rejects,
            mismatches=self.mismatches,
            checked=self.checked,
            overwrite=self.overwrite,
            flush=self.flush,
        )
        for written in self.files.written:
            check_not_input(written, self.others)

    def _check_many(self) -> None:
        from gridgov.tag import find_sources

        alone = {
            "--rejects": self.rejects,
            "--mismatches": self.mismatches,
            "--input-format": self.input_format,
            "--flush": self.flush or None,
        }
        if wrong := [option for option, value in alone.items() if value is not None]:
            raise ArgumentError(WORDS("for_one_table", options=listed(wrong)))
        if self.output is None or self.output.is_file() or STREAM in (*self.incidents, str(self.output)):
            raise ArgumentError(WORDS("to_folder"))
        self.sheet, self.sources = None, find_sources(self.incidents)


def _many(path: Path) -> bool:
    return path.is_dir() or (not path.exists() and any(sign in str(path) for sign in "*?["))


class Ended(NamedTuple):
    """The exit code, and what became of one table."""

    code: int
    result: "TagResult | None" = None


def assign_all(
    batch: Batch, network: object, *, options: "TagOptions", max_rejects: "RejectLimit | None"
) -> Ended:
    """Assign what was checked, and say what became of it."""
    if batch.files is not None:
        return _assign_one(batch.files, network, options=options, max_rejects=max_rejects)
    from gridgov.tag import tag_many

    assert batch.output is not None
    with Progress() as progress:

        def told(file: "Told") -> None:
            progress.clear()
            _say_file(file)

        done = tag_many(
            batch.sources,
            batch.output,
            network,
            options=options,
            output_format=batch.output_format,
            max_rejects=max_rejects,
            overwrite=batch.overwrite,
            resume=batch.resume,
            progress=progress.of,
            told=told,
        )
    tagged = sum(file.result is not None for file in done.files)
    said = WORDS("files_written", n=Many(tagged), folder=done.folder)
    skipped = len(done.files) - tagged - len(done.failed)
    said += WORDS("done_before_n", n=Many(skipped)) if skipped else ""
    said += WORDS("refused_n", n=Many(len(done.failed))) if done.failed else ""
    say(WORDS("record_there", said=said))
    return Ended(done.exit_code)


def _assign_one(
    files: "TagFiles", network: object, *, options: "TagOptions", max_rejects: "RejectLimit | None"
) -> Ended:
    from gridgov.summary import tag_lines
    from gridgov.tag import tag_table

    with Progress() as progress:
        result = tag_table(
            files, network, options=options, max_rejects=max_rejects, progress=progress.of(files.source_name)
        )
    if logs_json():
        for note in result.notes:
            say(note, level="note")
        record(event="done", **_numbers(result))
    else:
        for line in tag_lines(result):
            say(line)
    return Ended(BEYOND_LIMIT if result.beyond_limit else 0, result)


def _say_file(file: "Told") -> None:
    from gridgov.summary import recorded_lines

    if file.error is not None:
        # Most errors begin with the name, too.
        error = str(file.error).removeprefix(f"{file.source}: ").removeprefix(f"{file.source}：")
        say(WORDS("file_refused", file=file.source, error=error), level="error")
    elif file.result is None:
        limit = WORDS("beyond_allowed") if file.beyond_limit else ""
        say(WORDS("file_done_before", file=file.source, limit=limit))
    elif logs_json():
        record(event="done", **_numbers(file.result))
    else:
        result = file.result
        rejected = WORDS("without_answer", rejected=result.rejected) if result.rejected else ""
        limit = WORDS("beyond_allowed") if result.beyond_limit else ""
        say(
            WORDS(
                "file_written",
                file=file.source,
                rows=Many(result.rows),
                rejected=rejected,
                limit=limit,
                output=result.output,
            )
        )
        if result.trust.recorded is not None:
            for line in recorded_lines(result.trust.recorded, listed=result.mismatches):
                say(f"  {line}")


def _numbers(result: "TagResult") -> dict[str, Any]:
    recorded = result.trust.recorded
    return {
        "source": str(result.source),
        "output": str(result.output),
        "rejects": None if result.rejects is None else str(result.rejects),
        "rows": result.rows,
        "statuses": {status: rows for status, rows in result.statuses.items() if rows},
        "reasons": dict(result.reasons),
        "review": result.review,
        "network_version": result.network_version,
        "beyond_limit": result.beyond_limit,
        "doubts": {doubt.doubt: doubt.rows for doubt in result.trust.doubts},
        "another_within_m": {f"{metres:g}": rows for metres, rows in result.trust.reach.items()},
        "recorded": recorded
        and {
            "compared": recorded.compared,
            "exact": recorded.exact,
            "within_m": {f"{metres:g}": rows for metres, rows in recorded.within.items()},
            "mismatches": None if result.mismatches is None else str(result.mismatches),
            "reasons": [each.reason for each in recorded.reasons],
        },
    }
