"""What an overlap of two grids means: which overlaps count, and how many grids meet how many."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.refine import Tolerances
from gridgov.topology.regions import thin

__all__ = ["relations", "wide_overlaps"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

_NAMES = np.array([["1:1", "1:n"], ["n:1", "n:m"]], dtype=object)


def wide_overlaps(faces: Geometries, where: Ints, area: Floats, *, limits: Tolerances) -> Bools:
    """Tell which overlaps have a spot as wide as the tolerance.

    Parameters
    ----------
    faces, where
        (m,) parallel: a face of a noded coverage, and the number of the overlap it belongs to.
    area
        (n,) square metres of each overlap.
    limits
        An overlap thinner or smaller than these is not wide.
    """
    answer = np.zeros(len(area), dtype=bool)
    # One wide face is enough; only where there is none do the faces have to be joined first.
    answer[where[~thin(faces, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)]] = True
    open_ = np.flatnonzero(
        ~answer & (area >= limits.min_area_m2) & (np.bincount(where, minlength=len(area)) > 1)
    )
    order = np.argsort(where, kind="stable")
    start = np.searchsorted(where[order], np.arange(len(area) + 1))
    joined = np.empty(len(open_), dtype=object)
    for number, overlap in enumerate(open_):
        joined[number] = shapely.coverage_union_all(faces[order[start[overlap] : start[overlap + 1]]])
    answer[open_] = ~thin(joined, tolerance_m=limits.tolerance_m, min_area_m2=limits.min_area_m2)
    return answer


def relations(a: Ints, b: Ints, counts: Bools) -> npt.NDArray[Any]:
    """Name the relation of each overlap of a row `a` and a row `b`.

    `counts` says which overlaps count; the others are slivers. ``1:n``: `a` meets several, and this `b`
    meets only `a`; ``n:1``: `a` meets only this `b`, which meets several. What a row of -1 is called has no
    meaning.
    """
    of_a = np.bincount(a[counts], minlength=a.max(initial=0) + 1)[a]
    of_b = np.bincount(b[counts], minlength=b.max(initial=0) + 1)[b]
    relation = _NAMES[(of_b > 1).astype(int), (of_a > 1).astype(int)]
    relation[~counts] = "sliver"
    return np.asarray(relation)
