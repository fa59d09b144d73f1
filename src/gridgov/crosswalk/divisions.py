"""The departments' divisions of the ground, as drawn or as merged: who covers a face, and who a point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from gridgov.crosswalk.words import WORDS
from gridgov.datum import transform_points
from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.network import Network
from gridgov.plane import flat, plane_crs
from gridgov.schema_faults import check_layer, check_names
from gridgov.topology.arrange import NONE, Arrangement, arrange
from gridgov.topology.mesh import Mesh

__all__ = ["Division", "Divisions", "Grids", "Patches", "divisions_of"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]
Texts = npt.NDArray[np.object_]

TWO = 2


@dataclass(frozen=True, slots=True)
class Grids:
    """The grids of one department in code point order of their ids; an owner may be None."""

    ids: Texts
    owners: Texts

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Division:
    """One department: its grids, and which of them a row of a table is.

    `table` is the number of the table; `grid` has the row in `grids` of each of its rows, and -1 at the end:
    what row -1, "in none", reads.
    """

    grids: Grids
    table: int
    grid: Ints


@dataclass(frozen=True, slots=True)
class Patches:
    """The ground cut so that each face lies in one grid, or none, of every department.

    Attributes
    ----------
    ground, area
        (n,) The faces, a mesh or Polygons of a noded coverage, and their square metres.
    labels
        For each department (n,) the row of its grid, -1 for none. Where several lie over each other, the
        smallest.
    block, block_face
        Parallel: polygon `block` of those that were cut in covers face `block_face`.
    """

    ground: Mesh | Geometries
    area: Floats
    labels: Mapping[str, Ints]
    block: Ints
    block_face: Ints


@dataclass(frozen=True, slots=True)
class Divisions:
    """Departments on common ground.

    Attributes
    ----------
    tables
        A layer per department, or the cells of a network; sorted by id, so that the lowest row is the
        lowest id.
    departments
        Name -> division, in the order given.
    crs
        The plane in which areas are measured.
    merged
        Whether the borders are those of a network.
    """

    tables: Sequence[gpd.GeoDataFrame]
    departments: Mapping[str, Division]
    crs: pyproj.CRS
    merged: bool

    @property
    def bounds(self) -> Floats:
        """(min x, min y, max x, max y) of all grids, in `crs`."""
        drawn = [flat(table, self.crs).total_bounds for table in self.tables if len(table)]
        return np.concatenate([np.min(drawn, axis=0)[:2], np.max(drawn, axis=0)[2:]])

    def cut(self, blocks: Geometries) -> Patches:
        """Cut the ground along all borders and those of `blocks`: Polygons in `crs`, rounded to 1 cm."""
        drawn = [flat(table, self.crs).geometry.to_numpy() for table in self.tables]
        # Cells are a coverage already.
        noded = len(drawn) == 1 and not len(blocks)
        ground = _as_it_is(drawn[0]) if noded else arrange([*drawn, blocks])
        rows = [ground.smallest(number, shapely.area(shapes)) for number, shapes in enumerate(drawn)]
        over = ground.group == len(drawn)
        return Patches(ground.ground, ground.area, self._labels(rows), ground.row[over], ground.face[over])

    def at(self, x: Floats, y: Floats, *, crs: Any) -> dict[str, Ints]:
        """Answer the row of each department's grid at points in `crs`, -1 for none, as an assignment does.

        In several grids of a department the smallest; on a common border the lowest id (of the cell, in a
        network); NaN is in none.
        """
        # A merge, which has a crosswalk too, asks about no points.
        from gridgov.index import CellIndex

        rows = []
        for table in self.tables:
            lon, lat = transform_points(x, y, source=crs, target=table.crs)
            rows.append(CellIndex(table).locate(lon=lon, lat=lat).astype(np.int64))
        return self._labels(rows)

    def _labels(self, rows: Sequence[Ints]) -> dict[str, Ints]:
        return {name: each.grid[rows[each.table]] for name, each in self.departments.items()}


def divisions_of(
    layers: Mapping[str, gpd.GeoDataFrame] | Network, *, departments: Sequence[str] | None = None
) -> Divisions:
    """Make layers, or the cells of a network, ready to be laid on each other.

    `departments` picks some of them, in that order. Raises ArgumentError for fewer than two or unknown
    ones, SchemaError for tables that are no layers.
    """
    merged = isinstance(layers, Network)
    there = list(layers.departments if isinstance(layers, Network) else layers)
    names = there if departments is None else list(dict.fromkeys(departments))
    if unknown := [name for name in names if name not in there]:
        raise ArgumentError(WORDS("no_department_called", unknown=unknown[0], there=listed(there)))
    if len(names) < TWO:
        have = WORDS("there_is_only", name=names[0]) if names else WORDS("there_is_none")
        raise ArgumentError(WORDS("needs_two", have=have))
    if isinstance(layers, Network):
        return _of_network(layers, names)
    check_names(names)
    for name in names:
        check_layer(layers[name], where=name)
    tables = [_sorted(layers[name], "grid_id") for name in names]
    found = {
        name: _of_layer(table, number) for number, (name, table) in enumerate(zip(names, tables, strict=True))
    }
    return Divisions(tables, found, plane_crs(tables), merged)


def _of_layer(layer: gpd.GeoDataFrame, number: int) -> Division:
    grids = Grids(_texts(layer["grid_id"]), _texts(layer["owner"]))
    return Division(grids, number, np.append(np.arange(len(layer)), NONE))


def _of_network(network: Network, names: Sequence[str]) -> Divisions:
    cells = _sorted(network.cells, "cell_id")
    lost = network.summary.get("lost", {})
    found = {name: _of_cells(cells, name, lost.get(name, ())) for name in names}
    return Divisions([cells], found, plane_crs([cells]), merged=True)


def _of_cells(cells: gpd.GeoDataFrame, department: str, lost: Sequence[str]) -> Division:
    """Grids as the cells name them; those that kept no cell are grids all the same, without an owner."""
    named, owners = _texts(cells[department]), _texts(cells[f"{department}_owner"])
    inside = named != None  # noqa: E711 (element by element)
    ids = np.array(sorted({*named[inside], *lost}), dtype=object)
    grid = np.full(len(cells) + 1, NONE, dtype=np.int64)
    row = {name: number for number, name in enumerate(ids)}
    grid[:-1][inside] = [row[name] for name in named[inside]]
    owner = np.full(len(ids), None, dtype=object)
    owner[grid[:-1][inside][::-1]] = owners[inside][::-1]
    return Division(Grids(ids, owner), 0, grid)


def _sorted(table: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
    order = np.argsort(table[column].to_numpy(dtype=object), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _texts(column: "pd.Series[Any]") -> Texts:
    values = np.array(column.to_numpy(dtype=object), dtype=object)
    values[pd.isna(values)] = None
    return values


def _as_it_is(faces: Geometries) -> Arrangement:
    """Polygons that do not overlap as the faces of their own arrangement."""
    rows = np.arange(len(faces), dtype=np.int64)
    return Arrangement(faces, shapely.area(faces), rows, np.zeros(len(faces), dtype=np.int64), rows)
