"""Strips between two drawings of one border, which the merge gave to one side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.cells import or_none
from gridgov.check import Ground
from gridgov.check.places import rung_told
from gridgov.conflicts.bundles import Bundles, bundled, wide_places
from gridgov.conflicts.earlier import Earlier, drawn_there
from gridgov.conflicts.ground import NONE, Merged
from gridgov.conflicts.words import NO_GRID, Given, Words, given_each
from gridgov.schema import SEPARATOR
from gridgov.told import Sayings
from gridgov.topology.distinct import distinct

__all__ = ["Strips", "strip_words", "strips_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

#: The department's own border: a thin piece of it went to its neighbour.
OWN = -1


@dataclass(frozen=True, slots=True)
class Strips:
    """Strips in the city that went from one grid of a department to another.

    Attributes
    ----------
    wide, narrow
        Wide ones each by itself, narrow ones tied together per pair of grids. What a rung's border cut off
        is among the narrow ones: where it is wide, it is listed as what crosses the rung.
    keeper
        (faces,) whose border stands on each face: the number of a department, -1 for the department's own,
        and -2, -3 ... for the rungs, coarse to fine.
    """

    wide: Bundles
    narrow: Bundles
    keeper: Ints


def strips_of(merged: Merged, ground: Ground, earlier: Sequence[Earlier]) -> Strips:
    """Find the strips of a department; `earlier` are the layers of higher precedence, as drawn."""
    drawn, now = merged.drawn, merged.held
    face = np.flatnonzero((merged.unit != NONE) & merged.changed & (drawn != NONE))
    keeper = np.full(len(merged.unit), OWN, dtype=np.int64)
    keeper[face] = _keepers(merged, face, earlier)
    low, high = np.minimum(drawn[face], now[face]), np.maximum(drawn[face], now[face])
    pair = np.stack([np.where(low == NONE, high, low), np.where(low == NONE, NONE, high)], axis=1)
    tied = bundled(pair, face)
    found = tied.parts(ground)
    broad = np.zeros(len(tied), dtype=bool)
    broad[found.group[found.wide(ground.tolerance_m)]] = True
    # Wide strips went one way, and no rung's border cut them off.
    asked = tied.face[broad[tied.group]]
    asked = asked[keeper[asked] >= OWN]
    span = int(drawn.max(initial=NONE)) + 2  # room for none, which is -1
    way = drawn[asked] * span + now[asked] + 1
    ways = bundled(way[:, None], asked).parts(ground)
    wide = wide_places(ways, ways.wide(ground.tolerance_m))
    gone = np.zeros(len(merged.unit), dtype=bool)
    gone[wide.face] = True
    return Strips(wide, tied.of(~(broad[tied.group] & gone[tied.face])), keeper)


def _keepers(merged: Merged, face: Ints, earlier: Sequence[Earlier]) -> Ints:
    """Answer whose border stands: the first rung or department of higher precedence that parts the grids.

    It does if no cell of the grid that was drawn lies in its unit or grid that the face is in. Where none
    does, it is the first department whose grid the face kept.
    """
    was, unit, refined, number = merged.drawn[face], merged.unit[face], merged.refined, merged.number
    answer = np.full(len(face), OWN)
    same = np.zeros((len(face), number), dtype=bool)
    if number:
        points = np.asarray(shapely.points(merged.arrangement.mesh.spots(face)))
        before = drawn_there(points, earlier)
        same = (before == merged.now[face, :number]) & (before != NONE)
        answer = np.where(same.any(axis=1), same.argmax(axis=1), OWN)
    cells = refined.labels[:, number]
    for other in reversed(range(number)):
        parted = _parted(merged.now[face, other], was, refined.labels[:, other], cells)
        answer[same[:, other] & parted] = other
    for rung in reversed(range(merged.path.shape[1])):
        at = merged.path[:, rung]
        answer[_parted(at[unit], was, at[refined.base], cells)] = OWN - 1 - rung
    return answer.astype(np.int64)


def _parted(side: Ints, grid: Ints, sides_of_cells: Ints, grids_of_cells: Ints) -> Bools:
    """Tell where no cell has the same `side` and `grid`."""
    span = max(int(grids_of_cells.max(initial=NONE)), int(grid.max(initial=NONE))) + 2
    return ~np.isin(side * span + grid, np.unique(sides_of_cells * span + grids_of_cells))


def main_of(found: Bundles, value: Ints, area: Floats) -> Ints:
    """Answer the value that has most of each bundle; `value` and `area` are those of its faces."""
    shift = value.min(initial=0)
    span = int(value.max(initial=0) - shift) + 1
    key, where = distinct(found.group * span + value - shift)
    size = np.bincount(where, weights=area, minlength=len(key))
    order = np.lexsort((-key, size))
    answer = np.zeros(len(found), dtype=np.int64)
    answer[key[order] // span] = key[order] % span + shift  # the largest comes last
    return answer


def strip_words(
    found: Bundles,
    merged: Merged,
    *,
    keeper: Ints,
    layers: Mapping[str, gpd.GeoDataFrame],
    rungs: Sequence[str],
) -> Words:
    """Say whose strips they were, whose they are now, and why; the keeper's owner comes last."""
    names, number = list(layers), merged.number
    grid, owner = or_none(layers[names[number]]["grid_id"]), or_none(layers[names[number]]["owner"])
    area = merged.area[found.face]
    span = int(merged.drawn.max(initial=NONE)) + 2
    drawn, now = merged.drawn[found.face], merged.held[found.face]
    way = main_of(found, drawn * span + now + 1, area)
    was, now = way // span, way % span - 1
    keeper = main_of(found, keeper[found.face], area)
    kept = _keepers_owners(found, merged, layers, keeper)
    ids = [[g for g in pair if g is not None] for pair in zip(grid[was], grid[now], strict=True)]
    owners = [
        [str(o or "") for o, g in ((owner[a], grid[a]), (owner[b], grid[b])) if g is not None] + more
        for a, b, more in zip(was.tolist(), now.tolist(), kept, strict=True)
    ]
    who = [_name(k, names, rungs) for k in keeper.tolist()]
    given = Given(merged, number, group=found.group, face=found.face, count=len(found))
    return Words(
        [f"{name}{SEPARATOR}{names[number]}" if name else names[number] for name in who],
        ids,
        owners,
        [_rule(k, number) for k in keeper.tolist()],
        _resolutions(given.sayings([*grid[:-1], NO_GRID]), keeper.tolist(), who),
        "at",
    )


