"""Cells of any kind, sorted, indexed and with their columns as arrays, ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import CRS

from gridgov import datum, schema
from gridgov.datum.crs import geographic_crs
from gridgov.errors import ArgumentError, SchemaError
from gridgov.index import CellIndex, SavedPolygons
from gridgov.lookup.words import WORDS
from gridgov.network import Network, NetworkCells

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

    @classmethod
    def of(cls, cells: object) -> "Atlas":
        """Cells made ready: of a `Network`, a cells table, an unmerged layer, or an Atlas as it is.

        Raises
        ------
        ArgumentError
            `cells` is none of these.
        SchemaError
            A table that is neither cells nor a layer, with every fault.
        """
        if isinstance(cells, Atlas):
            return cells
        if isinstance(cells, Network | NetworkCells):
            saved = cells.saved if isinstance(cells, NetworkCells) else None
            atlas = _of_cells(cells.cells, version=cells.version, saved=saved)
            if file := cells.cells.attrs.get(schema.NETWORK_FILE):
                atlas.index.saved_beside(file)
            return atlas
        if not isinstance(cells, gpd.GeoDataFrame):
            raise ArgumentError(WORDS("cells_type", name=type(cells).__name__))
        if "cell_id" in cells.columns:
            return _of_cells(cells, version=None)
        if "grid_id" in cells.columns:
            return _of_layer(cells)
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


def _of_cells(cells: Any, *, version: str | None, saved: SavedPolygons | None = None) -> Atlas:
    cells = _sorted(cells, "cell_id")
    schema.check_cells(cells, polygons=saved is None)
    names = list(cells.columns)
    rungs, departments = schema.cell_rungs(names), schema.cell_departments(names)
    answers = [column for rung in rungs for column in (rung, f"{rung}_name")]
    answers += [column for department in departments for column in (department, f"{department}_owner")]
    grid_ids = _values(cells[departments[0]]) if departments else np.full(len(cells) + 1, None)
    ids = _values(cells["cell_id"])
    return _atlas(
        cells, answers, rungs, departments, ids=ids, grid_ids=grid_ids, version=version, saved=saved
    )


def _of_layer(layer: gpd.GeoDataFrame) -> Atlas:
    """An unmerged layer: each grid is its own cell, and its department the only one."""
    layer = _sorted(layer, "grid_id")
    schema.check_layer(layer)
    department = layer.attrs.get(schema.ATTRS, {}).get("department") or UNNAMED_DEPARTMENT
    others = {column: f"{department}_{column}" for column in layer.columns if column != layer.geometry.name}
    cells = layer.rename(columns={**others, "grid_id": department})
    ids = _values(layer["grid_id"])
    return _atlas(
        cells, [department, f"{department}_owner"], [], [department], ids=ids, grid_ids=ids, version=None
    )


def _atlas(
    cells: Any,
    answers: list[str],
    rungs: list[str],
    departments: list[str],
    *,
    ids: Texts,
    grid_ids: Texts,
    version: str | None,
    saved: SavedPolygons | None = None,
) -> Atlas:
    if saved is not None:
        shapes, crs, bounds = None, saved.crs, saved.bounds
        index = CellIndex.of_saved(saved)
    else:
        shapes, crs, bounds = cells.geometry.name, cells.crs, tuple(cells.total_bounds)
        index = CellIndex(cells, later=True)
    others = [c for c in cells.columns if c not in {*answers, shapes, "cell_id"}]
    columns = {name: _values(cells[name]) for name in answers}
    return Atlas(
        crs=crs,
        bounds=bounds,
        rungs=tuple(rungs),
        departments=tuple(departments),
        ids=ids,
        grid_ids=grid_ids,
        columns=columns,
        further={name: _values(cells[name]) for name in others},
        actors=_actors([columns[f"{department}_owner"] for department in departments], len(ids)),
        version=version,
        index=index,
    )


def _sorted(cells: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
    """Rows in code point order of their ids, so that the lowest row is the lowest id."""
    if not cells[column].map(lambda value: isinstance(value, str)).all():
        return cells  # The schema check that follows says so.
    return cells.iloc[np.argsort(cells[column].to_numpy(dtype=object), kind="stable")]


def _values(column: "pd.Series[Any]") -> Texts:
    """Values as objects, None where missing, and one None more for row -1."""
    values = np.empty(len(column) + 1, dtype=object)
    values[:-1] = column.to_numpy(dtype=object)
    values[:-1][column.isna().to_numpy()] = None
    return values


def _actors(owners: list[Texts], rows: int) -> NDArray[np.int64]:
    codes = np.zeros(rows, dtype=np.int64)
    for column in owners:
        code, names = pd.factorize(column)
        codes = pd.factorize(codes * (len(names) + 1) + code + 1)[0].astype(np.int64)
    return codes
