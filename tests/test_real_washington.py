"""Washington DC end to end: real layers merged by the command, real incidents given back their units."""

import pickle
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from gridgov import assign_incidents, check_recorded, merge_grids, read_grids, read_network

DATA = Path(__file__).parents[2] / "shared" / "data" / "dc"
LAYERS = DATA / "dc_layers.gpkg"

pytestmark = pytest.mark.skipif(not LAYERS.exists(), reason="needs the shared data")

#: Layer and id column of each department, and the column of the crime file that names its unit.
WHERE = {
    "ward": ("ward_2012", "WARD", "WARD"),
    "psa": ("police_service_areas_psa", "PSA", "PSA"),
    "smd": ("single_member_district_2013", "SMD_ID", None),
    "cluster": ("neighborhood_clusters", "NAME", "NEIGHBORHOODCLUSTER"),
    "anc": ("advisory_neighborhood_commission_2013", "ANC_ID", "ANC"),
    "precinct": ("voting_precinct_2012", "NAME", "VOTING_PRECINCT"),
    "blockgroup": ("census_block_groups_2010", "GEOID", "BLOCK_GROUP"),
    "trash": ("trash_pickup_days_for_2015", "ROUTE_ID", None),
    "fire": ("fire_alarm_districts", "ENGINE_ID", None),
}
MERGES = [("psa", "smd", "cluster"), ("anc", "precinct", "blockgroup"), ("psa", "trash", "fire", "cluster")]

#: What docs/real-data.md promises, in per cent: the recorded unit is the answer, or a candidate within 1 m.
MERGED = [
    (0, "ward", 99.7, 99.9),
    (0, "psa", 95.2, 98.5),
    (0, "cluster", 99.3, 99.9),
    (1, "anc", 99.9, 99.9),
    (1, "precinct", 99.6, 99.9),
    (1, "blockgroup", 99.4, 99.7),
]
UNMERGED = [
    ("ward", 99.7, 99.9),
    ("psa", 95.5, 98.5),
    ("cluster", 99.9, 99.9),
    ("anc", 99.9, 99.9),
    ("precinct", 99.9, 99.9),
    ("blockgroup", 99.9, 99.9),
]


def layer(name):
    table, column, _ = WHERE[name]
    return read_grids(LAYERS, department=name, layer=table, columns={"id": column})


def argument(name):
    return f"{name}={LAYERS}#{WHERE[name][0]}"


