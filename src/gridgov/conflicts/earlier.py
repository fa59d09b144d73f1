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


def drawn_there(points: Geometries, earlier: Sequence[Earlier]) -> Ints:
    """Answer (points, layers) the grid that each layer drew at each point, -1 for none."""
    answer = np.full((len(points), len(earlier)), NONE, dtype=np.int64)
    # GEOS prepares what a tree is asked about: the grids, which are few and have many corners.
    spots = shapely.STRtree(points)
    for number, layer in enumerate(earlier):
        row, spot = spots.query(layer.grids, predicate="intersects")
        order = np.lexsort((row, layer.size[row], spot))[::-1]
        answer[spot[order], number] = row[order]  # the smallest comes last, and stays
    return answer