def _resolutions(said: Sayings, keeper: Sequence[int], who: Sequence[str]) -> Sayings:
    """Say to whom each strip went and why."""
    names = {k: rung_told(name) if k < OWN else name for k, name in zip(keeper, who, strict=True)}
    given = given_each(said)
    kept = [row for row, k in enumerate(keeper) if names[k]]
    joined = [row for row, k in enumerate(keeper) if not names[k]]
    answer = Sayings(given.texts.copy(), given.messages.copy())
    of = Sayings.of([names[keeper[row]] for row in kept])
    answer.put(kept, Sayings.made("border_kept", did=given[kept], of=of))
    answer.put(joined, Sayings.made("thin_joined", did=given[joined]))
    return answer


def _name(keeper: int, names: Sequence[str], rungs: Sequence[str]) -> str:
    if keeper < OWN:
        return rungs[OWN - 1 - keeper]
    return names[keeper] if keeper != OWN else ""


def _rule(keeper: int, number: int) -> str:
    if keeper < OWN:
        return "hard border"
    return "precedence" if keeper != OWN and keeper < number else "best match"


def _keepers_owners(
    found: Bundles, merged: Merged, layers: Mapping[str, gpd.GeoDataFrame], keeper: Ints
) -> list[list[str]]:
    """Answer the owner of the keeper's grid that holds most of each strip, if a department keeps it."""
    answer: list[list[str]] = [[] for _ in range(len(found))]
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
