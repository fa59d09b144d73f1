"""Ground held for a grid: cut out, joined where it fits, and all faces still add up."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from gridgov.topology.edges import edge_table
from gridgov.topology.hold import CRUMB_SHARE, Pins, hold
from gridgov.topology.overlay import Overlays, lay_over
from gridgov.topology.refine import Refinement

NONE = -1
LIMITS = {"tolerance_m": 25.0, "min_area_m2": 300.0}

# Two layers with one border at x = 200; each cell is one unit, grid 0 west and grid 1 east in both layers.
WEST, EAST = box(0, 0, 200, 200), box(200, 0, 400, 200)


def refinement():
    cells = np.array([WEST, EAST], dtype=object)
    overlay = lay_over(cells, cells, size=shapely.area(cells))
    return Refinement(
        cells=cells,
        base=np.zeros(2, dtype=np.int64),
        labels=np.array([[0, 0], [1, 1]]),
        overlays=Overlays.of((overlay, overlay)),
        offsets=(),
    )


def pins(*held):
    shapes = np.empty(len(held), dtype=object)
    shapes[:] = [shape for shape, _, _ in held]
    layer, row = (np.array([one[k] for one in held]) for k in (1, 2))
    return Pins(shapes, layer=layer, row=row, place=np.arange(len(held)))


def labels_at(refined, x, y):
    (cell,) = np.flatnonzero(shapely.contains(refined.cells, shapely.Point(x, y)))
    return refined.labels[cell].tolist()


def check(held):
    refined = held.refined
    edge_table(refined.cells)
    assert shapely.coverage_is_valid(refined.cells)
    before = refinement()
    for overlay, source, old in zip(refined.overlays, held.source, before.overlays, strict=True):
        assert (overlay.cell != NONE).all()
        made = overlay.arrangement
        by_faces = np.bincount(overlay.cell, weights=made.area, minlength=len(refined.cells))
        assert np.allclose(by_faces, shapely.area(refined.cells))
        assert (overlay.grid == old.grid[source]).all()
        assert np.allclose(np.bincount(made.row, weights=made.area[made.face]), [40_000, 40_000])


def test_a_wide_place_becomes_a_cell_with_the_grid_it_is_held_for():
    held = hold(refinement(), pins((box(150, 50, 250, 150), 0, 1)), **LIMITS)
    assert labels_at(held.refined, 170, 100) == [1, 0]
    assert labels_at(held.refined, 230, 100) == [1, 1]
    check(held)


def test_a_narrow_place_at_a_border_moves_the_border_of_later_layers():
    held = hold(refinement(), pins((box(190, 0, 200, 200), 0, 1)), **LIMITS)
    assert labels_at(held.refined, 195, 100) == [1, 1]
    assert sorted(shapely.area(held.refined.cells)) == [38_000, 42_000]
    check(held)


def test_a_narrow_place_moves_no_border_of_earlier_layers():
    held = hold(refinement(), pins((box(190, 0, 200, 200), 1, 1)), **LIMITS)
    assert labels_at(held.refined, 195, 100) == [0, 1]
    check(held)


def test_a_narrow_place_far_from_its_grid_stays_a_cell():
    held = hold(refinement(), pins((box(50, 50, 60, 60), 0, 1)), **LIMITS)
    assert labels_at(held.refined, 55, 55) == [1, 0]
    check(held)


def test_ground_can_be_held_for_no_grid():
    held = hold(refinement(), pins((box(50, 50, 150, 150), 1, NONE)), **LIMITS)
    assert labels_at(held.refined, 100, 100) == [0, NONE]
    check(held)


def test_a_thin_rest_beside_the_place_joins_a_neighbour():
    held = hold(refinement(), pins((box(5, 0, 200, 200), 0, 1)), **LIMITS)
    assert len(held.refined.cells) == 2
    check(held)


def test_of_two_places_that_disagree_the_first_holds():
    one, other = (box(50, 50, 150, 150), 0, 1), (box(100, 50, 190, 150), 0, 0)
    assert labels_at(hold(refinement(), pins(one, other), **LIMITS).refined, 120, 100) == [1, 0]
    assert labels_at(hold(refinement(), pins(other, one), **LIMITS).refined, 120, 100) == [0, 0]


def test_a_crumb_of_a_place_that_lies_alone_is_given_up():
    # Held for grid 0 in both layers; the second part lies alone in the east, 4 m2 of 5,004.
    shape = shapely.union(box(200, 0, 225, 200), box(300, 100, 302, 102))
    one = pins((shape, 0, 0), (shape, 1, 0))
    together = Pins(one.shapes, layer=one.layer, row=one.row, place=np.zeros(2, dtype=np.int64))
    held = hold(refinement(), together, **LIMITS)
    assert labels_at(held.refined, 301, 101) == [1, 1]
    assert labels_at(held.refined, 210, 100) == [0, 0]
    assert len(held.refined.cells) == 2
    check(held)


def test_places_beyond_the_city_change_nothing():
    before = refinement()
    held = hold(before, pins((box(900, 900, 950, 950), 0, 1)), **LIMITS)
    assert held.refined is before


@settings(max_examples=30)
@given(
    corners=st.lists(st.integers(0, 400), min_size=2, max_size=2, unique=True),
    heights=st.lists(st.integers(0, 200), min_size=2, max_size=2, unique=True),
    tilt=st.integers(-40, 40),
    layer=st.integers(0, 1),
    row=st.integers(NONE, 1),
)
def test_every_spot_of_the_place_has_the_grid_and_nothing_is_lost(corners, heights, tilt, layer, row):
    (x0, x1), (y0, y1) = sorted(corners), sorted(heights)
    place = shapely.Polygon([(x0, y0), (x1, y0), (x1 + tilt, y1), (x0 + tilt, y1)])
    held = hold(refinement(), pins((place, layer, row)), **LIMITS)
    check(held)
    others = held.refined.cells[held.refined.labels[:, layer] != row]
    rest = shapely.intersection(shapely.union_all(others), place)
    parts = shapely.get_parts(rest)
    wider_than_rounding = parts[~shapely.is_empty(shapely.buffer(parts, -0.02))]
    assert shapely.area(wider_than_rounding).sum() <= CRUMB_SHARE * place.area  # crumbs may be given up
    assert shapely.area(held.refined.cells).sum() == pytest.approx(80_000)
