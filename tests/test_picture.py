"""The picture shows the layers before, the network after, and what is left to decide in red."""

from dataclasses import replace
from io import BytesIO

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image, ImageColor

from gridgov.grids import make_grids
from gridgov.merge import merge_grids
from gridgov.picture import draw_network
from gridgov.picture.canvas import Map, scale_bar_m
from gridgov.picture.colours import CONFLICT, LAYERS, TINTS, tints_of

SIDE = 400.0
WEST, SOUTH = 475_000.0, 3_843_000.0


def squares(across: int, *, shift: float = 0.0) -> list[shapely.Polygon]:
    size = SIDE / across
    corners = [(WEST + shift + k % across * size, SOUTH + k // across * size) for k in range(across**2)]
    return [shapely.box(x, y, x + size, y + size) for x, y in corners]


def layer(polygons: list[shapely.Polygon], department: str) -> gpd.GeoDataFrame:
    ids = [f"{department}{k}" for k in range(len(polygons))]
    table = gpd.GeoDataFrame({"grid_id": ids, "owner": ids}, geometry=polygons, crs=4547)
    return make_grids(table, department=department)


@pytest.fixture(scope="module")
def drawn():
    layers = {"police": layer(squares(2), "police"), "urban": layer(squares(4, shift=4.0), "urban")}
    rungs = {"district": layer(squares(1), "district")}
    return layers, rungs, merge_grids(layers, within=rungs)


@pytest.fixture(scope="module")
def png(drawn):
    """The picture of it."""
    return draw_network(*drawn)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


def count(png: bytes, colour: str, *, part: slice = slice(None), near: int = 40) -> int:
    apart = np.abs(pixels(png)[:, part] - ImageColor.getrgb(colour)).sum(axis=2)
    return int((apart < near).sum())


def test_the_picture_is_a_png_1800_pixels_wide(png):
    image = Image.open(BytesIO(png))
    assert image.format == "PNG"
    assert image.width == 1800


@pytest.mark.parametrize("row", [0, 1])
def test_the_left_half_shows_each_layer_in_its_own_colour(png, row):
    assert count(png, LAYERS[row], part=slice(0, 900)) > 500


def test_the_right_half_is_filled_by_unified_grid(png):
    filled = sum(count(png, tint, part=slice(900, None), near=6) for tint in TINTS)
    assert filled > 0.8 * 800**2


def test_nothing_is_red_when_nothing_is_left_to_decide(drawn):
    layers, rungs, network = drawn
    settled = replace(network, conflicts=network.conflicts.assign(severity="settled"))
    legend = 44 * 4 * 2
    assert count(draw_network(layers, rungs, settled), CONFLICT) < legend


def test_an_overlap_to_decide_is_red_in_the_right_half_only(drawn):
    layers, rungs, network = drawn
    more = gpd.GeoDataFrame(
        {"kind": ["overlap"], "severity": ["decide"]},
        geometry=[shapely.box(WEST + 50, SOUTH + 50, WEST + 150, SOUTH + 100)],
        crs=4547,
    )
    png = draw_network(layers, rungs, replace(network, conflicts=more))
    assert count(png, CONFLICT, part=slice(900, None)) > 500
    assert count(png, CONFLICT, part=slice(0, 900)) == 0


def test_a_conflict_too_small_to_see_gets_a_ring_around_it():
    panel = Map(300, 300, (0.0, 0.0, 3000.0, 3000.0))
    tiny = np.array([shapely.box(1500, 1500, 1501, 1501)])
    panel.rings_around(tiny, colour=CONFLICT, width=2, least=11)
    assert (np.asarray(panel.image) != 255).any(axis=2).sum() > 100


def test_a_layer_that_leaves_most_of_the_city_bare_does_not_turn_the_picture_red(drawn):
    layers, rungs, network = drawn
    zone = gpd.GeoDataFrame(
        {"kind": ["uncovered"], "severity": ["decide"]},
        geometry=[shapely.box(WEST, SOUTH, WEST + 300, SOUTH + 400)],
        crs=4547,
    )
    png = draw_network(layers, rungs, replace(network, conflicts=zone))
    assert count(png, CONFLICT) < 44 * 4 * 2


def test_a_layer_in_degrees_is_drawn_at_the_same_place(drawn, png):
    layers, rungs, network = drawn
    degrees = {name: table.to_crs(4490) for name, table in layers.items()}
    difference = np.abs(pixels(png) - pixels(draw_network(degrees, rungs, network)))
    assert (difference.max(axis=2) > 60).mean() < 0.001


def test_a_place_to_look_at_closely_makes_the_picture_taller(drawn, png):
    plain = pixels(png)
    close = pixels(draw_network(*drawn, focus=(WEST + 200, SOUTH + 200)))
    assert close.shape[0] > plain.shape[0]


def test_names_in_chinese_do_not_stop_the_picture(drawn):
    layers, rungs, network = drawn
    assert draw_network({"警务": layers["police"]}, {"区县": rungs["district"]}, network)


def test_the_same_network_gives_the_same_bytes(drawn, png):
    assert draw_network(*drawn) == png


def test_the_inputs_are_left_as_they_were(drawn):
    layers, rungs, network = drawn
    before = {name: table.copy() for name, table in layers.items()}
    draw_network(layers, rungs, network)
    assert all(layers[name].equals(before[name]) for name in before)


def test_neighbours_get_different_tints():
    polygons = np.array(squares(8), dtype=object)
    tints = np.array(tints_of(polygons))
    a, b = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    assert (tints[a[a != b]] != tints[b[a != b]]).all()


@pytest.mark.parametrize("longest", [0.9, 1.0, 7.3, 99.0, 2400.0])
def test_a_scale_bar_is_round_and_fits(longest):
    length = scale_bar_m(longest)
    assert length <= longest < 2.6 * length
    assert f"{length:.0e}"[0] in "125"
