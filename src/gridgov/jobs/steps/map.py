"""Step: the page on which people look at the network and its conflicts."""

from collections.abc import Sequence
from typing import Final

from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work

__all__ = ["MAP"]

#: In a folder of its own: a large network has a page for each district beside it.
_FOLDER: Final = "map"
_STEM: Final = "map"
_FILE: Final = f"{_FOLDER}/{_STEM}.html"


def _outputs(_job: Job) -> Sequence[Output]:
    return (
        Output(
            _FILE,
            "地图：一张网、各部门原图、冲突，用浏览器打开",
            WORDS("step_map"),
        ),
    )


def _run(work: Work) -> list[str]:
    from gridgov.layers.map_file import write_map
    from gridgov.mapview import MapOptions, draw_map

    pages = draw_map(
        work.network,
        options=MapOptions(title=work.job.path.stem, language=work.language),
        stem=_STEM,
    )
    (work.folder / _FOLDER).mkdir()
    written = write_map(pages, work.folder / _FILE)
    if len(written) == 1:
        return []
    return [WORDS("step_map_pages", n=len(written) - 1)]


MAP: Final = Step("map", "地图", "Map", _outputs, _run)
