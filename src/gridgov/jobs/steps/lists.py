"""Step: the planners' lists in one workbook."""

from collections.abc import Sequence
from typing import Final

from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work

__all__ = ["LISTS"]

_FILE: Final = "清单.xlsx"


def _outputs(_job: Job) -> Sequence[Output]:
    return (
        Output(
            _FILE,
            "网格与单元对照、冲突、空白区、未保留的网格、全部网格",
            WORDS("step_lists"),
        ),
    )


def _run(work: Work) -> list[str]:
    from gridgov.layers import write_lists
    from gridgov.summary import lists_lines

    return lists_lines(write_lists(work.network, work.folder / _FILE))


LISTS: Final = Step("lists", "清单", "Lists", _outputs, _run)
