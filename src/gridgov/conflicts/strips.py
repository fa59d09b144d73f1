"""Strips between two drawings of one border, which the merge gave to one side."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gridgov.cells import or_none
from gridgov.check import Ground
from gridgov.conflicts.bundles import Bundles, bundled, joined_bundles, sort_out
from gridgov.conflicts.ground import NONE, Merged
from gridgov.conflicts.words import NO_GRID, Given, Words
from gridgov.schema import SEPARATOR

__all__ = ["strip_bundles", "strip_words"]

Ints = npt.NDArray[np.int64]

#: The department's own border: a thin piece of it went to its neighbour.
OWN = -1


def strip_bundles(merged: Merged, ground: Ground, number: int) -> tuple[Bundles, Bundles]:
    """Answer the strips in the city that went from one grid of a department to another, wide and narrow.

    The key of each: keeper, from, to. The keeper is whose border stands: the number of a department, -1 for
    the department's own, and -2, -3 ... for the rungs, coarse to fine. What a rung's border cut off counts
    as narrow: where it is wide, it is listed as what crosses the rung.
    """
    face = np.flatnonzero((merged.unit != NONE) & merged.changed(number) & (merged.drawn[:, number] != NONE))
    keeper = _keepers(merged, face, number)
    key = np.stack([keeper, merged.drawn[face, number], merged.now[face, number]], axis=1)
    cut = keeper < OWN
    wide, narrow = sort_out(ground, key[~cut], face[~cut])
    return wide, joined_bundles(bundled(ground, key[cut], face[cut]), narrow)


def _keepers(merged: Merged, face: Ints, number: int) -> Ints:
    """Answer whose border stands: the first other department whose grid the face kept, or a rung's.

    A grid that has no cell in the face's unit reached over the unit's border there, and that one stands.
    """
    same = (merged.drawn[face] == merged.now[face]) & (merged.drawn[face] != NONE)
    same[:, number] = False
    answer = np.where(same.any(axis=1), same.argmax(axis=1), OWN)
    was, unit = merged.drawn[face, number], merged.unit[face]
    grids = int(merged.drawn[:, number].max(initial=NONE)) + 2  # room for none, which is -1
    for rung in reversed(range(merged.path.shape[1])):
        at_home = np.unique(merged.path[merged.refined.base, rung] * grids + merged.refined.labels[:, number])
        over = ~np.isin(merged.path[unit, rung] * grids + was, at_home)
        answer[over] = OWN - 1 - rung
    return answer.astype(np.int64)


def strip_words(
    found: Bundles,
    merged: Merged,
    number: int,
    *,
    layers: Mapping[str, gpd.GeoDataFrame],
    rungs: Sequence[str],
) -> Words:
    """Say whose strips they were, whose they are now, and why; the keeper's owner comes last."""
    names = list(layers)
    grid, owner = or_none(layers[names[number]]["grid_id"]), or_none(layers[names[number]]["owner"])
    keeper, was, now = found.key.T
    kept = _keepers_owners(found, merged, layers)
    ids = [[g for g in pair if g is not None] for pair in zip(grid[was], grid[now], strict=True)]
    owners = [
        [str(o or "") for o, g in ((owner[a], grid[a]), (owner[b], grid[b])) if g is not None] + more
        for a, b, more in zip(was, now, kept, strict=True)
    ]
    who = [_name(k, names, rungs) for k in keeper.tolist()]
    return Words(
        [f"{name}{SEPARATOR}{names[number]}" if name else names[number] for name in who],
        ids,
        owners,
        [_rule(k, number) for k in keeper.tolist()],
        [
            f"given to {NO_GRID if to is None else to}: "
            + (f"the border of {name} is kept" if name else "a thin piece joined its neighbour")
            for to, name in zip(grid[now], who, strict=True)
        ],
        "at",
    )


def _name(keeper: int, names: Sequence[str], rungs: Sequence[str]) -> str:
    if keeper < OWN:
        return rungs[OWN - 1 - keeper]
    return names[keeper] if keeper != OWN else ""


def _rule(keeper: int, number: int) -> str:
    if keeper < OWN:
        return "hard border"
    return "precedence" if keeper != OWN and keeper < number else "best match"


def _keepers_owners(
    found: Bundles, merged: Merged, layers: Mapping[str, gpd.GeoDataFrame]
) -> list[list[str]]:
    """Answer the owner of the keeper's grid that holds most of each strip, if a department keeps it."""
    answer: list[list[str]] = [[] for _ in found.shapes]
    keeper = found.key[:, 0]
    for number, layer in enumerate(layers.values()):
        rows = np.flatnonzero(keeper == number)
        place = np.full(len(keeper), NONE)
        place[rows] = np.arange(len(rows))
        mine = keeper[found.group] == number
        given = Given(merged, number, group=place[found.group[mine]], face=found.face[mine], count=len(rows))
        owner = or_none(layer["owner"])
        for row, grid in zip(rows.tolist(), given.first.tolist(), strict=True):
            answer[row] = [str(owner[grid] or "")]
    return answer
