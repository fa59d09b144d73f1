"""What a map holds: its geometry, colours, words, and what must not be in it."""

import dataclasses
import itertools
import json
import re
from html.parser import HTMLParser
from importlib.resources import files

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

import gridgov
from gridgov import ArgumentError, MapOptions, draw_map
from gridgov.mapview.arcs import arcs_of, simplified, simplified_coverage
from gridgov.mapview.content import map_content
from gridgov.mapview.html import INDEX_SCRIPTS, SCRIPTS, as_json
from gridgov.mapview.packing import packed
from gridgov.mapview.tints import TINTS, neighbours_of, tints_of
from gridgov.mapview.words import WORDS

PAGE = files("gridgov.mapview") / "page"
SOURCES = {name: (PAGE / f"{name}.js").read_text("utf-8") for name in (*SCRIPTS, "index")}


def only_page(network, **options):
    (html,) = draw_map(network, **options).values()
    return html


def embedded(html, name="data"):
    """The JSON of a page."""

    class Finder(HTMLParser):
        found = None
        inside = False

        def handle_starttag(self, tag, attrs):
            self.inside = tag == "script" and dict(attrs).get("id") == name

        def handle_data(self, data):
            if self.inside:
                self.found, self.inside = data, False

    finder = Finder()
    finder.feed(html)
    return json.loads(finder.found)


def unpacked(text):
    """The numbers of a packed text, one by one."""
    import base64

    answer, value, shift = [], 0, 0
    for byte in base64.b64decode(text):
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            answer.append(value >> 1 if value % 2 == 0 else -(value + 1) // 2)
            value = shift = 0
    return answer


def rebuilt(arcs, row):
    """A polygon put together from its arcs again, holes by even and odd."""
    shape = shapely.Polygon()
    for ring in np.flatnonzero(arcs.owner == row):
        corners = []
        for ref in arcs.refs[arcs.ring[ring] : arcs.ring[ring + 1]]:
            arc = ref if ref >= 0 else -1 - ref
            xy = arcs.xy[arcs.start[arc] : arcs.start[arc + 1]]
            corners.extend(xy if ref >= 0 else xy[::-1])
        shape = shapely.symmetric_difference(shape, shapely.Polygon(corners))
    return shape


@given(st.lists(st.integers(-(2**30) + 1, 2**30 - 1)))
def test_numbers_come_back_as_they_were_packed(numbers):
    assert unpacked(packed(numbers)) == numbers


def test_a_number_that_scripts_cannot_read_is_refused():
    with pytest.raises(ArgumentError, match="too large"):
        packed([2**31])


#: An outer square with a hole that another fills, beside one of two parts: every kind of ring.
PIECES = [
    shapely.difference(box(0, 0, 10, 10), box(2, 2, 5, 5)),
    box(2, 2, 5, 5),
    shapely.MultiPolygon([box(10, 0, 20, 5), box(30, 0, 31, 1)]),
    shapely.Polygon(),
    box(10, 5, 20, 10),
]


def test_polygons_are_rebuilt_from_their_arcs():
    arcs = arcs_of(np.array(PIECES, dtype=object))
    assert [rebuilt(arcs, row).equals(shape) for row, shape in enumerate(PIECES)] == [True] * len(PIECES)


def test_a_common_border_is_there_once():
    arcs = arcs_of(np.array([box(0, 0, 1, 1), box(1, 0, 2, 1)], dtype=object))
    assert len(arcs) == 3
    one, other = arcs.sides()
    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [(0, -1), (0, 1), (1, -1)]


def test_polygons_that_overlap_have_arcs_too():
    pair = np.array([box(0, 0, 2, 2), box(1, 1, 3, 3), box(0, 0, 2, 2)], dtype=object)
    arcs = arcs_of(pair)
    assert [rebuilt(arcs, row).equals(shape) for row, shape in enumerate(pair)] == [True] * 3


def test_no_polygons_have_no_arcs():
    assert len(arcs_of(np.array([], dtype=object))) == 0
    assert len(simplified(arcs_of(np.array([shapely.Polygon()], dtype=object)))) == 0


def test_a_simplified_coverage_is_still_one(city):
    cells = np.asarray(gridgov.read_network(city / "network.gpkg").cells.geometry.array, dtype=object)
    fine = shapely.segmentize(cells, 3.0)
    coarse = simplified_coverage(fine)
    assert shapely.coverage_is_valid(coarse)
    assert shapely.get_num_coordinates(coarse).sum() < shapely.get_num_coordinates(fine).sum()


def test_simplified_arcs_keep_their_ends():
    arcs = arcs_of(shapely.segmentize(np.array([box(0, 0, 50, 50), box(50, 0, 90, 50)], dtype=object), 2.0))
    fewer = simplified(arcs)
    assert len(fewer.xy) < len(arcs.xy)
    assert (fewer.xy[fewer.start[:-1]] == arcs.xy[arcs.start[:-1]]).all()


@given(st.integers(2, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=80))
def test_neighbours_differ_wherever_the_colours_reach(count, pairs):
    pairs = {(min(a, b), max(a, b)) for a, b in pairs if a != b and max(a, b) < count}
    one, other = (np.array([pair[k] for pair in pairs], dtype=np.int64) for k in (0, 1))
    tints = tints_of(count, one, other, tints=80)
    assert (tints[one] != tints[other]).all()


def test_grids_on_a_plane_need_six_colours_at_most():
    squares = np.array(
        [box(x + y % 2 / 2, y, x + y % 2 / 2 + 1, y + 1) for y in range(12) for x in range(12)]
    )
    one, other = shapely.STRtree(squares).query(squares, predicate="intersects")
    pairs = neighbours_of(one, other, np.arange(len(squares)))
    tints = tints_of(len(squares), *pairs, tints=6)
    assert (tints[pairs[0]] != tints[pairs[1]]).all()


#: How a colour looks to people without cones for red, green or blue light (Machado et al. 2009, linear RGB).
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(colour, blindness):
    """A colour as CIE Lab, seen through a matrix."""
    code = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(BLINDNESS[blindness]) @ linear, 0, 1)
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.asarray(to_xyz) @ seen / [0.95047, 1.0, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_colours_can_be_told_apart_with_every_kind_of_colour_blindness(blindness):
    seen = [lab(colour, blindness) for colour in TINTS]
    least = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))
    assert least > 10  # 2.3 is what people can just tell


