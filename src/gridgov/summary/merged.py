"""What a merge did, in sentences, in both languages."""

from collections.abc import Container, Mapping
from itertools import pairwise
from math import hypot
from typing import Any

from gridgov.alignment import aligned
from gridgov.conflicts import said_conflicts
from gridgov.language import Many, Speaker, examples
from gridgov.network import Network
from gridgov.schema import NO_RUNG_UNIT
from gridgov.summary.amounts import adding_up, area, share
from gridgov.summary.merged_words import WORDS

__all__ = ["network_lines"]

#: Borders that differ by more are said first.
FAR_M = 10.0

#: A shift of a whole layer is told from here on, and in each direction from here on.
SHIFT_M = 1.0
LEAST_WAY_M = 0.1

#: So many of the conflicts that need a decision are named.
MOST_NAMED = 3


def network_lines(network: Network, *, language: str = "en") -> list[str]:
    """Say what was merged, what moved, and what people have to decide."""
    summary, options, say = network.summary, network.provenance, WORDS.speaker(language)
    return [
        *_far_apart(summary["borders"], say),
        *_result(network, say),
        say("tolerance", min_area_m2=options["min_area_m2"]),
        *_balance(summary, list(network.departments), say),
        *_shifted(summary["borders"], say),
        *_filled(network, say),
        *_lost(summary["lost"], summary["rungs"], say),
        *_conflicts(network, say),
    ]


def _result(network: Network, say: Speaker) -> list[str]:
    summary, comma = network.summary, say("comma")
    drawn = comma.join(f"{name} {count:,}" for name, count in summary["departments"].items())
    units = comma.join(f"{name} {count:,}" for name, count in summary["rungs"].items())
    whole = network.rungs.get("district")
    if whole is not None and whole["grid_id"].tolist() == [NO_RUNG_UNIT]:
        units = say("no rung")
    counts = {"grids": Many(summary["unified_grids"]), "cells": Many(summary["cells"])}
    return [
        say("drawn", drawn=drawn, units=units),
        say("became", **counts, area=area(summary["area_m2"]["city"], say.language)),
        *_ids(summary.get("codes", {}), network.provenance.get("previous"), say),
        *_rung_order(summary["rungs"], say),
        *_declared(summary, say),
    ]


def _ids(codes: Mapping[str, Any], previous: str | None, say: Speaker) -> list[str]:
    """Say what cells are called, where that was asked for, and what became of the previous ids."""
    lines = [say("codes", scheme=codes["scheme"])] if codes.get("scheme") else []
    if previous is not None:
        counts = {name: Many(codes[name]) for name in ("kept", "new", "retired")}
        lines.append(say("ids", previous=previous, **counts))
    if advice := codes.get("advice"):
        lines.append(say("unusual codes", n=Many(len(advice)), said=examples(advice, most=3)))
    return lines


def _declared(summary: Mapping[str, Any], say: Speaker) -> list[str]:
    """Say which grids have a purpose of their own, and which may lie in several units."""
    lines, special, declared = [], summary["special"], summary["declared"]
    if special and declared["special"]:
        lines.append(say("special declared", n=Many(special), declared=Many(declared["special"])))
    elif special:
        lines.append(say("special", n=Many(special)))
    if declared["crossing"]:
        lines.append(say("crossing", n=Many(declared["crossing"])))
    return lines


def _filled(network: Network, say: Speaker) -> list[str]:
    """Say what went to the neighbour of the longest shared border, and what is left."""
    filled, part = network.summary["filled"], network.summary["for_a_part"]
    finest = list(network.rungs)[-1]
    lines = []
    for name, m2 in filled.items():
        values = {"name": name, "m2": area(m2["filled"], say.language)}
        if m2["left"] >= 1:
            lines.append(say("filled but", **values, left=area(m2["left"], say.language), rung=finest))
        else:
            lines.append(say("filled", **values))
    return [*lines, *(say("not filled", name=name) for name in part if filled)]


def _rung_order(rungs: Mapping[str, int], say: Speaker) -> list[str]:
    return [
        say("rung order", fine=fine, coarse=coarse)
        for coarse, fine in pairwise(rungs)
        if rungs[fine] < rungs[coarse]
    ]


