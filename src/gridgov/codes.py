"""Numbering cells so that neighbours on the map are neighbours in the list."""

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["number_cells"]

LEAST_DIGITS = 4


def number_cells(
    units: npt.NDArray[Any],
    *,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    area_m2: npt.NDArray[np.float64],
) -> npt.NDArray[Any]:
    """Answer ``<unit>-<number>`` for each cell.

    Parameters
    ----------
    units
        (n,) id of the top rung's unit each cell lies in.
    x, y
        (n,) a point inside each cell, projected, in metres.
    area_m2
        (n,) areas; the side of a median cell is the height of a band.

    Notes
    -----
    Numbers run inside each unit in bands from north to south, and west to east inside a band, as Chinese
    unit grids are numbered (GB/T 30428.1). All have the same number of digits, at least 4, so that text
    order is number order.

    >>> units = np.array(["410104"] * 3, dtype=object)
    >>> x, y = np.array([0.0, 10.0, 0.0]), np.array([0.0, 10.0, 10.0])
    >>> number_cells(units, x=x, y=y, area_m2=np.full(3, 100.0)).tolist()
    ['410104-0003', '410104-0002', '410104-0001']
    """
    if not len(units):
        return np.empty(0, dtype=object)
    band = np.floor((y.max() - y) / np.sqrt(np.median(area_m2)))
    _, unit = np.unique(units.astype(str), return_inverse=True)
    order = np.lexsort((-y, x, band, unit))
    counts = np.bincount(unit)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    number = np.empty(len(units), dtype=np.int64)
    number[order] = np.arange(len(units)) - first + 1
    digits = max(LEAST_DIGITS, len(str(number.max())))
    return np.array([f"{unit}-{n:0{digits}}" for unit, n in zip(units, number, strict=True)], dtype=object)
