"""Places that no grid covers: strips between grids, wide areas, and slits open to the outside."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check.ground import Drawn, Ground, Items, Pieces, pieces, wide
from gridgov.check.places import rung_told, unit_names
from gridgov.check.problems import Problem, measured
from gridgov.language import per_cent_number
from gridgov.told import told

__all__ = ["gap_problems", "missing_items", "open_slits"]

Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: A slit has grids along this share of its outline; what closing leaves in a notch has them on one side.
SLIT_SHARE = 2 / 3

#: Sharper corners than this (ratio of mitre to width; about 23 degrees) are cut off by an offset.
MITRE = 5.0

#: A unit with less of a place than this is not named.
LEAST_SHARE = 0.005

#: Offsetting there and back moves a border by less than this.
TOUCH_M = 0.05


def gap_problems(drawn: Drawn, ground: Ground, found: Pieces, *, slits: Geometries) -> list[Problem]:
    """List each connected place of the outline that no grid covers (of `missing_items`), and the `slits`.

    Narrower than the tolerance it is a gap and settled, wider it is uncovered and to be decided.
    """
    is_wide = wide(found.polygons, tolerance_m=ground.tolerance_m)
    bodies, arms = [], [*slits]
    faces = [*found[~is_wide].faces]
    body_faces = []
    for place, under in zip(found.polygons[is_wide], found[is_wide].faces, strict=True):
        body, arm = _without_arms(place, ground)
        bodies += body
        arms += arm
        body_faces += [under if part is place else _mostly_in(part, under, ground) for part in body]
    gaps = np.array([*found.polygons[~is_wide], *arms], dtype=object)
    faces += [drawn.face[:0]] * len(arms)
    uncovered = np.array(bodies, dtype=object)
    spread = _spread(uncovered, ground)
    return [
        *measured("gap", gaps, rows=[()] * len(gaps), severity="settled", faces=faces),
        *measured(
            "uncovered",
            uncovered,
            rows=[()] * len(uncovered),
            severity="decide",
            notes=spread,
            faces=body_faces,
        ),
    ]


def _mostly_in(place: Any, face: Ints, ground: Ground) -> Ints:
    """Answer those of some faces of which more than half lies in the place: they may reach into its arms."""
    faces = ground.arrangement.mesh.polygons(face)
    return face[2 * shapely.area(shapely.intersection(faces, place)) > shapely.area(faces)]


def _spread(places: Geometries, ground: Ground) -> list[str]:
    """Say how a place that lies in several units of the first rung is shared between them."""
    if not len(places) or not ground.rungs:
        return [""] * len(places)
    rung, units = next(iter(ground.rungs.items()))
    names, shapes = unit_names(units), units.geometry.to_numpy()
    place, unit = shapely.STRtree(shapes).query(places, predicate="intersects")
    part = shapely.area(shapely.intersection(places[place], shapes[unit])) / shapely.area(places)[place]
    order = np.lexsort((unit, -part, place))
    order = order[part[order] >= LEAST_SHARE]
    said = []
    for k in range(len(places)):
        mine = order[place[order] == k]
        units = tuple(told("unit_share", unit=names[unit[m]], share=per_cent_number(part[m])) for m in mine)
        said.append(told("in_units", rung=rung_told(rung), units=units) if len(units) > 1 else "")
    return said


def missing_items(drawn: Drawn) -> Items:
    """Answer the faces of the outline that no grid covers, all of one label."""
    bare = np.flatnonzero(drawn.outline & (drawn.depth == 0))
    return Items(np.zeros(len(bare), dtype=np.int64), bare)


def open_slits(drawn: Drawn, ground: Ground) -> Geometries:
    """Answer the slits between grids that run out of a layer without rungs.

    Closing the layer (out by half the tolerance and back) fills them. What it fills is a slit if at least
    two grids lie along it, each for as long as the tolerance, and grids lie along most of its outline; so
    neither a notch nor the coast of one grid is taken for one.
    """
    if ground.rung_groups or not len(drawn.face):
        return np.zeros(0, dtype=object)
    half = ground.tolerance_m / 2
    parts = pieces(ground, Items(np.zeros(len(drawn.face), dtype=np.int64), drawn.face)).polygons
    filled = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(parts)))
    closed = _offset(_offset(filled, half), -half)
    places = _polygons(shapely.difference(closed, filled))
    return places[_along_grids(places, drawn.layer.geometry.to_numpy(), ground.tolerance_m)]


def _along_grids(places: Geometries, grids: Geometries, tolerance_m: float) -> npt.NDArray[np.bool_]:
    place, row = shapely.STRtree(grids).query(places, predicate="dwithin", distance=TOUCH_M)
    several = np.bincount(place, minlength=len(places))[place] > 1  # along one alone no slit runs
    place, row = place[several], row[several]
    near = shapely.buffer(grids[row], TOUCH_M, quad_segs=2)
    shore = shapely.length(shapely.intersection(shapely.boundary(places[place]), near))
    long = np.bincount(place[shore >= tolerance_m], minlength=len(places))
    covered = np.bincount(place, weights=shore, minlength=len(places))
    return np.asarray((long > 1) & (covered >= SLIT_SHARE * shapely.length(places)))


def _without_arms(place: Any, ground: Ground) -> tuple[list[Any], list[Any]]:
    """Split a wide place into its wide parts and the narrow arms that leave them.

    An arm is what opening (in by half the tolerance and back) takes away, if it is larger than min-area;
    smaller corners stay with the wide part they touch.
    """
    half = ground.tolerance_m / 2
    opened = _offset(shapely.buffer(place, -half, quad_segs=2), half + TOUCH_M)
    rest = _polygons(shapely.difference(place, opened))
    large = rest[shapely.area(rest) >= max(ground.min_area_m2, ground.tolerance_m**2)]
    arms = large[~wide(large, tolerance_m=ground.tolerance_m)]
    if not len(arms):
        return [place], []
    bodies = _polygons(shapely.difference(place, shapely.union_all(arms)))
    broad = wide(bodies, tolerance_m=ground.tolerance_m)
    return [*bodies[broad]], [*arms, *bodies[~broad]]


def _offset(shape: Any, distance_m: float) -> Any:
    return shapely.buffer(shape, distance_m, join_style="mitre", mitre_limit=MITRE)


def _polygons(shape: Any) -> Geometries:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
