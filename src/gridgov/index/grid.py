"""The pixels laid over the cells: where they begin, how large they are, what a metre is on them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridgov.index.systems import Systems

__all__ = ["Grid", "grid_over"]

Floats = NDArray[np.float64]

#: Pixels for each piece of border and for each cell. More make points quicker to find until the raster
#: leaves the processor's cache; measured best for cells of 4 to 75 corners. Of a raster of more than `LARGE`
#: pixels fewer are worth their drawing.
PIXELS_PER_PIECE, PIXELS_PER_CELL = 8, 48
LARGE, PIXELS_PER_PIECE_OF_LARGE = 1 << 22, 6
FEWEST, MOST = 1 << 14, 1 << 29

#: Empty pixels around the cells. No whole number, lest borders at round coordinates run along pixels.
MARGIN = 1.37

#: Corners at which the ground is measured, and the step: about 10 m.
_SAMPLE, _STEP_DEGREES, _STEP = 200, 1e-4, 10.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Pixels of equal size: column and row of a place are (x - west) * columns_per_x, and likewise.

    Attributes
    ----------
    west, south, columns_per_x, rows_per_y
        In the coordinates the raster is drawn in.
    width, height
        In pixels.
    pixel_m
        What lies so many pixels apart lies at least so many times this apart, in metres.
    """

    west: float
    south: float
    columns_per_x: float
    rows_per_y: float
    width: int
    height: int
    pixel_m: float

    def __len__(self) -> int:
        return self.width * self.height

    def across(self, x: Floats) -> Floats:
        """Pixels east of the raster's western end."""
        return (x - self.west) * self.columns_per_x

    def up(self, y: Floats) -> Floats:
        """Pixels north of the raster's southern end."""
        return (y - self.south) * self.rows_per_y


def grid_over(corners: Floats, systems: Systems, *, pieces: int, cells: int) -> Grid:
    """Pixels for cells with these corners (n, 2), n > 0, in the coordinates of `systems.points`.

    Pixels are about square on the ground.
    """
    slopes = _slopes(corners, systems)
    # Axis by axis, which numpy does many times as fast.
    (west, east), (south, north) = ((axis.min(), axis.max()) for axis in corners.T)
    metres = np.median(np.hypot(slopes[:, 0], slopes[:, 1]), axis=0)
    span = np.maximum(np.array([east - west, north - south]) * metres, 1e-6)
    large = max(PIXELS_PER_PIECE_OF_LARGE * pieces, LARGE)
    number = min(max(min(PIXELS_PER_PIECE * pieces, large), PIXELS_PER_CELL * cells, FEWEST), MOST)
    size_m = max(float(np.sqrt(span[0] * span[1] / number)), float(span.max()) * 4 / number)
    size = size_m / metres
    width, height = (int(np.ceil(s / size_m + 2 * MARGIN)) + 1 for s in span)
    stretch = np.linalg.svd(slopes * size, compute_uv=False)
    return Grid(
        float(west - MARGIN * size[0]),
        float(south - MARGIN * size[1]),
        float(1 / size[0]),
        float(1 / size[1]),
        width,
        height,
        # A hundredth less: the ground between the sampled corners.
        float(stretch.min()) * 0.99,
    )


def _slopes(corners: Floats, systems: Systems) -> Floats:
    """Metres per unit at some corners: (n, 2, 2), columns along x and along y."""
    some = corners[:: max(1, len(corners) // _SAMPLE)]
    step = _STEP_DEGREES if systems.points.crs.is_geographic else _STEP
    here, east, north = (
        np.column_stack(systems.to_metres(*systems.to_cells(*(some + move).T)))
        for move in ([0.0, 0.0], [step, 0.0], [0.0, step])
    )
    slopes = np.stack([(east - here) / step, (north - here) / step], axis=2)
    return slopes[np.isfinite(slopes).all(axis=(1, 2))]
