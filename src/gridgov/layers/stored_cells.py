"""The cells of a network whose polygons need not be read: an index beside it holds the same ones."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import pyogrio
from pyproj import CRS

from gridgov.index import SavedPolygons, saved_polygons, shapes_hash

__all__ = ["StoredCells", "stored_cells"]

#: How the bytes of polygons begin that need no change, and of multipolygons: of one part, and of any number.
_POLYGON: Final = b"\x01\x03\x00\x00\x00"
_ONE_PART: Final = b"\x01\x06\x00\x00\x00\x01\x00\x00\x00"
_PARTS: Final = b"\x01\x06\x00\x00\x00"

#: A geometry in a GeoPackage begins with 8 bytes; the fourth says how large the extent is that follows.
_HEADER, _FLAGS, _EXTENTS = 8, 3, (0, 32, 48, 48, 64)

#: Types of columns that come out of the file as they stand in tables, and the numbers among them.
_TEXT: Final = "OFTString"
_NUMBERS: Final = {"OFTReal": np.float64, "OFTInteger": np.int32, "OFTInteger64": np.int64}


class StoredCells(NamedTuple):
    """Columns of cells, and their polygons as a saved index holds them."""

    columns: pd.DataFrame
    polygons: SavedPolygons


def stored_cells(path: Path) -> StoredCells | None:
    """The cells of a network, if an index beside it holds the very polygons that the file does.

    Whether it does is told by the content hash of the bytes in the file, of every polygon in the order of
    the rows. None where this is not so, or the columns need a closer look.
    """

    @cache
    def read() -> tuple[list[tuple[Any, ...]], Mapping[str, Any]]:
        info = pyogrio.read_info(path, layer="cells")
        return (_rows(path, info) if info["crs"] and _plain(info) else []), info

    def name_content() -> tuple[str, CRS] | None:
        rows, info = read()
        begins = _begins(row[0] for row in rows)
        if not begins:
            return None
        lengths = [len(row[0]) - begin for row, begin in zip(rows, begins, strict=True)]
        shapes = (memoryview(row[0])[begin:] for row, begin in zip(rows, begins, strict=True))
        crs = CRS.from_user_input(info["crs"])
        return shapes_hash(shapes, lengths, crs.to_wkt()), crs

    polygons = saved_polygons(path, name_content)
    if polygons is None:
        return None
    table = pd.DataFrame(_columns(*read()))
    return StoredCells(table, polygons) if _sorted_by_id(table) else None


def _plain(info: Mapping[str, Any]) -> bool:
    return bool(info["geometry_name"]) and all(
        kind in (_TEXT, *_NUMBERS) and further == "OFSTNone"
        for kind, further in zip(info["ogr_types"], info["ogr_subtypes"], strict=True)
    )


def _rows(path: Path, info: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Geometry and columns of each row."""
    names = [f'"{name.replace(chr(34), chr(34) * 2)}"' for name in (info["geometry_name"], *info["fields"])]
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
        return store.execute(f"SELECT {', '.join(names)} FROM cells ORDER BY rowid").fetchall()  # noqa: S608


def _columns(rows: Sequence[tuple[Any, ...]], info: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as a table has them: whole numbers that are missing somewhere are no longer whole."""
    columns = {}
    for name, kind, values in zip(
        info["fields"], info["ogr_types"], list(zip(*rows, strict=True))[1:], strict=True
    ):
        number = np.float64 if kind in _NUMBERS and None in values else _NUMBERS.get(kind, object)
        columns[str(name)] = pd.Series(np.array(values, dtype=number), dtype=number)
    return columns


def _begins(geometries: Iterable[bytes | None]) -> list[int] | None:
    """Where in each geometry the bytes begin that an index has; None if one is no polygon it could have.

    That is after the header, and for a multipolygon of one part where that begins.
    """
    begins = []
    for geometry in geometries:
        extent = (geometry[_FLAGS] >> 1 & 7) if geometry else len(_EXTENTS)
        if geometry is None or extent >= len(_EXTENTS):
            return None
        begin = _HEADER + _EXTENTS[extent]
        if geometry.startswith(_ONE_PART, begin):
            begin += len(_ONE_PART)
        elif not geometry.startswith((_POLYGON, _PARTS), begin):
            return None
        begins.append(begin)
    return begins


def _sorted_by_id(table: pd.DataFrame) -> bool:
    ids = table["cell_id"].tolist() if "cell_id" in table else []
    return bool(ids) and all(isinstance(each, str) for each in ids) and sorted(ids) == ids
