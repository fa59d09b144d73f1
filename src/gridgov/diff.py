"""What changed between two networks: every place that now has another grid, owner or unit of a rung."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.network import Network
from gridgov.schema import SEPARATOR, cell_columns, cell_rungs
from gridgov.succession import shapes_in
from gridgov.topology.regions import thin

__all__ = ["DIFF_COLUMNS", "LEAST_M2", "LEAST_WIDTH_M", "NetworkDiff", "diff_networks"]

Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: Columns of the places, before the geometry.
DIFF_COLUMNS: Final = ("old_cell", "new_cell", "changed", "area_m2")

#: Places smaller or narrower than this are how two merges of the same data may differ.
LEAST_M2: Final = 1.0
LEAST_WIDTH_M: Final = 0.2

NONE: Final = -1
#: In the place of a column: ground that only one of the two networks covers.
OUTLINE: Final = ""


@dataclass(frozen=True, slots=True)
class NetworkDiff:
    """Where two networks differ.

    Attributes
    ----------
    places
        One row for each piece of ground that lies in one cell of each network (or in one network only) and
        has other values now, the largest first: ``old_cell, new_cell`` (None outside), ``changed`` (columns,
        joined by ``|``; blank where only one network covers the ground), ``area_m2`` and the polygon in the
        CRS of the new network.
    columns
        What was compared: rungs, departments and their owners that both networks have.
    added, removed
        Departments and rungs that only the new, only the old network has.
    """

    places: gpd.GeoDataFrame
    columns: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def diff_networks(
    old: Network, new: Network, *, min_area_m2: float = LEAST_M2, min_width_m: float = LEAST_WIDTH_M
) -> NetworkDiff:
    """Find every place whose grids, owners or rung units are not what they were.

    Parameters
    ----------
    old, new
        Two networks of one city; the old one is brought into the new one's coordinate system.
    min_area_m2, min_width_m
        Places smaller or narrower are left out. Cell ids are not compared: a merge numbers cells anew.

    Notes
    -----
    Cells with equal corners and values are skipped; the others are laid on each other. n log n; 20,000 cells
    with all borders moved take about ten seconds.
    """
    columns, added, removed = _columns(old, new)
    before, after = shapes_in(old.cells, new.cells.crs), np.asarray(new.cells.geometry.array, dtype=object)
    values = _values(old.cells, columns), _values(new.cells, columns)
    one, other = _different(before, after, *values)
    pieces, i, j = _laid_over(before, after, one, other)
    changed = [
        _changed(columns, values[0][a] if a != NONE else None, values[1][b] if b != NONE else None)
        for a, b in zip(i.tolist(), j.tolist(), strict=True)
    ]
    differs = np.array([names is not None for names in changed], dtype=bool)
    keep = np.flatnonzero(differs)
    keep = keep[~thin(pieces[keep], tolerance_m=min_width_m, min_area_m2=min_area_m2)]
    area = shapely.area(pieces[keep])
    keep = keep[np.lexsort((j[keep], i[keep], -area))]
    places = gpd.GeoDataFrame(
        {
            "old_cell": pd.Series(_ids(old, i[keep]), dtype=object),
            "new_cell": pd.Series(_ids(new, j[keep]), dtype=object),
            "changed": pd.Series([changed[k] for k in keep], dtype=object),
            "area_m2": shapely.area(pieces[keep]),
        },
        geometry=pieces[keep],
        crs=new.cells.crs,
    )
    return NetworkDiff(places, tuple(columns), added, removed)


def _columns(old: Network, new: Network) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """What both have, what is new and what is gone."""
    rungs = [cell_rungs(list(each.cells.columns)) for each in (old, new)]
    names = [[*rungs[k], *each.departments] for k, each in enumerate((old, new))]
    both = [name for name in names[1] if name in names[0]]
    wanted = cell_columns([d for d in new.departments if d in both], [r for r in rungs[1] if r in both])
    compared = [c for c in wanted if c in both or (c.endswith("_owner") and c[:-6] in both)]
    added = tuple(name for name in names[1] if name not in names[0])
    return compared, added, tuple(name for name in names[0] if name not in names[1])


def _values(cells: gpd.GeoDataFrame, columns: Sequence[str]) -> npt.NDArray[np.object_]:
    """(n, columns) text, None for none."""
    table = pd.DataFrame(cells[list(columns)]).astype(object)
    return np.asarray(table.where(table.notna(), None).to_numpy(), dtype=object)


def _different(
    before: Geometries, after: Geometries, old: npt.NDArray[Any], new: npt.NDArray[Any]
) -> tuple[Ints, Ints]:
    """Rows of the cells that have no equal in the other network."""
    keys = [
        [(shape, *row) for shape, row in zip(shapely.to_wkb(shapely.normalize(shapes)), values, strict=True)]
        for shapes, values in ((before, old), (after, new))
    ]
    known = [set(each) for each in keys]
    one = [k for k, key in enumerate(keys[0]) if key not in known[1]]
    other = [k for k, key in enumerate(keys[1]) if key not in known[0]]
    return np.array(one, dtype=np.int64), np.array(other, dtype=np.int64)


def _laid_over(
    before: Geometries, after: Geometries, one: Ints, other: Ints
) -> tuple[Geometries, Ints, Ints]:
    """Pieces of some old cells and some new ones on each other, with the rows; -1 where there is none."""
    a, b = shapely.STRtree(after[other]).query(before[one], predicate="intersects")
    common = shapely.intersection(before[one][a], after[other][b])
    parts = [(common, one[a], other[b])]
    gone = _rest(before[one], after[other], a, b)
    come = _rest(after[other], before[one], b, a)
    parts.append((gone, one, np.full(len(one), NONE)))
    parts.append((come, np.full(len(other), NONE), other))
    pieces, i, j = (np.concatenate(each) for each in zip(*parts, strict=True))
    polygons = _polygons(pieces)
    there = ~shapely.is_empty(polygons)
    return polygons[there], i[there].astype(np.int64), j[there].astype(np.int64)


def _rest(shapes: Geometries, others: Geometries, row: Ints, other: Ints) -> Geometries:
    """What of each shape none of the others covers."""
    order = np.argsort(row, kind="stable")
    ends = np.cumsum(np.bincount(row, minlength=len(shapes)))
    answer = np.array(shapes, dtype=object)
    for k, some in enumerate(np.split(other[order], ends[:-1]) if len(shapes) else []):
        if len(some):
            answer[k] = shapely.difference(shapes[k], shapely.union_all(others[some]))
    return answer


def _polygons(shapes: Geometries) -> Geometries:
    """The polygons of each shape: where two only touch there are points and lines too."""
    parts, row = shapely.get_parts(shapes, return_index=True)
    plain = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    answer = np.full(len(shapes), shapely.Polygon(), dtype=object)
    rows = np.unique(row[plain])
    answer[rows] = shapely.multipolygons(parts[plain], indices=np.searchsorted(rows, row[plain]))
    single = shapely.get_num_geometries(answer) == 1
    answer[single] = shapely.get_geometry(answer[single], 0)
    return answer


def _changed(columns: Sequence[str], old: Any, new: Any) -> str | None:
    """Columns whose values differ; None if none does."""
    if old is None or new is None:
        return OUTLINE
    names = [name for name, a, b in zip(columns, old, new, strict=True) if a != b]
    return SEPARATOR.join(names) if names else None


def _ids(network: Network, rows: Ints) -> npt.NDArray[np.object_]:
    ids = np.append(network.cells["cell_id"].to_numpy(dtype=object), np.array([None], dtype=object))
    return np.asarray(ids[rows])
