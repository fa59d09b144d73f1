"""Small maps as SVG: polygons, numbers on them, a scale bar; drawn for paper, in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

__all__ = ["Ground", "Label", "Layer", "draw", "spots"]

#: Detail finer than this is not printed, in millimetres of paper.
_FINEST_MM: Final = 0.12
_MARGIN_MM: Final = 2.0
_LABEL_MM: Final = (2.1, 3.4)
#: Width of a digit, in parts of its height.
_DIGIT: Final = 0.62
_SCALES: Final = (1, 2, 5)
_BAR_MM: Final = 24.0

Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Polygons (or lines) drawn alike; `fills` one colour each, or None for their borders only."""

    shapes: Geometries
    stroke: str
    width_mm: float
    fills: Sequence[str] | None = None
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place; `room_m` is the radius that is free around it."""

    x: float
    y: float
    text: str
    room_m: float
    colour: str = "#1B1F24"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn: the extent in metres (west, south, east, north), layers from the lowest, labels."""

    bounds: tuple[float, float, float, float]
    layers: Sequence[Layer]
    labels: Sequence[Label]


def spots(shapes: Geometries) -> tuple[Geometries, npt.NDArray[np.float64]]:
    """Answer the widest spot of each polygon and how far its border is, in metres."""
    circles = shapely.maximum_inscribed_circle(shapes, tolerance=1.0)
    return shapely.get_point(circles, 0), np.asarray(shapely.length(circles))


def draw(ground: Ground, *, width_mm: float, height_mm: float, metres: str = "m") -> str:
    """Answer an SVG of the ground, as large as fits, with a scale bar and north at the top.

    Nothing in it comes from anywhere else. Texts are escaped.
    """
    west, south, east, north = ground.bounds
    inner = (width_mm - 2 * _MARGIN_MM, height_mm - 2 * _MARGIN_MM)
    scale = min(inner[0] / max(east - west, 1.0), inner[1] / max(north - south, 1.0))
    left = (width_mm - scale * (east - west)) / 2
    top = (height_mm - scale * (north - south)) / 2

    def place(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack([left + scale * (xy[:, 0] - west), top + scale * (north - xy[:, 1])])

    size = f'viewBox="0 0 {width_mm:g} {height_mm:g}" width="{width_mm:g}mm" height="{height_mm:g}mm"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="inherit">']
    for layer in ground.layers:
        parts += _layer(layer, scale, place)
    parts += [_label(label, scale, place) for label in ground.labels]
    return "".join([*parts, _bar(scale, height_mm, metres), _north(width_mm), "</svg>"])


def _layer(layer: Layer, scale: float, place: Any) -> list[str]:
    shapes = _simplified(layer.shapes, _FINEST_MM / scale)
    dash = f' stroke-dasharray="{layer.dash}"' if layer.dash else ""
    parts = [f'<g stroke="{layer.stroke}" stroke-width="{layer.width_mm:g}" stroke-linejoin="round"{dash}>']
    fills = layer.fills or ["none"] * len(shapes)
    for shape, fill in zip(shapes, fills, strict=True):
        drawn = shapely.transform(shape, place)
        parts.append(f'<path d="{_path(drawn)}" fill="{fill}" fill-rule="evenodd"/>')
    return [*parts, "</g>"]


def _simplified(shapes: Geometries, tolerance: float) -> Geometries:
    """Shapes with common borders kept common where they are a coverage."""
    if len(shapes) and (shapely.get_dimensions(shapes) == 2).all():  # noqa: PLR2004 (polygons)
        return shapely.coverage_simplify(shapes, tolerance)
    return shapely.simplify(shapes, tolerance)


def _path(shape: Any) -> str:
    """Every ring or line as a path, in hundredths of a millimetre."""
    lines: list[str] = []
    for part in shapely.get_parts(shape):
        polygon = isinstance(part, shapely.Polygon)
        for ring in shapely.get_rings(part) if polygon else [part]:
            points = " ".join(f"{x:.2f} {y:.2f}" for x, y in shapely.get_coordinates(ring))
            lines.append(f"M{points}{'Z' if polygon else ''}")
    return "".join(lines)


def _label(label: Label, scale: float, place: Any) -> str:
    (x, y), room = place(np.array([[label.x, label.y]]))[0], 2 * scale * label.room_m
    least, most = _LABEL_MM
    size = min(max(room / max(len(label.text) * _DIGIT, 1.2), least), most)
    return (
        f'<text x="{x:.2f}" y="{y + 0.36 * size:.2f}" font-size="{size:.2f}" text-anchor="middle" '
        f'fill="{label.colour}" stroke="#FFFFFF" stroke-width="{0.22 * size:.2f}" paint-order="stroke" '
        f'stroke-linejoin="round">{escape(label.text)}</text>'
    )


def _bar(scale: float, height_mm: float, metres: str) -> str:
    """A bar of round metres, about an inch long."""
    wanted = _BAR_MM / scale
    power = 10.0 ** np.floor(np.log10(wanted))
    length = max(step * power for step in _SCALES if step * power <= wanted)
    x, y, wide = 2.0, height_mm - 2.0, length * scale
    return (
        f'<path d="M{x} {y - 1.2:.2f}V{y:.2f}H{x + wide:.2f}V{y - 1.2:.2f}" fill="none" stroke="#1B1F24" '
        f'stroke-width="0.3"/><text x="{x + wide + 1:.2f}" y="{y:.2f}" font-size="2.4">{length:g} '
        f"{escape(metres)}</text>"
    )


def _north(width_mm: float) -> str:
    x = width_mm - 4.0
    return (
        f'<path d="M{x} 2.2L{x + 1.5} 6.6L{x} 5.6L{x - 1.5} 6.6Z" fill="#1B1F24"/>'
        f'<text x="{x}" y="9.4" font-size="2.6" text-anchor="middle">N</text>'
    )
