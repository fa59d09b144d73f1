"""Defects of known kind and place, planted in layers that have none.

Each planter changes a few grids of one department and says what a list of conflicts must hold because of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from drawn_apart import bow_tied

#: Wider than any tolerance, and within any that a merge finds by itself.
WIDE_M: Final = (45.0, 70.0)
NARROW_M: Final = (4.0, 8.0)
#: So much of a common border is left as it was at each end.
END_SHARE: Final = 0.2
LEAST_BORDER_M: Final = 150.0


class Unsuitable(Exception):  # noqa: N818 (says which grid will not do, no fault)
    """The grid will not do for the defect."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One planted defect: the row it must cause, and rows of other kinds that it may cause besides."""

    name: str
    kind: str
    severity: str
    department: str
    grids: frozenset[str]
    place: Any
    besides: tuple[str, ...] = ()


@dataclass(slots=True)
class Field:
    """A department's grids while defects are planted: `gid`, `owner`, geometry.

    `right` is the ground along the borders as a department before has them; None: there is none.
    """

    department: str
    grids: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    rng: np.random.Generator
    right: Any = None
    taken: set[int] = field(default_factory=set)
    added: list[dict[str, Any]] = field(default_factory=list)

    def shape(self, row: int) -> Any:
        """Polygon of a grid."""
        return self.grids.geometry.iloc[row]

    def gid(self, row: int) -> str:
        """Id of a grid."""
        return str(self.grids["gid"].iloc[row])

    def put(self, row: int, shape: Any) -> None:
        """Draw a grid otherwise: one valid polygon."""
        if shape.geom_type != "Polygon" or not shape.is_valid:
            raise Unsuitable
        self.grids.iloc[row, self.grids.columns.get_loc("geometry")] = shape

    def neighbours(self, row: int) -> list[int]:
        """Rows of the grids that touch a grid."""
        found = self.grids.sindex.query(self.shape(row), predicate="intersects")
        return [int(k) for k in found if k != row]

    def seed(self, name: str, kind: str, severity: str, rows: list[int], place: Any, *besides: str) -> Seed:
        """Say what was planted."""
        ids = frozenset(self.gid(row) for row in rows)
        return Seed(name, kind, severity, self.department, ids, place, besides)


def _border(field_: Field, row: int, *, same_district: bool = True) -> tuple[int, Any]:
    """A neighbour and the middle of the longest border with it."""
    best: tuple[float, int, Any] = (0.0, -1, None)
    for other in field_.neighbours(row):
        alike = field_.grids["district"].iloc[row] == field_.grids["district"].iloc[other]
        if alike != same_district:
            continue
        common = shapely.line_merge(shapely.intersection(field_.shape(row), field_.shape(other)))
        for line in shapely.get_parts(common):
            if line.geom_type == "LineString" and line.length > best[0]:
                best = (line.length, other, line)
    return best[1], _middle(best[2])


def _middle(line: Any) -> Any:
    if line is None or line.length < LEAST_BORDER_M:
        raise Unsuitable
    return shapely.ops.substring(line, END_SHARE, 1 - END_SHARE, normalized=True)


def _strip(line: Any, into: Any, width: float) -> Any:
    """The ground within `width` of a line, inside a grid: one piece."""
    strip = shapely.set_precision(shapely.buffer(line, width, cap_style="flat", join_style="mitre"), 0.01)
    parts = [p for p in shapely.get_parts(shapely.intersection(strip, into)) if p.geom_type == "Polygon"]
    largest = max(parts, key=shapely.area, default=None)
    if largest is None or largest.area < 0.5 * width * line.length or largest.area > 0.4 * into.area:
        raise Unsuitable
    return largest


def _width(field_: Field, span: tuple[float, float]) -> float:
    return float(field_.rng.uniform(*span))


def overlap(field_: Field, row: int, span: tuple[float, float], severity: str) -> Seed:
    """A grid drawn too far into its neighbour."""
    other, line = _border(field_, row)
    place = _strip(line, field_.shape(other), _width(field_, span))
    field_.put(row, shapely.union(field_.shape(row), place))
    return field_.seed(f"overlap, {severity}", "overlap", severity, [row, other], place, "borders_apart")


