"""How far around each point its cells are looked for: the border's width, or the point's own accuracy."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.coordinates import parse_metres
from gridgov.errors import ArgumentError
from gridgov.lookup.words import WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_ACCURACY_M", "Widths", "border_widths"]

#: A point that may stand farther off than this has no place that candidates could tell; a city's cells are
#: 50-1,000 m wide.
MOST_ACCURACY_M: Final = 500.0


@dataclass(frozen=True, slots=True, eq=False)
class Widths:
    """Metres around each point, or around all, and the rows whose accuracy could not be taken as it stands.

    Attributes
    ----------
    metres
        One width for all points, or (n,) one for each.
    blank, unusable, beyond
        Rows without an accuracy, with one that is no number of metres, with more than `MOST_ACCURACY_M`.
    """

    metres: "float | NDArray[np.float64]"
    blank: int = 0
    unusable: int = 0
    beyond: int = 0


def border_widths(border_m: float, *, accuracy_m: float | None = None, stated: Any = None) -> Widths:
    """The wider of `border_m` and each point's accuracy.

    Parameters
    ----------
    border_m
        Width of borders, in metres.
    accuracy_m
        How far points may stand off, in metres, where `stated` does not say so itself.
    stated
        One value per point, numbers or text (``15``, ``15米``); blank where it is not known. A value that is
        no number or is negative counts as unknown.

    Raises
    ------
    ArgumentError
        A width that is negative or not finite.

    >>> border_widths(1, accuracy_m=15, stated=["", "30", "0"]).metres.tolist()
    [15.0, 30.0, 1.0]
    """
    for name, option, width in (
        ("border_m", "--border-m", border_m),
        ("accuracy_m", "--accuracy-m", accuracy_m),
    ):
        if width is not None and not 0 <= width < np.inf:
            raise ArgumentError(WORDS("metres_finite", name=name, option=option, width=width))
    everywhere = min(accuracy_m or 0.0, MOST_ACCURACY_M)
    if stated is None:
        return Widths(max(border_m, everywhere))
    own, blank = parse_metres(stated)
    usable = own >= 0
    beyond = own > MOST_ACCURACY_M
    own = np.where(usable, np.minimum(own, MOST_ACCURACY_M), everywhere)
    return Widths(
        np.maximum(own, border_m),
        blank=int(np.count_nonzero(blank)),
        unusable=int(np.count_nonzero(~usable & ~blank)),
        beyond=int(np.count_nonzero(beyond)),
    )
