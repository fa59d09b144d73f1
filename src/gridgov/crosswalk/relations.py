"""What an overlap of two grids means: which overlaps count, and how many grids meet how many."""

from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.topology.mesh import Mesh
from gridgov.topology.parts import parts_of
from gridgov.topology.refine import Tolerances

__all__ = ["relations", "wide_overlaps"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

_NAMES = np.array([["1:1", "1:n"], ["n:1", "n:m"]], dtype=object)


def wide_overlaps(
    ground: Mesh | Geometries, face: Ints, where: Ints, area: Floats, *, limits: Tolerances
) -> Bools:
    """Tell which overlaps have a spot as wide as the tolerance.

    Parameters
    ----------
    ground
        The faces: a mesh, or polygons of a noded coverage.
    face, where
        (m,) parallel: a face, and the number of the overlap it belongs to.
    area
        (n,) square metres of each overlap.
    limits
        An overlap thinner or smaller than these is not wide.
    """
    # What is too small is too small, however wide.
    asked = area[where] >= limits.min_area_m2
    parts = parts_of(ground, face[asked], where[asked])
    answer = np.zeros(len(area), dtype=bool)
    answer[parts.group[parts.wide(limits.tolerance_m)]] = True
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
