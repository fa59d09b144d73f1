"""What is said about strips between two drawings of one border."""

import geopandas as gpd
import pytest
from shapely import box
from shapely.affinity import translate

from gridgov import make_grids, merge_grids

X0, Y0 = 474_000, 3_843_000  # in EPSG:4547, near Zhengzhou


def layer(department, **grids):
    shapes = [translate(shape, X0, Y0) for shape in grids.values()]
    frame = gpd.GeoDataFrame({"grid_id": list(grids)}, geometry=shapes, crs=4547)
    return make_grids(frame, department=department)


def city():
    return {"district": layer("district", W=box(0, 0, 500, 1000), E=box(500, 0, 1000, 1000))}


def strips(**layers):
    drawn = {name: layer(name, **grids) for name, grids in layers.items()}
    found = merge_grids(drawn, within=city(), tolerance_m=25).conflicts
    return found[found["kind"] == "borders_apart"]


def halves(west_to):
    return {"w": box(0, 0, west_to, 1000), "e": box(west_to, 0, 1000, 1000)}


def test_a_grid_that_reaches_over_a_district_meets_the_districts_border():
    row = strips(police=halves(510), urban=halves(500)).iloc[0]
    assert (row.departments, row.grid_ids) == ("district|police", "w|e")
    assert row.resolution == "given to e: the border of district is kept"


def test_inside_a_district_the_first_departments_border_is_kept():
    row = strips(police=halves(300), urban=halves(310)).iloc[0]
    assert (row.departments, row.grid_ids) == ("police|urban", "w|e")
    assert (row.severity, row.width_m) == ("settled", pytest.approx(10, abs=0.1))


def test_a_strip_wider_than_the_tolerance_is_a_cell_though_a_third_border_cuts_it_in_two():
    found = strips(police=halves(300), urban=halves(340), fire=halves(320))
    assert "police|urban" not in found["departments"].tolist()


def test_what_rounding_leaves_is_not_listed():
    assert strips(police=halves(300), urban=halves(300.01)).empty
