"""Positions repeated as often as counts say."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["spread"]

Ints = NDArray[np.int64]


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Each position as often as its count says, and how often it has been there before."""
    counts = np.maximum(counts, 0)
    position = np.repeat(np.arange(len(counts)), counts)
    step = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)
    return position, step
