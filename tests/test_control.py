"""Control points: four parameters from a system of its own to a known one."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov import assign_incidents, assign_points, fit_control, read_control, read_grids, read_network
from gridgov.datum import transform_points
from gridgov.errors import ArgumentError, CoordinateError, CRSError, FormatError, SchemaError

#: Places of a city, in EPSG:4547.
EAST, NORTH = 475_000.0, 3_843_000.0
TO_X = EAST + np.array([0.0, 4000, 4200, -300, 2000])
TO_Y = NORTH + np.array([0.0, -200, 3900, 4100, 2000])


def own(to_x, to_y, *, scale=1.00002, turn=1e-4, east=-400_000.0, north=-3_800_000.0):
    """Places of EPSG:4547 in a city's own system."""
    x, y = np.asarray(to_x) - EAST, np.asarray(to_y) - NORTH
    a, b = scale * np.cos(turn), scale * np.sin(turn)
    return a * x - b * y + EAST + east, b * x + a * y + NORTH + north


def fit(x=None, y=None, to_x=TO_X, to_y=TO_Y, crs=4547, **options):
    x, y = own(TO_X, TO_Y) if x is None else (x, y)
    return fit_control(x=x, y=y, to_x=to_x, to_y=to_y, crs=crs, **options)


@given(
    scale=st.floats(0.9, 1.1), turn=st.floats(-3, 3), east=st.floats(-4e7, 4e7), north=st.floats(-4e6, 4e6)
)
def test_four_parameters_are_found_again(scale, turn, east, north):
    found = fit(*own(TO_X, TO_Y, scale=scale, turn=turn, east=east, north=north))
    assert found.scale == pytest.approx(1 / scale)
    assert found.rotation == pytest.approx(-turn, abs=1e-9)
    assert found.residuals_m.max() < 1e-6
    x, y = own([EAST + 777], [NORTH + 555], scale=scale, turn=turn, east=east, north=north)
    assert np.concatenate(found.apply(x, y)) == pytest.approx([EAST + 777, NORTH + 555], abs=1e-5)


def test_residuals_are_those_of_least_squares():
    random = np.random.default_rng(2)
    x, y = own(TO_X, TO_Y)
    x, y = x + random.normal(0, 0.05, 5), y + random.normal(0, 0.05, 5)
    found = fit(x, y)
    u, v = x - x.mean(), y - y.mean()  # large numbers would cost digits
    rows = [
        np.column_stack([u, -v, np.ones(5), np.zeros(5)]),
        np.column_stack([v, u, np.zeros(5), np.ones(5)]),
    ]
    known = np.concatenate([TO_X - EAST, TO_Y - NORTH])
    best, *_ = np.linalg.lstsq(np.vstack(rows), known, rcond=None)
    missed = np.vstack(rows) @ best - known
    assert np.concatenate([found.east_m, found.north_m]) == pytest.approx(missed, abs=1e-5)


def test_the_fit_is_told_with_every_residual():
    x, y = own(TO_X, TO_Y)
    lines = fit(x + np.array([0, 0, 0, 0, 0.4]), y, names=["A", "B", "C", "D", "E"], source="p.csv").lines()
    assert "5 control points of p.csv to EPSG:4547" in lines[0]
    assert "residuals up to 0.320 m" in lines[0]
    assert len(lines) == 6
    assert lines[5].startswith("  E  0.320 m  (east +0.320, north ")


def test_points_that_miss_by_more_than_a_metre_are_refused_and_the_wrong_one_named():
    x, y = own(TO_X, TO_Y)
    with pytest.raises(
        CoordinateError, match=r"miss their places by more than 1 m: P3 \d.*Without P3 the others"
    ):
        fit(x + np.array([0, 0, 9, 0, 0]), y, names=[f"P{n}" for n in range(1, 6)])


def test_points_of_different_places_are_refused():
    with pytest.raises(CoordinateError, match="of the same places"):
        fit(*(axis[::-1] for axis in own(TO_X, TO_Y, turn=0.4)), to_y=TO_Y[[0, 2, 4, 1, 3]])


def test_exchanged_axes_are_recognised():
    x, y = own(TO_X, TO_Y)
    with pytest.raises(CoordinateError, match="With x and y exchanged they fit"):
        fit(y, x)


@pytest.mark.parametrize("number", [1, 2])
def test_two_points_prove_nothing(number):
    x, y = own(TO_X, TO_Y)
    with pytest.raises(CoordinateError, match="at least three different ones"):
        fit(x[:number], y[:number], TO_X[:number], TO_Y[:number])


def test_one_point_three_times_is_one_point():
    with pytest.raises(CoordinateError, match="at least three different ones"):
        fit([1.0, 1, 1], [2.0, 2, 2], TO_X[:3], TO_Y[:3])


