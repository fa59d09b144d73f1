"""The samples are what their README says, and the committed script makes them again."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from openpyxl import load_workbook

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "samples"
LAYERS = (
    "districts.geojson",
    "streets.gpkg",
    "communities.gpkg",
    "comprehensive.gpkg",
    "police.shp",
    "urban.geojson",
    "zone.gpkg",
)
TEXTS = ("incidents.csv", "rules.csv", "team.csv", "workdays.csv")
JUNCTION = shapely.Point(113.73, 34.72)


def layer(name: str, folder: Path = SAMPLES) -> gpd.GeoDataFrame:
    encoding = {"encoding": "gb18030"} if name.endswith(".shp") else {}
    return gpd.read_file(folder / name, **encoding)


def incidents() -> list[dict[str, str]]:
    with (SAMPLES / "incidents.csv").open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def ledger(folder: Path = SAMPLES) -> list[tuple[object, ...]]:
    return list(load_workbook(folder / "police_owners.xlsx").active.iter_rows(values_only=True))


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    subprocess.run([sys.executable, ROOT / "data" / "make_samples.py", folder], check=True)
    return folder


@pytest.mark.parametrize("name", LAYERS)
def test_the_script_makes_the_same_layer_again(again, name):
    ours, made = layer(name), layer(name, again)
    assert ours.drop(columns="geometry").equals(made.drop(columns="geometry"))
    tolerance = 0.02 if ours.crs.is_projected else 2e-7
    assert shapely.equals_exact(ours.geometry.array, made.geometry.array, tolerance).all()
    assert ours.crs == made.crs


@pytest.mark.parametrize("name", TEXTS)
def test_the_script_makes_the_same_table_again(again, name):
    assert (again / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_the_script_makes_the_same_ledger_again(again):
    assert ledger(again) == ledger()


def test_every_file_is_named_in_the_readme_in_both_languages():
    english, chinese = (SAMPLES / "README.md").read_text(encoding="utf-8").split("## 中文说明")
    for name in (*LAYERS, *TEXTS, "police_owners.xlsx"):
        assert name in english
        assert name in chinese


def test_samples_stay_small_enough_to_travel_in_the_wheel():
    assert sum(file.stat().st_size for file in SAMPLES.iterdir()) < 1_600_000


@pytest.mark.parametrize(
    ("name", "rows", "epsg", "invalid"),
    [
        ("districts.geojson", 4, 4490, 0),
        ("streets.gpkg", 11, 4547, 0),
        ("communities.gpkg", 33, 4547, 0),
        ("comprehensive.gpkg", 146, 4547, 1),
        ("police.shp", 25, 4547, 1),
        ("urban.geojson", 622, 4490, 2),
        ("zone.gpkg", 2, 4547, 0),
    ],
)
def test_layers_are_as_the_readme_says(name, rows, epsg, invalid):
    table = layer(name)
    assert len(table) == rows
    assert table.crs == f"EPSG:{epsg}"
    assert (~table.geometry.is_valid).sum() == invalid


def test_the_shapefile_does_not_say_its_encoding():
    assert not (SAMPLES / "police.cpg").exists()
    assert (SAMPLES / "police.dbf").read_bytes()[29] == 0
    assert "警格" in layer("police.shp")["网格名称"].iloc[0]


def test_codes_nest_by_their_digits():
    streets = set(layer("streets.gpkg")["街道编码"])
    communities = set(layer("communities.gpkg")["社区编码"])
    units = layer("urban.geojson")["单元网格编码"]
    assert set(units.str.len()) == {15}
    assert set(units.str[:12]) == communities
    assert {code[:9] for code in communities} == streets


def test_communities_nest_exactly_in_streets():
    streets, communities = layer("streets.gpkg"), layer("communities.gpkg")
    assert (
        communities.dissolve(communities["社区编码"].str[:9])
        .geometry.geom_equals(streets.set_index("街道编码").geometry, align=True)
        .all()
    )


@pytest.mark.parametrize("name", [name for name in LAYERS if name != "zone.gpkg"])
def test_the_junction_lies_at_borders_of_several_units(name):
    table = layer(name)
    point = gpd.GeoSeries([JUNCTION], crs=4490).to_crs(4547).iloc[0]
    near = 6.0 if name == "police.shp" else 0.5
    assert (table.to_crs(4547).boundary.distance(point) < near).sum() >= 2


def test_special_purpose_grids_lie_inside_other_grids():
    table = layer("comprehensive.gpkg")
    special, others = (table[table["网格类型"] == kind] for kind in ("专属网格", "一般网格"))
    assert [others.contains(polygon).sum() for polygon in special.geometry] == [1, 1]


def test_one_unit_code_was_typed_twice():
    assert layer("urban.geojson")["单元网格编码"].duplicated().sum() == 1


def test_one_police_grid_reaches_over_the_district_border():
    police, districts = layer("police.shp"), layer("districts.geojson").to_crs(4547).set_index("区县编码")
    home = districts.geometry.loc[police["网格编号"].str[:6]].reset_index(drop=True)
    beyond = police.make_valid().difference(home, align=False).buffer(-25).area
    assert (beyond > 0).sum() == 1


def test_the_zone_runs_parts_of_two_districts():
    zone, districts = layer("zone.gpkg").to_crs(4547), layer("districts.geojson").to_crs(4547)
    shared = districts.geometry.intersection(zone.union_all()).area
    assert sorted(districts["区县名称"][shared > 50_000]) == ["中牟县", "管城回族区"]


def test_the_ledger_has_a_title_merged_cells_and_a_total():
    rows = ledger()
    assert "台账" in rows[0][0]
    assert rows[1][1] == "网格编号"
    assert rows[-1][0] == "合计"
    assert rows[3][3] is None


def test_the_ledger_keeps_ids_as_text():
    assert all(isinstance(row[1], str) for row in ledger()[2:-1])


def test_the_dead_traffic_light_is_among_the_incidents():
    (light,) = [row for row in incidents() if row["事发地址"] == "航海东路与紫辰路交叉口"]
    assert light["小类"] == "交通信号灯"
    assert light["事件来源"] == "采集员上报"
    assert light["所属区县"] == "管城回族区"
    assert light["办结时间"].split()[1] < "11:00"


def test_the_dead_traffic_light_stands_at_the_junction():
    from gridgov import gcj02_to_wgs84

    (light,) = [row for row in incidents() if row["事发地址"] == "航海东路与紫辰路交叉口"]
    lon, lat = gcj02_to_wgs84(float(light["经度"]), float(light["纬度"]))
    assert (float(lon), float(lat)) == pytest.approx((113.73, 34.72), abs=1e-6)


def test_incidents_are_as_many_as_the_readme_says():
    assert f"{len(incidents()):,} reports" in (SAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "fault",
    [
        lambda lon, lat: lon == lat == "",
        lambda lon, lat: lon == lat == "0",
        lambda lon, lat: lon.startswith("34."),
        lambda lon, lat: lon == "见附件",
        lambda lon, lat: lon != "" and lat == "",
        lambda lon, lat: lon.startswith("１１３"),
        lambda lon, lat: lon.startswith("113.6"),
    ],
    ids=["blank", "zero", "swapped", "text", "half", "full width", "outside"],
)
def test_incidents_have_the_faults_of_real_exports(fault):
    assert sum(fault(row["经度"], row["纬度"]) for row in incidents()) >= 8


def test_some_incidents_are_reported_twice():
    codes = [row["事件编码"] for row in incidents()]
    assert len(codes) - len(set(codes)) == 12


def test_one_category_is_named_by_no_rule():
    with (SAMPLES / "rules.csv").open(encoding="utf-8-sig", newline="") as file:
        named = {row["category"] for row in csv.DictReader(file)}
    assert {row["小类"] for row in incidents()} - named == {"飞线充电"}


def test_geojson_says_its_coordinate_system():
    for name in ("districts.geojson", "urban.geojson"):
        text = (SAMPLES / name).read_text(encoding="utf-8")
        assert json.loads(text)["crs"]["properties"]["name"].endswith("4490")