def bare(field_: Field, row: int, span: tuple[float, float], severity: str) -> Seed:
    """A strip along a border that belongs to nobody."""
    other, line = _border(field_, row)
    place = _strip(line, field_.shape(row), _width(field_, span))
    field_.put(row, shapely.difference(field_.shape(row), place))
    kind = "uncovered" if severity == "decide" else "gap"
    return field_.seed(kind, kind, severity, [row, other], place, "borders_apart")


def apart(field_: Field, row: int) -> Seed:
    """The border between two grids drawn a little off, where another department has it right."""
    other, line = _border(field_, row)
    if field_.right is None or not shapely.covers(field_.right, line):
        raise Unsuitable
    place = _strip(line, field_.shape(other), _width(field_, NARROW_M))
    field_.put(other, shapely.difference(field_.shape(other), place))
    field_.put(row, shapely.union(field_.shape(row), place))
    return field_.seed("borders_apart", "borders_apart", "settled", [row, other], place)


def outside(field_: Field, row: int, span: tuple[float, float], severity: str) -> Seed:
    """A grid drawn beyond the outline of the city."""
    outline = shapely.union_all(field_.districts.geometry.to_numpy())
    edge = shapely.intersection(field_.shape(row), shapely.boundary(outline))
    lines = [p for p in shapely.get_parts(shapely.line_merge(edge)) if p.geom_type == "LineString"]
    line = _middle(max(lines, key=shapely.length, default=None))
    strip = shapely.set_precision(
        shapely.buffer(line, _width(field_, span), cap_style="flat", join_style="mitre"), 0.01
    )
    parts = shapely.get_parts(shapely.difference(strip, outline))
    place = max(parts, key=shapely.area, default=None)
    if place is None or place.geom_type != "Polygon" or place.area < 0.4 * strip.area:
        raise Unsuitable
    field_.put(row, shapely.union(field_.shape(row), place))
    return field_.seed(f"outside, {severity}", "outside", severity, [row], place)


def crosses(field_: Field, row: int) -> Seed:
    """A grid that has a piece of the district beside its own."""
    other, line = _border(field_, row, same_district=False)
    place = _strip(line, field_.shape(other), _width(field_, WIDE_M))
    field_.put(other, shapely.difference(field_.shape(other), place))
    field_.put(row, shapely.union(field_.shape(row), place))
    return field_.seed("crosses_rung", "crosses_rung", "decide", [row], place, "borders_apart")


def one_id(field_: Field, row: int) -> Seed:
    """A grid delivered under the id of another, which is elsewhere."""
    other = int(field_.rng.choice([k for k in range(len(field_.grids)) if k not in field_.taken]))
    if other in field_.neighbours(row):
        raise Unsuitable
    field_.taken.add(other)
    place = shapely.union(field_.shape(row), field_.shape(other))
    field_.grids.iloc[row, field_.grids.columns.get_loc("gid")] = field_.gid(other)
    # The two rows become one grid in two places, which may lie in two districts.
    return field_.seed("duplicate_id", "duplicate_id", "decide", [other], place, "multipart", "crosses_rung")


def twice(field_: Field, row: int) -> Seed:
    """A grid delivered a second time under another id."""
    copy = f"{field_.gid(row)}x"
    field_.added.append({**field_.grids.iloc[row], "gid": copy})
    seed = field_.seed("duplicate_geometry", "duplicate_geometry", "decide", [row], field_.shape(row))
    return Seed(
        *(getattr(seed, k) for k in ("name", "kind", "severity", "department")),
        seed.grids | {copy},
        seed.place,
    )


def pieces(field_: Field, row: int) -> Seed:
    """A piece inside a neighbour belongs to the grid."""
    other, _ = _border(field_, row)
    place = _yard(field_, other, 60.0, 60.0)
    field_.put(other, shapely.difference(field_.shape(other), place))
    field_.grids.iloc[row, field_.grids.columns.get_loc("geometry")] = shapely.union(field_.shape(row), place)
    return field_.seed("multipart", "multipart", "note", [row], place, "borders_apart")


def unowned(field_: Field, row: int) -> Seed:
    """A grid without an owner."""
    field_.grids.iloc[row, field_.grids.columns.get_loc("owner")] = None
    return field_.seed("no_owner", "no_owner", "note", [row], field_.shape(row))


