"""The pieces that a cut makes at first: connected ground of one base polygon and one label."""

from dataclasses import dataclass, field
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.topology.arrange import Arrangement, arrange
from gridgov.topology.components import lowest_of
from gridgov.topology.distinct import distinct, in_order
from gridgov.topology.edges import Neighbours
from gridgov.topology.mesh import Mesh
from gridgov.topology.regions import MIN_ARM_M2, arms, between, dissolve, join_equal, thin
from gridgov.topology.strips import strip_parts

__all__ = ["Pieces", "united"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

NONE = -1
PIECES, FOUND = 0, 1


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of base polygons. Their polygons are made when they are asked for: of most nobody asks.

    Attributes
    ----------
    base, label
        (n,) row of the base polygon and of the layer's polygon each lies in; a label of -1 is none.
    arm
        (n,) whether each was cut off a wider piece.
    area, length
        (n,) square metres, and metres of outline with the holes.
    pairs
        The borders between them.
    ground, face, piece
        Where they come from: face `face` of the mesh lies in piece `piece`, -1 if that was cut once more.
    made
        (n,) their polygons; None for those that are to be made of their faces.
    asked
        For each tolerance and least area that were asked about, (n,) which pieces are thin: 1 or 0, -1 for
        those that were in no doubt or were cut since.
    """

    base: Ints
    label: Ints
    arm: Bools
    area: Floats
    length: Floats
    pairs: Neighbours
    ground: Mesh
    face: Ints
    piece: Ints
    made: Geometries
    asked: dict[tuple[float, float], npt.NDArray[np.int8]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.base)

    @classmethod
    def of(cls, made: Arrangement, base: Ints, label: Ints) -> Self:
        """Join the faces of an arrangement that have the same base polygon and label; no base: outside."""
        face = np.flatnonzero(base != NONE)
        labels = np.column_stack([base, label])[face]
        ground = cast("Mesh", made.ground)
        borders = ground.neighbours(face)
        piece = join_equal(labels, borders)
        of = labels[lowest_of(piece)]
        inside = piece[borders.i] == piece[borders.j]
        both = np.bincount(piece[borders.i[inside]], borders.length[inside], len(of))
        return cls(
            base=of[:, 0],
            label=of[:, 1],
            arm=np.zeros(len(of), dtype=bool),
            area=np.bincount(piece, ground.area[face], len(of)).astype(np.float64),
            length=np.asarray(np.bincount(piece, ground.perimeter[face], len(of)) - 2.0 * both),
            pairs=between(borders, piece),
            ground=ground,
            face=face,
            piece=piece,
            made=np.full(len(of), None, dtype=object),
        )

    def polygons(self, rows: Ints) -> Geometries:
        """Answer the polygons of some pieces, each named once."""
        answer = self.made[rows]
        lacking = np.flatnonzero(shapely.is_missing(answer))
        number = np.full(len(self) + 1, NONE, dtype=np.int64)  # the last one is of faces in no piece
        number[rows[lacking]] = np.arange(len(lacking))
        mine = np.flatnonzero(number[self.piece] != NONE)
        answer[lacking] = self.ground.dissolve(self.face[mine], number[self.piece[mine]])
        return answer

    def thin(self, *, tolerance_m: float, min_area_m2: float) -> Bools:
        """Tell the pieces that `regions.thin` would tell, of its polygons only those in doubt."""
        answer = self.area < min_area_m2
        # A polygon with an inscribed circle of radius r has area <= length * r, so a wider one cannot vanish.
        maybe = np.flatnonzero(~answer & (2 * self.area < self.length * tolerance_m))
        unknown = np.full(len(self), NONE, dtype=np.int8)
        known = self.asked.setdefault((tolerance_m, min_area_m2), unknown)
        new = maybe[known[maybe] == NONE]
        known[new] = thin(self.polygons(new), tolerance_m=tolerance_m, min_area_m2=min_area_m2)
        answer[maybe] = known[maybe] == 1
        return answer

    def divided(self, strip: Bools, *, precision_m: float, base: Ints | None = None) -> Self:
        """Divide strips among the pieces of the same base, their own or that given, that they run along."""
        parts, host = strip_parts(
            self.polygons,
            self.ground,
            self._of_faces(),
            base=self.base if base is None else base,
            strip=strip,
            precision_m=precision_m,
        )
        return self._cut_again(host, parts, arm=False, precision_m=precision_m)

    def _of_faces(self) -> Ints:
        answer = np.full(len(self.ground), NONE, dtype=np.int64)
        answer[self.face] = self.piece
        return answer

    def without_arms(self, *, tolerance_m: float, precision_m: float) -> Self:
        """Cut the arms off the pieces, and divide these like strips.

        Only pieces with arms, and those around them, are looked at again.
        """
        # What is no larger than an arm has none.
        wide = np.flatnonzero(~self.thin(tolerance_m=tolerance_m, min_area_m2=MIN_ARM_M2))
        found, host = arms(self.polygons(wide), tolerance_m=tolerance_m)
        return self._cut_again(wide[host], found, arm=True, precision_m=precision_m)

    def _cut_again(self, host: Ints, found: Geometries, *, arm: bool, precision_m: float) -> Self:
        """Cut polygons out of the pieces `host` that they lie in."""
        if not len(found):
            return self
        again = np.zeros(len(self), dtype=bool)
        again[host] = True
        beside = again[self.pairs.i] | again[self.pairs.j]
        again[self.pairs.i[beside]] = again[self.pairs.j[beside]] = True
        rows = np.flatnonzero(again)
        made = arrange([self.polygons(rows), found], precision_m=precision_m)
        whole = made.smallest(PIECES, self.area[rows])
        cut = Pieces.of(made, whole, made.smallest(FOUND, shapely.area(found)))
        if arm:
            cut = cut.divided(cut.label != NONE, precision_m=precision_m, base=self.base[rows[cut.base]])
        return self._with(rows, cut, arm=arm)

    def _with(self, rows: Ints, cut: "Pieces", *, arm: bool) -> Self:
        """Put what was cut again in place of the pieces `rows`; its bases are these, its labels the cuts."""
        again = np.zeros(len(self), dtype=bool)
        again[rows] = True
        rest = np.flatnonzero(~again)
        now = np.full(len(self), NONE, dtype=np.int64)
        now[rest] = np.arange(len(rest))
        after = np.append(now, NONE)[self.piece]
        # What lies beside the rest was looked at for its corners' sake, and is one piece but for crumbs.
        order = np.argsort(cut.area, kind="stable")
        now[rows[cut.base[order]]] = len(rest) + order
        old = self.pairs
        kept = ~(again[old.i] & again[old.j])
        pairs = Neighbours(
            np.concatenate([now[old.i[kept]], len(rest) + cut.pairs.i]),
            np.concatenate([now[old.j[kept]], len(rest) + cut.pairs.j]),
            np.concatenate([old.length[kept], cut.pairs.length]),
        )
        parent, unknown = rows[cut.base], np.full(len(cut), NONE, dtype=np.int8)
        return type(self)(
            base=np.concatenate([self.base[rest], self.base[parent]]),
            label=np.concatenate([self.label[rest], self.label[parent]]),
            arm=np.concatenate([self.arm[rest], self.arm[parent] | (arm & (cut.label != NONE))]),
            area=np.concatenate([self.area[rest], cut.area]),
            length=np.concatenate([self.length[rest], cut.length]),
            pairs=pairs,
            ground=self.ground,
            face=self.face,
            piece=after,
            made=np.concatenate([self.made[rest], cut.polygons(np.arange(len(cut)))]),
            asked={of: np.append(known[rest], unknown) for of, known in self.asked.items()},
        )

    def joined(self, group: Ints) -> Geometries:
        """Answer the polygon of each group of pieces; groups are numbered from 0, and -1 is in none."""
        count = int(group.max(initial=NONE)) + 1
        new = np.ones(len(self), dtype=bool)
        new[self.piece[self.piece != NONE]] = False
        mixed = np.zeros(count + 1, dtype=bool)
        mixed[group[new]] = True
        mixed[NONE] = False
        answer = np.empty(count, dtype=object)
        of = np.where(self.piece == NONE, NONE, group[self.piece])
        plain = (of != NONE) & ~mixed[of]
        numbers, number = distinct(of[plain])
        answer[numbers] = self.ground.dissolve(self.face[plain], number)
        rows = np.flatnonzero(mixed[group])
        answer[mixed[:-1]] = united(self.polygons(rows), group[rows], step_m=1 / self.ground.scale)
        return answer


def united(pieces: Geometries, group: Ints, *, step_m: float) -> Geometries:
    """Join the pieces of each group as `dissolve` does, also where some lie over others by less than a step.

    A piece that was cut once more may meet one that was not across a crumb: the border of the one was led
    through new vertices on the grid of `step_m` metres, that of the other was not. It is rare, and shows only
    when they are joined; such groups are united on the grid.
    """
    try:
        return dissolve(pieces, group)
    except shapely.errors.GEOSException:
        of = distinct(group)[1]
        each = np.split(pieces[in_order(of)], np.cumsum(np.bincount(of))[:-1])
        answer = np.empty(len(each), dtype=object)
        answer[:] = [
            shapely.coverage_union_all(some)
            if shapely.coverage_is_valid(some)
            else shapely.union_all(some, grid_size=step_m)
            for some in each
        ]
        return answer
