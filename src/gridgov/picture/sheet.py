"""The layout: two maps, before and after, a close look at one place below each, and what the lines mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from gridgov.picture import colours
from gridgov.picture.canvas import Box, Map, Sheet, line_width, scale_bar_m

if TYPE_CHECKING:
    import geopandas as gpd

    from gridgov.network import Network

__all__ = ["draw_network"]

WIDTH: Final = 1800
MARGIN: Final = 40
GUTTER: Final = 40
TITLE_TOP: Final = 30
MAP_TOP: Final = 92
CLOSE_HEIGHT: Final = 340
CLOSE_WIDTH: Final = 480
#: Width of the ground that the close look shows, in metres.
CLOSE_M: Final = 240.0
PANEL: Final = (WIDTH - 2 * MARGIN - GUTTER) // 2
#: A conflict smaller than this many pixels gets a ring around it.
LEAST_PX: Final = 11
#: Kinds of conflict about whose ground it is; their area is covered in red.
GROUND_KINDS: Final = ("overlap", "gap", "uncovered", "outside", "duplicate_geometry")
#: A conflict over more of the city than this is no place but a layer that covers only a part by nature.
MOST_SHARE: Final = 0.5
TITLE_SIZE: Final = 27
WORD_SIZE: Final = 19
SMALL_SIZE: Final = 16

Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Layer:
    """What is drawn of one layer or rung, in the network's coordinates."""

    label: str
    polygons: Geometries
    colour: str
    width: float


