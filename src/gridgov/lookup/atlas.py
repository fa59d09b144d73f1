"""Cells of any kind, sorted, indexed and with their columns as arrays, ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS

from gridgov import datum, frames, schema
from gridgov.datum.crs import geographic_crs
from gridgov.errors import ArgumentError, SchemaError
from gridgov.index import CellIndex
from gridgov.lookup.words import WORDS
from gridgov.network import GridNames, Network, NetworkCells, StoredCells, no_names
from gridgov.schema_faults import check_cells, check_layer

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Atlas", "Texts"]

Texts = NDArray[np.object_]

#: What the only department of an unmerged layer is called if the layer does not say.
UNNAMED_DEPARTMENT = "grid"


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Cells and what is known of each, in the order of their ids.

    Every array of values has one entry more than there are cells: the last, None, is what row -1 ("in no
    cell") reads. Nothing in it changes after it is made, so threads may share it; it can be pickled.

    Attributes
    ----------
    ids, grid_ids
        Cell id and unified grid id of each row.
    columns
        Columns an assignment gives: ``<rung>, <rung>_name`` of each rung, ``<dept>, <dept>_owner`` of each
        department.
    further
        The cells' other columns, given on demand.
    actors
        A number per row, equal where all owners are equal.
    version
        `network_version`, or None for cells that belong to no network.
    names_of
        Of a merged department, the names of its grids by their ids.
    """

    crs: CRS
    bounds: tuple[float, float, float, float]
    rungs: tuple[str, ...]
    departments: tuple[str, ...]
    ids: Texts
    grid_ids: Texts
    columns: Mapping[str, Texts]
    further: Mapping[str, Texts]
    actors: NDArray[np.int64]
    version: str | None
    index: CellIndex
    names_of: GridNames = no_names

    @classmethod
    def of(cls, cells: object) -> "Atlas":
        """Cells made ready: of a `Network` or its cells, an unmerged layer, or an Atlas as it is.

        Raises
        ------
        ArgumentError
            `cells` is none of these.
        SchemaError
            A table that is neither cells nor a layer, with every fault.
        """
        if isinstance(cells, Atlas):
            return cells
        if isinstance(cells, StoredCells):
            return replace(_of_stored(cells), names_of=cells.names_of)
        if isinstance(cells, Network | NetworkCells):
            atlas = replace(_of_cells(cells.cells, version=cells.version), names_of=cells.names_of)
            if file := cells.cells.attrs.get(schema.NETWORK_FILE):
                atlas.index.saved_beside(file)
            return atlas
        if not frames.is_spatial(cells):
            raise ArgumentError(WORDS("cells_type", name=type(cells).__name__))
        table: Any = cells
        if "cell_id" in table.columns:
            return _of_cells(table, version=None)
        if "grid_id" in table.columns:
            return _of_layer(table)
        raise SchemaError(WORDS("cells_columns"))

    def __len__(self) -> int:
        return len(self.ids) - 1

    def take(self, name: str, rows: NDArray[Any]) -> Texts:
        """A column's value in each row; None for row -1."""
        values: Texts = (self.columns[name] if name in self.columns else self.further[name])[rows]
        return values

    def in_china(self) -> bool:
        """Whether any of the cells may lie in China, where degrees need a datum."""
        if not len(self):
            return False
        degrees = geographic_crs(self.crs)
        west, south, east, north = self.bounds
        lon, lat = datum.transform_points(
            [west, east, west, east], [south, south, north, north], source=self.crs, target=degrees
        )
        middle = datum.in_china([np.mean(lon)], [np.mean(lat)])
        return bool(datum.in_china(lon, lat).any() or middle.any())


def _of_cells(cells: "gpd.GeoDataFrame", *, version: str | None) -> Atlas:
    cells = _sorted(cells, "cell_id")
    check_cells(cells)
    return _atlas(_Place.of(cells), _merged(_columns(cells)), version=version)


def _of_stored(cells: StoredCells) -> Atlas:
    polygons = cells.polygons
    place = _Place(polygons.crs, polygons.bounds, CellIndex.of_saved(polygons))
    columns = {name: _with_none(values, _missing(values)) for name, values in cells.columns.items()}
    atlas = _atlas(place, _merged(columns), version=cells.version)
    if cells.file:
        atlas.index.saved_beside(cells.file)
    return atlas