def _balance(summary: Mapping[str, Any], departments: list[str], say: Speaker) -> list[str]:
    areas, part = summary["area_m2"], summary["for_a_part"]
    city = areas["city"]
    besides = say("besides", names=say("comma").join(part)) if 0 < len(part) < len(departments) else ""
    whole, *parts = adding_up(city, [areas["by_all"], areas["by_some"], areas["by_none"]])
    names = ("whole", "by_all", "by_some", "by_none")
    values = dict(zip(names, (f"{number:,}" for number in (whole, *parts)), strict=True))
    line = say("ground", **values, share=share(areas["by_all"], city), besides=besides)
    rows = []
    for name in departments:
        covered, moved = areas["covered"][name], areas["moved"][name]
        borders = say("moved", apart=_apart(summary["borders"][name], say), m2=f"{moved:,.0f}")
        rows.append([f"  {name}", say("covers", m2=f"{covered:,.0f}", share=share(covered, city)), borders])
    return [line, *aligned(rows)]


def _far_apart(borders: Mapping[str, Mapping[str, float | None]], say: Speaker) -> list[str]:
    """Say first which borders differ by more than a street is wide."""
    far = [(name, found["apart_m"]) for name, found in borders.items() if (found["apart_m"] or 0) > FAR_M]
    if not far:
        return []
    said = say("comma").join(say("far one", name=name, m=f"{apart:g}") for name, apart in far)
    return [say("far", m=f"{FAR_M:g}", said=said)]


def _apart(found: Mapping[str, float | None], say: Speaker) -> str:
    tolerance = f"{found['tolerance_m']:g}"
    if found["apart_m"] is None:
        return say("too few", tolerance=tolerance)
    return say("apart", m=f"{found['apart_m']:g}", tolerance=tolerance)


def _shifted(borders: Mapping[str, Mapping[str, Any]], say: Speaker) -> list[str]:
    """Say which layers lie aside as a whole, and how far they were moved."""
    lines = []
    for name, found in borders.items():
        east, north = found["shift_m"]
        if hypot(east, north) >= SHIFT_M:
            ways = [say(to, m=f"{abs(m):.1f}") for m, to in _ways(east, north) if abs(m) >= LEAST_WAY_M]
            lines.append(say("shifted", name=name, ways=say("and").join(ways)))
    return lines


def _ways(east: float, north: float) -> list[tuple[float, str]]:
    return [(east, "east" if east > 0 else "west"), (north, "north" if north > 0 else "south")]


def _lost(lost: dict[str, list[str]], rungs: Container[str], say: Speaker) -> list[str]:
    return [
        say("lost units" if name in rungs else "lost grids", name=name, n=Many(len(ids)), ids=examples(ids))
        for name, ids in lost.items()
        if ids
    ]


def _conflicts(network: Network, say: Speaker) -> list[str]:
    counts = {name: Many(sum(kinds.values())) for name, kinds in network.summary["conflicts"].items()}
    severity = network.conflicts["severity"]
    places = int(network.conflicts.loc[severity == "settled", "places"].sum())
    lines = [say("conflicts", **counts)]
    lines += [
        say("to decide", n=Many(number), kind=say(f"name.{kind}"), means=say(f"kind-means.{kind}"))
        for kind, number in network.summary["conflicts"]["decide"].items()
    ]
    if counts["settled"]:
        lines.append(say("settled", n=Many(places)))
    # A grid that crosses a street crosses its communities too: the largest is enough.
    first = network.conflicts[severity == "decide"].drop_duplicates(["kind", "departments", "grid_ids"])
    named = said_conflicts(first.head(MOST_NAMED), say.language)
    return [*lines, *(_first(row._asdict(), say) for row in named.itertuples())]


def _first(row: Mapping[str, Any], say: Speaker) -> str:
    """Say one of the conflicts that matter most, and how many it concerns where that was counted."""
    size = "" if row["area_m2"] != row["area_m2"] else f" {area(row['area_m2'], say.language)}"
    place = say("place noted", place=row["place"], note=row["note"]) if row["note"] else row["place"]
    named = {"incidents_changed": "incidents", "weight_changed": "weight"}
    counts = [
        say(f"count.{name}", n=f"{row[column]:,.6g}")
        for column, name in named.items()
        if row[column] == row[column]
    ]
    said = f"{say('comma')}{say('comma').join(counts)}" if counts else ""
    kind = say(f"name.{row['kind']}")
    what = f"{row['departments']} {kind}{size}{said}"
    key = "first" if counts else "largest"
    return say(key, what=what, place=place, did=row["resolution"])