def test_text_cannot_end_a_script_element():
    assert "<" not in as_json(["</script><script>alert(1)</script>", "<!--", "\u2028"])


def test_scripts_never_read_text_as_html():
    for name, source in SOURCES.items():
        found = re.findall(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", source
        )
        assert (name, found) == (name, [])


def test_scripts_load_nothing():
    for name, source in SOURCES.items():
        found = re.findall(r"https?://|fetch\(|XMLHttpRequest|import\(|WebSocket|sendBeacon", source)
        assert (name, found) == (name, [])


def test_every_word_that_the_scripts_say_is_in_the_table():
    keys = set()
    for source in (*SOURCES.values(), (PAGE / "page.html").read_text("utf-8")):
        keys |= set(re.findall(r"Words\.say\(\"([^\"]+)\"", source))
        keys |= set(re.findall(r"data-(?:word|title)=\"([a-z.-]+)\"", source))
        keys |= set(re.findall(r"\[\"[^\"]*\", \"(resolution\.[^\"]+)\"\]", source))
        keys |= set(re.findall(r"\"((?:legend|by|crosswalk|conflicts|changes)\.[a-z-]+)\"", source))
    assert sorted(keys - set(WORDS.table)) == []


def test_every_script_is_part_of_a_page():
    there = {path.name.removesuffix(".js") for path in PAGE.iterdir() if path.name.endswith(".js")}
    assert there == {*SCRIPTS, *INDEX_SCRIPTS}


def test_leaflet_comes_with_its_licence():
    assert "Volodymyr Agafonkin" in (PAGE / "leaflet" / "LICENSE").read_text("utf-8")
    assert "Leaflet 1.9.4" in (PAGE / "leaflet" / "leaflet.js").read_text("utf-8")


def test_a_page_names_no_file_and_no_server(moved_network):
    html = only_page(moved_network)
    assert re.findall(r"<(?:script|img|iframe)[^>]* src=|<link[^>]* href=\"(?!data:)", html) == []
    assert "sourceMappingURL" not in html


