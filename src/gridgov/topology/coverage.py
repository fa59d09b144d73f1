"""A layer made a coverage: its polygons no longer overlap, and share their borders."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.schema import PRECISION_M
from gridgov.topology.arrange import Arrangement, arrange, sizes
from gridgov.topology.borders import Borders
from gridgov.topology.distinct import distinct
from gridgov.topology.misfits import are_coverage
from gridgov.topology.overlap_strips import balanced
from gridgov.topology.parts import parts_of
from gridgov.topology.weld import welded

__all__ = ["as_coverage", "has_slits", "is_coverage"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1

#: Vertices of a layer this near to each other are one corner, drawn twice, ...
WELD_M = 1.5
#: ... but no nearer than this share of the usual distance of two vertices: a curve keeps its points.
WELD_SHARE = 0.1

#: Slits along more than this share of the borders are the way the layer was drawn.
SLIT_SHARE = 0.01
#: A cleaned layer has notches in its outline that look like slits. Where a layer was drawn with slits, they
#: run along a good part of its borders.
GOOD_PART = 0.1

#: So many polygons side by side are looked at before all of them are: where they overlap, that takes long.
LOOKED_AT = (10, 200)


def as_coverage(
    polygons: Geometries,
    *,
    borders: Borders,
    gap_m: float,
    first: Bools | None = None,
    earlier: Borders | None = None,
) -> Geometries:
    """Answer the polygons of one layer without overlaps, slits and borders drawn twice.

    Parameters
    ----------
    polygons
        (n,) valid polygons on the 1 cm grid, in metres; empty ones stay so.
    borders
        Their borders.
    gap_m
        Holes between polygons that are narrower than this go to the neighbour with the longest border, and
        strips that two polygons cover to the one whose area then stays closer to what was drawn.
    first
        (n,) polygons that come before all others where they overlap.
    earlier
        The borders that earlier layers made. The slits of a coverage that is noded with them are meant.

    Returns
    -------
    (n,) polygons on the 1 cm grid. Where some overlap by more, the smallest keeps the place. A layer that is
    a coverage already, but for few slits, comes back as it is.

    Notes
    -----
    About 0.15 CPU s for 500 polygons of 60 vertices.
    """
    drawn = np.flatnonzero(~shapely.is_empty(polygons))
    if not len(drawn):
        return polygons
    weld = _weld_m(borders)
    if is_coverage(polygons[drawn]) and (
        not _slit(polygons[drawn], weld) or (earlier is not None and borders.drawn_with(earlier))
    ):
        return polygons
    made = arrange([_welded(polygons, borders, weld)])
    fixed = np.zeros(len(polygons), dtype=bool) if first is None else first
    label = _closed(made, made.smallest(0, sizes(polygons, fixed)), gap_m)
    label = balanced(made, label, drawn_m2=shapely.area(polygons), fixed=fixed, width_m=gap_m)
    named = np.flatnonzero(label != NONE)
    answer = np.full(len(polygons), shapely.Polygon(), dtype=object)
    found = made.mesh.dissolve(named, label[named])
    answer[: len(found)] = found
    return answer


def has_slits(polygons: Geometries, borders: Borders) -> bool:
    """Tell whether slits run along a good part of the `borders` of a coverage, none empty."""
    return len(polygons) > 0 and _slit(polygons, _weld_m(borders), share=GOOD_PART)


def _weld_m(borders: Borders) -> float:
    return min(WELD_M, WELD_SHARE * float(np.median(borders.length)))


def is_coverage(polygons: Geometries) -> bool:
    """Tell whether polygons are a coverage; where they are none, the westernmost mostly tell."""
    western = polygons[np.argsort(shapely.bounds(polygons)[:, 0], kind="stable")]
    return all(are_coverage(western[:some]) for some in (*LOOKED_AT, len(western)))


def _slit(polygons: Geometries, width_m: float, *, share: float = SLIT_SHARE) -> bool:
    """Tell whether slits run between the polygons of a coverage; a few narrow places are what was meant."""
    along = shapely.length(shapely.coverage_invalid_edges(polygons, gap_width=width_m)).sum()
    return bool(along > share * shapely.length(polygons).sum())


def _welded(polygons: Geometries, borders: Borders, weld_m: float) -> Geometries:
    """Weld the vertices of polygons, which are those of their borders; some may cross themselves then."""
    places = np.rint(borders.xy / PRECISION_M).astype(np.int64)
    many = np.bincount(borders.vertex, minlength=len(places))
    xy = welded(places, many, reach=round(weld_m / PRECISION_M)) * PRECISION_M
    moved = shapely.set_coordinates(np.array(polygons, dtype=object), xy.take(borders.vertex, axis=0))
    return np.asarray(moved, dtype=object)


def _closed(made: Arrangement, label: Ints, gap_m: float) -> Ints:
    """Give faces that nobody covers, and that are narrow, to the neighbour with the longest border."""
    mesh, bare = made.mesh, np.flatnonzero(label == NONE)
    gaps = parts_of(mesh, bare, np.zeros(len(bare), dtype=np.int64))
    narrow = ~gaps.wide(gap_m)
    gap = np.full(len(label), NONE, dtype=np.int64)
    gap[bare] = np.where(narrow, np.arange(len(gaps)), NONE)[gaps.part]
    i, j, length = mesh.pairs.i, mesh.pairs.j, mesh.pairs.length
    of, beside = np.concatenate([gap[i], gap[j]]), np.concatenate([label[j], label[i]])
    both = np.flatnonzero((of != NONE) & (beside != NONE))
    span = int(label.max(initial=NONE)) + 1
    key, number = distinct(of[both] * span + beside[both])
    total = np.bincount(number, weights=np.concatenate([length, length])[both], minlength=len(key))
    order = np.lexsort((-key, total))
    longest = np.full(len(gaps) + 1, NONE, dtype=np.int64)  # the last one is of faces in no gap
    longest[key[order] // span] = key[order] % span
    return np.where(label == NONE, longest[gap], label)
