"""Step: what is wrong with each department's grids."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work

if TYPE_CHECKING:
    from gridgov.check import CheckReport

__all__ = ["CHECK", "checked"]

_LIST, _MAP = "问题清单.xlsx", "problems.gpkg"
_OPTIONS: Final = ("tolerance_m", "min_area_m2")


def checked(work: Work) -> "CheckReport":
    """Check the layers as the section [check] says."""
    from gridgov.check import check_grids

    section = work.job.section("check")
    options = {key: section.get(key) for key in _OPTIONS if section.get(key) is not None}
    return check_grids(work.inputs.layers, within=work.inputs.rungs, **options)


def _outputs(_job: Job) -> Sequence[Output]:
    return (
        Output(
            _LIST,
            "各部门网格的问题，发回部门核对",
            WORDS("step_check"),
        ),
        Output(_MAP, "同上，在 QGIS 中打开", WORDS("step_check_gis")),
    )


def _run(work: Work) -> list[str]:
    from gridgov.layers.problems_file import write_problems
    from gridgov.summary import check_lines

    for name in (_LIST, _MAP):
        write_problems(work.report, work.folder / name)
    return check_lines(work.report)


CHECK: Final = Step("check", "检查", "Check", _outputs, _run)
