"""The cells of a network as its file holds them, read without making a table of them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from gridgov.layers.kept_cells import kept_cells
from gridgov.layers.plain_cells import ONE_PART, are_cells, plain_polygons
from gridgov.network import StoredCells

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["has_tables", "stored_cells", "stored_values"]

#: A geometry in a GeoPackage begins with 8 bytes; the fourth says how large the extent is that follows.
_HEADER, _FLAGS, _EXTENTS = 8, 3, (0, 32, 48, 48, 64)

#: Declared types of columns that come out of the file as they stand in tables, and the numbers among them.
_TEXT: Final = "TEXT"
_NUMBERS: Final = {"REAL": np.float64, "DOUBLE": np.float64, "MEDIUMINT": np.int32, "INTEGER": np.int64}

_WHERE_IT_STANDS: Final = """
    SELECT column_name, upper(organization), organization_coordsys_id
    FROM gpkg_geometry_columns JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = 'cells'"""


class _Stored(NamedTuple):
    """Columns of cells, the bytes of their geometries, and the EPSG code of where these stand."""

    columns: dict[str, "NDArray[Any]"]
    shapes: list[bytes]
    epsg: int


def stored_values(path: Path) -> Mapping[str, Any] | None:
    """What the table `provenance` of a network says; None if that is not plain."""
    try:
        with closing(_opened(path)) as store:
            rows = store.execute("SELECT name, json FROM provenance").fetchall()
        values = {str(name): json.loads(text) for name, text in rows}
    except (sqlite3.Error, ValueError, TypeError):
        return None
    return {name: value for name, value in values.items() if isinstance(value, dict)}


def has_tables(path: Path, tables: Mapping[str, Sequence[str]]) -> bool:
    """Whether a file has tables with these columns."""
    try:
        with closing(_opened(path)) as store:
            return all(
                set(columns)
                <= {name for (name,) in store.execute("SELECT name FROM pragma_table_info(?)", (table,))}
                for table, columns in tables.items()
            )
    except sqlite3.Error:
        return False


def stored_cells(path: Path, *, needed: Sequence[str], version: str) -> StoredCells | None:
    """The cells of a network, with these columns among theirs.

    If an index beside it keeps them, and nothing in the file was changed since, the file is not read. If one
    holds the very polygons that the file does, they are left there: this is told by the
    content hash of the bytes in the file, of every polygon in the order of the rows. None where something is
    not plain: a column's type, the coordinate system, the order, a polygon.
    """
    from pyproj import CRS

    kept = kept_cells(path)
    if kept is not None and kept.columns.keys() >= {*needed} and kept.version == version:
        return kept
    try:
        with closing(_opened(path)) as store:
            stored = _stored(store)
    except (sqlite3.Error, ValueError, OverflowError):
        return None
    if stored is None or not are_cells(stored.columns, needed):
        return None
    polygons = plain_polygons(stored.shapes, CRS.from_epsg(stored.epsg), network=path)
    return polygons and StoredCells(stored.columns, polygons, version, file=str(path.absolute()))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _stored(store: sqlite3.Connection) -> _Stored | None:
    places = store.execute(_WHERE_IT_STANDS).fetchall()
    declared = store.execute("SELECT name, upper(type), pk FROM pragma_table_info('cells')").fetchall()
    described = store.execute("SELECT count(*) FROM sqlite_master WHERE name = 'gpkg_data_columns'")
    if len(places) != 1 or places[0][1] != "EPSG" or described.fetchone()[0]:
        return None
    geometry, _, epsg = places[0]
    kinds = {name: kind for name, kind, key in declared if not key and name != geometry}
    if any(kind != _TEXT and kind not in _NUMBERS for kind in kinds.values()):
        return None
    names = ", ".join('"{}"'.format(name.replace('"', '""')) for name in (geometry, *kinds))
    rows = store.execute(f"SELECT {names} FROM cells ORDER BY rowid").fetchall()  # noqa: S608
    shapes = [_shape(row[0]) for row in rows]
    columns = {
        name: _column(kind, [row[at] for row in rows]) for at, (name, kind) in enumerate(kinds.items(), 1)
    }
    return _Stored(columns, shapes, int(epsg))


def _column(kind: str, values: list[Any]) -> "NDArray[Any]":
    """Values as a table has them: whole numbers that are missing somewhere are no longer whole."""
    if kind == _TEXT:
        return np.array(values, dtype=object)
    number = np.float64 if None in values else _NUMBERS[kind]
    return np.array(values, dtype=number)


def _shape(geometry: bytes | None) -> bytes:
    """The polygon's bytes, of a multipolygon of one part those of the part; none for what is no geometry."""
    extent = (geometry[_FLAGS] >> 1 & 7) if geometry and len(geometry) > _HEADER else len(_EXTENTS)
    if geometry is None or extent >= len(_EXTENTS):
        return b""
    begin = _HEADER + _EXTENTS[extent]
    return geometry[begin + (len(ONE_PART) if geometry.startswith(ONE_PART, begin) else 0) :]
