"""Incidents as points of GeoPackage and GeoJSON, batch by batch, types kept."""

import json
import queue
import threading
from collections.abc import Iterator, Mapping
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.datum import transform_geometries
from gridgov.errors import ArgumentError, FormatError, InputMissingError
from gridgov.language import listed
from gridgov.tables.geometry import crs_of, free_name, geopackage_names, map_points, wkb_of
from gridgov.tables.table import BATCH_ROWS, Batch, TableStream
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    from pyproj import CRS

__all__ = ["PointsWriter", "open_points"]

_POINT_TYPES: Final = ("Point", "MultiPoint", "Unknown", "GeometryCollection")


def open_points(path: Path, *, layer: str | None = None, batch_rows: int = BATCH_ROWS) -> TableStream:
    """Rows of one point layer of a GeoPackage or GeoJSON file; values keep their types.

    Raises FormatError if the layer holds lines or polygons, InputMissingError if it is not there,
    ArgumentError if there are several and none is named.
    """
    import pyogrio
    import pyogrio.errors

    try:
        layer = _layer(path, layer)
        about = pyogrio.read_info(path, layer=layer)
    except pyogrio.errors.DataSourceError as error:
        raise FormatError(WORDS("damaged", path=path)) from error
    read = 0

    def batches() -> Iterator[Batch]:
        nonlocal read
        for batch in _batches(path, layer, about, batch_rows, crs):
            yield batch
            read += len(batch)

    spatial = bool(about["geometry_type"])
    crs = crs_of(about["crs"]) if spatial else None
    rows = about["features"]
    stream = batches()
    first = next(stream)

    def all_batches() -> Iterator[Batch]:
        yield first
        yield from stream

    return TableStream(
        path,
        tuple(first.rows.column_names),
        all_batches(),
        spatial=spatial,
        crs=crs,
        done=lambda: min(read / rows, 1.0) if rows > 0 else 1.0,
    )


def _batches(path: Path, layer: str, about: Any, batch_rows: int, crs: "CRS | None") -> Iterator[Batch]:
    import pyarrow as pa
    import pyogrio.raw

    # Otherwise GDAL turns text that looks like a day into another spelling of it.
    more = {"DATE_AS_STRING": "YES"} if path.suffix.lower() != ".gpkg" else {}
    begin = 0
    with pyogrio.raw.open_arrow(path, layer=layer, batch_size=batch_rows, use_pyarrow=True, **more) as (
        _,
        reader,
    ):
        schema = reader.schema
        column = schema.names[-1] if about["geometry_type"] else None
        empty = True
        for piece in reader:
            empty = False
            yield _batch(path, pa.Table.from_batches([piece]), column, crs, begin)
            begin += len(piece)
        if empty:
            yield _batch(path, schema.empty_table(), column, crs, begin)


def _batch(path: Path, rows: Any, column: str | None, crs: "CRS | None", begin: int) -> Batch:
    rows = rows.replace_schema_metadata(None)
    if column is None:
        return Batch(rows)
    points = map_points(path, rows.column(column), crs, first_row=begin)
    return Batch(rows.drop_columns([column]), points)


def _layer(path: Path, wanted: str | None) -> str:
    import pyogrio

    layers = {str(name): str(kind or "") for name, kind in pyogrio.list_layers(path)}
    if wanted is not None:
        if wanted not in layers:
            raise InputMissingError(WORDS("no_layer", path=path, wanted=wanted, layers=listed(layers)))
        return wanted
    points = [name for name, kind in layers.items() if kind.removeprefix("2.5D ").startswith(_POINT_TYPES)]
    found = points or list(layers)
    if len(found) != 1:
        raise ArgumentError(WORDS("several_layers", path=path, layers=listed(found), first=found[0]))
    return found[0]


class PointsWriter:
    """Write rows with their points; a row without a point has no geometry.

    GeoJSON is written in WGS 84, as its standard (RFC 7946) wants. GDAL asks for its rows, so it works in a
    thread of its own that is given one batch after the other.
    """

    def __init__(self, path: Path, *, name: Path, kind: str, layer: str = "incidents") -> None:
        self._path, self._name, self._json, self._layer = path, name, kind == "geojson", layer
        self._waiting: queue.Queue[Any] = queue.Queue(maxsize=1)
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self._notes: list[str] = []
        self._told: dict[str, Any] = {}

    def write(self, batch: Batch) -> None:
        """Add rows."""
        import pyarrow as pa

        if batch.points is None:
            raise ArgumentError(WORDS("needs_points", name=self._name))
        rows = batch.table()
        renamed = {} if self._json else geopackage_names(rows.column_names, where=str(self._name))
        rows = rows.rename_columns([renamed.get(name, name) for name in rows.column_names])
        geometry = free_name("geom", rows.column_names)
        shapes, crs = batch.points.geometry, batch.points.crs
        if self._json and crs is not None:
            shapes, crs = transform_geometries(shapes, source=crs, target="wgs84"), crs_of("EPSG:4326")
        rows = rows.append_column(geometry, pa.array(wkb_of(shapes), type=pa.binary()))
        if self._thread is None:
            said = [
                WORDS("column_called", name=self._name.name, old=old, new=new) for old, new in renamed.items()
            ]
            self._notes += said
            self._start(rows.schema, geometry, crs)
        self._give(rows)

    def flush(self) -> None:
        """Nothing can be read of it before it is closed."""

    def describe(self, told: Mapping[str, Any]) -> None:
        """Say where the file comes from in a table of the GeoPackage, provenance; GeoJSON has no place."""
        self._told = dict(told)

    def close(self) -> list[str]:
        """End the file; answers which columns have another name there."""
        self._give(None)
        assert self._thread is not None
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._told and not self._json:
            _write_provenance(self._path, self._told)
        return self._notes

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        if self._thread is not None and self._thread.is_alive():
            self._give(None)
            self._thread.join()

    def _give(self, rows: Any) -> None:
        while self._thread is not None and self._thread.is_alive():
            try:
                return self._waiting.put(rows, timeout=0.1)
            except queue.Full:
                continue
        if self._error is not None:
            raise self._error
        return None

    def _start(self, schema: Any, geometry: str, crs: "CRS | None") -> None:
        import pyarrow as pa
        import pyogrio.raw

        def rows() -> Iterator[Any]:
            while (table := self._waiting.get()) is not None:
                yield from table.cast(schema).combine_chunks().to_batches()

        def work() -> None:
            try:
                pyogrio.raw.write_arrow(
                    pa.RecordBatchReader.from_batches(schema, rows()),
                    self._path,
                    layer=self._layer,
                    driver="GeoJSON" if self._json else "GPKG",
                    geometry_name=geometry,
                    geometry_type="Point",
                    crs=crs.to_string() if crs is not None else None,
                )
            except BaseException as error:  # noqa: BLE001 (raised where the rows come from)
                self._error = error

        self._thread = threading.Thread(
            target=copy_context().run, args=(work,), name="gridgov-points", daemon=True
        )
        self._thread.start()


def _write_provenance(path: Path, told: Mapping[str, Any]) -> None:
    """A table of keys and their values as JSON, made by GDAL so that it knows it."""
    import pyarrow as pa
    import pyogrio.raw

    values = [json.dumps(value, ensure_ascii=False) for value in told.values()]
    table = pa.table({"key": list(told), "value": values})
    pyogrio.raw.write_arrow(
        table, path, layer="provenance", driver="GPKG", geometry_type=None, append=False, layer_options={}
    )
