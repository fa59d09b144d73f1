"""Incidents from files, as a merge counts them."""

import geopandas as gpd
import pytest
import shapely
from shapely import box

from gridgov import schema
from gridgov.datum import transform_points
from gridgov.errors import CRSError, FormatError, InputMissingError, SchemaError
from gridgov.weights import read_incidents

X0, Y0 = 474_352, 3_843_000


@pytest.fixture
def near():
    columns = {"grid_id": ["1"], "name": None, "owner": None}
    return {"p": gpd.GeoDataFrame(columns, geometry=[box(X0, Y0, X0 + 800, Y0 + 400)], crs=4547)}


def lonlat(x, y, crs="cgcs2000"):
    lon, lat = transform_points([X0 + x], [Y0 + y], source=4547, target=crs)
    return f"{lon[0]:.8f},{lat[0]:.8f}"


def table(path, *rows, head="事件编码,经度,纬度"):
    path.write_bytes("\n".join([head, *rows, ""]).encode("gb18030"))
    return path


def places(incidents):
    return [
        None if p is None else (round(p.x - X0), round(p.y - Y0)) for p in incidents.geometry.to_crs(4547)
    ]


def notes(incidents):
    return "\n".join(incidents.attrs[schema.ATTRS]["notes"])


def test_each_row_is_a_point_in_the_layers_coordinates(tmp_path, near):
    file = table(tmp_path / "事件.csv", f"1,{lonlat(50, 60, 'gcj02')}", f"2,{lonlat(500, 60, 'gcj02')}")
    found = read_incidents(file, near=near, crs="gcj02")
    assert (places(found), found.crs.to_epsg()) == ([(50, 60), (500, 60)], 4547)


def test_in_china_the_datum_must_be_said(tmp_path, near):
    with pytest.raises(CRSError, match=r"--incidents-crs.* gcj02"):
        read_incidents(table(tmp_path / "a.csv", f"1,{lonlat(50, 60)}"), near=near)


def test_columns_of_the_coordinates_can_be_named(tmp_path, near):
    file = table(tmp_path / "a.csv", f"1,{lonlat(50, 60)}", head="id,a,b")
    with pytest.raises(SchemaError, match="--incidents-lon"):
        read_incidents(file, near=near, crs="cgcs2000")
    found = read_incidents(file, near=near, crs="cgcs2000", lon="a", lat="b")
    assert places(found) == [(50, 60)]


def test_rows_without_a_place_are_kept_and_said(tmp_path, near):
    file = table(tmp_path / "a.csv", f"1,{lonlat(50, 60)}", "2,,")
    found = read_incidents(file, near=near, crs="cgcs2000")
    assert places(found) == [(50, 60), None]
    assert "1 row without a usable place: row 3" in notes(found)


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "parquet"])
def test_points_of_a_map_file_are_read(tmp_path, near, ending):
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(X0 + 50, Y0 + 60)], crs=4547)
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_crs(4490 if ending == "geojson" else 4547).to_file(path)
    found = read_incidents(path, near=near, crs="cgcs2000" if ending == "geojson" else None)
    assert places(found) == [(50, 60)]


def test_polygons_are_no_incidents(tmp_path, near):
    near["p"].to_file(tmp_path / "a.gpkg")
    with pytest.raises((SchemaError, FormatError), match="point"):
        read_incidents(tmp_path / "a.gpkg", near=near)


def test_a_file_that_is_not_there_is_refused(near):
    with pytest.raises(InputMissingError, match=r"a\.csv is not there"):
        read_incidents("a.csv", near=near)
