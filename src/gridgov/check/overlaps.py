"""Grids of one department that lie over each other: overlaps, and grids inside others."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.check.ground import Drawn, Ground, Items, Pieces, wide
from gridgov.check.problems import Problem, measured
from gridgov.language import per_cent_number
from gridgov.schema import ATTRS
from gridgov.told import Told, told
from gridgov.topology.nested import NESTED_SHARE

__all__ = ["Nested", "nested_grids", "nested_problems", "overlap_items", "overlap_problems"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Nested:
    """Grids inside others: rows of the grid and of its host (the smallest), and the share inside it."""

    row: Ints
    host: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Faces under two grids `low < high` of the layer; a face under three is there three times."""

    low: Ints
    high: Ints
    face: Ints


def nested_grids(drawn: Drawn, ground: Ground) -> Nested:
    """Answer which grids lie at least 90 % inside one other, larger grid of their own layer.

    Two grids that both lie 90 % in each other are one place drawn twice, not nested.
    """
    pairs = _pairs(drawn)
    (low, high), shared = _shared(pairs, drawn, ground)
    row, host = np.concatenate([low, high]), np.concatenate([high, low])
    shared = np.concatenate([shared, shared])
    inside = (shared >= NESTED_SHARE * drawn.area[row]) & (shared < NESTED_SHARE * drawn.area[host])
    row, host, shared = row[inside], host[inside], shared[inside]
    order = np.lexsort((host, drawn.area[host], row))
    row, host, shared = row[order], host[order], shared[order]
    row, first = np.unique(row, return_index=True)
    return Nested(row, host[first], shared[first] / drawn.area[row])


def nested_problems(drawn: Drawn, nested: Nested) -> list[Problem]:
    """Note each special-purpose grid with its host."""
    shapes = drawn.layer.geometry.to_numpy()
    return [
        Problem(
            "nested",
            "note",
            (int(row), int(host)),
            shapes[row],
            float(drawn.area[row]),
            note=told("lies_in", share=f"{100 * share:.0f}", grid=drawn.ids[row], host=drawn.ids[host]),
        )
        for row, host, share in zip(nested.row, nested.host, nested.share, strict=True)
    ]


def overlap_items(drawn: Drawn, ground: Ground) -> Items:
    """Answer the faces where two grids overlap, labelled `low row * grids + high row`.

    Three grids over one face are three pairs. Left out are pairs of which one lies inside the other, and
    those that reading found to have the same polygon: they are listed as such.
    """
    pairs = _pairs(drawn)
    (low, high), shared = _shared(pairs, drawn, ground)
    known = _inside(low, high, shared, drawn.area) | _same(drawn, low, high)
    count = max(len(drawn.area), 1)
    label = pairs.low * count + pairs.high
    return Items(label, pairs.face)[np.isin(label, (low * count + high)[~known])]


def overlap_problems(drawn: Drawn, ground: Ground, found: Pieces) -> list[Problem]:
    """List each connected place where two grids overlap: of `overlap_items`.

    Within the tolerance it is settled, wider is to be decided.
    """
    count = max(len(drawn.area), 1)
    rows = [(int(pair // count), int(pair % count)) for pair in found.label]
    severity = np.where(wide(found.polygons, tolerance_m=ground.tolerance_m), "decide", "settled")
    notes = [_shares(drawn, pair, area) for pair, area in zip(rows, found.area, strict=True)]
    return measured(
        "overlap", found.polygons, rows=rows, severity=severity.tolist(), notes=notes, faces=found.faces
    )


def _shares(drawn: Drawn, rows: tuple[int, int], area: float) -> Told:
    one, other = (
        told("share_of", share=per_cent_number(area / drawn.area[row], digits=1), grid=drawn.ids[row])
        for row in rows
    )
    return told("and", one=one, other=other)


def _pairs(drawn: Drawn) -> _Pairs:
    """Pair the grids over each face: item k meets the 1st, 2nd ... next item of the same face."""
    twice = drawn.depth[drawn.face] > 1
    order = np.lexsort((drawn.row[twice], drawn.face[twice]))
    row, face = drawn.row[twice][order], drawn.face[twice][order]
    found: list[tuple[Ints, Ints, Ints]] = []
    for step in range(1, int(drawn.depth.max(initial=1))):
        same = face[step:] == face[:-step]
        found.append((row[:-step][same], row[step:][same], face[step:][same]))
    if not found:
        found = [(row[:0], row[:0], face[:0])]
    low, high, under = (np.concatenate([part[k] for part in found]) for k in range(3))
    return _Pairs(low, high, under)


def _shared(pairs: _Pairs, drawn: Drawn, ground: Ground) -> tuple[tuple[Ints, Ints], Floats]:
    """Answer each pair of grids once, and the area they share."""
    count = max(len(drawn.area), 1)
    pair, where = np.unique(pairs.low * count + pairs.high, return_inverse=True)
    area = np.bincount(where, weights=ground.arrangement.area[pairs.face], minlength=len(pair))
    return (pair // count, pair % count), area.astype(np.float64)


def _inside(low: Ints, high: Ints, shared: Floats, area: Floats) -> Any:
    """Tell the pairs in which one grid lies inside the other, larger one."""
    deep_low, deep_high = shared >= NESTED_SHARE * area[low], shared >= NESTED_SHARE * area[high]
    return deep_low != deep_high


def _same(drawn: Drawn, low: Ints, high: Ints) -> Any:
    """Tell the pairs that reading listed as grids with the same polygon."""
    groups: dict[str, set[int]] = {}
    for number, problem in enumerate(drawn.layer.attrs.get(ATTRS, {}).get("problems", ())):
        if problem["kind"] == "duplicate_geometry":
            for grid_id in problem["grid_ids"]:
                groups.setdefault(str(grid_id), set()).add(number)
    none: set[int] = set()
    listed = [groups.get(grid_id, none) for grid_id in drawn.ids]
    some = np.array([bool(group) for group in listed], dtype=bool)
    answer = np.asarray(some[low] & some[high])
    both = zip(low[answer].tolist(), high[answer].tolist(), strict=True)
    answer[answer] = [bool(listed[i] & listed[j]) for i, j in both]
    return answer
