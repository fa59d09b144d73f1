"""Maps and words in pixels, drawn larger than wanted and then reduced, so that lines are smooth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import floor, log, log10
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.picture import colours

if TYPE_CHECKING:
    from PIL import Image, ImageFont

__all__ = ["Map", "Sheet", "line_width", "scale_bar_m"]

Geometries = npt.NDArray[Any]
Box = tuple[float, float, float, float]

#: How many times larger everything is drawn before it is reduced.
FINER: Final = 3
_HALF: Final = 0.5
#: Opacity of the veil over a conflict, of 255.
_VEIL: Final = 120


@dataclass(frozen=True, slots=True)
class Map:
    """A map of a rectangle of the world on its own small image.

    Attributes
    ----------
    width, height
        Size in pixels of the finished picture.
    bounds
        West, south, east, north in metres; shown whole and in proportion, with more at two sides if need be.
    """

    width: int
    height: int
    bounds: Box
    image: "Image.Image" = field(init=False)
    pixels_per_m: float = field(init=False)

    def __post_init__(self) -> None:
        from PIL import Image

        west, south, east, north = self.bounds
        scale = min(self.width / (east - west), self.height / (north - south))
        image = Image.new("RGB", (self.width * FINER, self.height * FINER), colours.PAPER)
        object.__setattr__(self, "pixels_per_m", scale)
        object.__setattr__(self, "image", image)

    def place(self, xy: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
        """Points of the world in pixels of the large image."""
        west, south, east, north = self.bounds
        middle = np.array([(west + east) / 2, (south + north) / 2])
        at = (xy - middle) * (self.pixels_per_m, -self.pixels_per_m) + (self.width / 2, self.height / 2)
        return [(float(x), float(y)) for x, y in at * FINER]

    def borders(self, polygons: Geometries, *, colour: str, width: float) -> None:
        """Draw the rings of polygons, `width` pixels wide."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self.image)
        for ring in shapely.get_rings(shapely.get_parts(polygons)):
            points = self.place(shapely.get_coordinates(ring))
            draw.line([*points, points[1]], fill=colour, width=max(1, round(width * FINER)), joint="curve")

    def fill(self, polygons: Geometries, fills: Sequence[str]) -> None:
        """Fill polygons that do not overlap; the larger first, so that what lies in a hole stays visible."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self.image)
        for row in np.argsort(-shapely.area(polygons), kind="stable"):
            for part in shapely.get_parts(polygons[row]):
                draw.polygon(self.place(shapely.get_coordinates(part.exterior)), fill=fills[row])

    def veil(self, polygons: Geometries, *, colour: str) -> None:
        """Lay a colour over polygons so that what is below shines through."""
        from PIL import Image, ImageDraw

        mask = Image.new("L", self.image.size, 0)
        draw = ImageDraw.Draw(mask)
        for part in shapely.get_parts(polygons):
            draw.polygon(self.place(shapely.get_coordinates(part.exterior)), fill=_VEIL)
            for hole in part.interiors:
                draw.polygon(self.place(shapely.get_coordinates(hole)), fill=0)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)

    def rings_around(self, geometries: Geometries, *, colour: str, width: float, least: float) -> None:
        """Draw a circle around each geometry that is smaller than `least` pixels, so that it is seen."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self.image)
        bounds = shapely.bounds(geometries)
        small = geometries[np.max(bounds[:, 2:] - bounds[:, :2], axis=1) * self.pixels_per_m < least]
        for x, y in self.place(shapely.get_coordinates(shapely.centroid(small))):
            r = least * FINER * _HALF
            draw.ellipse((x - r, y - r, x + r, y + r), outline=colour, width=round(width * FINER))

    def rectangle(self, bounds: Box, *, colour: str, width: float) -> None:
        """Draw a rectangle of the world."""
        self.borders(np.array([shapely.box(*bounds)]), colour=colour, width=width)

    def target(self, xy: tuple[float, float], *, colour: str, radius: float = 9) -> None:
        """Mark a point by a ring with a dot."""
        from PIL import ImageDraw

        ((x, y),) = self.place(np.array([xy]))
        draw = ImageDraw.Draw(self.image)
        for size, ink, width in ((radius + 1.6, colours.PAPER, 5), (radius, colour, 2), (2.5, colour, 3)):
            r = size * FINER
            draw.ellipse((x - r, y - r, x + r, y + r), outline=ink, width=width * FINER)


class Sheet:
    """The whole picture: maps put into place, lines and words around them."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * FINER, height * FINER), colours.PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def put(self, panel: Map, *, left: int, top: int, framed: bool = False) -> None:
        """Put a map into place."""
        self._image.paste(panel.image, (left * FINER, top * FINER))
        if framed:
            box = (left, top, left + panel.width, top + panel.height)
            self.box(box, outline=colours.FOCUS, width=1.5)

    def words(self, text: str, *, left: float, top: float, size: float, colour: str = colours.INK) -> None:
        """Write one line, `left` and `top` of its first letter's line."""
        self._draw.text((left * FINER, top * FINER), text, fill=colour, font=_font(size))

    def words_width(self, text: str, *, size: float) -> float:
        """Width of a line in pixels."""
        return float(self._draw.textlength(text, font=_font(size))) / FINER

    def stroke(self, points: Sequence[tuple[float, float]], *, colour: str, width: float) -> None:
        """Draw a line through points."""
        large = [(x * FINER, y * FINER) for x, y in points]
        self._draw.line(large, fill=colour, width=max(1, round(width * FINER)), joint="curve")

    def shape(self, points: Sequence[tuple[float, float]], *, colour: str) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=colour)

    def box(self, box: Box, *, fill: str | None = None, outline: str | None = None, width: float = 1) -> None:
        """Draw a rectangle: left, top, right, bottom."""
        large = [edge * FINER for edge in box]
        self._draw.rectangle(large, fill=fill, outline=outline, width=max(1, round(width * FINER)))

    def png(self) -> bytes:
        """The picture, reduced to its size."""
        from io import BytesIO

        file = BytesIO()
        self._image.reduce(FINER).save(file, format="PNG", optimize=True)
        return file.getvalue()


@cache
def _font(size: float) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    from PIL import ImageFont

    return ImageFont.load_default(size * FINER)


def line_width(count: int) -> float:
    """Pixels for the borders of a layer of so many grids: the more, the thinner.

    >>> line_width(25), line_width(150), line_width(20_000)
    (2.6, 1.6, 0.7)
    """
    return round(min(2.6, max(0.7, 4.6 - 0.6 * log(max(count, 1)))), 1)


def scale_bar_m(longest_m: float) -> float:
    """The roundest length not longer than this.

    >>> scale_bar_m(730.0), scale_bar_m(64.0)
    (500.0, 50.0)
    """
    power = 10.0 ** floor(log10(longest_m))
    return max(step * power for step in (1, 2, 5) if step * power <= longest_m)
