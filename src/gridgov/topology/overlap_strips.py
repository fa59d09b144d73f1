"""Narrow strips that two polygons of one layer both cover, given to the one whose area then fits better."""

import numpy as np
import numpy.typing as npt

from gridgov.topology.arrange import Arrangement
from gridgov.topology.parts import Parts, parts_of

__all__ = ["balanced"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NONE = -1

#: A strip changes hands if that brings the areas of its two polygons nearer to what was drawn, by this share.
LEAST_GAIN = 1e-4


def balanced(made: Arrangement, label: Ints, *, drawn_m2: Floats, fixed: Bools, width_m: float) -> Ints:
    """Give strips that two polygons cover to the other one where that keeps both closer to their areas.

    Parameters
    ----------
    made
        The arrangement of the polygons of one layer.
    label
        (faces,) the polygon that holds each face, -1 for none.
    drawn_m2
        (n,) square metres of each polygon as it was drawn.
    fixed
        (n,) polygons whose strips stay as they are.
    width_m
        Only strips without a spot so wide change hands.

    Returns
    -------
    (faces,) labels. What three polygons cover stays as it is.

    Notes
    -----
    A grid that was shifted as a whole overlaps its neighbours on one side and leaves a gap on the other: with
    the gap and the strips it would grow at their cost. Each strip that changes hands lowers the sum, over all
    polygons, of the share of the area that each gained or lost; the strip that lowers it most is the first.
    """
    strips = _strips(made, drawn_m2, fixed)
    one, two = np.divmod(strips.group, max(len(drawn_m2), 1))
    holder = np.full(len(strips), NONE)
    holder[strips.part] = label[strips.face]
    other = one + two - holder
    open_ = np.flatnonzero(((holder == one) | (holder == two)) & ~strips.wide(width_m))
    named = label != NONE
    more = np.bincount(label[named], made.area[named], len(drawn_m2)) - drawn_m2
    holder[open_] = _settled(holder[open_], other[open_], strips.area[open_], more=more, drawn=drawn_m2)
    answer = label.copy()
    answer[strips.face] = holder[strips.part]
    return answer


def _strips(made: Arrangement, drawn_m2: Floats, fixed: Bools) -> Parts:
    """Find the places that two polygons cover, none of them fixed; the group is `one * n + two`.

    Those that matter little to both are left out, which are nearly all.
    """
    face = np.flatnonzero(np.bincount(made.face, minlength=len(made)) == 2)  # noqa: PLR2004 (see above)
    item = np.searchsorted(made.face, face)
    one, two = made.row[item], made.row[item + 1]
    free = ~(fixed[one] | fixed[two])
    span = max(len(drawn_m2), 1)
    found = parts_of(made.mesh, face[free], (one * span + two)[free])
    one, two = np.divmod(found.group, span)
    matters = (found.area * (1 / drawn_m2[one] + 1 / drawn_m2[two]) > LEAST_GAIN)[found.part]
    return parts_of(made.mesh, found.face[matters], found.group[found.part[matters]])


def _settled(holder: Ints, other: Ints, area: Floats, *, more: Floats, drawn: Floats) -> Ints:
    """Answer who holds each strip once nothing is gained by a change.

    `more` (n,) is how much more than the `drawn` square metres each polygon holds; it is changed in place.
    """
    holder, other = holder.copy(), other.copy()
    while True:
        less = (np.abs(more[holder] - area) - np.abs(more[holder])) / drawn[holder]
        gain = -less - (np.abs(more[other] + area) - np.abs(more[other])) / drawn[other]
        better = np.flatnonzero(gain > LEAST_GAIN)
        if not len(better):
            return holder
        order = better[np.argsort(-gain[better], kind="stable")]
        now = order[_first_of_both(holder[order], other[order])]
        more[holder[now]] -= area[now]
        more[other[now]] += area[now]
        holder[now], other[now] = other[now], holder[now]


def _first_of_both(one: Ints, other: Ints) -> Bools:
    """Tell the pairs neither of whose members is in a pair before."""
    first = np.zeros(2 * len(one), dtype=bool)
    first[np.unique(np.stack([one, other], axis=1).ravel(), return_index=True)[1]] = True
    return np.asarray(first.reshape(-1, 2).all(axis=1))
