"""Rows that wait for those of the other departments, their polygons not yet made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.topology.outlines import Outlines

__all__ = ["Packed", "Shapes"]

Ints = npt.NDArray[np.int64]

#: What rows look like: polygons, or, of many rows, the arrays to make them of.
Shapes = Outlines | npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """Rows whose polygons are made at last, when all else that takes memory is gone.

    Attributes
    ----------
    rows
        The table without its geometry.
    shapes
        What its rows look like, one list behind the other.
    place
        (n,) where each row's shape stands in all of these.
    """

    rows: pd.DataFrame
    shapes: list[Shapes]
    place: Ints

    @classmethod
    def of(cls, rows: pd.DataFrame, shapes: Shapes) -> Self:
        """Take rows, and the shapes of them in the same order."""
        return cls(rows, [shapes], np.arange(len(rows)))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put all rows in one table; there is one part at least."""
        before = np.cumsum([0, *(sum(map(len, part.shapes)) for part in parts)])
        return cls(
            pd.concat([part.rows for part in parts], ignore_index=True),
            [shapes for part in parts for shapes in part.shapes],
            np.concatenate([first + part.place for first, part in zip(before[:-1], parts, strict=True)]),
        )

    def bounds(self) -> npt.NDArray[np.float64]:
        """(n, 4) left, bottom, right and top of each row; NaN where nothing is."""
        found = [
            some.bounds() if isinstance(some, Outlines) else shapely.bounds(some) for some in self.shapes
        ]
        return np.concatenate([np.zeros((0, 4)), *found])[self.place]

    def unpacked(self, *, crs: Any) -> gpd.GeoDataFrame:
        """Answer the rows with their polygons. What these are made of is let go on the way: only once."""
        polygons = [np.zeros(0, dtype=object)]
        while self.shapes:
            some = self.shapes.pop(0)
            polygons.append(some.polygons() if isinstance(some, Outlines) else some)
        return gpd.GeoDataFrame(self.rows, geometry=np.concatenate(polygons)[self.place], crs=crs)
