"""The table of problems: one row each, with ids, owners, size, width and place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.check.ground import Drawn, Ground
from gridgov.check.places import grids_around, place_words, units_at
from gridgov.datum import transform_points
from gridgov.schema import KINDS, PRECISION_M, PROBLEM_COLUMNS, SEPARATOR, SEVERITIES
from gridgov.topology.widths import widest

__all__ = ["NOISE_M", "Problem", "in_order", "measured", "problem_table"]

Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: Narrower than this is what rounding to PRECISION_M leaves where a vertex of one border lies on a straight
#: line of the other: not a problem anyone drew.
NOISE_M = 2 * PRECISION_M

LONLAT = 4490


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where something is wrong.

    Attributes
    ----------
    kind, severity
        Words of `schema.KINDS` and `schema.SEVERITIES`.
    rows
        Rows of the grids in their layer; empty where grids are only near (gap, uncovered).
    geometry
        The place, in the arrangement's CRS; None where reading left nothing to show.
    width_m
        Diameter of the largest circle that fits in; None where width means nothing.
    spot
        x, y of its widest place; None: a point inside the geometry.
    ids
        Ids of grids that are no longer in the layer, instead of `rows`.
    faces
        The faces of the arrangement the place is made of; None where it is a grid as it was drawn.
    """

    kind: str
    severity: str
    rows: tuple[int, ...] = ()
    geometry: Any = None
    area_m2: float | None = None
    width_m: float | None = None
    spot: tuple[float, float] | None = None
    note: str = ""
    ids: tuple[str, ...] = ()
    faces: Ints | None = None


def measured(
    kind: str | Sequence[str],
    polygons: Geometries,
    *,
    rows: Sequence[tuple[int, ...]],
    severity: str | Sequence[str],
    notes: Sequence[str] | None = None,
    faces: Sequence[Ints] | None = None,
) -> list[Problem]:
    """Make a problem of each polygon, with area and width; rounding noise is left out."""
    spots, area = widest(polygons), shapely.area(polygons)
    kinds = [kind] * len(polygons) if isinstance(kind, str) else kind
    severities = [severity] * len(polygons) if isinstance(severity, str) else severity
    return [
        Problem(
            kinds[k],
            severities[k],
            rows[k],
            polygons[k],
            float(area[k]),
            float(spots.width[k]),
            (float(spots.x[k]), float(spots.y[k])),
            notes[k] if notes else "",
            faces=faces[k] if faces else None,
        )
        for k in np.flatnonzero(spots.width > NOISE_M).tolist()
    ]


def problem_table(problems: Sequence[Problem], drawn: Drawn, ground: Ground) -> gpd.GeoDataFrame:
    """Put problems in a table: what needs a decision first, then by kind, the largest first."""
    found = in_order(problems, drawn)
    x = np.array([p.spot[0] if p.spot else np.nan for p in found], dtype=float)
    y = np.array([p.spot[1] if p.spot else np.nan for p in found], dtype=float)
    near = [p.kind in {"gap", "uncovered"} for p in found]
    rows = grids_around(drawn, [p.rows for p in found], [p.geometry for p in found], x, y, near=near)
    ids = [_ids(drawn, p, r) for p, r in zip(found, rows, strict=True)]
    units = units_at(ground.rungs, x, y)
    lon, lat = transform_points(x, y, source=drawn.layer.crs, target=LONLAT)
    columns: dict[str, Any] = {
        "kind": [p.kind for p in found],
        "severity": [p.severity for p in found],
        "departments": [drawn.department] * len(found),
        "grid_ids": [SEPARATOR.join(i) for i in ids],
        "owners": _owners(drawn, ids),
        "area_m2": np.round(np.array([p.area_m2 for p in found], dtype=float), 2),
        "width_m": np.round(np.array([p.width_m for p in found], dtype=float), 2),
        "place": place_words(ground.rungs, units, ids, near=near, somewhere=np.isfinite(x).tolist()),
        "note": [p.note for p in found],
        "lon": np.round(lon, 7),
        "lat": np.round(lat, 7),
        **{rung: _unit_ids(ground.rungs, rung, at) for rung, at in units.items()},
    }
    return _frame(columns, [p.geometry for p in found], list(ground.rungs), drawn.layer.crs)


def _frame(columns: Mapping[str, Any], shapes: list[Any], rungs: list[str], crs: Any) -> gpd.GeoDataFrame:
    shape = np.empty(len(shapes), dtype=object)
    shape[:] = shapes
    numbers = {"area_m2", "width_m", "lon", "lat"}
    kinds = {name: float if name in numbers else object for name in columns}
    # Texts stay the objects they are: a Series of its own keeps sentences that can be said again (`Told`).
    ready = {
        name: pd.Series(np.array(values, dtype=kinds[name]), dtype=kinds[name])
        for name, values in columns.items()
    }
    table = pd.DataFrame(ready)[[*PROBLEM_COLUMNS, *rungs]]
    return gpd.GeoDataFrame(table, geometry=shape, crs=crs)


def _with_spot(problem: Problem) -> Problem:
    if problem.spot is not None or problem.geometry is None:
        return problem
    point = shapely.point_on_surface(problem.geometry)
    return problem if point.is_empty else replace(problem, spot=(point.x, point.y))


def in_order(problems: Sequence[Problem], drawn: Drawn) -> list[Problem]:
    """Sort problems as the table has them: what needs a decision first, then by kind, the largest first."""
    severities, kinds = list(SEVERITIES), list(KINDS)

    def key(p: Problem) -> tuple[int, int, float, tuple[str, ...], tuple[float, float]]:
        ids = p.ids or tuple(drawn.ids[r] for r in p.rows)
        size = -round(p.area_m2 or 0.0, 2)
        return severities.index(p.severity), kinds.index(p.kind), size, ids, p.spot or (0.0, 0.0)

    return sorted((_with_spot(problem) for problem in problems), key=key)


def _ids(drawn: Drawn, problem: Problem, rows: Ints) -> list[str]:
    return list(problem.ids) or [drawn.ids[row] for row in rows]


def _owners(drawn: Drawn, ids: Sequence[Sequence[str]]) -> list[str]:
    """The owner of each grid, in the order of the grids; blank where it has none."""
    owner = dict(zip(drawn.ids, drawn.owners, strict=True))
    return [SEPARATOR.join(owner.get(i, "") for i in own).rstrip(SEPARATOR) for own in ids]


def _unit_ids(rungs: Mapping[str, gpd.GeoDataFrame], rung: str, at: Ints) -> list[str | None]:
    ids = rungs[rung]["grid_id"].tolist()
    return [ids[row] if row >= 0 else None for row in at]
