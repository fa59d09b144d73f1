"""Step: each department's own grids on the common borders."""

from collections.abc import Sequence
from typing import Final

from gridgov.errors import GridgovError, JobError
from gridgov.jobs.job import Job, Section
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work
from gridgov.jobs.words import at_section, in_job_words
from gridgov.language import listed

__all__ = ["EXPORT"]

_FOLDER: Final = "departments"
_FORMATS: Final = ("gpkg", "shp.zip")


def _outputs(job: Job) -> Sequence[Output]:
    section = job.section("export")
    return [
        Output(
            f"{_FOLDER}/{name}.{ending}",
            f"{name} 的网格，落在共同边界上",
            WORDS("step_export", name=name),
        )
        for name in _departments(job, section)
        for ending in _endings(section)
    ]


def _departments(job: Job, section: Section) -> list[str]:
    known = [layer.name for layer in job.layers]
    wanted = section.get("departments", known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        said = WORDS("none_of_layers", name=unknown[0], known=listed(known))
        raise JobError(section.fault("departments", said))
    return list(wanted)


def _endings(section: Section) -> list[str]:
    from gridgov.layers.grids_file import GRID_FILES

    known = [ending.removeprefix(".") for ending in GRID_FILES]
    wanted = [text.strip().lower().removeprefix(".") for text in section.get("formats", _FORMATS)]
    unknown = [ending for ending in wanted if ending not in known]
    if unknown:
        said = WORDS("no_format", name=unknown[0], known=listed(known))
        raise JobError(section.fault("formats", said))
    return list(dict.fromkeys(wanted))


def _run(work: Work) -> list[str]:
    from gridgov.departments import department_grids
    from gridgov.layers import write_grids
    from gridgov.summary import grids_lines

    section = work.job.section("export")
    (work.folder / _FOLDER).mkdir()
    lines: list[str] = []
    for name in _departments(work.job, section):
        try:
            grids = department_grids(work.network, department=name)
            lines += grids_lines(grids)
            for ending in _endings(section):
                notes = write_grids(grids, work.folder / _FOLDER / f"{name}.{ending}")
                lines += [f"  - {note}" for note in notes]
        except GridgovError as error:
            raise at_section(error, section) from error
    return [in_job_words(line) for line in lines]


EXPORT: Final = Step("export", "各部门网格", WORDS("step_export_title"), _outputs, _run)
