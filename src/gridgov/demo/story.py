"""What happened in the demo, told from the files that its commands wrote."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.demo.plan import (
    MAP,
    NETWORK,
    ORIGIN,
    PICTURE,
    PROBLEMS,
    REJECTS,
    REPORT,
    SAID,
    STORY,
    TAGGED,
    outputs,
)
from gridgov.schema import SEPARATOR, STATUSES
from gridgov.summary.amounts import area, counted

if TYPE_CHECKING:
    import polars as pl

    from gridgov.network import Network

__all__ = ["told"]

MOST_NAMED: Final = 4

#: What each output is; so many of them stand on the first line.
WHAT: Final[Mapping[str, str]] = {
    MAP: "open it in a browser",
    PICTURE: "before and after",
    NETWORK: "opens coloured in QGIS",
    REPORT: "sheets to sign, tables and figures",
    PROBLEMS: "what is wrong with each layer",
    TAGGED: "incidents with grid, owners, handler",
    ORIGIN: "where they come from",
    REJECTS: "rows without a place",
    SAID: "what the commands said",
}
FIRST: Final = 3


def told(folder: Path) -> list[str]:
    """What happened, in a dozen lines, read from the files that the commands wrote."""
    from gridgov.layers import read_network
    from gridgov.tables import read_table

    network = read_network(folder / NETWORK)
    tagged = read_table(folder / TAGGED)
    paths = [f"{path} ({WHAT[path.name]})" for path in outputs(folder)]
    return [
        *_merged(network),
        *_placed(tagged),
        *_story(tagged, network),
        f"Look at {', '.join(paths[:FIRST])},",
        f"        {', '.join(paths[FIRST:])}",
    ]


def _merged(network: "Network") -> list[str]:
    summary = network.summary
    drawn, asked, settled = summary["departments"], *map(summary["conflicts"].get, ("decide", "settled"))
    return [
        (
            f"{sum(drawn.values()):,} grids of {counted(len(drawn), 'department')} ({_each(drawn)}) became "
            f"{counted(summary['unified_grids'], 'unified grid')} and {counted(summary['cells'], 'cell')}."
        ),
        (
            f"Every spot of the {area(summary['area_m2']['city'])} lies in exactly one cell, and no cell "
            f"crosses a border ({_each(summary['rungs'])})."
        ),
        (
            f"In conflict: {counted(sum(asked.values()), 'place')} for people to decide ({_each(asked)}); "
            f"settled within the tolerance: {sum(settled.values()):,}."
        ),
    ]


def _each(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _placed(tagged: "pl.DataFrame") -> list[str]:
    count = dict(tagged["cell_status"].value_counts().iter_rows())
    handled = tagged["handler"].drop_nulls()
    most = dict(handled.value_counts(sort=True).head(MOST_NAMED).iter_rows())
    review = int((tagged["review"] == "true").sum())
    return [
        (
            f"{len(tagged):,} incidents: {_each({s: count[s] for s in STATUSES if s in count})}; "
            f"{review:,} to review, where an owner or handler changes within 1 m."
        ),
        f"{len(handled):,} have a handler, one of {handled.n_unique():,}; most: {_each(most)}.",
    ]


def _story(tagged: "pl.DataFrame", network: "Network") -> list[str]:
    """The dead traffic light: cell, owner and handler are three answers."""
    import polars as pl

    rows = tagged.filter(*(pl.col(column) == value for column, value in STORY.items()))
    if not len(rows):
        return []
    light = rows.row(0, named=True)
    owners = [
        f"{name} {light[name]} ({light[f'{name}_owner']})" for name in network.departments if light[name]
    ]
    candidates = str(light["cell_candidates"]).split(SEPARATOR)
    return [
        (
            f"The dead traffic light ({light['小类']}) at {light['事发地址']}, {light['事件来源']} at "
            f"{light['上报时间']}:"
        ),
        (
            f"  cell     {light['cell_id']} ({light['cell_status']}): "
            f"{counted(len(candidates), 'cell')} meet there, {', '.join(candidates)}"
        ),
        f"  grids    {', '.join(owners)}",
        f"  handler  {_handler(light)}, in {light['district_name']}; mended at {light['办结时间']}",
        *_elsewhere(tagged, light),
    ]


def _handler(row: Mapping[str, Any]) -> str:
    return f"{row['handler']} by {row['handler_rule']} (within {row['rule_时限']})"


def _elsewhere(tagged: "pl.DataFrame", light: Mapping[str, Any]) -> list[str]:
    """The same fault on the same class of road, but where the development zone runs the streets."""
    import polars as pl

    same = [pl.col(column) == light[column] for column in ("小类", "道路等级", "district")]
    others = tagged.filter(*same, pl.col("run_by").is_not_null(), pl.col("handler") != light["handler"])
    if not len(others):
        return []
    other = others.row(0, named=True)
    return [f"           but {_handler(other)} on a {other['道路等级']} that {other['run_by']} runs"]
