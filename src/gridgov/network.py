"""The merged network, and the proof that it is a partition."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.errors import TopologyError, examples
from gridgov.schema import check_cells
from gridgov.topology.edges import edge_table

__all__ = ["Network", "prove_partition"]

#: How far the summed areas may differ from the outline's: float rounding, not geometry.
AREA_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Network:
    """One network, one grid: what `merge_grids` answers and `read_network` reads.

    Attributes
    ----------
    cells
        One row per cell, sorted by `cell_id`; columns as `gridgov.schema` says.
    grids
        The unified grids: cells joined by the first department's grid, special-purpose grids kept.
    crosswalk
        Which grid of which department overlaps which cell, with shares both ways.
    conflicts
        Places where layers disagree, and what the merge did there.
    rungs
        Each rung on the common borders, coarse to fine.
    summary
        Counts and areas, plain values.
    provenance
        Version, options and inputs, plain values; `network_version` names this network.
    """

    cells: gpd.GeoDataFrame
    grids: gpd.GeoDataFrame
    crosswalk: pd.DataFrame
    conflicts: gpd.GeoDataFrame
    rungs: Mapping[str, gpd.GeoDataFrame]
    summary: Mapping[str, Any]
    provenance: Mapping[str, Any]

    def __post_init__(self) -> None:
        check_cells(self.cells)
        for name in ("rungs", "summary", "provenance"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def departments(self) -> tuple[str, ...]:
        """Departments in order of precedence."""
        return tuple(self.provenance["departments"])

    @property
    def version(self) -> str:
        """Name of this network, from its content."""
        return str(self.provenance["network_version"])

    def __getstate__(self) -> tuple[Any, ...]:
        """Give plain dicts to pickle, which refuses read-only views."""
        return tuple(dict(v) if isinstance(v, MappingProxyType) else v for v in self._fields())

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, MappingProxyType(value) if isinstance(value, dict) else value)

    def _fields(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


def prove_partition(cells: npt.NDArray[Any], *, unit: npt.NDArray[np.int64], units: npt.NDArray[Any]) -> None:
    """Raise TopologyError unless cells fill the units: no gap, no overlap, nothing across a border.

    Parameters
    ----------
    cells
        (n,) Polygons.
    unit
        (n,) row of the unit each cell is said to lie in.
    units
        (m,) the units: a noded coverage on the same grid of coordinates.

    Notes
    -----
    The cells' edge table shows overlaps (two owners on one side) and T-junctions (one-sided segments that
    are not the outline). Each unit's border must be exactly the segments between its cells and others'.
    """
    _expect(shapely.is_valid(cells), cells, "is not valid")
    _expect(~shapely.is_empty(cells), cells, "is empty")
    table = edge_table(cells)
    if not shapely.coverage_is_valid(cells):
        wrong = ~shapely.is_empty(shapely.coverage_invalid_edges(cells))
        _expect(~wrong, cells, "does not meet its neighbours in common vertices")
    area, whole = shapely.area(cells), shapely.area(units)
    filled = np.bincount(unit, weights=area, minlength=len(units))
    lacking = np.abs(filled - whole) > AREA_SLACK * whole + AREA_SLACK * float(whole.sum())
    _expect(~lacking, units, "is not filled by its cells")
    left, right = np.append(unit, -1)[table.left], np.append(unit, -1)[table.right]
    border = float(table.length[left != right].sum())
    drawn = float(shapely.length(shapely.union_all(shapely.boundary(units))))
    if not np.isclose(border, drawn, rtol=AREA_SLACK, atol=1e-6):
        raise TopologyError(
            f"cells do not follow the borders of the rungs: {border:.2f} m against {drawn:.2f} m"
        )


def _expect(right: npt.NDArray[np.bool_], polygons: npt.NDArray[Any], what: str) -> None:
    if right.all():
        return
    places = shapely.get_coordinates(shapely.point_on_surface(shapely.envelope(polygons[~right])))
    at = [f"({x:.2f}, {y:.2f})" for x, y in places]
    raise TopologyError(
        f"a merged polygon {what}, at {examples(at)}; please report this with the input layers"
    )
