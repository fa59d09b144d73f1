"""Polygons written in a table: a column of WKT, or of ``lng,lat;lng,lat;...`` (边界坐标)."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gridgov.errors import SchemaError
from gridgov.language import examples, listed
from gridgov.layers.words import WORDS

__all__ = ["boundary_column", "parse_boundaries", "table_with_polygons"]

_NAMES: Final = (
    "wkt",
    "geometry",
    "geom",
    "the_geom",
    "shape",
    "polygon",
    "boundary",
    "边界坐标",
    "边界坐标串",
    "网格边界",
    "边界",
    "坐标串",
    "范围坐标",
    "网格坐标",
    "坐标范围",
    "坐标集合",
)
_WKT: Final = re.compile(r"\s*(SRID=\d+;)?\s*(MULTI)?POLYGON\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_LOOKED_AT: Final = 20
_RING_POINTS: Final = 3


def boundary_column(table: pd.DataFrame) -> str | None:
    """The column that holds polygons as text, by its values and then by its name; None without one.

    Raises SchemaError if two columns do.

    >>> boundary_column(pd.DataFrame({"id": ["1"], "边界坐标": ["113.1,34.1;113.2,34.1;113.2,34.2"]}))
    '边界坐标'
    """
    found = [str(name) for name in table.columns if _holds_polygons(table[name])]
    named = [name for name in found if name.strip().lower() in _NAMES]
    best = named or found
    if len(best) > 1:
        raise SchemaError(WORDS("polygon_columns", best=examples(best)))
    return best[0] if best else None


def table_with_polygons(table: pd.DataFrame, *, where: str) -> gpd.GeoDataFrame:
    """The table with its polygon column parsed; unreadable polygons are None. Raises SchemaError."""
    column = boundary_column(table)
    if column is None:
        raise SchemaError(WORDS("no_polygon_column", where=where, columns=listed(map(str, table.columns))))
    polygons = parse_boundaries(table[column].tolist())
    return gpd.GeoDataFrame(table.drop(columns=column), geometry=polygons)


def parse_boundaries(texts: Sequence[str | None]) -> np.ndarray:
    """Polygons of texts: WKT, or points ``lng,lat`` divided by ``;`` with ``|`` between parts.

    Full-width digits and signs count as plain ones. None where a text is blank or not a polygon.

    >>> [str(p) for p in parse_boundaries(["0,0;1,0;1,1", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "?"])]
    ['POLYGON ((0 0, 1 0, 1 1, 0 0))', 'POLYGON ((0 0, 1 0, 1 1, 0 0))', 'None']
    """
    return np.array([_polygon(text) for text in texts] + [None], object)[:-1]


def _polygon(text: object) -> Any:
    if not isinstance(text, str) or not text.strip():
        return None
    if _WKT.match(text):
        return shapely.from_wkt(text.rpartition("SRID")[2].partition(";")[2] or text, on_invalid="ignore")
    parts = [_ring(part) for part in unicodedata.normalize("NFKC", text).split("|") if part.strip()]
    if not parts or any(part is None for part in parts):
        return None
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _ring(text: str) -> Any:
    numbers = np.array([float(number) for number in _NUMBER.findall(text)])
    if len(numbers) % 2 or len(numbers) < 2 * _RING_POINTS:
        return None
    points = numbers.reshape(-1, 2)
    if len(np.unique(points, axis=0)) < _RING_POINTS:
        return None
    closed = points if (points[0] == points[-1]).all() else np.vstack([points, points[:1]])
    return shapely.polygons(closed)


def _holds_polygons(values: pd.Series) -> bool:
    texts = [value for value in values.dropna() if isinstance(value, str) and value.strip()][:_LOOKED_AT]
    return bool(texts) and sum(_looks_like_polygon(text) for text in texts) * 2 > len(texts)


def _looks_like_polygon(text: str) -> bool:
    if _WKT.match(text):
        return True
    plain = unicodedata.normalize("NFKC", text)
    numbers = _NUMBER.findall(plain)
    rest = _NUMBER.sub("", plain).strip(" ,;|[]()\n\t")
    separators = sum(plain.count(sign) for sign in ";|[")
    letters = re.search(r"[^\s,;|\[\]()]", rest)
    return len(numbers) >= 2 * _RING_POINTS and separators >= _RING_POINTS - 1 and letters is None
