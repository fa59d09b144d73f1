"""One tolerance for each department: as it was said, or to be found from how far its borders lie apart."""

from collections.abc import Iterable, Mapping
from numbers import Real

import numpy as np

from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.schema import PRECISION_M
from gridgov.words.merging import WORDS

__all__ = ["LEAST_TOLERANCE_M", "each_tolerance"]

#: Narrower is rounding.
LEAST_TOLERANCE_M = 2 * PRECISION_M


def each_tolerance(
    tolerance_m: float | Mapping[str, float] | None, names: Iterable[str]
) -> dict[str, float | None]:
    """Answer the tolerance of each department in metres; None where it is to be found.

    Parameters
    ----------
    tolerance_m
        One number for all, a number for some by name, or None.
    names
        The departments.

    Raises
    ------
    ArgumentError
        A name that is no department, or what is no number of metres, 0.02 or more.

    >>> each_tolerance({"police": 15}, ["comprehensive", "police"])
    {'comprehensive': None, 'police': 15.0}
    >>> each_tolerance(25, ["comprehensive", "police"])
    {'comprehensive': 25.0, 'police': 25.0}
    """
    known = list(names)
    if tolerance_m is None:
        return dict.fromkeys(known)
    if not isinstance(tolerance_m, Mapping):
        return dict.fromkeys(known, _metres(tolerance_m))
    strangers = [name for name in tolerance_m if name not in known]
    if strangers:
        raise ArgumentError(WORDS("tolerance_no_layer", name=strangers[0], known=listed(known)))
    return {name: _metres(tolerance_m[name]) if name in tolerance_m else None for name in known}


def _metres(value: object) -> float:
    if isinstance(value, Real) and not isinstance(value, bool) and LEAST_TOLERANCE_M <= float(value) < np.inf:
        return float(value)
    raise ArgumentError(WORDS("tolerance_m", least=LEAST_TOLERANCE_M, value=value))
