"""The loop around the cycles of a permutation; imported only where numba is.

It says what `gridgov.topology.cycles` says with numpy.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

__all__ = ["walked"]

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, error_model="numpy")


@_compiled
def walked(following: Any) -> Any:
    """Answer the lowest element of the cycle of each one, and how many steps behind it lies."""
    head, step = np.full(len(following), -1, np.int64), np.zeros(len(following), np.int64)
    for lowest in range(len(following)):
        element, steps = lowest, 0
        while head[element] == -1:
            head[element], step[element] = lowest, steps
            element, steps = following[element], steps + 1
    return head, step
