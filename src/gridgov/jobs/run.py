"""A job run: its steps into the results folder, all or none; then its files of incidents, one by one."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from gridgov.errors import ArgumentError, GridgovError, InputMissingError, JobError
from gridgov.jobs.assigning import assign_files
from gridgov.jobs.inputs import Say, input_paths
from gridgov.jobs.job import Job
from gridgov.jobs.page import PAGE
from gridgov.jobs.record import Assigned, Done, Left, Record, file_hash, read_record
from gridgov.jobs.results import check_results, relative_path, replacing_results, write_page
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps import CONFLICTS, STEPS, Output, Step, Work
from gridgov.language import listed
from gridgov.outputs import check_not_input
from gridgov.version import __version__

__all__ = ["RunResult", "run_job"]

#: What people decided goes along under this name, with the ending it had.
_DECIDED: Final = "已执行的决定"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left: its page; what failed without stopping it; whether a limit was passed."""

    page: Path
    errors: Sequence[GridgovError] = ()
    beyond_limit: bool = False


def run_job(
    job: Job,
    *,
    decisions: str | Path | None = None,
    assign_only: bool = False,
    overwrite: bool = False,
    language: str = "zh",
    say: Say = lambda _: None,
) -> RunResult:
    """Do what a job file says, into its results folder.

    Parameters
    ----------
    job
        From `read_job`.
    decisions
        A list of conflicts that people filled in, in the place of the one that the job names.
    assign_only
        Leave the network as it is and only tag incidents.
    overwrite
        Replace files that no earlier run left there, and lists that people filled in.
    language
        ``zh`` or ``en``: of the map and the report.
    say
        Called with each sentence about the work, as it goes on.

    Returns
    -------
    RunResult
        Files of incidents that could not be tagged are in its `errors`; they stop nothing.

    Raises
    ------
    JobError, ...
        What the job says cannot be done, or as the functions behind the steps; nothing was written then.

    Notes
    -----
    The results folder belongs to the job: outputs of earlier runs are replaced, all or none; a list that
    people filled in is not, unless it is given as `decisions`. Other files there stay.
    """
    before = read_record(job.results)
    if job.layers and not assign_only:
        _make_network(
            job, before, _decisions(job, decisions), overwrite=overwrite, language=language, say=say
        )
    elif decisions is not None:
        raise ArgumentError(WORDS("merges_nothing", decisions=decisions))
    if not job.assigns:
        _check_has_work(job, assign_only=assign_only)
        return RunResult(job.results / PAGE)
    done = assign_files(job, before.assigned, overwrite=overwrite, say=say)
    add_assigned(job, done.files)
    return RunResult(job.results / PAGE, done.errors, done.beyond_limit)


def add_assigned(job: Job, done: Sequence[Assigned]) -> None:
    """Add files of incidents to what the results folder tells, beside what earlier runs left there."""
    before = read_record(job.results)
    record = replace(_stamped(job, before), assigned=_merged(job, before, done))
    with replacing_results(job.results, (), Record()) as folder:
        write_page(record, folder)


def _check_has_work(job: Job, *, assign_only: bool) -> None:
    if assign_only or not job.layers:
        wanted = "[assign.NAME]" if assign_only else WORDS("layer_or_assign")
        raise JobError(WORDS("no_section", name=job.path.name, wanted=wanted))


def _decisions(job: Job, given: str | Path | None) -> Path | None:
    """The list of decisions that counts; raise if it is not there."""
    section = job.section("merge")
    if given is None:
        stated: Path | None = section.get("decisions", (None, None))[0]
        if stated is not None and not stated.is_file():
            raise InputMissingError(
                WORDS("no_stated_file", section=section.place("decisions"), stated=stated)
            )
        return stated
    path = Path(given)
    if not path.is_file():
        there = job.results / path.name
        hint = WORDS("did_you_mean_file", path=there) if there.is_file() else ""
        raise InputMissingError(WORDS("no_decisions_file", path=path, hint=hint))
    return path


def _make_network(
    job: Job, before: Record, decisions: Path | None, *, overwrite: bool, language: str, say: Say
) -> None:
    """Run the steps, and put what they wrote in the place of what earlier runs left."""
    steps = _steps(job)
    planned = [output.name for step in steps for output in step.outputs(job)]
    decided = None if decisions is None else f"{_DECIDED}{decisions.suffix}"
    names = [*planned, *([decided] if decided else [])]
    for name in names:
        check_not_input(job.results / name, input_paths(job))
    check_results(job.results, names, before, overwrite=overwrite, kept=decisions)
    with replacing_results(job.results, names, before) as folder:
        work = Work(job, folder, decisions=decisions, language=language, say=say)
        done = [_run(step, work) for step in steps]
        if decisions is not None and decided is not None:
            shutil.copyfile(decisions, folder / decided)
        record = Record(
            steps=done,
            decisions=decided,
            network_version=work.network.version if work.has_merged else None,
            undecided=_undecided(work),
            guarded={name: file_hash(folder / name) for name in (CONFLICTS,) if (folder / name).is_file()},
            assigned=before.assigned,
        )
        record = _stamped(job, record)
        write_page(record, folder)


def _undecided(work: Work) -> int:
    """Conflicts that people have to decide."""
    return sum(work.network.summary["conflicts"]["decide"].values()) if work.has_merged else 0


def _steps(job: Job) -> list[Step]:
    skipped = job.settings.get("skip", ())
    known = [step.name for step in STEPS]
    unknown = [name for name in skipped if name not in known]
    if unknown:
        raise JobError(
            WORDS("no_step", where=job.settings.place("skip"), step=unknown[0], known=listed(known))
        )
    return [step for step in STEPS if step.name not in skipped]


def _run(step: Step, work: Work) -> Done:
    lines = step.run(work)
    work.say("\n".join(["", f"{step.zh} {step.en}", *(f"  {line}" for line in lines)]))
    left = [_left(output, work.folder) for output in step.outputs(work.job)]
    return Done(step.name, step.zh, step.en, tuple(lines), tuple(left))


def _left(output: Output, folder: Path) -> Left:
    path = folder / output.name
    parts = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return Left(output.name, output.zh, output.en, sum(part.stat().st_size for part in parts))


def _stamped(job: Job, record: Record) -> Record:
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    folder = relative_path(job.results, job.folder)
    return replace(record, job=job.path.name, folder=folder, gridgov=__version__, finished=now)


def _merged(job: Job, before: Record, done: Sequence[Assigned]) -> list[Assigned]:
    """Files of this run, and those of earlier ones whose output is still there."""
    outputs = {each.output for each in done}
    old = [each for each in before.assigned if each.output and each.output not in outputs]
    return [*(each for each in old if (job.results / each.output).is_file()), *done]
