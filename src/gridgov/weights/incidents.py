"""Incidents on disk as points: where reports come from, for what a merge changes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov import frames
from gridgov.errors import SchemaError
from gridgov.language import Many, examples
from gridgov.lookup import Atlas
from gridgov.network import Network
from gridgov.schema import ATTRS
from gridgov.tables import load_table
from gridgov.weights.places import Rows, map_points, table_points
from gridgov.weights.said_words import WORDS
from gridgov.weights.words import naming

__all__ = ["read_incidents"]

_POINTS: Final = (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT, -1)


def read_incidents(
    path: str | Path,
    *,
    near: Mapping[str, gpd.GeoDataFrame] | Network,
    sheet: str | None = None,
    crs: object = None,
    lon: str | None = None,
    lat: str | None = None,
    encoding: str | None = None,
    keep: bool = False,
) -> gpd.GeoDataFrame:
    """Read the points of incidents, one row each, in the coordinate system of the layers.

    Parameters
    ----------
    path
        .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson, as `assign` reads them.
    near
        The layers or the network: where they lie decides whether a datum must be said.
    sheet
        Sheet of a workbook or layer of a GeoPackage, where there are several.
    crs
        As in `assign_incidents`: for degrees in China it must be said.
    lon, lat
        Columns of the coordinates, found by their usual names when None.
    encoding
        Of a text table; found when None.
    keep
        Bring the other columns of the table along, as they are.

    Returns
    -------
    GeoDataFrame
        Points, None where a row has no usable place; ``attrs["gridgov"]`` holds ``source`` and ``notes``.

    Raises
    ------
    SchemaError
        No coordinates, or rows that are no points.
    CRSError
        The datum is missing where it must be said, or cannot be.
    InputMissingError, FormatError, EncodingError, ArgumentError
        The file is not there, or cannot be read without being told more.
    """
    path = Path(path)
    with naming("incidents"):
        table = load_table(path, sheet=sheet, encoding=encoding)
        places = Atlas.of(near if isinstance(near, Network) else next(iter(near.values())))
        names = frames.column_names(table.data)
        data = {name: frames.column_values(table.data, name) for name in names}
        frame = pd.DataFrame(data, dtype=object, index=table.first_row + np.arange(len(table.data)))
        rows = Rows(frame, table.notes, np.full(len(frame), None, dtype=object))
        if table.points is None or lon is not None or lat is not None:
            rows = table_points(rows, places, lon=lon, lat=lat, crs=crs, where=path.name)
        else:
            shapes = _points(np.array(table.points.geometry, dtype=object), path)
            rows = map_points(Rows(frame, table.notes, shapes, table.points.crs), places, crs)
    columns = frame.reset_index(drop=True) if keep else None
    answer = gpd.GeoDataFrame(columns, geometry=rows.shapes, crs=rows.crs)
    source = f"{path.name}#{sheet}" if sheet else path.name
    answer.attrs[ATTRS] = {"source": source, "notes": [*rows.notes, *_lost(rows)]}
    return answer


def _points(
    shapes: "np.ndarray[tuple[int], np.dtype[np.object_]]", path: Path
) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    shapes[shapely.is_empty(shapes)] = None
    if not np.isin(shapely.get_type_id(shapes), _POINTS).all():
        raise SchemaError(WORDS("are_points", path=path.name))
    return shapes


def _lost(rows: Rows) -> list[str]:
    lost = shapely.is_missing(rows.shapes)
    where = examples([WORDS("row", row=row) for row in rows.table.index[lost]])
    return [WORDS("lost_places", n=Many(int(lost.sum())), rows=where)] if lost.any() else []
