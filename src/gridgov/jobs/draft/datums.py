"""Which datum puts incidents where they were recorded: what the question about it says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gridgov.columns import best_columns
from gridgov.errors import GridgovError
from gridgov.jobs.draft.sent import Sent

if TYPE_CHECKING:
    from gridgov.coordinates import Coordinates
    from gridgov.lookup import Atlas

__all__ = ["datum_shares"]

#: Rows looked at.
_MOST: Final = 5000
_DATUMS: Final = ("gcj02", "bd09", "cgcs2000")


def datum_shares(incidents: Sent, rungs: Mapping[str, Sent]) -> dict[str, float]:
    """Share of the incidents that each datum puts into the unit recorded for them; empty if none is recorded.

    The finest rung that both the incidents and the files of the rungs have is asked.
    """
    for name in reversed(list(rungs)):
        column = best_columns(incidents.names, name) if name in _RECORDED else []
        if len(column) == 1 and incidents.path.suffix.lower() in _TABLES:
            try:
                return _shares(incidents, column[0], name, rungs[name])
            except GridgovError:  # the rung itself has an open question: this one is asked without shares
                return {}
    return {}


_RECORDED: Final = ("district", "street", "community")
_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xlsm")


def _shares(incidents: Sent, column: str, name: str, rung: Sent) -> dict[str, float]:
    from gridgov.datum import transform_points
    from gridgov.layers.spreadsheet import read_sheet
    from gridgov.lookup import find_places

    table, _ = read_sheet(incidents.path, sheet=incidents.facts.layer, most=_MOST).table()
    atlas, given = _as_atlas(name, rung), _degrees(table)
    recorded = find_places(atlas, {name: table[column].to_numpy(object)})[name]
    some = np.isfinite(given.lon) & (recorded != None)  # noqa: E711 (element by element)
    if not some.any():
        return {}
    shares = {}
    for datum in _DATUMS:
        x, y = transform_points(given.lon[some], given.lat[some], source=datum, target=atlas.crs)
        shares[datum] = float((atlas.take(name, atlas.index.locate(lon=x, lat=y)) == recorded[some]).mean())
    return shares


def _as_atlas(name: str, rung: Sent) -> "Atlas":
    """The units of a rung as cells that know no more than themselves."""
    import geopandas as gpd

    from gridgov.layers import read_grids
    from gridgov.lookup import Atlas

    units = read_grids(rung.path, department=name, layer=rung.layer).sort_values("grid_id")
    known = {"cell_id": units["grid_id"], name: units["grid_id"], f"{name}_name": units["name"]}
    cells = gpd.GeoDataFrame(
        {**known, "special": None, "area_m2": 0.0}, geometry=units.geometry, crs=units.crs
    )
    return Atlas.of(cells.reset_index(drop=True))


def _degrees(table: pd.DataFrame) -> "Coordinates":
    from gridgov.coordinates import parse_coordinates

    lon, lat, both = (best_columns(table.columns, role)[:1] for role in ("lon", "lat", "lonlat"))
    if lon and lat:
        return parse_coordinates(table[lon[0]], table[lat[0]])
    return parse_coordinates(table[both[0]])