def gridgov(*arguments):
    command = [sys.executable, "-m", "gridgov", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def merge_them(folder):
    """The first merge by the command, ids stated where their names do not show it; the others in Python."""
    path = folder / "network.gpkg"
    ids = [part for name in MERGES[0] for part in ("--id", f"{name}={WHERE[name][1]}")]
    ended = gridgov("merge", *map(argument, MERGES[0]), "--within", argument("ward"), *ids, "-o", path)
    assert ended.returncode == 0, ended.stderr
    wards = {"ward": layer("ward")}
    merged = [merge_grids({name: layer(name) for name in names}, within=wards) for names in MERGES[1:]]
    (folder / "others.pickle").write_bytes(pickle.dumps(merged))


@pytest.fixture(scope="module")
def networks(made_once):
    """A network of each of the merges."""
    folder = made_once("washington", merge_them)
    return [read_network(folder / "network.gpkg"), *pickle.loads((folder / "others.pickle").read_bytes())]


@pytest.fixture(scope="module")
def wards(networks):
    """The wards as drawn, in the plane of the networks, without gridgov."""
    drawn = gpd.read_file(LAYERS, layer="ward_2012").to_crs(networks[0].cells.crs)
    return drawn.assign(WARD=drawn["WARD"].astype(str)).set_index("WARD").geometry


@pytest.fixture(scope="module")
def crime():
    return pd.read_csv(DATA / "crime_2016_30d.csv", dtype=str)


def recorded(table, name):
    """Units as the city recorded them, written as the layers write them: 39, Cluster 39; 005800 1."""
    labels = table[WHERE[name][2]]
    if name == "cluster":
        return "Cluster " + labels
    return "11001" + labels.str.replace(" ", "") if name == "blockgroup" else labels


def agreement(table, cells, name, *, unit_of=None, border_m=1.0, **columns):
    """Per cent of the rows with a label whose answer, or a candidate, is the recorded unit."""
    places = columns or {"lon": "lon", "lat": "lat"}
    found = assign_incidents(table, cells, **places, crs="wgs84", border_m=border_m, prefix="g_")
    want = recorded(table, name)
    has = want.notna()
    near = found.loc[has, "g_cell_candidates"].fillna("").str.split("|")
    among = [
        unit in ([unit_of.get(cell) for cell in cells_] if unit_of else cells_)
        for unit, cells_ in zip(want[has], near, strict=True)
    ]
    return 100 * (found.loc[has, f"g_{name}"] == want[has]).mean(), 100 * np.mean(among)


@pytest.mark.parametrize("number", range(3))
def test_cells_are_a_valid_coverage_of_polygons(networks, number):
    cells = networks[number].cells.geometry
    assert set(cells.geom_type) == {"Polygon"}
    assert shapely.is_valid(cells).all()
    assert shapely.coverage_is_valid(cells.to_numpy())


@pytest.mark.parametrize("number", range(3))
def test_cells_do_not_overlap(networks, number):
    cells = networks[number].cells.geometry
    assert shapely.area(cells).sum() == pytest.approx(shapely.union_all(cells).area, abs=0.01)


@pytest.mark.parametrize("number", range(3))
def test_cells_fill_the_wards_up_to_2_cm(networks, wards, number):
    merged, drawn = shapely.union_all(networks[number].cells.geometry), shapely.union_all(wards)
    assert shapely.buffer(shapely.symmetric_difference(merged, drawn), -0.01).is_empty


@pytest.mark.parametrize("number", range(3))
def test_no_cell_crosses_a_ward(networks, wards, number):
    cells = networks[number].cells
    beyond = shapely.difference(cells.geometry.to_numpy(), wards.loc[cells["ward"]].to_numpy())
    assert shapely.is_empty(shapely.buffer(beyond, -0.01)).all()


@pytest.mark.parametrize("number", range(3))
def test_no_grid_is_lost(networks, number):
    network = networks[number]
    assert not any(network.summary["lost"].values())
    for name in network.departments:
        assert set(network.cells[name].dropna()) == set(layer(name)["grid_id"])


@pytest.mark.parametrize("number", [0, 2])
def test_every_police_service_area_is_a_unified_grid(networks, number):
    assert len(networks[number].grids) == 56
    assert set(networks[number].grids["grid_id"]) == set(layer("psa")["grid_id"])


@pytest.mark.parametrize("number", [0, 2])
def test_police_service_areas_keep_their_size_as_far_as_wards_let_them(networks, number):
    cells = networks[number].cells
    drawn = layer("psa").to_crs(cells.crs).set_index("grid_id").area
    merged = cells.area.groupby(cells["psa"].astype(str)).sum()
    change = ((merged - drawn).abs() / drawn).dropna()
    assert len(change) == 56
    # Of three of them the wards draw the same street or creek 4 to 16 m aside, along a whole side.
    assert change.quantile(0.95) < 0.008
    assert change.sort_values().iloc[-6] < 0.007


@pytest.mark.parametrize("number", range(3))
def test_hardly_any_ground_is_in_narrow_arms(networks, number):
    cells = networks[number].cells.geometry.to_numpy()
    opened = shapely.buffer(shapely.buffer(cells, -5.0), 5.0)
    arms = shapely.area(shapely.get_parts(shapely.difference(cells, opened)))
    assert arms[arms > 2_000].sum() <= 0.0003 * shapely.area(cells).sum()


@pytest.mark.parametrize("number", range(3))
def test_the_shares_of_every_grid_sum_to_one(networks, number):
    shares = networks[number].crosswalk.groupby(["department", "grid_id"])["grid_share"].sum()
    assert shares.to_numpy() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("promised", MERGED, ids=lambda promised: promised[1])
def test_crimes_get_back_their_unit_from_the_network(networks, crime, promised):
    number, name, exact, near = promised
    cells = networks[number].cells
    unit_of = dict(zip(cells["cell_id"], cells[name], strict=True))
    found = agreement(crime, networks[number], name, unit_of=unit_of)
    assert found[0] >= exact
    assert found[1] >= near


@pytest.mark.parametrize(("name", "exact", "near"), UNMERGED)
def test_crimes_get_back_their_unit_from_the_layer_as_drawn(crime, name, exact, near):
    found = agreement(crime, layer(name), name)
    assert found[0] >= exact
    assert found[1] >= near


def test_requests_get_back_their_ward(networks):
    requests = pd.read_csv(DATA / "requests_311_2016_30d.csv", dtype=str)
    columns = {"lon": "LONGITUDE", "lat": "LATITUDE"}
    cells = networks[0].cells
    unit_of = dict(zip(cells["cell_id"], cells["ward"], strict=True))
    exact, near = agreement(requests, networks[0], "ward", unit_of=unit_of, **columns)
    assert exact >= 99.8
    assert near >= 99.9


def test_incidents_of_a_newer_boundary_keep_their_own_answer(networks):
    """crime_2024.csv records newer wards: too many differ, and too far inside, to be borders."""
    crime = pd.read_csv(DATA / "crime_2024.csv", dtype=str)
    columns = {"lon": "LONGITUDE", "lat": "LATITUDE"}
    cells = networks[0].cells
    unit_of = dict(zip(cells["cell_id"], cells["ward"], strict=True))
    exact, near = agreement(crime, networks[0], "ward", unit_of=unit_of, **columns)
    assert 90 < exact < near < 97


def test_a_layer_whose_id_has_no_usual_name_is_asked_for(tmp_path):
    output = tmp_path / "network.gpkg"
    ended = gridgov("merge", argument("precinct"), "--within", argument("ward"), "-o", output)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "no column looks like the id; name one with --id precinct=COLUMN" in ended.stderr
    assert not output.exists()


#: What docs/real-data.md says of recorded units: file, column, layer, its id, options, shares, reason.
RECORDED = [
    ("crime_2016_30d", "WARD", "ward_2012", "WARD", {}, 99.79, 100.0, "border"),
    ("crime_2016_30d", "PSA", "police_service_areas_psa", "PSA", {}, 95.68, 98.65, "border"),
    ("crime_2016_30d", "NEIGHBORHOODCLUSTER", "neighborhood_clusters", "NAME", {}, 0, 0, "labels"),
    (
        "crime_2016_30d",
        "NEIGHBORHOODCLUSTER",
        "neighborhood_clusters",
        "NAME",
        {"normalise": "strip"},
        100,
        100,
        None,
    ),
    (
        "crime_2016_30d",
        "BLOCK_GROUP",
        "census_block_groups_2010",
        "GEOID",
        {"normalise": "digits"},
        100,
        100,
        None,
    ),
    ("requests_311_2016_30d", "WARD", "ward_2012", "WARD", {}, 99.84, 100.0, "border"),
    ("permits_2016_30d", "SMD", "single_member_district_2013", "SMD_ID", {}, 65.82, 67.51, "vintage"),
    ("crime_2024", "WARD", "ward_2012", "WARD", {}, 94.73, 96.37, "vintage"),
]


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: f"{case[0]}-{case[1]}-{case[4]}")
def test_recorded_units_agree_as_documented_and_the_reason_is_found(case):
    file, column, table, unit, options, exact, near, reason = case
    cells = read_grids(LAYERS, department="unit", layer=table, columns={"id": unit})
    report = check_recorded(pd.read_csv(DATA / f"{file}.csv", dtype=str), cells, column=column, **options)
    assert 100 * report.agreement == pytest.approx(exact, abs=0.005)
    assert 100 * report.within[1.0] / report.compared == pytest.approx(near, abs=0.005)
    assert [each.reason for each in report.reasons][:1] == ([reason] if reason else [])


def test_permits_were_recorded_by_the_boundaries_of_2002():
    new, old = (
        read_grids(LAYERS, department="smd", layer=f"single_member_district_{year}", columns={"id": "SMD_ID"})
        for year in (2013, 2002)
    )
    permits = pd.read_csv(DATA / "permits_2016_30d.csv", dtype=str)
    report = check_recorded(permits, new, column="SMD", vintage=old)
    assert 100 * report.other / report.compared == pytest.approx(96.65, abs=0.005)
    assert [each.reason for each in report.reasons] == ["vintage"]
