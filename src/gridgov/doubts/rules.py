"""Rules that name coordinates which are hardly where something happened, counted batch by batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.datum import PointCRS, crs_candidates, describe_crs
from gridgov.doubts.extent import Extent
from gridgov.doubts.shared import SharedPoints
from gridgov.doubts.words import WORDS
from gridgov.language import Many, per_cent
from gridgov.lookup import Atlas, Placed, Points
from gridgov.sample import Sample
from gridgov.schema import CHINA_CRS, REASON_CODES

__all__ = ["DOUBTS", "CoordinateDoubts", "Doubt"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: What each doubt means, in words a planner reads; the order in which they are told.
DOUBTS: Final[Mapping[str, str]] = {
    "elsewhere": "most points lie in no cell",
    "metres": "numbers of metres stand in columns of degrees",
    "degrees": "degrees stand in columns of metres",
    "swapped": "longitude and latitude, or x and y, stand exchanged",
    "sign": "with another sign the point would lie among the cells",
    "zero": "one or both coordinates are 0",
    "null_island": "the point lies within a degree of 0,0",
    "default": "very many rows have one and the same point",
    "coarse": "degrees have two decimals only, which is about 1 km",
}

#: More of the points in no cell than this are hardly meant for these cells.
_ELSEWHERE_SHARE: Final = 0.5
#: So many rows on one point are a building's; this share of all rows, too, is a default. So many are named.
_DEFAULT_ROWS: Final = 20
_DEFAULT_SHARE: Final = 0.02
#: In a table of few rows so many do, if they are this share of all.
_DEFAULT_FEW_ROWS: Final = 5
_DEFAULT_FEW_SHARE: Final = 0.5
_DEFAULTS: Final = 3
#: Degrees of two decimals are 0.9-1.1 km; a few rows have them by chance.
_DECIMALS: Final = 2
_COARSE_SHARE: Final = 0.01
#: Degrees around 0,0, where there is sea only.
_NULL_ISLAND: Final = 1.0
#: Degrees by which GCJ-02 and BD-09 may put a point beside the cells: 0.013 and more.
_DATUM_DEGREES: Final = 0.02
_HALF_TURN: Final = 180.0
_POLE: Final = 90.0
#: Numbers of metres looked at to tell their system, and the share of them that must lie among the cells.
_METRES: Final = 10_000
_METRES_SHARE: Final = 0.5

#: Rules that name rows one by one, in the order in which they are told.
_PLAIN: Final = ("degrees", "swapped", "sign", "zero", "null_island")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Rows to doubt: a word of `DOUBTS`, how many of how many, an example as it was given, and a sentence."""

    doubt: str
    rows: int
    of: int
    lon: float
    lat: float
    words: str


class _Count:
    """Rows that a rule names, and the first of them."""

    __slots__ = ("first", "rows")

    def __init__(self) -> None:
        self.rows, self.first = 0, (np.nan, np.nan)

    def add(self, some: Flags, x: Floats, y: Floats) -> None:
        at = np.flatnonzero(some)
        if len(at) and not self.rows:
            self.first = float(x[at[0]]), float(y[at[0]])
        self.rows += len(at)