def nested(field_: Field, row: int) -> Seed:
    """A yard inside a grid, which is not cut out."""
    place = _yard(field_, row, 80.0, 60.0)
    return _added(field_, row, place, "nested", "note", [row], "borders_apart")


def sliver(field_: Field, row: int) -> Seed:
    """A strip at the border of a grid, delivered as a grid of its own."""
    _, line = _border(field_, row)
    place = _strip(line, field_.shape(row), _width(field_, NARROW_M))
    field_.put(row, shapely.difference(field_.shape(row), place))
    # Its ground is another grid's in the end.
    return _added(field_, row, place, "sliver", "decide", [], "borders_apart")


def _added(  # noqa: PLR0917 (what a seed is made of)
    field_: Field, row: int, place: Any, kind: str, severity: str, rows: list[int], *besides: str
) -> Seed:
    new = f"{field_.gid(row)}{kind[0]}"
    field_.added.append({**field_.grids.iloc[row], "gid": new, "geometry": place})
    ids = frozenset([new, *(field_.gid(k) for k in rows)])
    return Seed(kind, kind, severity, field_.department, ids, place, besides)


def crossed(field_: Field, row: int) -> Seed:
    """A grid whose border crosses itself."""
    try:
        wrong = bow_tied(field_.shape(row))
    except (ValueError, AttributeError):
        raise Unsuitable from None
    place = shapely.symmetric_difference(shapely.make_valid(wrong, method="structure"), field_.shape(row))
    field_.grids.iloc[row, field_.grids.columns.get_loc("geometry")] = wrong
    # The bow-tie takes ground from one side and leaves some on the other.
    return field_.seed(
        "invalid",
        "invalid",
        "settled",
        [row],
        place,
        "overlap",
        "gap",
        "uncovered",
        "multipart",
        "outside",
        "crosses_rung",
        "borders_apart",
    )


def _yard(field_: Field, row: int, length: float, width: float) -> Any:
    inner = shapely.buffer(field_.shape(row), -max(length, width))
    if inner.is_empty:
        raise Unsuitable
    x, y = np.round(shapely.get_coordinates(shapely.point_on_surface(inner))[0])
    return shapely.box(x - length / 2, y - width / 2, x + length / 2, y + width / 2)


PLANTERS: Final[dict[str, Callable[[Field, int], Seed]]] = {
    "borders_apart": apart,
    "overlap, decide": lambda f, r: overlap(f, r, WIDE_M, "decide"),
    "overlap, settled": lambda f, r: overlap(f, r, NARROW_M, "settled"),
    "uncovered": lambda f, r: bare(f, r, WIDE_M, "decide"),
    "gap": lambda f, r: bare(f, r, NARROW_M, "settled"),
    "outside, decide": lambda f, r: outside(f, r, WIDE_M, "decide"),
    "outside, settled": lambda f, r: outside(f, r, NARROW_M, "settled"),
    "crosses_rung": crosses,
    "duplicate_id": one_id,
    "duplicate_geometry": twice,
    "sliver": sliver,
    "invalid": crossed,
    "multipart": pieces,
    "no_owner": unowned,
    "nested": nested,
}


def planted(field_: Field, *, each: int) -> tuple[gpd.GeoDataFrame, list[Seed]]:
    """Plant `each` of every defect, no two in grids side by side; answer the layer and what it holds."""
    seeds = []
    for name, plant in PLANTERS.items():
        rows = [int(k) for k in field_.rng.permutation(len(field_.grids))]
        wanted = each if name != "borders_apart" or field_.right is not None else 0
        for row in rows:
            if not wanted:
                break
            near = {row, *field_.neighbours(row)}
            if near & field_.taken:
                continue
            before = field_.grids.copy()
            try:
                seeds.append(plant(field_, row))
            except Unsuitable:
                field_.grids = before
                continue
            field_.taken |= near
            wanted -= 1
    more = gpd.GeoDataFrame(field_.added, geometry="geometry", crs=field_.grids.crs)
    layer = pd.concat([field_.grids, more], ignore_index=True)
    return gpd.GeoDataFrame(layer, geometry="geometry", crs=field_.grids.crs), seeds