def test_a_page_may_load_nothing(moved_network):
    policy = re.search(r"Content-Security-Policy\" content=\"([^\"]+)\"", only_page(moved_network))[1]
    assert "default-src &#39;none&#39;" in policy
    assert "img-src data:;" in policy


def test_with_tiles_a_page_may_load_images_of_that_server_only(moved_network):
    html = only_page(moved_network, options=MapOptions(tiles="http://t{s}.city.local:8080/{z}/{x}/{y}.png"))
    assert "img-src data: http://*.city.local:8080;" in html
    assert embedded(html)["about"]["tiles"] == "http://t{s}.city.local:8080/{z}/{x}/{y}.png"


def test_equal_networks_are_equal_pages(moved_network):
    assert only_page(moved_network) == only_page(moved_network)


def test_carried_columns_are_not_in_a_page_unless_asked_for(moved_network):
    assert "李四" not in only_page(moved_network)
    html = only_page(moved_network, options=MapOptions(columns=("police_网格长",)))
    (shown,) = embedded(html)["cells"]["shown"]
    assert shown[0] == "police_网格长"
    assert "李四" in shown[1]


def test_a_column_that_is_nowhere_is_refused(moved_network):
    with pytest.raises(ArgumentError, match="no column 'phone' to show"):
        draw_map(moved_network, options=MapOptions(columns=("phone",)))


def with_owner(network, owner):
    cells = network.cells.assign(police_owner=owner)
    return gridgov.Network(
        cells,
        network.grids,
        network.crosswalk,
        network.conflicts,
        network.rungs,
        network.summary,
        network.provenance,
    )


def test_mobile_numbers_in_owners_are_masked_unless_asked_for(moved_network):
    network = with_owner(moved_network, "张三 13800001234")
    assert "13800001234" not in only_page(network)
    assert "张三 138****" in only_page(network)
    assert "13800001234" in only_page(network, options=MapOptions(phones=True))


def test_borders_are_there_as_each_department_drew_them(moved_network, drawn_moves):
    layers, _ = drawn_moves
    drawn = embedded(only_page(moved_network))["drawn"]
    assert [each["key"] for each in drawn] == list(moved_network.departments)
    for name, layer in layers.items():
        kept = moved_network.drawn[moved_network.drawn["department"] == name].set_index("grid_id").geometry
        expected = layer.set_index("grid_id").geometry.to_crs(kept.crs)
        assert kept.sort_index().geom_equals(expected.sort_index()).all()


def test_a_network_that_does_not_know_them_has_none(moved_network):
    older = dataclasses.replace(moved_network, drawn=None)
    assert embedded(only_page(older))["drawn"] == []


def test_the_crosswalk_of_a_page_is_that_of_the_network(moved_network):
    content = map_content(moved_network, MapOptions())
    for part in content["crosswalk"]:
        table = moved_network.crosswalk
        rows = table[table["department"] == part["key"]]
        assert sum(unpacked(part["area"])) / 10 == pytest.approx(rows["area_m2"].sum(), abs=len(rows) * 0.05)
        assert len(unpacked(part["grid"])) == len(rows)


def test_grids_without_a_cell_can_be_found_too(moved_network):
    content = map_content(moved_network, MapOptions())
    (police,) = [group for group in content["groups"] if group["key"] == "police"]
    assert "P10" in police["ids"]  # it lies outside the city
    assert police["ids"].index("P10") not in unpacked(police["of"])


def incidents_at(network, **columns):
    x, y = network.cells.geometry.representative_point().iloc[0].coords[0]
    points = [shapely.Point(x, y), shapely.Point(x + 1, y), None]
    return gpd.GeoDataFrame(columns, geometry=points, crs=network.cells.crs)


def test_incidents_show_status_and_candidates_but_no_other_column(moved_network):
    table = incidents_at(
        moved_network,
        事件编码=["1", "2", "3"],
        cell_status=["inside", "border", "place"],
        cell_candidates=["a", "a|b", None],
        报案人电话=["13800001234"] * 3,
    )
    shown = embedded(only_page(moved_network, incidents=table))["incidents"]
    assert (shown["count"], shown["total"], shown["unplaced"]) == (2, 3, {"place": 1})
    assert (shown["ids"], shown["statuses"]) == (["1", "2"], ["inside", "border"])
    assert [name for name, _, _ in shown["columns"]] == ["cell_candidates"]