class CoordinateDoubts:
    """Counts rows by the rules of docs/assigning.md; one for a file, fed with every batch in its order.

    Any batches of the same file tell the same.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._crs: PointCRS | None = None
        self._extent = self._in_degrees = Extent(np.nan, np.nan, np.nan, np.nan)
        self._rows = self._located = 0
        self._counts = {name: _Count() for name in DOUBTS}
        self._shared = SharedPoints()
        self._metres = Sample(_METRES)

    def add(self, points: Points, placed: Placed) -> None:
        """Count a batch, as it was read and placed."""
        if self._crs is None:
            self._crs = points.crs
            self._extent = Extent.of(self._atlas, points.crs)
            self._in_degrees = Extent.of(self._atlas, CHINA_CRS)
        x, y = points.numbers
        self._rows += len(points)
        self._located += int(np.count_nonzero(placed.row >= 0))
        usable = points.usable
        self._shared.add(points.lon, points.lat) if usable.all() else self._shared.add(x[usable], y[usable])
        if points.crs.crs.is_geographic:
            coarse = usable & (x.round(_DECIMALS) == x) & (y.round(_DECIMALS) == y)
            self._counts["coarse"].add(coarse, x, y)
        # Every other rule is about points that lie in no cell.
        rest = np.flatnonzero(placed.row < 0)
        self._count_lost(points, rest, x[rest], y[rest])

    def found(self) -> list[Doubt]:
        """What is doubtful, after the last batch, in the order of `DOUBTS`."""
        said = [*self._elsewhere(), *self._say_metres()]
        said += [doubt for name in _PLAIN for doubt in self._plain(name)]
        return [*said, *self._defaults(), *self._coarse()]

    def _count_lost(self, points: Points, rest: NDArray[np.intp], x: Floats, y: Floats) -> None:
        code, lost, degrees = points.code[rest], points.usable[rest], points.crs.crs.is_geographic
        self._counts["elsewhere"].add(lost, x, y)

        zero = (x == 0) | (y == 0) | (code == REASON_CODES["zero"])
        self._counts["zero"].add(zero, x, y)
        if degrees and not self._extent.holds(np.zeros(1), np.zeros(1))[0]:
            near = (np.abs(x) < _NULL_ISLAND) & (np.abs(y) < _NULL_ISLAND) & ~zero
            self._counts["null_island"].add(near, x, y)

        exchanged = lost & self._extent.holds(y, x)
        self._counts["swapped"].add(exchanged | (code == REASON_CODES["swapped"]), x, y)
        signs = ((-x, y), (x, -y), (-x, -y))
        turned = np.logical_or.reduce([self._extent.holds(*other) for other in signs])
        self._counts["sign"].add(lost & turned & ~exchanged & ~zero, x, y)

        if not degrees:
            near = self._in_degrees.wider(_DATUM_DEGREES)
            self._counts["degrees"].add(lost & near.holds(x, y), x, y)
            return
        metres = (code == REASON_CODES["range"]) & ((np.abs(x) > _HALF_TURN) | (np.abs(y) > _POLE))
        self._counts["metres"].add(metres, x, y)
        self._metres.add(x[metres], y[metres])

    def _doubt(self, name: str, of: int, words: str) -> Doubt:
        count = self._counts[name]
        return Doubt(name, count.rows, of, *count.first, words)

    def _plain(self, name: str) -> Iterator[Doubt]:
        count = self._counts[name]
        if count.rows:
            lon, lat = (f"{number:.10g}" for number in count.first)
            said = WORDS("such_as", rows=Many(count.rows), said=WORDS(f"said.{name}"), lon=lon, lat=lat)
            yield self._doubt(name, self._rows, said)

    def _elsewhere(self) -> Iterator[Doubt]:
        rows = self._counts["elsewhere"].rows
        points = rows + self._located
        if rows > _ELSEWHERE_SHARE * points:
            said = WORDS("in_no_cell", rows=rows, points=points)
            yield self._doubt(
                "elsewhere",
                points,
                WORDS("right_crs", said=said),
            )

    def _say_metres(self) -> Iterator[Doubt]:
        rows = self._counts["metres"].rows
        if not rows:
            return
        all_rows = WORDS("all_rows", n=Many(self._rows))
        said = WORDS("no_lon_lat", rows=rows, all_rows=all_rows)
        outline = self._in_degrees
        box = shapely.box(outline.west, outline.south, outline.east, outline.north)
        found = crs_candidates(*self._metres.columns, outline=box)
        best = next((each for each in found if each.share >= _METRES_SHARE), None)
        if best is None:
            guess = WORDS("if_metres")
        else:
            system = best.name.removesuffix(" swapped")
            exchanged = WORDS("exchanged") if best.swapped else ""
            alone = WORDS("alone") if rows < self._rows else ""
            others = f"{', '.join(best.alike[:2])}{' and others' if len(best.alike) > 2 else ''}"  # noqa: PLR2004
            alike = WORDS("or_others", others=others) if best.alike else ""
            within = WORDS("among_cells", share=per_cent(best.share))
            guess = WORDS(
                "as_metres",
                system=describe_crs(system),
                alike=alike,
                exchanged=exchanged,
                within=within,
                alone=alone,
                code=system,
            )
        yield self._doubt("metres", self._rows, f"{said}: {guess}.")

    def _defaults(self) -> Iterator[Doubt]:
        usable = self._shared.rows
        least = min(
            max(_DEFAULT_ROWS, _DEFAULT_SHARE * usable), max(_DEFAULT_FEW_ROWS, _DEFAULT_FEW_SHARE * usable)
        )
        for point in self._shared.most(_DEFAULTS, rows=least):
            many = WORDS("rows_share", rows=point.rows, share=per_cent(point.rows / usable))
            said = WORDS("one_point", said=many if point.exact else WORDS("at_least", many=many))
            words = WORDS("perhaps_default", said=said, x=point.x, y=point.y)
            yield Doubt("default", point.rows, usable, point.x, point.y, words)

    def _coarse(self) -> Iterator[Doubt]:
        rows, usable = self._counts["coarse"].rows, self._shared.rows
        if rows and rows >= _COARSE_SHARE * usable:
            said = WORDS("rows_of", rows=rows, usable=Many(usable))
            words = WORDS("two_decimals", said=said)
            yield self._doubt("coarse", usable, words)
