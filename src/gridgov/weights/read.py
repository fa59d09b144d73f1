"""Weights on disk: a table with coordinates, or a map layer of points or polygons."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gridgov import frames
from gridgov.crosswalk import WEIGHT, weight_numbers
from gridgov.errors import SchemaError
from gridgov.language import Many, examples
from gridgov.layers.formats import check_input
from gridgov.layers.raw import read_raw
from gridgov.lookup import Atlas
from gridgov.network import Network
from gridgov.schema import ATTRS
from gridgov.tables import load_table
from gridgov.weights.places import Rows, map_points, map_polygons, table_points
from gridgov.weights.said_words import WORDS
from gridgov.weights.words import naming

__all__ = ["read_weights"]

_TABLE_ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx")
_POINTS: Final = frozenset({shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT})
_MISSING: Final = -1
_TOTALS: Final = frozenset({"合计", "总计", "小计", "共计", "total"})


def read_weights(
    path: str | Path,
    *,
    near: Mapping[str, gpd.GeoDataFrame] | Network,
    column: str | None = None,
    layer: str | None = None,
    crs: object = None,
    lon: str | None = None,
    lat: str | None = None,
    encoding: str | None = None,
) -> gpd.GeoDataFrame:
    """Read what `crosswalk_departments` is to count: a table of points, or a map layer of points or polygons.

    Parameters
    ----------
    path
        .csv, .tsv, .txt or .xlsx with coordinates; any map file that `read_grids` reads.
    near
        The layers or the network to be compared: where they lie decides whether a datum must be said.
    column
        Column of numbers, 0 or more; a blank is 0. None: each row counts one.
    layer
        Layer or sheet, where there are several.
    crs
        Of points as in `assign_points`: in China it must be said for degrees. Of polygons as in `read_grids`.
    lon, lat
        Columns of the coordinates in a table, found by their usual names when None.
    encoding
        Of a text table or Shapefile; found when None.

    Returns
    -------
    GeoDataFrame
        Column ``weight`` and Points or (Multi)Polygons, None where a row has no usable place; its
        ``attrs["gridgov"]`` holds ``source`` and ``notes``.

    Raises
    ------
    SchemaError
        No such column, one that is not all numbers, no coordinates, or lines.
    CRSError
        The datum is missing where it must be said, or cannot be.
    InputMissingError, FormatError, EncodingError, ArgumentError
        As `read_grids`.
    """
    path = Path(path)
    with naming("weights"):
        check_input(path)
        places = Atlas.of(near if isinstance(near, Network) else next(iter(near.values())))
        if path.suffix.lower() in _TABLE_ENDINGS:
            rows = _table(path, layer, encoding)
            rows = table_points(rows, places, lon=lon, lat=lat, crs=crs, where=path.name)
        else:
            rows = _map(path, layer, encoding)
            points = set(shapely.get_type_id(rows.shapes).tolist()) - {_MISSING} <= _POINTS
            rows = map_points(rows, places, crs) if points else map_polygons(rows, crs, path.name)
    source = f"{path.name}#{layer}" if layer else path.name
    weight, notes = _weight(rows, column, source)
    answer = gpd.GeoDataFrame({WEIGHT: weight}, geometry=rows.shapes, crs=rows.crs)
    answer.attrs[ATTRS] = {"source": source, "column": column, "notes": [*rows.notes, *notes]}
    return answer


def _table(path: Path, sheet: str | None, encoding: str | None) -> Rows:
    """Rows of a table, totals left out."""
    table = load_table(path, sheet=sheet, encoding=encoding)
    names = frames.column_names(table.data)
    rows = pd.DataFrame({name: frames.column_values(table.data, name) for name in names}, dtype=object)
    rows.index = rows.index + table.first_row
    folded = rows.map(lambda value: "" if value is None else "".join(str(value).split()).lower())
    total = folded.isin(_TOTALS).any(axis=1)
    notes = list(table.notes)
    if total.any():
        listed = examples([WORDS("row", row=row) for row in rows.index[total]])
        notes.append(WORDS("totals", n=Many(int(total.sum())), rows=listed))
    rows = rows[~total]
    return Rows(rows, tuple(notes), np.full(len(rows), None, dtype=object))


def _map(path: Path, layer: str | None, encoding: str | None) -> Rows:
    raw = read_raw(path, layer=layer, encoding=encoding)
    table = pd.DataFrame(raw.frame.drop(columns=raw.frame.geometry.name))
    table.index = pd.RangeIndex(1, len(table) + 1)
    shapes = np.array(raw.frame.geometry.to_numpy(), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    return Rows(table, raw.notes, shapes, raw.frame.crs)


def _weight(rows: Rows, column: str | None, where: str) -> tuple[NDArray[np.float64], list[str]]:
    """Numbers of the column, and what to say of rows without a number or without a place."""
    notes = []
    if column is None:
        weight = np.ones(len(rows.table))
        notes = [WORDS("counts_one", where=where)]
    else:
        values = rows.table[_column(list(rows.table.columns), column, where)]
        weight = weight_numbers(values, where=f"{where}: {values.name}")
        blank = int(values.map(lambda value: pd.isna(value) or not str(value).strip()).sum())
        if blank:
            notes = [WORDS("no_number", n=Many(blank), column=values.name)]
    lost = shapely.is_missing(rows.shapes)
    if lost.any():
        notes.append(
            WORDS(
                "lost_weight",
                n=Many(int(lost.sum())),
                weight=weight[lost].sum(),
                rows=examples([WORDS("row", row=row) for row in rows.table.index[lost]]),
            )
        )
    return weight, notes


def _column(names: list[str], column: str, where: str) -> str:
    same = [name for name in names if name == column] or [
        name for name in names if name.strip().casefold() == column.casefold()
    ]
    if len(same) != 1:
        raise SchemaError(
            WORDS("no_count_column", where=where, column=column, names=examples(names, most=30))
        )
    return same[0]
