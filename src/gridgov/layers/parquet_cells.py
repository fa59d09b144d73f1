"""The cells of a network as GeoParquet holds them, read without making a table of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.layers.plain_cells import are_cells, plain_polygons
from gridgov.network import StoredCells

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["is_parquet_cells", "parquet_cells"]

#: Types of columns that come out of the file as they stand in tables.
_TEXT: Final = frozenset({"string", "large_string", "null"})
_NUMBERS: Final = frozenset({"double", "int32", "int64"})
_BYTES: Final = frozenset({"binary", "large_binary"})

#: What the metadata may say of the geometries without being asked further.
_KNOWN: Final = frozenset({"encoding", "crs", "geometry_types", "bbox", "covering"})


def is_parquet_cells(path: Path) -> bool:
    """Whether a Parquet file holds the cells of a network."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        return False
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return "cell_id" in parquet.read_schema(path).names
    except pa.ArrowInvalid:
        return False


def parquet_cells(path: Path) -> StoredCells | None:
    """The cells of a network in a Parquet file; None where something is not plain."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            metadata = file.schema_arrow.metadata or {}
            geo = _geometry(metadata)
            if geo is None or not _unindexed(metadata):
                return None
            table = file.read(use_threads=False)
    except (pa.ArrowException, ValueError, OSError):
        return None
    name, crs, covering = geo
    if str(table.schema.field(name).type) not in _BYTES or table.column(name).null_count:
        return None
    names = [each for each in table.column_names if each not in {name, covering}]
    columns = {each: _column(table.column(each)) for each in names}
    plain = {each: values for each, values in columns.items() if values is not None}
    if len(plain) < len(names) or not are_cells(plain):
        return None
    shapes = table.column(name).to_pylist()
    del table
    # What the table took is not used again before the polygons are made.
    pa.default_memory_pool().release_unused()
    polygons = plain_polygons(shapes, crs)
    return polygons and StoredCells(plain, polygons, None)


def _geometry(metadata: Mapping[bytes, bytes]) -> tuple[str, Any, str] | None:
    """Name of the only geometry column, its coordinate system, and the column of its boxes, '' for none."""
    from pyproj import CRS

    geo = json.loads(metadata.get(b"geo", b"{}"))
    columns = geo.get("columns", {})
    name = geo.get("primary_column")
    if list(columns) != [name]:
        return None
    about = columns[name]
    if about.get("encoding") != "WKB" or not about.get("crs") or not about.keys() <= _KNOWN:
        return None
    boxes = {path[0] for path in about.get("covering", {}).get("bbox", {}).values()}
    return (name, CRS.from_user_input(about["crs"]), boxes.pop() if boxes else "") if len(boxes) < 2 else None  # noqa: PLR2004


def _unindexed(metadata: Mapping[bytes, bytes]) -> bool:
    """Whether no column of the file is the names of rows of a pandas table."""
    pandas = json.loads(metadata.get(b"pandas", b"{}"))
    return all(isinstance(each, dict) for each in pandas.get("index_columns", []))


def _column(column: Any) -> "NDArray[Any] | None":
    """Values as a table has them; None for types that need a closer look."""
    kind = str(column.type)
    if kind in _TEXT:
        return np.array(column.to_pylist(), dtype=object)
    if kind not in _NUMBERS or (column.null_count and kind != "double"):
        return None
    # Arrow's own way to an array loads pandas, which takes half a second.
    return np.array(column.to_pylist(), dtype=kind)