@pytest.mark.parametrize("exchanged", [False, True])
@pytest.mark.parametrize("along", [[0.0, 1000, 2500, 4000], [0.0, 0.2, 0.3, 0.4]])
def test_points_in_one_line_cannot_tell_x_from_y(along, exchanged):
    to_x, to_y = EAST + np.array(along), NORTH + 0.7 * np.array(along) + [0.0, 0.3, -0.2, 0.1]
    x, y = own(to_x, to_y)
    with pytest.raises(CoordinateError, match="lie in one line"):
        fit(*((y, x) if exchanged else (x, y)), to_x, to_y, source="p.csv")


def test_degrees_are_no_side_to_leave():
    with pytest.raises(CoordinateError, match="look like degrees"):
        fit(113 + np.arange(5) / 100, 34 + np.arange(5) / 90)


def test_places_that_cannot_be_in_the_known_system_are_refused():
    with pytest.raises(CoordinateError, match=r"X and Y are no such places.*EPSG:4526"):
        fit(to_x=TO_X + 38_000_000)


def test_an_unknown_system_is_refused():
    with pytest.raises(CRSError):
        fit(crs="EPSG:0")


def test_known_degrees_are_brought_to_their_zone():
    lon, lat = transform_points(TO_X, TO_Y, source=4547, target="gcj02")
    found = fit(to_x=lon, to_y=lat, crs="gcj02")
    assert found.crs.crs.to_epsg() == 4547
    assert found.residuals_m.max() < 0.01


def test_data_far_from_the_control_points_are_refused_and_exchanged_ones_named():
    found = fit(source="p.csv")
    x, y = own(TO_X, TO_Y)
    assert found.check_near(x, y, where="layer") == []
    assert found.check_near([np.nan], [np.nan], where="layer") == []
    with pytest.raises(CoordinateError, match=r"layer: it does not lie near the control points of p.csv"):
        found.check_near(x + 1e6, y, where="layer")
    with pytest.raises(CoordinateError, match="x and y stand exchanged"):
        found.check_near(y, x, where="layer")


def test_data_beyond_the_control_points_are_noted():
    x, y = own(TO_X, TO_Y)
    (note,) = fit().check_near(x + np.array([0, 0, 0, 0, 20_000]), y, where="layer")
    assert note.startswith("20% of it lies beyond the control points")


def control_file(path, header="点号,x,y,X,Y", order=(0, 1, 2, 3)):
    columns = [*own(TO_X, TO_Y), TO_X, TO_Y]
    rows = [",".join([f"K{n}", *(f"{columns[k][n]:.3f}" for k in order)]) for n in range(5)]
    path.write_text("\n".join([header, *rows, ""]), encoding="gb18030")
    return path


@pytest.mark.parametrize("header", ["点号,x,y,X,Y", "名称,x_old,y_old,x_new,y_new", "编号,旧X,旧Y,新X,新Y"])
def test_control_points_are_read(tmp_path, header):
    found = read_control(control_file(tmp_path / "points.csv", header), crs=4547)
    assert found.names == ("K0", "K1", "K2", "K3", "K4")
    assert found.residuals_m.max() < 0.002


def test_a_sheet_with_a_title_is_read(tmp_path):
    pd.read_csv(control_file(tmp_path / "points.csv"), encoding="gb18030").to_excel(
        tmp_path / "points.xlsx", sheet_name="控制点", startrow=2, index=False
    )
    assert read_control(f"{tmp_path / 'points.xlsx'}#控制点", crs=4547).names[4] == "K4"


def test_a_file_without_the_columns_is_refused(tmp_path):
    with pytest.raises(SchemaError, match="need the columns x, y, X, Y"):
        read_control(control_file(tmp_path / "points.csv", "a,b,c,d,e"), crs=4547)


