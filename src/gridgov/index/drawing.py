"""The raster drawn with numba: what `gridgov.index.records` draws with numpy."""

import numpy as np
from numpy.typing import NDArray

from gridgov.index.band_loops import banded
from gridgov.index.chart import Chart
from gridgov.index.fill import SEVERAL, covers, weight_of
from gridgov.index.fill_loops import filled
from gridgov.index.raster import UNIT_WORDS, Raster, aligned
from gridgov.index.record_loops import records_drawn
from gridgov.index.records import MOST_LINES, SLACK, Ints

__all__ = ["drawn_compiled"]

#: Pixels of a band: their sums fit into the processor's second cache.
_BAND = 1 << 15


def drawn_compiled(chart: Chart, *, rank: Ints, reach: float, spare: NDArray[np.uint8] | None) -> Raster:
    """The raster of a chart."""
    drawing = (chart.corners, chart.numbers)
    grid = (chart.grid.width, chart.grid.height)
    band = max(1, _BAND // chart.grid.width)
    begins, order, met = banded(drawing, grid, band, reach + SLACK)
    bands = (begins, order)
    weight = weight_of(np.arange(len(rank), dtype=np.int32))
    # numpy asks for large pages, numba does not.
    code = np.empty(len(chart.grid), dtype=np.int32)
    filled(drawing, chart.side, weight, grid, bands, band, code)
    held = covers(chart, None, code)
    # A record of n lines takes at most n + 1 units, one more for every 16 polygons that hold its middle.
    # Memory that is asked for and not written is not taken.
    most = 2 * met.sum() + len(held[0]) + np.count_nonzero(code == SEVERAL) + 1
    words, begin = aligned(most * UNIT_WORDS, spare), np.empty(most + 1, dtype=np.int32)
    piece = np.empty(met.sum(), dtype=np.int32)
    units, lines = records_drawn(
        drawing,
        chart.parent,
        (rank, np.argsort(rank)),
        code,
        held,
        grid,
        (*bands, band, met),
        (reach, SLACK, MOST_LINES),
        (words, words.view(np.float32), begin, piece),
    )
    laid_out = words[: units * UNIT_WORDS].reshape(-1, UNIT_WORDS)
    return Raster(chart.grid, code, laid_out, begin[:units], piece[:lines], chart.doubt, reach)