def draw_network(
    layers: Mapping[str, "gpd.GeoDataFrame"],
    rungs: Mapping[str, "gpd.GeoDataFrame"],
    network: "Network",
    *,
    focus: tuple[float, float] | None = None,
) -> bytes:
    """Draw what a merge did: the layers' borders before, one network after, what is left to decide in red.

    Parameters
    ----------
    layers, rungs
        What was merged, as it was read: name -> layer, any CRS.
    network
        What became of it.
    focus
        A place to show closely below each map: x, y in the network's CRS. Without it there is no close look.

    Returns
    -------
    A PNG file's bytes, 1800 pixels wide; words in English. Names that are not Latin letters are replaced by
    their number: the font inside Pillow, used so that no other font need be there, has no Chinese.

    Notes
    -----
    About 2 s for 1,500 polygons, most of it in reducing the picture to smooth lines.
    """
    before = _prepared(layers, network.cells.crs)
    ladder = _ladder(rungs, network.cells.crs)
    bounds = _bounds(network)
    height = _map_height(bounds)
    sheet = Sheet(WIDTH, MAP_TOP + height + MARGIN + _below(before, ladder, focus))
    close = None if focus is None else _around(focus)
    for left, draw in ((MARGIN, _before), (MARGIN + PANEL + GUTTER, _after)):
        main = Map(PANEL, height, bounds)
        draw(main, before, ladder, network)
        if close is not None:
            main.rectangle(close, colour=colours.PAPER, width=4.5)
            main.rectangle(close, colour=colours.FOCUS, width=2)
        sheet.put(main, left=left, top=MAP_TOP)
        _scale_and_north(sheet, main, left=left, top=MAP_TOP)
        if focus is not None and close is not None:
            detail = Map(CLOSE_WIDTH, CLOSE_HEIGHT, close)
            draw(detail, before, ladder, network)
            detail.target(focus, colour=colours.FOCUS)
            sheet.put(detail, left=left, top=MAP_TOP + height + GUTTER // 2, framed=True)
            _scale(sheet, detail, left=left + 14, top=MAP_TOP + height + GUTTER // 2 + CLOSE_HEIGHT - 36)
    _words(sheet, before, ladder, network, top=MAP_TOP + height + GUTTER // 2, close=close is not None)
    return sheet.png()


def _prepared(layers: Mapping[str, "gpd.GeoDataFrame"], crs: Any) -> list[_Layer]:
    found = []
    for number, (name, layer) in enumerate(layers.items()):
        label = f"{_latin(name, number)}: {len(layer):,} grids"
        colour = colours.LAYERS[number % len(colours.LAYERS)]
        found.append(_Layer(label, _polygons(layer, crs), colour, line_width(len(layer))))
    return found


def _ladder(rungs: Mapping[str, "gpd.GeoDataFrame"], crs: Any) -> list[_Layer]:
    widths = np.linspace(3.4, 1.4, max(len(rungs), 2))
    return [
        _Layer(
            f"{_latin(name, k)} borders: {len(rung):,}", _polygons(rung, crs), colours.RUNG_LINE, widths[k]
        )
        for k, (name, rung) in enumerate(rungs.items())
    ]


def _polygons(layer: "gpd.GeoDataFrame", crs: Any) -> Geometries:
    geometry = layer.geometry.to_crs(crs) if layer.crs != crs else layer.geometry
    return np.asarray(geometry[~(geometry.is_empty | geometry.isna())].array)


def _latin(name: str, number: int) -> str:
    return name if name.isascii() else f"no. {number + 1}"


def _bounds(network: "Network") -> Box:
    west, south, east, north = (float(edge) for edge in network.cells.total_bounds)
    more = 0.015 * max(east - west, north - south)
    return west - more, south - more, east + more, north + more


def _map_height(bounds: Box) -> int:
    """Height of the maps in pixels: in proportion, but neither a strip nor a tower."""
    west, south, east, north = bounds
    return int(np.clip(PANEL * (north - south) / (east - west), 0.5 * PANEL, 1.2 * PANEL))


def _around(focus: tuple[float, float]) -> Box:
    x, y = focus
    half_height = CLOSE_M / 2 * CLOSE_HEIGHT / CLOSE_WIDTH
    return x - CLOSE_M / 2, y - half_height, x + CLOSE_M / 2, y + half_height


def _below(before: Sequence[_Layer], ladder: Sequence[_Layer], focus: object) -> int:
    lines = max(len(before) + 1, 3) + len(ladder)
    return max(CLOSE_HEIGHT if focus is not None else 0, 34 * (lines + 1)) + GUTTER // 2


def _before(panel: Map, before: Sequence[_Layer], ladder: Sequence[_Layer], _network: "Network") -> None:
    """Every layer's borders, the densest first; the ladder's coarsest rung to find one's way."""
    for rung in ladder[:1]:
        panel.borders(rung.polygons, colour="#D9DDE2", width=8)
    for layer in sorted(before, key=lambda layer: layer.width):
        panel.borders(layer.polygons, colour=layer.colour, width=layer.width * _zoomed(panel))


def _after(panel: Map, _before: Sequence[_Layer], _ladder: Sequence[_Layer], network: "Network") -> None:
    """Cells, unified grids, the rungs on the common borders, and what is left to decide."""
    wider = _zoomed(panel)
    cells, grids = (np.asarray(table.geometry.array) for table in (network.cells, network.grids))
    panel.fill(cells, [colours.UNCOVERED] * len(cells))
    panel.fill(grids, colours.tints_of(grids))
    panel.borders(cells, colour=colours.CELL_LINE, width=0.8 * wider)
    panel.borders(grids, colour=colours.GRID_LINE, width=1.4 * wider)
    widths = np.linspace(3.4, 1.8, max(len(network.rungs), 2))
    for rung, width in reversed(list(zip(network.rungs.values(), widths, strict=False))):
        panel.borders(np.asarray(rung.geometry.array), colour=colours.RUNG_LINE, width=width * wider)
    disputed, others = _to_decide(network)
    panel.veil(disputed, colour=colours.CONFLICT)
    both = np.concatenate([disputed, others])
    panel.borders(both, colour=colours.CONFLICT, width=1.6 * wider)
    panel.rings_around(both, colour=colours.CONFLICT, width=1.6 * wider, least=LEAST_PX)


def _zoomed(panel: Map) -> float:
    """How much wider lines are in a close look."""
    return 1.5 if panel.width == CLOSE_WIDTH else 1.0


def _to_decide(network: "Network") -> tuple[Geometries, Geometries]:
    """Conflicts that need a decision: ground that several or nobody claim, and all others with a place."""
    conflicts = network.conflicts
    asks = (conflicts["severity"] == "decide") & conflicts.geom_type.isin(["Polygon", "MultiPolygon"])
    found = conflicts[asks & (conflicts.area < MOST_SHARE * network.cells.area.sum())]
    ground = found["kind"].isin(GROUND_KINDS)
    return np.asarray(found.geometry[ground].array), np.asarray(found.geometry[~ground].array)


def _words(
    sheet: Sheet,
    before: Sequence[_Layer],
    ladder: Sequence[_Layer],
    network: "Network",
    *,
    top: float,
    close: bool,
) -> None:
    """Titles above the maps and what the lines mean below them."""
    grids = sum(len(layer.polygons) for layer in before)
    right = MARGIN + PANEL + GUTTER
    sheet.words(
        f"Before: {grids:,} grids of {len(before)} departments, drawn apart",
        left=MARGIN,
        top=TITLE_TOP,
        size=TITLE_SIZE,
    )
    after = f"After: one network, {len(network.grids):,} unified grids, {len(network.cells):,} cells"
    sheet.words(after, left=right, top=TITLE_TOP, size=TITLE_SIZE)
    beside = CLOSE_WIDTH + 28 if close else 0
    lines = [(layer.label, layer.colour, max(layer.width, 2.0)) for layer in before]
    lines += [(f"{ladder[0].label}", "#D9DDE2", 8.0)] if ladder else []
    _legend(sheet, lines, left=MARGIN + beside, top=top)
    asked = int((network.conflicts["severity"] == "decide").sum())
    lines = [
        ("unified grid, filled", colours.GRID_LINE, 1.8),
        ("cell: one grid of each department", colours.CELL_LINE, 1.5),
        *((rung.label, rung.colour, rung.width) for rung in ladder),
        (f"for people to decide: {asked:,}", colours.CONFLICT, 4.0),
    ]
    _legend(sheet, lines, left=right + beside, top=top)


def _legend(
    sheet: Sheet, lines: Sequence[tuple[str, str, float]], *, left: float, top: float, step: float = 34
) -> None:
    for row, (label, colour, width) in enumerate(lines):
        middle = top + 12 + row * step
        sheet.stroke([(left, middle), (left + 44, middle)], colour=colour, width=width)
        sheet.words(label, left=left + 58, top=middle - 12, size=WORD_SIZE)


def _scale(sheet: Sheet, panel: Map, *, left: float, top: float) -> None:
    length_m = scale_bar_m(0.22 * panel.width / panel.pixels_per_m)
    width = length_m * panel.pixels_per_m
    label = f"{length_m:,.0f} m" if length_m < 1000 else f"{length_m / 1000:g} km"  # noqa: PLR2004
    sheet.box(
        (left - 6, top - 4, left + width + 12 + sheet.words_width(label, size=SMALL_SIZE), top + 26),
        fill=colours.PAPER,
    )
    sheet.stroke(
        [(left, top + 6), (left, top + 16), (left + width, top + 16), (left + width, top + 6)],
        colour=colours.INK,
        width=1.8,
    )
    sheet.words(label, left=left + width + 8, top=top + 2, size=SMALL_SIZE)


def _scale_and_north(sheet: Sheet, panel: Map, *, left: float, top: float) -> None:
    _scale(sheet, panel, left=left + 8, top=top + panel.height - 30)
    x, y = left + panel.width - 22, top + 8
    sheet.shape([(x, y), (x + 9, y + 30), (x, y + 23), (x - 9, y + 30)], colour=colours.INK)
    sheet.words("N", left=x - 6, top=y + 32, size=SMALL_SIZE)