def test_a_point_without_four_numbers_is_named(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("x,y,X,Y\n1,2,3,4\n\n5,6,,8\n7,8,9,10\n", encoding="utf-8")
    with pytest.raises(CoordinateError, match="without four numbers: row 4"):
        read_control(path, crs=4547)


def test_control_points_are_a_table(tmp_path):
    (tmp_path / "points.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(FormatError, match="--control"):
        read_control(tmp_path / "points.geojson", crs=4547)


@pytest.fixture
def grids(tmp_path):
    """Two squares in the city's own system, in a file that claims Xian 80, and how they lie in EPSG:4547."""
    squares = [box(EAST + 500 * n, NORTH, EAST + 500 * n + 500, NORTH + 500) for n in (0, 1)]
    known = gpd.GeoDataFrame({"网格编码": ["A", "B"]}, geometry=squares, crs=4547)
    drawn = known.geometry.transform(lambda xy: np.column_stack(own(xy[:, 0], xy[:, 1])))
    known.set_geometry(drawn.set_crs(2383, allow_override=True)).to_file(tmp_path / "own.gpkg")
    return tmp_path / "own.gpkg", known


def test_a_layer_is_brought_to_the_known_system_whatever_it_claims(tmp_path, grids):
    path, known = grids
    layer = read_grids(path, crs=4547, control=control_file(tmp_path / "points.csv"))
    assert layer.crs.to_epsg() == 4547
    assert layer.geometry.hausdorff_distance(known.geometry).max() < 0.02
    notes = layer.attrs["gridgov"]["notes"]
    assert any(note.startswith("5 control points of points.csv to EPSG:4547") for note in notes)
    assert sum(note.startswith("  K") for note in notes) == 5


def test_a_layer_needs_to_know_what_its_control_points_lead_to(tmp_path, grids):
    points = control_file(tmp_path / "points.csv")
    with pytest.raises(ArgumentError, match="--crs police=EPSG:4547"):
        read_grids(grids[0], department="police", control=points)
    with pytest.raises(ArgumentError, match="leave crs= out"):
        read_grids(grids[0], crs=4547, control=fit())


def test_points_are_brought_to_the_known_system(grids):
    _, known = grids
    cells = known.rename(columns={"网格编码": "grid_id"}).assign(name=None, owner=None)
    x, y = own([EAST + 499.9, EAST + 500.1, EAST + 5000], [NORTH + 100] * 3)
    answers = assign_points(cells, lon=x, lat=y, control=fit())
    assert answers["grid_id"].fillna("").tolist() == ["A", "B", ""]
    table = pd.DataFrame({"x": [*x, None, "abc"], "y": [*y, 5, 5]})
    found = assign_incidents(table, cells, control=fit(), columns=["grid_id", "reject_reason"])
    assert found["grid_id"].fillna("").tolist() == ["A", "B", "", "", ""]
    assert found["reject_reason"].fillna("").tolist() == ["", "", "outside", "half", "text"]


def test_points_with_control_have_no_other_system(grids):
    cells = grids[1].rename(columns={"网格编码": "grid_id"}).assign(name=None, owner=None)
    with pytest.raises(ArgumentError, match="leave crs= out"):
        assign_points(cells, lon=[1.0], lat=[1.0], points_crs=4526, control=fit())


def test_check_and_merge_tell_the_residuals(tmp_path, grids, gridgov):
    path, _ = grids
    points = control_file(tmp_path / "points.csv")
    ended = gridgov("check", f"police={path}", "--control", f"police={points}", "--crs", "police=EPSG:4547")
    assert ended.code == 0
    assert "  - 5 control points of points.csv to EPSG:4547" in ended.err
    assert "K4  0.0" in ended.err
    ended = gridgov(
        "merge", f"police={path}", "--control", points, "--crs", "EPSG:4547", "-o", tmp_path / "n.gpkg"
    )
    assert ended.code == 0
    assert (tmp_path / "n.gpkg").exists()


def test_assign_takes_control_points_of_the_points_and_of_the_cells(tmp_path, grids, gridgov):
    path, _ = grids
    points = control_file(tmp_path / "points.csv")
    x, y = own([EAST + 499.9, EAST + 500.1], [NORTH + 100] * 2)
    pd.DataFrame({"x": x, "y": y}).to_csv(tmp_path / "in.csv", index=False)
    cells = ("--cells", path, "--cells-crs", "EPSG:4547", "--cells-control", points)
    asked = ("assign", tmp_path / "in.csv", *cells, "--control", points, "-o", tmp_path / "out.csv")
    ended = gridgov(*asked, "--crs", "EPSG:4547")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.count("5 control points of points.csv to EPSG:4547") == 2
    assert pd.read_csv(tmp_path / "out.csv")["grid_id"].tolist() == ["A", "B"]
    told = json.loads((tmp_path / "out.csv.json").read_text("utf-8"))["options"]["control"]
    assert (told["source"], told["crs"], told["points"]) == ("points.csv", "EPSG:4547", 5)
    assert told["residual_m"] < 0.002
    ended = gridgov(*asked, "--overwrite")
    assert (ended.code, "--crs EPSG:4547" in ended.err) == (2, True)


def test_control_points_that_do_not_fit_end_with_exit_code_3(tmp_path, grids, gridgov):
    path, _ = grids
    points = control_file(tmp_path / "points.csv")
    text = points.read_text("gb18030").replace("K2,79", "K2,78")
    points.write_text(text, encoding="gb18030")
    ended = gridgov("check", f"police={path}", "--control", points, "--crs", "EPSG:4547")
    assert (ended.code, ended.out) == (3, "")
    assert "Without K2 the others fit within" in ended.err


def test_a_job_file_may_name_control_points(tmp_path, grids, gridgov):
    control_file(tmp_path / "points.csv")
    job = tmp_path / "job.toml"
    lines = ['results = "out"', "[layer.police]", 'file = "own.gpkg"', 'crs = "EPSG:4547"']
    job.write_text("\n".join([*lines, 'control = "points.csv"', ""]), encoding="utf-8")
    ended = gridgov("run", job)
    assert ended.code == 0, ended.err
    assert "5 control points of points.csv to EPSG:4547" in ended.err
    assert read_network(next((tmp_path / "out").glob("*.gpkg"))).cells.crs.to_epsg() == 4547
