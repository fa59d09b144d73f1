"""What happened in the demo, told from the files that its commands wrote."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.demo.plan import MAP, NETWORK, SAID, STORY, TAGGED, outputs
from gridgov.demo.words import WORDS
from gridgov.language import Many, listed
from gridgov.schema import SEPARATOR, STATUSES
from gridgov.summary.amounts import area

if TYPE_CHECKING:
    import polars as pl

    from gridgov.network import Network

__all__ = ["next_steps", "told"]

MOST_NAMED: Final = 4

#: So many of the outputs stand on the first line.
FIRST: Final = 3


def told(folder: Path) -> list[str]:
    """What happened, in a dozen lines, read from the files that the commands wrote."""
    from gridgov.layers import read_network
    from gridgov.tables import read_table

    network = read_network(folder / NETWORK)
    tagged = read_table(folder / TAGGED)
    paths = [WORDS("with_remark", what=path, remark=WORDS(path.name)) for path in outputs(folder)]
    return [
        *_merged(network),
        *_placed(tagged),
        *_story(tagged, network),
        WORDS("look_at", files=listed(paths[:FIRST])),
        WORDS("look_too", files=listed(paths[FIRST:])),
    ]


def next_steps(folder: Path, command: str) -> list[str]:
    """What to do after the demo; `command` is the line that writes the list of conflicts."""
    return [
        WORDS("next_look", page=folder / MAP),
        WORDS("next_list"),
        f"  {command}",
        WORDS("next_merge", said=folder / SAID, list=folder / WORDS("list_file")),
        WORDS("next_own"),
    ]


def _merged(network: "Network") -> list[str]:
    summary = network.summary
    drawn, asked, settled = summary["departments"], *map(summary["conflicts"].get, ("decide", "settled"))
    return [
        WORDS(
            "became",
            drawn=Many(sum(drawn.values())),
            departments=Many(len(drawn)),
            each=_each(drawn),
            unified=Many(summary["unified_grids"]),
            cells=Many(summary["cells"]),
        ),
        WORDS("partition", area=area(summary["area_m2"]["city"]), rungs=_each(summary["rungs"])),
        WORDS(
            "in_conflict",
            asked=Many(sum(asked.values())),
            kinds=_each(asked),
            settled=sum(settled.values()),
        ),
    ]


def _each(counts: Mapping[str, int]) -> str:
    return listed(f"{name} {count:,}" for name, count in counts.items())


def _placed(tagged: "pl.DataFrame") -> list[str]:
    count = dict(tagged["cell_status"].value_counts().iter_rows())
    handled = tagged["handler"].drop_nulls()
    most = dict(handled.value_counts(sort=True).head(MOST_NAMED).iter_rows())
    review = int((tagged["review"] == "true").sum())
    statuses = _each({s: count[s] for s in STATUSES if s in count})
    return [
        WORDS("incidents", n=len(tagged), statuses=statuses, review=review),
        WORDS("handled", n=len(handled), handlers=handled.n_unique(), most=_each(most)),
    ]


def _story(tagged: "pl.DataFrame", network: "Network") -> list[str]:
    """The dead traffic light: cell, owner and handler are three answers."""
    import polars as pl

    rows = tagged.filter(*(pl.col(column) == value for column, value in STORY.items()))
    if not len(rows):
        return []
    light = rows.row(0, named=True)
    owners = [
        WORDS("with_remark", what=f"{name} {light[name]}", remark=light[f"{name}_owner"])
        for name in network.departments
        if light[name]
    ]
    candidates = str(light["cell_candidates"]).split(SEPARATOR)
    return [
        WORDS(
            "light",
            category=light["小类"],
            address=light["事发地址"],
            source=light["事件来源"],
            time=light["上报时间"],
        ),
        WORDS(
            "light_cell",
            cell=light["cell_id"],
            status=light["cell_status"],
            n=Many(len(candidates)),
            cells=listed(candidates),
        ),
        WORDS("light_grids", grids=listed(owners)),
        WORDS(
            "light_handler", handler=_handler(light), district=light["district_name"], time=light["办结时间"]
        ),
        *_elsewhere(tagged, light),
    ]


def _handler(row: Mapping[str, Any]) -> str:
    return WORDS("handler_by", handler=row["handler"], rule=row["handler_rule"], limit=row["rule_时限"])


def _elsewhere(tagged: "pl.DataFrame", light: Mapping[str, Any]) -> list[str]:
    """The same fault on the same class of road, but where the development zone runs the streets."""
    import polars as pl

    same = [pl.col(column) == light[column] for column in ("小类", "道路等级", "district")]
    others = tagged.filter(*same, pl.col("run_by").is_not_null(), pl.col("handler") != light["handler"])
    if not len(others):
        return []
    other = others.row(0, named=True)
    return [WORDS("elsewhere", handler=_handler(other), road=other["道路等级"], who=other["run_by"])]
