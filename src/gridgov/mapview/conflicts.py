"""Conflicts as the page reads them, in the order of the network's list: what people must decide first."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.conflicts import said_conflicts
from gridgov.language import LANGUAGES
from gridgov.mapview.arcs import STEPS_A_DEGREE, arcs_of, packed_arcs, simplified
from gridgov.mapview.groups import Masked
from gridgov.mapview.packing import packed
from gridgov.network import Network
from gridgov.schema import SEPARATOR, SEVERITIES, cell_rungs

__all__ = ["MOST_SETTLED", "packed_conflicts", "shown_conflicts"]

DECIDE, SETTLED, NOTE = SEVERITIES
APART: Final = "borders_apart"
_POLYGONS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)

#: Of what was settled without people, no more than this go on a page: the largest.
MOST_SETTLED: Final = 3000

_TEXTS: Final = ("conflict_id", "kind", "severity", "rule", "decision", "decided_by")
#: Sentences, which the page has in each language.
_SENTENCES: Final = ("resolution", "note")
_NUMBERS: Final = ("area_m2", "moved_m2", "width_m", "places", "weight_changed", "incidents_changed")


def shown_conflicts(conflicts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """All that are to be decided or good to know, and of those settled the :data:`MOST_SETTLED` largest."""
    settled = np.flatnonzero((conflicts["severity"] == SETTLED).to_numpy())
    size = conflicts["area_m2"].fillna(0.0).to_numpy()[settled]
    keep = np.ones(len(conflicts), dtype=bool)
    keep[settled[np.argsort(-size, kind="stable")[MOST_SETTLED:]]] = False
    return conflicts[keep]


def packed_conflicts(network: Network, *, masked: Masked) -> dict[str, Any]:
    """Columns of the conflicts that are shown, their shapes, and how many there are of each severity."""
    everything = network.conflicts
    rows = shown_conflicts(everything) if len(everything) else everything
    if not len(rows):
        return {"count": 0, "settled": 0, "columns": {}, "said": {}, "shapes": None}
    shapes = rows.geometry.to_numpy()
    polygons = np.array(shapes, dtype=object)
    polygons[~np.isin(shapely.get_type_id(shapes), _POLYGONS)] = shapely.Polygon()
    columns: dict[str, list[Any]] = {name: _texts(rows[name]) for name in _TEXTS if name in rows}
    columns |= {name: _numbers(rows[name]) for name in _NUMBERS if name in rows}
    columns["decided_on"] = [None if pd.isna(day) else str(day)[:10] for day in rows["decided_on"]]
    columns["parties"] = _parties(rows, masked)
    columns["where"] = _places(rows, network)
    return {
        "count": len(rows),
        "settled": int((everything["severity"] == SETTLED).sum()),
        "columns": columns,
        "said": {language: _said(rows, language) for language in LANGUAGES},
        "lonlat": packed(_millionths(rows)),
        "shapes": packed_arcs(simplified(arcs_of(polygons)), crs=network.cells.crs),
    }


def _said(rows: gpd.GeoDataFrame, language: str) -> dict[str, list[str | None]]:
    told = said_conflicts(rows, language)
    return {name: _texts(told[name]) for name in _SENTENCES}


def _millionths(rows: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
    """Longitude and latitude of each in turn; 0, 0 for one without a place."""
    lonlat = rows[["lon", "lat"]].fillna(0.0).to_numpy(dtype=np.float64)
    return np.asarray(np.rint(lonlat * STEPS_A_DEGREE).astype(np.int64).ravel())


def _texts(column: "pd.Series[Any]") -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in column]


def _numbers(column: "pd.Series[Any]") -> list[float | None]:
    return [None if pd.isna(value) else round(float(value), 2) for value in column]


def _parties(rows: gpd.GeoDataFrame, masked: Masked) -> list[list[list[str | None]]]:
    """Whose conflict it is: department, grid and owner of each side."""
    texts = rows[["kind", "departments", "grid_ids", "owners"]].fillna("").itertuples(index=False)
    return [_sides(*values, masked=masked) for values in texts]


def _sides(
    kind: str, departments: str, grid_ids: str, owners: str, *, masked: Masked
) -> list[list[str | None]]:
    names, ids = departments.split(SEPARATOR), grid_ids.split(SEPARATOR) if grid_ids else []
    owned = [masked(owner) for owner in owners.split(SEPARATOR)]
    if kind == APART and len(names) > 1:
        # The grids are those of the department whose border moved; the other's owner comes last.
        kept = [[names[0], None, owner or None] for owner in owned[len(ids) :] or [""]]
        return [*kept, *([names[1], grid, owner or None] for grid, owner in zip(ids, owned, strict=False))]
    padded = [*owned, *[""] * len(ids)]
    return [[names[0], grid, owner or None] for grid, owner in zip(ids, padded, strict=False)] or [
        [name, None, None] for name in names
    ]


def _places(rows: gpd.GeoDataFrame, network: Network) -> list[str]:
    """Where each lies, by the names of its rungs."""
    cells = network.cells
    said = []
    for rung in cell_rungs(list(cells.columns)):
        if rung not in rows:
            continue
        names: Any = cells.drop_duplicates(rung).set_index(rung)[f"{rung}_name"].to_dict()
        said.append([str(names.get(unit) or unit or "") for unit in rows[rung].fillna("")])
    if not said:
        return [""] * len(rows)
    return [" / ".join(part for part in parts if part) for parts in zip(*said, strict=True)]
