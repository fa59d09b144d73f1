"""Rows of one department that wait for those of the others, their polygons packed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

__all__ = ["Packed"]

#: So many polygons are unpacked at a time.
PART = 1 << 14


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows with their geometry as WKB: the same numbers in a third of the memory.

    Attributes
    ----------
    rows
        The table without its geometry.
    wkb
        (n,) bytes, None where a row has no geometry. Not in the table: pandas keeps columns together, and one
        that is deleted goes only with the others.
    """

    rows: pd.DataFrame
    wkb: npt.NDArray[np.object_]

    @classmethod
    def of(cls, table: gpd.GeoDataFrame) -> Self:
        """Pack rows with geometry."""
        wkb = np.asarray(shapely.to_wkb(table.geometry.to_numpy()), dtype=object)
        return cls(pd.DataFrame(table).drop(columns=table.geometry.name), wkb)

    def bounds(self) -> npt.NDArray[np.float64]:
        """(n, 4) left, bottom, right and top of each row; NaN where nothing is."""
        found = [shapely.bounds(shapely.from_wkb(self.wkb[some])) for some in self._parts()]
        return np.concatenate([np.zeros((0, 4)), *found])

    def unpacked(self, *, crs: Any) -> gpd.GeoDataFrame:
        """Answer the rows with their geometry. What it was packed in is let go on the way: only once."""
        geometry = np.full(len(self.wkb), None, dtype=object)
        for some in self._parts():
            geometry[some] = shapely.from_wkb(self.wkb[some])
            self.wkb[some] = None
        return gpd.GeoDataFrame(self.rows, geometry=geometry, crs=crs)

    def _parts(self) -> Iterator[slice]:
        return (slice(at, at + PART) for at in range(0, len(self.wkb), PART))
