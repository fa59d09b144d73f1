"""Step: which grids of one department are which of another."""

from collections.abc import Sequence
from typing import Final

from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work
from gridgov.jobs.words import in_job_words

__all__ = ["CROSSWALK"]

_FILE: Final = "对照表.xlsx"
_TWO: Final = 2


def _outputs(job: Job) -> Sequence[Output]:
    if len(job.layers) < _TWO:
        return ()
    return (Output(_FILE, "部门与部门的网格对照，含面积占比", WORDS("step_crosswalk")),)


def _run(work: Work) -> list[str]:
    from gridgov.crosswalk import crosswalk_departments
    from gridgov.summary import crosswalk_lines
    from gridgov.tables.crosswalk_file import write_crosswalk

    if not _outputs(work.job):
        return []
    result = crosswalk_departments(work.network, weights=work.inputs.weights)
    write_crosswalk(result, work.folder / _FILE)
    return [in_job_words(line) for line in crosswalk_lines(result)]


CROSSWALK: Final = Step("crosswalk", "对照表", "Crosswalk", _outputs, _run)
