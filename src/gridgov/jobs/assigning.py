"""Files of incidents tagged, one by one: each whole or not at all, and none that was done before."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.errors import GridgovError, OutputExistsError
from gridgov.jobs.asking import Asking, Planned, asking_of, planned
from gridgov.jobs.inputs import Say
from gridgov.jobs.job import Job, Section
from gridgov.jobs.record import Assigned
from gridgov.jobs.results import make_folder, relative_path, remove_empty
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.words import at_section, in_job_words

if TYPE_CHECKING:
    from gridgov.lookup import Atlas
    from gridgov.tag import TagResult

__all__ = ["Assignments", "assign_files", "assigned_as"]


@dataclass(frozen=True, slots=True)
class Assignments:
    """What came of the files, done now or before; those that failed; whether a limit was passed."""

    files: Sequence[Assigned]
    errors: Sequence[GridgovError] = ()
    beyond_limit: bool = False


def assign_files(job: Job, before: Sequence[Assigned], *, overwrite: bool, say: Say) -> Assignments:
    """Tag every file of every [assign] section that was not tagged before with the same network and settings.

    Each output is written whole or not at all; a file that cannot be tagged does not stop the others.
    `before` is what earlier runs left: their outputs may be replaced without `overwrite`.
    """
    runner = _Runner(job, {each.output: each for each in before}, overwrite=overwrite, say=say)
    found = [each for section in job.assigns for each in runner.section(section)]
    return Assignments(found, runner.errors, runner.beyond_limit)


def assigned_as(result: "TagResult", section: Section, job: Job, *, key: str) -> Assigned:
    """A tagged file as the record keeps it; `key` is the hash of all that it was made from."""
    from gridgov.summary import tag_lines

    return Assigned(
        section=section.name,
        source=relative_path(result.source, job.results),
        output=relative_path(result.output, job.results),
        key=key,
        rejects=None if result.rejects is None else relative_path(result.rejects, job.results),
        rows=result.rows,
        unanswered=result.rejected,
        review=result.review,
        network_version=result.network_version,
        finished=_now(),
        lines=tuple(in_job_words(line) for line in tag_lines(result)),
    )


class _Runner:
    """Goes through sections and files, and keeps what failed; `before` are outputs of earlier runs."""

    def __init__(self, job: Job, before: Mapping[str, Assigned], *, overwrite: bool, say: Say) -> None:
        self.job, self.before, self.overwrite, self.say = job, before, overwrite, say
        self.errors: list[GridgovError] = []
        self.beyond_limit = False

    def section(self, section: Section) -> Iterator[Assigned]:
        """What came of the files of one section."""
        from gridgov.lookup import Atlas

        pattern = section.get("files")[0]
        try:
            todo = planned(section, self.job)
            if not todo:
                self.say(WORDS("no_match", section=section.name, pattern=pattern))
                return
            asking = asking_of(section, self.job, say=self.say)
        except GridgovError as error:
            yield self.failed(section, error, pattern)
            return
        atlas = None
        for each in todo:
            try:
                done = self.done_before(section, each, asking)
                if done is None:
                    atlas = atlas or Atlas.of(asking.cells)
                    done = self.file(section, each, asking, atlas)
                yield done
            except GridgovError as error:
                yield self.failed(section, error, each.source, each.output)

    def done_before(self, section: Section, planned: Planned, asking: Asking) -> Assigned | None:
        """What an earlier run made of the same file with the same cells and settings."""
        known = self.known(planned.output)
        if known is None or not planned.output.is_file() or known.key != asking.key(planned.source):
            return None
        if known.rejects is not None and not planned.rejects.is_file():
            return None
        self.say(WORDS("done_before", section=section.name, name=planned.source.name))
        return known

    def file(self, section: Section, planned: Planned, asking: Asking, atlas: "Atlas") -> Assigned:
        """Tag one file."""
        from gridgov.tag import tag_file

        if planned.output.exists() and self.known(planned.output) is None and not self.overwrite:
            raise OutputExistsError(WORDS("not_earlier", output=planned.output))
        key = asking.key(planned.source)
        with _folder(planned.output.parent), _folder(planned.rejects.parent):
            result = tag_file(
                planned.source,
                planned.output,
                atlas,
                options=asking.options,
                rejects=planned.rejects,
                max_rejects=asking.limit,
                overwrite=True,
            )
        self.beyond_limit |= result.beyond_limit
        done = assigned_as(result, section, self.job, key=key)
        said = [f"[assign.{section.name}] {planned.source.name}", *(f"  {line}" for line in done.lines)]
        self.say("\n".join(said))
        return done

    def known(self, output: Path) -> Assigned | None:
        """What an earlier run left there, unless it never wrote it."""
        found = self.before.get(relative_path(output, self.job.results))
        return found if found is not None and found.key else None

    def failed(
        self, section: Section, error: GridgovError, source: Path, output: Path | None = None
    ) -> Assigned:
        """Say why a file, or all of a section, was not tagged, and keep it for the page."""
        error = at_section(error, section)
        self.errors.append(error)
        self.say(WORDS("error", error=error))
        known = None if output is None else self.known(output)
        return Assigned(
            section=section.name,
            source=relative_path(source, self.job.results),
            output="" if output is None else relative_path(output, self.job.results),
            key="" if known is None else known.key,
            finished=_now(),
            error=str(error),
        )


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder and those around it; what is still empty after an error goes away again."""
    made = make_folder(folder)
    try:
        yield
    except BaseException:
        remove_empty(made)
        raise