def _of_layer(layer: "gpd.GeoDataFrame") -> Atlas:
    """An unmerged layer: each grid is its own cell, and its department the only one."""
    layer = _sorted(layer, "grid_id")
    check_layer(layer)
    department = layer.attrs.get(schema.ATTRS, {}).get("department") or UNNAMED_DEPARTMENT
    columns = {
        department if name == "grid_id" else f"{department}_{name}": values
        for name, values in _columns(layer).items()
    }
    ids = columns[department]
    known = _Known(
        columns=columns,
        answers=[department, f"{department}_owner"],
        rungs=[],
        departments=[department],
        ids=ids,
        grid_ids=ids,
    )
    return _atlas(_Place.of(layer), known, version=None)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where cells stand, and what answers."""

    crs: CRS
    bounds: tuple[float, float, float, float]
    index: CellIndex

    @classmethod
    def of(cls, cells: "gpd.GeoDataFrame") -> "_Place":
        west, south, east, north = cells.total_bounds
        return cls(cells.crs, (west, south, east, north), CellIndex(cells, later=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of cells, each column as in `Atlas`; `answers` are those that an assignment gives."""

    columns: Mapping[str, Texts]
    answers: list[str]
    rungs: list[str]
    departments: list[str]
    ids: Texts
    grid_ids: Texts


def _merged(columns: Mapping[str, Texts]) -> _Known:
    """Columns of merged cells."""
    names, ids = list(columns), columns["cell_id"]
    rungs, departments = schema.cell_rungs(names), schema.cell_departments(names)
    answers = [column for rung in rungs for column in (rung, f"{rung}_name")]
    answers += [column for department in departments for column in (department, f"{department}_owner")]
    return _Known(
        columns={name: values for name, values in columns.items() if name != "cell_id"},
        answers=answers,
        rungs=rungs,
        departments=departments,
        ids=ids,
        grid_ids=columns[departments[0]] if departments else np.full(len(ids), None),
    )


def _atlas(place: _Place, known: _Known, *, version: str | None) -> Atlas:
    columns = {name: known.columns[name] for name in known.answers}
    return Atlas(
        crs=place.crs,
        bounds=place.bounds,
        rungs=tuple(known.rungs),
        departments=tuple(known.departments),
        ids=known.ids,
        grid_ids=known.grid_ids,
        columns=columns,
        further={name: values for name, values in known.columns.items() if name not in columns},
        actors=_actors([columns[f"{name}_owner"] for name in known.departments], len(known.ids)),
        version=version,
        index=place.index,
    )


def _sorted(cells: "gpd.GeoDataFrame", column: str) -> "gpd.GeoDataFrame":
    """Rows in code point order of their ids, so that the lowest row is the lowest id."""
    if not cells[column].map(lambda value: isinstance(value, str)).all():
        return cells  # The schema check that follows says so.
    return cells.iloc[np.argsort(cells[column].to_numpy(dtype=object), kind="stable")]


def _columns(cells: "gpd.GeoDataFrame") -> dict[str, Texts]:
    """Every column but the polygons."""
    columns = [cells[name] for name in cells.columns if name != cells.geometry.name]
    return {str(each.name): _with_none(each.to_numpy(dtype=object), each.isna()) for each in columns}


def _missing(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where values of stored cells are missing: None in texts is None already."""
    return np.zeros(len(values), dtype=np.bool_) if values.dtype == object else np.isnan(values)


def _with_none(column: NDArray[Any], missing: Any) -> Texts:
    """Values as objects, None where missing, and one None more for row -1."""
    values = np.empty(len(column) + 1, dtype=object)
    values[:-1] = column
    values[:-1][np.asarray(missing)] = None
    return values


def _actors(owners: list[Texts], rows: int) -> NDArray[np.int64]:
    if not owners:
        return np.zeros(rows, dtype=np.int64)
    numbers: dict[tuple[Any, ...], int] = {}
    each = zip(*(column.tolist() for column in owners), strict=True)
    return np.fromiter(map(numbers.setdefault, each, count()), dtype=np.int64, count=rows)