def test_columns_of_incidents_are_shown_when_asked_for(moved_network):
    table = incidents_at(moved_network, 内容=["</script>", "b", "c"])
    html = only_page(moved_network, incidents=table, options=MapOptions(columns=("内容",)))
    shown = embedded(html)["incidents"]["columns"]
    assert shown[0][2]["values"] == ["</script>", "b"]


def test_too_many_incidents_are_refused(moved_network, monkeypatch):
    monkeypatch.setattr("gridgov.mapview.incidents.MOST_INCIDENTS", 1)
    with pytest.raises(ArgumentError, match="2 incidents with a place are too many"):
        draw_map(moved_network, incidents=incidents_at(moved_network))


def test_changes_tell_what_was_and_what_is(moved_network):
    old = with_owner(moved_network, "老所")
    changes = embedded(only_page(moved_network, previous=old))["changes"]
    assert changes["count"] > 0
    assert all(["police_owner", "老所", "示例派出所"] in what for what in changes["what"] if what[0][2])


@pytest.fixture(scope="module")
def districts(city):
    return draw_map(gridgov.read_network(city / "network.gpkg"), most_cells=2, stem="图")


def test_a_large_network_has_a_page_per_district_and_an_index(districts):
    assert list(districts) == ["图.html", "图-410104.html", "图-410105.html"]
    listed = embedded(districts["图.html"])["pages"]
    assert [page["file"] for page in listed] == ["图-410104.html", "图-410105.html"]


def test_the_cells_of_all_pages_are_those_of_the_network(districts, city):
    pages = [embedded(html)["cells"]["ids"] for name, html in districts.items() if "-" in name]
    cells = gridgov.read_network(city / "network.gpkg").cells
    assert list(itertools.chain(*pages)) == cells["cell_id"].tolist()


def test_each_conflict_is_on_one_page(city):
    network = gridgov.read_network(city / "network.gpkg")
    conflicts = pd.concat([network.conflicts.head(2)] * 2, ignore_index=True)
    conflicts["conflict_id"] = ["here", "there", "outside", "nowhere"]
    conflicts.loc[[2, 3], "district"] = None
    (east,) = network.cells.loc[network.cells["district"] == "410105"].dissolve().geometry
    conflicts.loc[2, "geometry"] = shapely.Point(east.bounds[2] + 20, east.centroid.y).buffer(1)
    conflicts.loc[3, "geometry"] = None
    pages = draw_map(dataclasses.replace(network, conflicts=conflicts), most_cells=2)
    columns = {name: embedded(html)["conflicts"]["columns"] for name, html in pages.items() if "-" in name}
    listed = {name: each.get("conflict_id", []) for name, each in columns.items()}
    assert sorted(itertools.chain(*listed.values())) == sorted(conflicts["conflict_id"])
    assert "nowhere" in listed["map-410104.html"]
    assert "outside" in listed["map-410105.html"]


def test_the_index_finds_each_grid_on_its_pages(districts, city):
    index = embedded(districts["图.html"])
    cells = gridgov.read_network(city / "network.gpkg").cells
    (police,) = [found for found in index["found"] if found["key"] == "police"]
    pages = [index["pages"][number]["unit"] for number in police["pages"]]
    expected = cells[["police", "district"]].dropna().drop_duplicates()
    assert set(zip(police["ids"], pages, strict=True)) == set(expected.itertuples(index=False, name=None))


def test_what_lies_on_another_page_is_told_of_a_grid(districts):
    content = embedded(districts["图-410104.html"])
    (urban,) = [part for part in content["crosswalk"] if part["key"] == "urban"]
    assert -2 in unpacked(urban["cell"])


def test_each_incident_is_on_one_page(city):
    network = gridgov.read_network(city / "network.gpkg")
    spots = network.cells.geometry.representative_point()
    far = gpd.GeoSeries([shapely.Point(0, 0), None], crs=network.cells.crs)
    table = gpd.GeoDataFrame(geometry=pd.concat([spots, far], ignore_index=True))
    pages = draw_map(network, incidents=table, most_cells=2)
    counts = [embedded(html)["incidents"]["count"] for name, html in pages.items() if "-" in name]
    assert sum(counts) == len(network.cells) + 1
