"""A layer made a coverage: its polygons no longer overlap, and share their borders."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from gridgov.schema import PRECISION_M
from gridgov.topology.borders import Borders
from gridgov.topology.erosion import eroded

__all__ = ["as_coverage"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

POLYGONS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)

#: Vertices of a layer this near to each other are one corner, drawn twice, ...
WELD_M = 1.5
#: ... but no nearer than this share of the usual distance of two vertices: a curve keeps its points.
WELD_SHARE = 0.1

#: Slits along more than this share of the borders are the way the layer was drawn.
SLIT_SHARE = 0.01

#: So many polygons side by side are looked at before all of them are.
LOOKED_AT = 200


def as_coverage(
    polygons: Geometries, *, borders: Borders, gap_m: float, first: Bools | None = None
) -> Geometries:
    """Answer the polygons of one layer without overlaps, slits and borders drawn twice.

    Parameters
    ----------
    polygons
        (n,) valid polygons on the 1 cm grid, in metres; empty ones stay so.
    borders
        Their borders.
    gap_m
        Holes between polygons that are narrower than this go to the neighbour with the longest border.
    first
        (n,) polygons that come before all others where they overlap.

    Returns
    -------
    (n,) polygons on the 1 cm grid. Where some overlap, the smallest keeps the place. A layer that is a
    coverage already, but for few slits, comes back as it is.

    Notes
    -----
    GEOS' coverage cleaner (Davis, JTS 1.20): 0.1 s for 500 polygons of 60 vertices.
    """
    rows = np.flatnonzero(~shapely.is_empty(polygons))
    drawn = polygons[rows]
    if not len(rows):
        return polygons
    weld = min(WELD_M, WELD_SHARE * float(np.median(borders.length)))
    if _is_coverage(drawn) and not _slit(drawn, weld):
        return polygons
    if first is not None and first[rows].any():
        ahead = np.flatnonzero(first[rows])
        one, other = shapely.STRtree(drawn).query(drawn[ahead], predicate="intersects")
        behind = ~first[rows][other]
        drawn = _without(drawn, ahead[one[behind]], other[behind])
    answer = np.array(polygons, dtype=object)
    answer[rows] = _given_back(drawn, _cleaned(drawn, weld_m=weld, gap_m=gap_m), wide_m=gap_m)
    return answer


def _is_coverage(polygons: Geometries) -> bool:
    """Tell whether polygons are a coverage; where they are none, the westernmost mostly tell."""
    western = np.argsort(shapely.bounds(polygons)[:, 0], kind="stable")[:LOOKED_AT]
    return bool(shapely.coverage_is_valid(polygons[western]) and shapely.coverage_is_valid(polygons))


def _cleaned(polygons: Geometries, *, weld_m: float, gap_m: float) -> Geometries:
    answer = np.array(polygons, dtype=object)
    there = ~shapely.is_empty(answer)
    with np.errstate(invalid="ignore"):  # GEOS compares distances with NaN
        answer[there] = shapely.coverage_clean(  # type: ignore[attr-defined]  # not in the stubs yet
            answer[there], gap_width=gap_m, snapping_distance=weld_m, merge_strategy="min_area"
        )
    return _rounded(answer)


def _without(polygons: Geometries, cut: Ints, out_of: Ints) -> Geometries:
    """Cut the polygons `cut` out of those `out_of`, pair by pair."""
    answer = np.array(polygons, dtype=object)
    for row in np.unique(out_of):
        answer[row] = shapely.difference(polygons[row], shapely.union_all(polygons[cut[out_of == row]]))
    return _rounded(answer)


def _slit(polygons: Geometries, width_m: float) -> bool:
    """Tell whether slits run between the polygons of a coverage; a few narrow places are what was meant."""
    along = shapely.length(shapely.coverage_invalid_edges(polygons, gap_width=width_m)).sum()
    return bool(along > SLIT_SHARE * shapely.length(polygons).sum())


def _rounded(polygons: Geometries) -> Geometries:
    """Round to the 1 cm grid, vertex by vertex, and mend what that breaks; only polygons stay."""
    answer = np.asarray(shapely.set_precision(polygons, PRECISION_M, mode="pointwise"), dtype=object)
    wrong = ~shapely.is_valid(answer) | ~np.isin(shapely.get_type_id(answer), POLYGONS)
    answer[wrong] = shapely.make_valid(answer[wrong], method="structure", keep_collapsed=False)
    others = np.flatnonzero(~np.isin(shapely.get_type_id(answer), POLYGONS))
    for row in others:
        parts = shapely.get_parts(answer[row])
        parts = parts[np.isin(shapely.get_type_id(parts), POLYGONS)]
        answer[row] = shapely.union_all(parts) if len(parts) else shapely.Polygon()
    return answer


def _given_back(before: Geometries, after: Geometries, *, wide_m: float) -> Geometries:
    """Give polygons the places again that the cleaning took from them, though no smaller one covers them.

    GEOS asks how much of a polygon no other one covers, not how large it is; and now and then welding tears a
    border open, so that one polygon takes another's place. Places narrower than `wide_m` stay as they are.
    """
    area = shapely.area(before)
    # The centre of a lost circle lies so deep in the polygon drawn, and not in what is left of it: to ask all
    # polygons for a little less depth, with fewer corners, is four times quicker.
    plain = shapely.simplify(before, wide_m / 8, preserve_topology=False)
    rows = np.flatnonzero(~shapely.covers(after, shapely.buffer(plain, -3 / 8 * wide_m, quad_segs=1)))
    here, other = shapely.STRtree(before).query(before[rows], predicate="intersects")
    smaller = (area[other] < area[rows[here]]) | ((area[other] == area[rows[here]]) & (other < rows[here]))
    own = _without(before, other[smaller], rows[here[smaller]])[rows]
    places, owner = _wide_parts(shapely.difference(own, after[rows]), wide_m)
    answer = np.array(after, dtype=object)
    changed = np.zeros(len(before), dtype=bool)
    for place, k in zip(places, owner.tolist(), strict=True):
        around = other[here == k]
        answer[around] = shapely.difference(answer[around], place)
        answer[rows[k]] = shapely.union(answer[rows[k]], place)
        changed[around] = True
    answer[changed] = _rounded(answer[changed])
    return answer


def _wide_parts(polygons: Geometries, wide_m: float) -> tuple[Geometries, Ints]:
    """Answer the parts of polygons that hold a circle of this diameter, and the rows they are of."""
    parts, row = shapely.get_parts(polygons, return_index=True)
    x0, y0, x1, y1 = shapely.bounds(parts).reshape(-1, 4).T
    room = (np.fmin(x1 - x0, y1 - y0) >= wide_m) & (shapely.area(parts) >= np.pi / 4 * wide_m**2)
    parts, row = parts[room], row[room]
    wide = ~shapely.is_empty(eroded(parts, wide_m / 2))
    return parts[wide], row[wide]
