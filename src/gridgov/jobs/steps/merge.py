"""Step: one seamless network, and the list of conflicts that people decide."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import GridgovError
from gridgov.jobs.job import Job, Section
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work
from gridgov.jobs.words import at_section, in_job_words

if TYPE_CHECKING:
    from gridgov.network import Network

__all__ = ["CONFLICTS", "MERGE", "NETWORK", "merged"]

NETWORK: Final = "network.gpkg"
CONFLICTS: Final = "冲突清单.xlsx"


def merged(work: Work) -> "Network":
    """Merge the layers as the sections say, with what people decided."""
    from gridgov.merge import merge_grids
    from gridgov.tables.decisions_file import read_decisions

    job, inputs = work.job, work.inputs
    section = job.section("merge")
    options = {key: section.get(key) for key in ("min_area_m2", "on_gap") if section.get(key) is not None}
    decisions = None if work.decisions is None else read_decisions(work.decisions)
    try:
        return merge_grids(
            inputs.layers,
            within=inputs.rungs,
            tolerance_m=_tolerances(job),
            carry={each.name: each.get("carry") for each in job.layers if each.get("carry")},
            special=inputs.special,
            allow_cross=inputs.allow_cross,
            decisions=decisions,
            weights=inputs.weights,
            incidents=inputs.incidents,
            jobs=job.settings.get("jobs", 1),
            **_naming(section),
            **options,
        )
    except GridgovError as error:
        raise at_section(error, section) from error


def _naming(section: Section) -> dict[str, Any]:
    """What cells are to be called."""
    from gridgov.layers import read_network
    from gridgov.tables.parents_file import read_parents

    parents, previous = section.get("parents"), section.get("previous")
    return {
        "codes": section.get("codes"),
        "parents": None if parents is None else read_parents(parents[0], sheet=parents[1]),
        "previous": None if previous is None else read_network(previous[0]),
    }


def _tolerances(job: Job) -> float | Mapping[str, float] | None:
    """Metres for all layers, or for those that say so."""
    bare = job.section("merge").get("tolerance_m")
    own = {each.name: each.get("tolerance_m", bare) for each in job.layers}
    said = {name: float(metres) for name, metres in own.items() if metres is not None}
    if bare is not None and set(said.values()) == {bare}:
        return float(bare)
    return said or None


def _outputs(_job: Job) -> Sequence[Output]:
    return (
        Output(
            NETWORK,
            "一张网：基础单元、统一网格、对照表、冲突；在 QGIS 中打开即有颜色",
            WORDS("step_merge"),
        ),
        Output(
            CONFLICTS,
            "请各部门在“决定”列中选择，然后用 --decisions 再运行",
            WORDS("step_conflicts"),
        ),
    )


def _run(work: Work) -> list[str]:
    from gridgov.layers import write_network
    from gridgov.summary import decision_lines, list_lines, network_lines
    from gridgov.tables.conflicts_file import write_conflicts

    network = work.network
    notes = write_network(network, work.folder / NETWORK)
    rows = write_conflicts(network, work.folder / CONFLICTS)
    lines = [*network_lines(network), *decision_lines(network.summary), *notes, *list_lines(rows)]
    return [*map(in_job_words, lines), WORDS("network_version", version=network.version)]


MERGE: Final = Step("merge", "合并", "Merge", _outputs, _run)
