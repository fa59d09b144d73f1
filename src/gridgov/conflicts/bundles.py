"""Faces tied together by the grids they are about, and the wide places among them."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gridgov.check import Ground
from gridgov.check.ground import Pieces, places
from gridgov.topology.parts import Parts, parts_of

__all__ = ["Bundles", "bundled", "joined_bundles", "sort_out", "wide_places"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True, slots=True)
class Bundles:
    """Faces tied together by what they have in common.

    Attributes
    ----------
    key
        (n, k) what the faces of each bundle have in common.
    group, face
        Parallel: `face` belongs to bundle `group`; by group, then face.
    """

    key: Ints
    group: Ints
    face: Ints

    def __len__(self) -> int:
        return len(self.key)

    def __getitem__(self, which: Bools) -> "Bundles":
        number = np.cumsum(which) - 1
        mine = which[self.group]
        return Bundles(self.key[which], number[self.group[mine]], self.face[mine])

    def of(self, items: Bools) -> "Bundles":
        """Answer the bundles with some of the faces only; those without any are left out."""
        some = np.zeros(len(self), dtype=bool)
        some[self.group[items]] = True
        number = np.cumsum(some) - 1
        return Bundles(self.key[some], number[self.group[items]], self.face[items])

    def parts(self, ground: Ground) -> Parts:
        """Answer the connected places of each bundle."""
        return parts_of(ground.arrangement.ground, self.face, self.group)


def bundled(key: Ints, face: Ints) -> Bundles:
    """Tie faces of equal `key` (m, k) together, in ascending order of the keys."""
    order = np.lexsort((face, *key.T[::-1]))
    key, face = key[order], face[order]
    first = np.r_[True, (key[1:] != key[:-1]).any(axis=1)] if len(key) else np.zeros(0, dtype=bool)
    return Bundles(key[first], np.cumsum(first) - 1, face)


def joined_bundles(first: Bundles, second: Bundles) -> Bundles:
    """Answer both, one after the other."""
    return Bundles(
        np.concatenate([first.key, second.key]),
        np.concatenate([first.group, second.group + len(first)]),
        np.concatenate([first.face, second.face]),
    )


def sort_out(ground: Ground, key: Ints, face: Ints) -> tuple[Pieces, Bundles]:
    """Answer each wide place by itself, and what is narrow tied together by its `key`.

    `key` (m,) and `face` are parallel; the places are labelled by the key.
    """
    tied = bundled(key[:, None], face)
    found = tied.parts(ground)
    broad = found.wide(ground.tolerance_m)
    wide = places(found, broad)
    return replace(wide, label=tied.key[wide.label, 0]), tied.of(~broad[found.part])


def wide_places(found: Parts, broad: Bools) -> Bundles:
    """Answer some parts as bundles of their own; the key is their group."""
    number = np.where(broad, np.cumsum(broad) - 1, NONE)[found.part]
    items = np.flatnonzero(number != NONE)
    order = items[np.argsort(number[items], kind="stable")]
    return Bundles(found.group[broad][:, None], number[order], found.face[order])
