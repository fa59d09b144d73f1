"""What is wrong with a grid by itself: too small or thin, in pieces, without an owner, mended on reading."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check.ground import Drawn, Ground
from gridgov.check.problems import Problem
from gridgov.schema import ATTRS
from gridgov.told import told
from gridgov.topology.regions import thin
from gridgov.topology.widths import widest

__all__ = ["multipart_problems", "owner_problems", "read_problems", "sliver_problems"]

Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: What reading could mend by itself; the other kinds need a person.
MENDED = frozenset({"invalid"})


def sliver_problems(drawn: Drawn, ground: Ground, *, special: Ints) -> list[Problem]:
    """List grids under min-area or nowhere as wide as the tolerance; special-purpose ones may be."""
    shapes = drawn.layer.geometry.to_numpy()
    small = thin(shapes, tolerance_m=ground.tolerance_m, min_area_m2=ground.min_area_m2)
    small[special] = False
    rows = np.flatnonzero(small)
    spots = widest(shapes[rows])
    return [
        Problem(
            "sliver",
            "decide",
            (int(row),),
            shapes[row],
            float(shapely.area(shapes[row])),
            float(spots.width[k]),
            (float(spots.x[k]), float(spots.y[k])),
            _why_sliver(shapes[row].area, ground),
        )
        for k, row in enumerate(rows)
    ]


def _why_sliver(area: float, ground: Ground) -> str:
    if area < ground.min_area_m2:
        return told("smaller_than", min_area_m2=ground.min_area_m2)
    return told("nowhere_wide", tolerance_m=ground.tolerance_m)


def multipart_problems(drawn: Drawn) -> list[Problem]:
    """Note grids in several pieces; the geometry is all pieces but the largest."""
    shapes = drawn.layer.geometry.to_numpy()
    found = []
    for row in np.flatnonzero(shapely.get_num_geometries(shapes) > 1):
        parts = shapely.get_parts(shapes[row])
        rest = np.delete(parts, np.argmax(shapely.area(parts)))
        size = shapely.area(rest).sum()
        size_told = told("m2", m2=round(float(size))) if size >= 1 else told("under_1_m2")
        note = told("pieces", n=len(parts), size=size_told)
        found.append(
            Problem(
                "multipart",
                "note",
                (int(row),),
                shapely.multipolygons(rest),
                float(size),
                note=note,
            )
        )
    return found


def owner_problems(drawn: Drawn) -> list[Problem]:
    """Note grids without an owner; a layer without any owner is one row."""
    shapes = drawn.layer.geometry.to_numpy()
    without = [row for row, owner in enumerate(drawn.owners) if not owner]
    if len(without) == len(shapes) > 1:
        note = told("none_has_owner", n=len(shapes))
        return [Problem("no_owner", "note", note=note)]
    return [
        Problem("no_owner", "note", (row,), shapes[row], float(shapely.area(shapes[row]))) for row in without
    ]


def read_problems(drawn: Drawn) -> list[Problem]:
    """List what reading found and mended."""
    recorded = drawn.layer.attrs.get(ATTRS, {}).get("problems", ())
    row_of = {grid_id: row for row, grid_id in enumerate(drawn.ids)}
    shapes = np.asarray(drawn.layer.geometry.array)  # asked for once: every time, pandas copies all problems
    return [_read_problem(entry, row_of, shapes) for entry in recorded]


def _read_problem(entry: Mapping[str, Any], row_of: Mapping[str, int], shapes: Geometries) -> Problem:
    """Show the grid as it is now; the recorded place, often a point, becomes the spot."""
    ids = tuple(str(grid_id) for grid_id in entry["grid_ids"])
    rows = tuple(dict.fromkeys(row_of[grid_id] for grid_id in ids if grid_id in row_of))
    return Problem(
        entry["kind"],
        "settled" if entry["kind"] in MENDED else "decide",
        rows,
        shapes[rows[0]] if rows else None,
        entry.get("area_m2"),
        spot=_spot(entry.get("wkt")),
        note=entry.get("note") or "",
        ids=ids,
    )


def _spot(wkt: str | None) -> tuple[float, float] | None:
    if not wkt:
        return None
    point = shapely.point_on_surface(shapely.from_wkt(wkt))
    return None if point.is_empty else (point.x, point.y)
