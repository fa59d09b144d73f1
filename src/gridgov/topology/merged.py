"""Layers that were merged before: told by their borders, which meet in common vertices only."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.borders import Borders
from gridgov.topology.coverage import has_slits, is_coverage

__all__ = ["are_merged", "with_vertices"]

Floats = npt.NDArray[np.float64]
Geometries = npt.NDArray[Any]

#: What a merge put on a unit's border was rounded after that, to the mm and to the cm: this border passes no
#: farther from it, to the east or north.
BESIDE_M = 0.65 * PRECISION_M


def are_merged(
    layers: Sequence[Geometries], *, units: Geometries | None = None, bounded: bool = False
) -> bool:
    """Tell whether layers look as a merge leaves them.

    Parameters
    ----------
    layers
        The polygons of each layer, on the 1 cm grid.
    units
        What no cell crosses, as it was before a merge; or nothing is.
    bounded
        Whether the units are known from elsewhere: an outline of the layers themselves tells nothing.

    Notes
    -----
    Each layer is a coverage, and no border of one meets that of another but in vertices of both. Layers that
    were drawn apart cross somewhere else, which shows in the first few hundred segments. Where none meets
    another there is no telling without units, and with these only of layers with hardly any slits.
    """
    drawn = [layer[~shapely.is_empty(layer)] for layer in layers]
    if not all(is_coverage(layer) for layer in drawn):  # drawn by hand, most are none
        return False
    borders = [Borders.of(layer) for layer in drawn]
    if not all(one.noded_with(other) for one, other in combinations(borders, 2)):
        return False
    meeting = any(other.has(one.xy).any() for one, other in combinations(borders, 2))
    if units is not None:
        around = Borders.of(with_vertices(units, layers))
        if not all(each.noded_with(around, within_m=2 * PRECISION_M) for each in borders):
            return False
        meeting |= bounded and any(around.has(each.xy).any() for each in borders)
        return meeting or not any(has_slits(*each) for each in zip(drawn, borders, strict=True))
    return meeting


def with_vertices(units: Geometries, layers: Sequence[Geometries]) -> Geometries:
    """Put vertices of layers that lie on borders of units, to the cm, into these; not where all have them.

    Parameters
    ----------
    units
        (n,) Polygons or MultiPolygons.
    layers
        The polygons of each layer.

    Returns
    -------
    (n,) The units; their borders run through the vertices, as a merge has left them.
    """
    borders = [Borders.of(layer) for layer in layers]
    around = Borders.of(units)
    if all(each.noded_with(around) for each in borders):
        return units
    form, at, (rings, *offsets) = shapely.to_ragged_array(units)
    goes_on = np.ones(len(at), dtype=bool)
    goes_on[rings[1:] - 1] = False
    begin = np.flatnonzero(goes_on)
    line, place = _beside(at[begin], at[begin + 1], np.concatenate([each.xy for each in borders]))
    before = begin[line] + 1
    rings = rings + np.searchsorted(before, rings)
    return np.asarray(
        shapely.from_ragged_array(form, np.insert(at, before, place, axis=0), (rings, *offsets))
    )


def _beside(start: Floats, end: Floats, xy: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Answer segments (n, 2) and the places (m, 2) on them, in the order in which they lie there."""
    lines = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)), dtype=object)
    vertex, line = shapely.STRtree(lines).query(shapely.points(xy), predicate="dwithin", distance=PRECISION_M)
    along, away = (end - start)[line], xy[vertex] - start[line]
    share = (away * along).sum(axis=1) / (along**2).sum(axis=1)
    aside = np.abs(along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0])
    inside = np.flatnonzero((share > 0) & (share < 1) & (aside <= BESIDE_M * np.abs(along).sum(axis=1)))
    inside = inside[np.lexsort((share[inside], line[inside]))]
    return line[inside], xy[vertex[inside]]
