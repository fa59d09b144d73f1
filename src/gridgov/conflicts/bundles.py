"""Faces tied together by the grids they are about, and the wide places among them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.check import Ground
from gridgov.check.ground import Items, Pieces, together, wide, wide_pieces

__all__ = ["Bundles", "as_bundles", "as_pieces", "bundled", "joined_bundles", "sort_out", "with_wide"]

Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Bundles:
    """Faces tied together by what they have in common.

    Attributes
    ----------
    key
        (n, k) what the faces of each bundle have in common.
    shapes
        (n,) (Multi)Polygons: the faces together.
    group, face
        Parallel: `face` belongs to bundle `group`.
    """

    key: Ints
    shapes: Geometries
    group: Ints
    face: Ints

    def __len__(self) -> int:
        return len(self.shapes)

    def __getitem__(self, which: npt.NDArray[np.bool_]) -> "Bundles":
        number = np.cumsum(which) - 1
        mine = which[self.group]
        return Bundles(self.key[which], self.shapes[which], number[self.group[mine]], self.face[mine])


def bundled(ground: Ground, key: Ints, face: Ints) -> Bundles:
    """Tie faces of equal `key` (m, k) together, in ascending order of the keys."""
    order = np.lexsort((face, *key.T[::-1]))
    key, face = key[order], face[order]
    first = np.r_[True, (key[1:] != key[:-1]).any(axis=1)] if len(key) else np.zeros(0, dtype=bool)
    group = np.cumsum(first) - 1
    return Bundles(key[first], together(ground, face, group), group, face)


def joined_bundles(first: Bundles, second: Bundles) -> Bundles:
    """Answer both, one after the other."""
    return Bundles(
        np.concatenate([first.key, second.key]),
        np.concatenate([first.shapes, second.shapes]),
        np.concatenate([first.group, second.group + len(first)]),
        np.concatenate([first.face, second.face]),
    )


def sort_out(ground: Ground, key: Ints, face: Ints) -> tuple[Bundles, Bundles]:
    """Answer each wide place by itself, and what is narrow tied together by its `key` (m, k)."""
    tied = bundled(ground, key, face)
    broad = with_wide(tied, ground)
    mine = broad[tied.group]
    places = wide_pieces(ground, Items(tied.group[mine], tied.face[mine]))
    wide_ones = replace(as_bundles(places), key=tied.key[places.label])
    faces = len(ground.arrangement.faces)
    gone = places.label[wide_ones.group] * faces + wide_ones.face
    left = mine & ~np.isin(tied.group * faces + tied.face, gone)
    again = bundled(ground, tied.key[tied.group[left]], tied.face[left])
    return wide_ones, joined_bundles(tied[~broad], again)


def with_wide(tied: Bundles, ground: Ground) -> npt.NDArray[np.bool_]:
    """Tell the bundles that have a place into which a circle of the tolerance fits."""
    parts, owner = shapely.get_parts(tied.shapes, return_index=True)
    answer = np.zeros(len(tied), dtype=bool)
    answer[owner[wide(parts, tolerance_m=ground.tolerance_m)]] = True
    return answer


def as_bundles(places: Pieces) -> Bundles:
    """Answer places as bundles of their own; the key is the label."""
    group = np.repeat(np.arange(len(places.label)), [len(under) for under in places.faces])
    face = np.concatenate([group[:0], *places.faces])
    return Bundles(places.label[:, None], places.polygons, group, face)


def as_pieces(bundles: Bundles) -> Pieces:
    """Answer bundles that are one place each as places, labelled by the first of their key."""
    faces = np.split(bundles.face, np.cumsum(np.bincount(bundles.group, minlength=len(bundles)))[:-1])
    return Pieces(
        bundles.key[:, 0], bundles.shapes, shapely.area(bundles.shapes), faces if len(bundles) else []
    )
