"""Recorded units against located ones, on a drawn city of four squares and on one of many."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from gridgov import check_recorded, read_network, write_network
from gridgov.datum import transform_points, wgs84_to_gcj02
from gridgov.errors import ArgumentError, CRSError, SchemaError
from gridgov.layers import read_cells
from gridgov.lookup import Atlas, border_widths, place_points, read_points
from gridgov.recorded import RecordedTally
from gridgov.recorded.check import recorded_report
from gridgov.recorded.units import Units
from gridgov.sample import Sample
from gridgov.summary import recorded_lines
from gridgov.tables import read_table
from gridgov.tag import RecordedOptions, TagOptions, tag_file

METRES = "EPSG:4547"
EAST, NORTH = 475_000.0, 3_843_000.0


def layer(ids, *, side=100.0, across=2, names=None, at=(EAST, NORTH), crs=METRES):
    """Squares of one size in rows of `across`, from the south-west, to the east and then to the north."""
    places = [(at[0] + side * (n % across), at[1] + side * (n // across)) for n in range(len(ids))]
    table = {"grid_id": ids, "name": names, "owner": None}
    return gpd.GeoDataFrame(table, geometry=[box(x, y, x + side, y + side) for x, y in places], crs=crs)


#: 3 4
#: 1 2
FOUR = layer(["1", "2", "3", "4"], names=["Ward 1", "Ward 2", "Ward 3", "Ward 4"])


def table(*rows):
    """Rows of metres east and north of the corner, and what was recorded."""
    x, y, unit = zip(*rows, strict=True)
    return pd.DataFrame({"x": np.add(x, EAST), "y": np.add(y, NORTH), "unit": unit})


def check(rows, cells=FOUR, **options):
    return check_recorded(rows, cells, column="unit", **{"crs": METRES, "lon": "x", "lat": "y", **options})


ROWS = table((50, 50, "1"), (150, 50, "2"), (99.5, 50, "2"), (60, 150, "1"), (250, 50, "2"), (50, 50, ""))


def test_rows_with_a_label_and_a_place_are_compared():
    report = check(ROWS)
    assert (report.rows, report.labelled, report.compared, report.exact) == (6, 5, 5, 2)
    assert report.agreement == pytest.approx(0.4)


def test_agreement_is_told_exactly_and_within_metres():
    report = check(ROWS)
    assert dict(report.within) == {1: 3, 5: 3, 15: 3, 30: 3}
    assert report.border == 3


def test_a_wider_border_lets_more_agree():
    assert check(ROWS, border_m=50).border == 5
    assert check(ROWS, accuracy_m=50).border == 5


def test_every_row_that_differs_is_listed_with_its_distance():
    found = check(ROWS.set_index(np.arange(6) + 10)).mismatches
    assert found["row"].tolist() == [12, 13, 14]
    assert found["recorded"].tolist() == ["2", "1", "2"]
    assert found["located"].tolist() == ["1", "3", None]
    assert found["distance_m"].tolist() == pytest.approx([0.5, 50, 50])


def test_pairs_say_who_is_taken_for_whom():
    pairs = check(ROWS).pairs
    assert pairs[["recorded", "located", "rows", "far_rows"]].to_numpy(object).tolist() == [
        ["1", "3", 1, 1],
        ["2", None, 1, 1],
        ["2", "1", 1, 0],
    ]
    assert pairs["recorded_name"].tolist() == ["Ward 1", "Ward 2", "Ward 2"]


def test_a_unit_may_be_recorded_by_its_name():
    assert check(table((50, 50, "Ward 1"), (50, 50, "Ｗａｒｄ 1 "))).exact == 2


def test_a_label_of_no_unit_differs_without_a_distance():
    report = check(table((50, 50, "9"), (50, 50, "1")))
    assert (report.exact, report.unknown) == (1, 1)
    assert report.labels.to_numpy(object).tolist() == [["9", 1]]
    assert np.isnan(report.mismatches["distance_m"][0])


@pytest.mark.parametrize(
    ("form", "ids", "label"),
    [
        ("upper", ["First", "Second"], "FIRST"),
        ("strip", ["First District", "Second District"], "FIRST"),
        ("strip", ["A-1", "A-2"], "a 1"),
        ("digits", ["Cluster 39", "Cluster 40"], "39"),
        ("digits", ["Cluster 39", "Cluster 40"], "39.0"),
        ("digits", ["110010058001", "110010062021"], "005800 1"),
        ("digits", ["007", "008"], "7"),
    ],
)
def test_labels_of_another_form_are_compared_when_asked(form, ids, label):
    rows = table((50, 50, label))
    assert check(rows, layer(ids)).exact == 0
    assert check(rows, layer(ids), normalise=form).exact == 1


def test_a_form_that_two_units_share_names_none():
    assert check(table((50, 50, "1")), layer(["A1", "B1"]), normalise="digits").unknown == 1


def test_labels_of_another_form_are_guessed():
    ids = [f"Cluster {n}" for n in (1, 2, 3, 4)]
    report = check(table(*[(50, 50, "1")] * 20), layer(ids))
    (reason,) = report.reasons
    assert reason.reason == "labels"
    assert "20 rows carry labels that no unit has ('1')" in reason.words
    assert "--normalise strip 20 of them name a unit, and 20 agree" in reason.words


def test_an_unknown_form_is_refused():
    with pytest.raises(ArgumentError, match="--normalise"):
        check(ROWS, normalise="lower")


def test_a_column_that_cells_do_not_have_is_refused():
    with pytest.raises(ArgumentError, match=r"--against.*no ward.*they have grid"):
        check(ROWS, against="ward")


def test_a_column_that_the_table_does_not_have_is_refused():
    with pytest.raises(SchemaError, match=r"no column 'units'.*--check-column"):
        check_recorded(ROWS, FOUR, column="units")


def test_against_must_be_said_where_cells_have_several_units(four_network):
    rows = pd.DataFrame({"lon": [0.0], "lat": [0.0], "unit": ["1"]})
    with pytest.raises(ArgumentError, match="--against"):
        check_recorded(rows, four_network, column="unit", lon="lon", lat="lat", crs="cgcs2000")


#: 20 x 20 squares of 100 m.
MANY = layer([f"{n:03d}" for n in range(400)], across=20)


def scattered(n=2000, *, seed=0, far=0.0):
    """Points in MANY with the unit each lies in."""
    random = np.random.default_rng(seed)
    x, y = random.uniform(far, 2000 - far, (2, n))
    unit = [f"{int(north // 100) * 20 + int(east // 100):03d}" for east, north in zip(x, y, strict=True)]
    return pd.DataFrame({"x": x + EAST, "y": y + NORTH, "unit": unit})


def reasons(report):
    return [each.reason for each in report.reasons]


def test_nothing_differs_and_nothing_is_guessed():
    report = check(scattered(), MANY)
    assert report.agreement == 1
    assert report.reasons == ()
    assert report.mismatches.empty


def test_points_that_are_off_by_one_vector_are_found():
    moved = scattered().assign(x=lambda rows: rows["x"] + 60, y=lambda rows: rows["y"] - 30)
    report = check(moved, MANY)
    assert report.agreement < 0.5
    assert (report.shift.east_m, report.shift.north_m) == pytest.approx((-60, 30), abs=1.5)
    assert report.shift.agreement > 0.98
    assert reasons(report) == ["shift"]
    assert "60 m to the west and 30 m to the north" in report.reasons[0].words


def test_points_on_borders_are_no_shift():
    rows = scattered()
    east = (rows["x"] - EAST) % 100 > 70
    rows.loc[east, "x"] = (rows.loc[east, "x"] - EAST) // 100 * 100 + 100.2 + EAST
    report = check(rows[rows["x"] < EAST + 1990], MANY)
    assert report.shift is None
    assert reasons(report) == ["border"]


def test_points_that_the_least_shift_off_their_border_mends_are_no_shift():
    rows = scattered(far=1)
    inside = (rows["x"] - EAST) % 100
    wrong = inside > 80
    rows.loc[wrong, "x"] += 100.2 - inside[wrong]
    rows = rows[wrong | (inside > 20)]
    report = check(rows[rows["x"] < EAST + 1990], MANY)
    assert report.shift is None
    assert reasons(report) == ["border"]


def test_units_of_other_boundaries_are_known_by_them():
    ids = MANY["grid_id"].tolist()
    ids[42], ids[43] = ids[43], ids[42]
    rows = scattered().assign(unit=lambda rows: rows["unit"].replace({"042": "043", "043": "042"}))
    report = check(rows, MANY, vintage=MANY.assign(grid_id=ids))
    assert report.other == 2000
    assert report.exact < 2000
    assert reasons(report) == ["vintage"]


def test_units_taken_for_each_other_again_and_again_are_guessed_to_be_of_another_year():
    rows = scattered().assign(unit=lambda rows: rows["unit"].replace({"042": "242", "100": "250", "7": "8"}))
    rows["unit"] = rows["unit"].replace({f"{n:03d}": f"{n + 200:03d}" for n in range(20, 30)})
    report = check(rows, MANY)
    assert reasons(report) == ["vintage"]
    assert "--vintage" in report.reasons[0].words


def test_labels_are_names_of_a_merged_department_as_it_drew_them(moved_network, tmp_path):
    names = moved_network.names_of("urban")
    middle = moved_network.cells.representative_point()
    labels = moved_network.cells["urban"].map(names)
    rows = pd.DataFrame({"x": middle.x, "y": middle.y, "unit": labels})
    given = {"column": "unit", "against": "urban", "crs": moved_network.cells.crs, "lon": "x", "lat": "y"}
    write_network(moved_network, path := tmp_path / "network.gpkg")
    for cells in (moved_network, read_network(path), read_cells(path)):
        report = check_recorded(rows, cells, **given)
        assert (report.exact, report.compared) == (labels.notna().sum(),) * 2
    assert report.exact > 0


def test_names_that_a_merge_did_not_read_are_guessed_to_be_such(moved_network):
    nameless = replace(moved_network, drawn=moved_network.drawn.assign(name=None))
    middle = nameless.cells.representative_point()
    rows = pd.DataFrame({"x": middle.x, "y": middle.y, "unit": "老城网格"})
    given = {"column": "unit", "crs": nameless.cells.crs, "lon": "x", "lat": "y"}
    report = check_recorded(rows, nameless, against="urban", **given)
    assert "--name urban=COLUMN" in report.reasons[0].words
    carried = check_recorded(rows.assign(unit="?"), nameless, against="police", **given)
    assert "--name" not in carried.reasons[0].words


def test_single_rows_that_differ_show_no_pattern():
    rows = scattered()
    rows.loc[[5, 700], "unit"] = "399"
    assert reasons(check(rows, MANY)) == ["unclear"]


def test_points_in_no_unit_are_named():
    rows = scattered()
    rows.loc[:19, "x"] -= 3000
    rows.loc[:19, "unit"] = "005"
    report = check(rows, MANY)
    assert "outside" in reasons(report)
    assert "20 rows lie in no unit, 20 of them recorded as 005." in [each.words for each in report.reasons]


def test_a_few_points_in_no_unit_do_not_explain_the_rest():
    rows = scattered()
    rows.loc[:19, "x"] -= 3000
    rows.loc[:19, "unit"] = "005"
    rows.loc[100:399, "unit"] = np.random.default_rng(5).permutation(rows.loc[100:399, "unit"])
    assert reasons(check(rows, MANY)) == ["outside", "unclear"]


def in_degrees(rows, crs):
    lon, lat = transform_points(rows["x"], rows["y"], source=METRES, target="cgcs2000")
    lon, lat = wgs84_to_gcj02(lon, lat) if crs == "gcj02" else (lon, lat)
    return rows.assign(x=lon, y=lat)


def test_other_datums_are_tried_and_the_right_one_found():
    report = check(in_degrees(scattered(), "gcj02"), MANY, crs="wgs84")
    best, *others = report.datums
    assert (best.name, best.stated, best.sure) == ("gcj02", False, True)
    assert best.agreement > 0.99
    assert {each.name for each in others} == {"wgs84", "bd09", "swapped"}
    assert best.margin == pytest.approx(best.agreement - others[0].agreement)
    assert others[-1].margin == pytest.approx(others[-1].agreement - best.agreement)
    assert reasons(report) == ["datum"]
    assert "--crs gcj02" in report.reasons[0].words


def test_points_converted_though_the_cells_are_not_are_explained():
    drawn = in_degrees(scattered(), "gcj02")
    squares = MANY.to_crs(4490)
    shifted = squares.set_geometry(
        squares.geometry.transform(lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1])))
    )
    report = check(drawn, shifted, crs="gcj02")
    assert reasons(report) == ["datum"]
    assert "--cells-crs gcj02" in report.reasons[0].words


def test_exchanged_coordinates_agree_when_they_are_exchanged_back():
    rows = scattered().rename(columns={"x": "y", "y": "x"})
    report = check(rows, MANY)
    assert report.datums[0].name == "swapped"
    assert report.datums[0].agreement == 1
    assert "--lon and --lat" in report.reasons[0].words


def test_degrees_of_china_that_are_all_exchanged_are_explained_though_none_is_compared():
    rows = in_degrees(scattered(), "wgs84").rename(columns={"x": "y", "y": "x"})
    report = check(rows, MANY, crs="cgcs2000")
    assert report.compared == 0
    assert (report.datums[0].name, report.datums[0].agreement) == ("swapped", 1)
    assert reasons(report) == ["datum"]
    assert "Likely reason: The points agree better with x and y exchanged" in recorded_lines(report)[-1]


def test_many_scattered_mistakes_are_no_other_year():
    rows = scattered(4000)
    wrong = np.arange(0, 4000, 8)
    rows.loc[wrong, "unit"] = np.random.default_rng(1).permutation(rows["unit"].to_numpy()[wrong])
    assert reasons(check(rows, MANY)) == ["unclear"]


def test_the_refusal_without_a_datum_tells_how_each_fits_the_recorded_units():
    with pytest.raises(CRSError, match=r"gcj02 100.0%.*gcj02 fits best, 100.0 points ahead of"):
        check(in_degrees(scattered(), "gcj02"), MANY, crs=None)


def tallied(rows, batch, *, other=None):
    atlas = Atlas.of(MANY)
    units = Units.of(atlas)
    tally = RecordedTally(units, other=None if other is None else Units.of(Atlas.of(other)))
    listed = []
    for begin in range(0, len(rows), batch):
        part = rows[begin : begin + batch]
        points = read_points(atlas, lon=part["x"].to_numpy(), lat=part["y"].to_numpy(), crs=METRES)
        widths = border_widths(3)
        placed = place_points(atlas, points, border_m=widths.metres, nearest_m=0)
        found = tally.add(part["unit"].to_numpy(object), points, placed, widths=widths)
        listed += zip(
            (found.row + begin).tolist(),
            found.recorded,
            found.located,
            found.distance_m.tolist(),
            strict=True,
        )
    return recorded_report(tally, column="unit", other_name="other"), listed


@pytest.mark.parametrize("batch", [2, 7])
def test_batches_change_nothing(batch):
    rows = scattered(300, seed=3).assign(x=lambda rows: rows["x"] + 20)
    rows.loc[::9, "unit"] = "no unit"
    rows.loc[::11, "unit"] = None
    whole, all_of_it = tallied(rows, 1000, other=MANY)
    parts, piece_by_piece = tallied(rows, batch, other=MANY)
    assert str(piece_by_piece) == str(all_of_it)
    pd.testing.assert_frame_equal(parts.pairs, whole.pairs)
    pd.testing.assert_frame_equal(parts.labels, whole.labels)
    names = ("rows", "labelled", "compared", "exact", "border", "within", "unknown", "other", "datums")
    for name in (*names, "looked_at", "shift", "reasons"):
        assert getattr(parts, name) == getattr(whole, name), name


@pytest.mark.parametrize("rows", [0, 5, 16, 17, 33, 1000])
@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_a_sample_depends_on_the_rows_alone(rows, batch):
    sample = Sample(16)
    for begin in range(0, rows, batch):
        part = np.arange(begin, min(begin + batch, rows))
        sample.add(part, -part)
    kept = sample.columns[0] if rows else np.zeros(0)
    step = kept[1] - kept[0] if len(kept) > 1 else 1
    assert kept.tolist() == list(range(0, rows, step))
    assert len(kept) <= 16
    assert len(kept) > min(rows, 16) / 2 or rows == 0


@pytest.mark.parametrize("ending", ["csv", "parquet", "gpkg"])
def test_files_are_the_same_whatever_the_batches(tmp_path, ending):
    rows = scattered(40, seed=4).assign(x=lambda rows: rows["x"] + 30)
    source = tmp_path / "incidents.csv"
    rows.to_csv(source, index=False)
    told, tables = [], []
    for batch in (2, None):
        output = tmp_path / f"tagged{batch}.{ending}"
        result = tag_file(
            source,
            output,
            MANY,
            options=TagOptions(
                crs=METRES, recorded=RecordedOptions(column="unit"), accuracy_m=15, columns=["grid_id"]
            ),
            mismatches=tmp_path / f"list{batch}.csv",
            batch_rows=batch,
        )
        told.append(replace(result.trust, recorded=None))
        tables.append([read_table(path) for path in (output, tmp_path / f"list{batch}.csv")])
        assert len(tables[-1][1]) == result.trust.recorded.differing > 0
    assert told[0] == told[1]
    assert all(one.equals(other) for one, other in zip(*tables, strict=True))
