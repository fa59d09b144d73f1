"""What the departments of higher precedence drew at a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.conflicts.ground import NONE
from gridgov.special import Special
from gridgov.topology.arrange import sizes

__all__ = ["Earlier", "drawn_there", "layers_as_drawn"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A layer as drawn, to be asked at points: the smallest grid there counts, by its `size`."""

    grids: Geometries
    size: Floats


def layers_as_drawn(layers: Mapping[str, gpd.GeoDataFrame], special: Special) -> list[Earlier]:
    """Prepare all layers, in order of precedence."""
    polygons = {name: np.asarray(layer.geometry.array) for name, layer in layers.items()}
    return [Earlier(drawn, sizes(drawn, special.first(name))) for name, drawn in polygons.items()]


def drawn_there(faces: Geometries, earlier: Sequence[Earlier]) -> Ints:
    """Answer (faces, layers) the grid that each layer drew at a point inside each face, -1 for none.

    `faces` are strips between two borders, for whom a point tells.
    """
    answer = np.full((len(faces), len(earlier)), NONE, dtype=np.int64)
    # GEOS prepares what a tree is asked about: the grids, which are few and have many corners.
    spots = shapely.STRtree(shapely.point_on_surface(faces) if len(earlier) else faces[:0])
    for number, layer in enumerate(earlier):
        row, spot = spots.query(layer.grids, predicate="intersects")
        order = np.lexsort((row, layer.size[row], spot))[::-1]
        answer[spot[order], number] = row[order]  # the smallest comes last, and stays
    return answer
