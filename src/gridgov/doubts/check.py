"""Doubtful coordinates of one table."""

from typing import TYPE_CHECKING, Any

import numpy as np

from gridgov.doubts.rules import CoordinateDoubts
from gridgov.lookup import Atlas, place_points, read_points

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_coordinates"]

#: Columns of what `check_coordinates` answers.
_COLUMNS = ("doubt", "rows", "of", "lon", "lat", "words")


def check_coordinates(cells: object, *, lon: Any, lat: Any, points_crs: object = None) -> "pd.DataFrame":
    """Which coordinates are hardly where something happened, by written rules.

    Parameters
    ----------
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids`.
    lon, lat, points_crs
        As in `assign_points`.

    Returns
    -------
    pandas.DataFrame
        ``doubt, rows, of, lon, lat, words``: a word of ``gridgov.doubts.DOUBTS``, how many rows of how many,
        an example as it was given, and a sentence. Empty if there is nothing to doubt. The rules stand in
        docs/assigning.md.

    Raises
    ------
    ArgumentError, CRSError
        As in `assign_points`.

    >>> import geopandas as gpd
    >>> from shapely import box
    >>> table = {"grid_id": ["1"], "name": None, "owner": None}
    >>> ward = gpd.GeoDataFrame(table, geometry=[box(-77.1, 38.8, -77.0, 39.0)], crs="EPSG:4326")
    >>> found = check_coordinates(ward, lon=[-77.0512, 77.0512, 38.9], lat=[38.9321, 38.9321, -77.0512])
    >>> found["doubt"].tolist()
    ['elsewhere', 'swapped', 'sign']
    """
    import pandas as pd

    atlas = Atlas.of(cells)
    points = read_points(atlas, lon=lon, lat=lat, crs=points_crs)
    doubts = CoordinateDoubts(atlas)
    doubts.add(points, place_points(atlas, points, border_m=0.0, nearest_m=0.0))
    found = doubts.found()
    table = {name: [getattr(doubt, name) for doubt in found] for name in _COLUMNS}
    types = {"rows": np.int64, "of": np.int64, "lon": np.float64, "lat": np.float64}
    return pd.DataFrame(table).astype(types if found else {})
