import geopandas as gpd
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.check import check_grids
from gridgov.summary import check_lines
from gridgov.summary.checked import adding_up


def layer(*boxes, owners=None):
    ids = [str(n + 1) for n in range(len(boxes))]
    columns = {"grid_id": ids, "name": None, "owner": owners or "居委会"}
    shapes = [box(x0 + 474_352, y0 + 3_843_000, x1 + 474_352, y1 + 3_843_000) for x0, y0, x1, y1 in boxes]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4547)


def said(*boxes, **more):
    return "\n".join(check_lines(check_grids({"police": layer(*boxes, **more)})))


def test_a_clean_layer_needs_nothing():
    text = said((0, 0, 200, 200), (200, 0, 400, 200))
    assert "police: 2 grids, nothing wrong" in text
    assert text.endswith("Nothing to do: the grids can be merged as they are.")


def test_a_layer_without_a_grid_is_not_said_to_be_ready():
    some = layer((0, 0, 200, 200), (200, 0, 400, 200))
    lines = check_lines(check_grids({"police": some, "urban": some.iloc[:0]}, within={"district": some}))
    assert lines[-1] == "urban has not one grid: is it the right file and layer?"


def test_the_largest_place_is_named_with_size_and_place():
    text = said((0, 0, 300, 200), (200, 0, 400, 200), (360, 0, 600, 200))
    assert "  1. overlap, 2.0 ha, 100 m wide: at grids 1 and 2\n  2. overlap, 8,000 m2, 40 m wide" in text


def test_counts_say_what_a_kind_means():
    text = said((0, 0, 240, 200), (200, 0, 400, 200))
    assert "  to decide  1  overlap  8,000 m2  two grids of one department overlap" in text


def test_the_ledger_is_aligned_and_adds_up():
    lines = said((0, 0, 240, 200), (200, 0, 400, 200)).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("  covered once"))
    assert len({len(line) for line in lines[start : start + 5]}) == 1
    numbers = [int(line.split(" m2")[0].split()[-1].replace(",", "")) for line in lines[start : start + 4]]
    assert sum(numbers[:3]) == numbers[3] == 80_000


def test_special_purpose_grids_are_named_in_the_ledger():
    assert "(2,500 m2 of it by special-purpose grids)" in said((0, 0, 200, 200), (50, 50, 100, 100))


def test_a_layer_without_owners_is_said_once():
    text = said((0, 0, 200, 200), (200, 0, 400, 200), owners=[None, None])
    assert "none of the 2 grids has an owner: name its column or add a ledger" in text


def test_only_settled_places_need_no_look():
    text = said((0, 0, 210, 200), (200, 0, 400, 200))
    assert text.endswith(
        "1 is settled: narrower than 25 m, or repaired. Nobody needs to look at it; a merge mends it."
    )


def test_every_character_shows_on_an_old_console():
    text = said((0, 0, 240, 200), (200, 0, 400, 200), (395, 0, 600, 200))
    text.encode("cp936")


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=6))
def test_rounded_parts_add_up_to_the_rounded_sum(values):
    rounded = adding_up(values, 0)
    assert sum(rounded) == round(sum(values))
    assert all(abs(a - b) <= 1 for a, b in zip(rounded, values, strict=True))


def test_a_check_is_told_in_chinese_with_the_same_ledger():
    report = check_grids({"police": layer((0, 0, 100, 100), (90, 0, 200, 100))})
    english, chinese = (check_lines(report, language=language) for language in ("en", "zh"))
    assert len(english) == len(chinese)
    numbers = [[word for word in line.split() if word[0].isdigit()] for line in english if " m2 " in line]
    assert [
        [word for word in line.split() if word[0].isdigit()] for line in chinese if " 平方米 " in line
    ] == numbers
    assert any("覆盖一次" in line for line in chinese)
