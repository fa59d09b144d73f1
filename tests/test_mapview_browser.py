"""The page in a real browser without a network: what people click, type and see."""

import base64
import re
import shutil
import subprocess

import geopandas as gpd
import numpy as np
import pytest
import shapely
from PIL import Image
from shapely import box

from gridgov import MapOptions, Network, draw_map, make_grids, merge_grids
from gridgov.datum import wgs84_to_gcj02

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: A transparent PNG of one pixel.
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
EAST, NORTH = 475_000.0, 3_843_000.0
EVIL_NAME = "<img src=x onerror=alert(1)>"
EVIL_OWNER = '"><script>alert(2)</script>'
EVIL_TEXT = "</script><script>alert(3)</script>"

if CHROMIUM is None:
    pytest.skip("there is no chromium on this machine", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is in the group `test`")


def layer(department, boxes, **columns):
    """Boxes in metres from the corner, as a layer: id -> box."""
    shapes = [box(EAST + a, NORTH + b, EAST + c, NORTH + d) for a, b, c, d in boxes.values()]
    frame = gpd.GeoDataFrame({"grid_id": list(boxes), **columns}, geometry=shapes, crs="EPSG:4547")
    return make_grids(frame, department=department)


@pytest.fixture(scope="module")
def merged():
    """Two departments that disagree, a market in a grid, ground without a grid, and names that are HTML.

    +------+------+   police: P1 | P2, border drawn at 206 m, and P9, a market inside P1; none above 300 m
    |      |      |   urban: U1 below 200 m, U2 above; U3 overlaps U1 by 40 m
    +------+------+   districts: 410104 left, 410105 right
    """
    police = layer(
        "police",
        {"P1": (0, 0, 206, 300), "P2": (206, 0, 400, 300), "P9": (50, 50, 110, 110)},
        name=["一格", EVIL_NAME, "市场"],
        owner=["一所", EVIL_OWNER, "三所 13800001234"],
    )
    urban = layer(
        "urban",
        {"U1": (0, 0, 300, 200), "U2": (0, 200, 400, 400), "U3": (260, 0, 400, 200)},
        owner=["一队", "二队", "三队"],
    )
    district = layer(
        "district", {"410104": (0, 0, 200, 400), "410105": (200, 0, 400, 400)}, name=["管城", "金水"]
    )
    return merge_grids({"police": police, "urban": urban}, within={"district": district})


@pytest.fixture(scope="module")
def incidents(merged):
    """Two incidents with a point, one of them at a border, one without."""
    cells = merged.cells["cell_id"].tolist()
    points = [shapely.Point(EAST + 20, NORTH + 20), shapely.Point(EAST + 199.6, NORTH + 100), None]
    return gpd.GeoDataFrame(
        {
            "事件编码": ["E1", "E2", "E3"],
            "小类": ["路灯", "井盖", "路灯"],
            "内容": [EVIL_TEXT, "b", "c"],
            "cell_status": ["inside", "border", "place"],
            "cell_candidates": [cells[0], "|".join(cells[:2]), None],
            "review": ["false", "true", "false"],
        },
        geometry=points,
        crs="EPSG:4547",
    )


@pytest.fixture(scope="module")
def old(merged):
    """What the network was before one owner changed."""
    cells = merged.cells.copy()
    cells.loc[cells["urban"] == "U2", "urban_owner"] = "老二队"
    provenance = dict(merged.provenance) | {"network_version": "older"}
    parts = (merged.grids, merged.crosswalk, merged.conflicts, merged.rungs, merged.summary, provenance)
    return Network(cells, *parts)


@pytest.fixture(scope="module")
def files(tmp_path_factory, merged, incidents, old):
    """A page with everything, one in Chinese with little, and the pages of districts, on disk."""
    folder = tmp_path_factory.mktemp("图 页")
    pages = draw_map(
        merged,
        options=MapOptions(title="一张网 <b>", language="en", columns=("内容",)),
        incidents=incidents,
        previous=old,
    )
    pages |= draw_map(merged, stem="plain")
    pages |= draw_map(merged, stem="many", most_cells=2, options=MapOptions(language="en"))
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def context(browser):
    """A window without a network."""
    offline = browser.new_context(viewport={"width": 1300, "height": 800}, locale="en-US", offline=True)
    offline.set_default_timeout(60_000)
    yield offline
    offline.close()


@pytest.fixture
def opened(context, files):
    """Open a page of the folder: `opened("map.html", "#c=1")`. At the end nothing has gone wrong or out."""
    requests, errors = [], []

    def open_page(name, link=""):
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto((files / name).as_uri() + link)
        page.wait_for_selector("body.ready")
        return page

    yield open_page
    for page in context.pages:
        page.close()
    assert [url for url in requests if not url.startswith(("file:///", "data:"))] == []
    assert errors == []


def click_at(page, x, y):
    """Click the map at metres from the corner."""
    lon, lat = lonlat(x, y)
    spot = page.evaluate(
        "([lon, lat]) => Object.values(gridgov.page.map.latLngToContainerPoint([lat, lon]))",
        [lon, lat],
    )
    page.locator("#map").click(position={"x": spot[0], "y": spot[1]})


def settled(page, question):
    """Wait until the page says so; asked from outside, for its policy lets no text become a script."""
    for _ in range(200):
        if page.evaluate(question):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {question}")


def lonlat(x, y):
    point = gpd.GeoSeries([shapely.Point(EAST + x, NORTH + y)], crs="EPSG:4547").to_crs(4490).iloc[0]
    return point.x, point.y


def state(page, name):
    return page.evaluate(f"gridgov.State.get('{name}')")


def painted(page, sheet=0):
    """How many pixels of a sheet are drawn on."""
    return page.evaluate(
        "(n) => { const c = document.querySelectorAll('#map canvas')[n];"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let count = 0; for (let i = 3; i < d.length; i += 4) count += d[i] > 0; return count; }",
        sheet,
    )


def test_it_opens_from_disk_without_a_network(opened):
    page = opened("map.html")
    assert page.title() == "一张网 <b>"
    assert painted(page) > 10_000


def test_a_click_shows_the_owners(opened):
    page = opened("plain.html")
    click_at(page, 20, 20)
    panel = page.locator("#panel").inner_text()
    assert "一所" in panel
    assert "一队" in panel
    assert state(page, "tab") == "place"


def test_names_that_are_html_stay_text(opened):
    page = opened("plain.html")
    click_at(page, 230, 20)
    assert EVIL_OWNER in page.locator("#panel").inner_text()
    page.locator("#panel button.link", has_text="P2").click()
    assert EVIL_NAME in page.locator("#panel h2").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator("h1 b").count() == 0


def test_a_text_of_an_incident_that_ends_a_script_stays_text(opened):
    page = opened("map.html", "#i=E1")
    assert EVIL_TEXT in page.locator("#panel").inner_text()


def test_mobile_numbers_are_nowhere(opened):
    page = opened("map.html")
    assert "13800001234" not in page.content()


def test_search_finds_a_code(opened):
    page = opened("plain.html")
    page.locator("#search").fill("p9")
    page.locator("#results button").first.click()
    assert "P9" in page.locator("#panel h2").inner_text()
    assert "专属网格" in page.locator("#panel .special").inner_text()


def test_search_finds_an_owner_and_a_name(opened):
    page = opened("plain.html")
    page.locator("#search").fill("二队")
    assert "U2" in page.locator("#results").inner_text()
    page.locator("#search").fill("onerror")
    assert EVIL_NAME in page.locator("#results").inner_text()


def test_search_goes_to_a_coordinate(opened):
    page = opened("plain.html")
    lon, lat = lonlat(20, 20)
    page.locator("#search").fill(f"{lon:.6f}, {lat:.6f}")
    page.locator("#search").press("Enter")
    assert "一队" in page.locator("#panel").inner_text()


def test_search_that_finds_nothing_says_so(opened):
    page = opened("map.html")
    page.locator("#search").fill("no such thing")
    assert "Nothing has" in page.locator("#results").inner_text()


def conflict_ids(merged, severity="decide"):
    return merged.conflicts.loc[merged.conflicts["severity"] == severity, "conflict_id"].tolist()


def test_conflicts_are_listed_in_the_order_of_the_network(opened, merged):
    page = opened("plain.html")
    listed = page.locator("[data-conflict]").evaluate_all("nodes => nodes.map((n) => n.dataset.conflict)")
    assert listed == conflict_ids(merged)


def test_a_conflict_zooms_to_its_place_and_shows_rule_and_both_owners(opened, merged):
    page = opened("plain.html")
    overlap = merged.conflicts[(merged.conflicts["kind"] == "overlap")].iloc[0]
    page.locator(f"[data-conflict='{overlap['conflict_id']}']").click()
    details = page.locator("#panel li.open").inner_text()
    assert "一队" in details
    assert "三队" in details
    assert "依据" in details
    settled(page, "() => !gridgov.page.map._animatingZoom")
    bounds = page.evaluate("gridgov.page.map.getBounds().toBBoxString()")
    west, south, east, north = map(float, bounds.split(","))
    assert west < overlap["lon"] < east
    assert south < overlap["lat"] < north
    assert east - west < 0.004


def test_a_link_to_a_conflict_opens_it(opened, merged):
    conflict = conflict_ids(merged)[-1]
    page = opened("plain.html", f"#c={conflict}")
    assert page.locator("#panel li.open [data-conflict]").get_attribute("data-conflict") == conflict


def test_a_link_to_what_is_not_there_says_so(opened):
    page = opened("map.html", "#c=nothing")
    assert page.locator("#told").inner_text() == "nothing is not on this page."


def test_settled_conflicts_and_notes_are_a_choice_away(opened, merged):
    page = opened("plain.html")
    page.locator("#conflict-severity").select_option("note")
    assert page.locator("[data-conflict]").count() == len(conflict_ids(merged, "note"))


def test_a_clicked_grid_shows_its_crosswalk(opened):
    page = opened("map.html", "#grid=urban:U2")
    panel = page.locator("#panel").inner_text()
    assert "no grid" in panel  # police has none above 300 m
    shares = [float(share) for share in re.findall(r"(\d+\.\d) %", panel.split("Crosswalk: cells")[0])]
    assert sum(shares) == pytest.approx(100, abs=0.3)


def test_colours_follow_the_choice(opened):
    page = opened("plain.html")
    page.evaluate("gridgov.State.set({ hidden: ['names', 'conflicts', 'special', 'cells'] })")
    page.wait_for_timeout(100)
    first = page.evaluate("document.querySelector('#map canvas').toDataURL()")
    page.locator("#by").select_option("urban")
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('#map canvas').toDataURL()") != first


def test_neighbours_have_different_colours(opened):
    page = opened("plain.html")
    same = page.evaluate(
        """() => { const { network } = gridgov.page; const { one, other } = network.shapes; let count = 0;
          network.groups.forEach((group) => one.forEach((a, arc) => {
            if (other[arc] < 0) return;
            const [p, q] = [group.of[a], group.of[other[arc]]];
            if (p >= 0 && q >= 0 && p !== q && group.tint[p] === group.tint[q]) count += 1; }));
          return count; }"""
    )
    assert same == 0


def test_layers_as_drawn_can_be_laid_over(opened):
    page = opened("map.html")
    page.evaluate(
        "gridgov.State.set({ hidden: [...gridgov.State.get('hidden'), 'areas', 'cells', 'names'] })"
    )
    page.wait_for_timeout(100)
    before = painted(page)
    page.get_by_label("police, as drawn").check()
    page.wait_for_timeout(100)
    assert painted(page) > before


def test_incidents_show_status_and_candidates(opened, merged):
    page = opened("map.html")
    click_at(page, 199.6, 100)
    panel = page.locator("#panel").inner_text()
    assert "Incident E2" in panel
    assert "another is very near" in panel
    assert all(cell in panel for cell in merged.cells["cell_id"].tolist()[:2])
    assert "yes: an owner or the handler would differ" in panel


def test_incidents_without_a_point_are_counted(opened):
    page = opened("map.html")
    page.locator("[data-tab=incidents]").click()
    assert "2 of 3 incidents" in page.locator("#panel").inner_text()


def test_changes_are_listed_with_before_and_after(opened):
    page = opened("map.html")
    assert state(page, "tab") == "changes"
    page.locator("[data-change]").first.click()
    panel = page.locator("#panel").inner_text()
    assert "老二队" in panel
    assert "二队" in panel
    assert state(page, "by") == "urban_owner"
    page.get_by_role("button", name="Before", exact=True).click()
    assert state(page, "before") is True


def test_what_changed_has_its_old_colour_before(opened):
    page = opened("map.html", "#change=1")
    page.evaluate("gridgov.State.set({ by: 'urban', hidden: ['names', 'conflicts', 'cells'], chosen: null })")
    page.wait_for_timeout(100)
    pictures = []
    for before in ("true", "false"):
        page.evaluate(f"gridgov.State.set({{ before: {before} }})")
        page.wait_for_timeout(100)
        pictures.append(page.evaluate("document.querySelector('#map canvas').toDataURL()"))
    assert pictures[0] != pictures[1]


def test_an_item_that_was_opened_keeps_the_focus(opened, merged):
    page = opened("plain.html")
    item = page.locator("[data-conflict]").nth(1)
    item.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.conflict") == conflict_ids(merged)[1]


def test_the_language_can_be_changed(opened):
    page = opened("plain.html")
    assert page.locator("[data-tab=conflicts]").inner_text() == "冲突"
    page.locator("#language").click()
    assert page.locator("[data-tab=conflicts]").inner_text() == "Conflicts"
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_pointer_is_read_in_cgcs2000_and_gcj02(opened):
    page = opened("plain.html")
    click_at(page, 20, 20)
    lon, lat = map(
        float, re.findall(r"[\d.]+", page.locator("#lonlat").inner_text().removeprefix("CGCS2000"))
    )
    assert (lon, lat) == pytest.approx(lonlat(20, 20), abs=1e-5)
    shown = map(float, re.findall(r"[\d.]+", page.locator("#gcj02").inner_text().removeprefix("GCJ-02")))
    assert tuple(shown) == pytest.approx([float(v) for v in wgs84_to_gcj02(lon, lat)], abs=2e-6)


def test_gcj02_of_the_page_is_that_of_the_program(opened):
    page = opened("plain.html")
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(70, 140, 500), rng.uniform(0, 57, 500)
    points = np.column_stack([lon, lat]).tolist()
    there = np.array(page.evaluate("points => points.map((p) => gridgov.Datum.toGcj02(...p))", points))
    assert np.abs(there - np.column_stack(wgs84_to_gcj02(lon, lat))).max() < 1e-7
    inside = (lon > 73) & (lon < 135) & (lat > 18) & (lat < 54)
    back = np.array(
        page.evaluate("points => points.map((p) => gridgov.Datum.fromGcj02(...p))", there.tolist())
    )
    assert np.abs(back - points)[inside].max() < 1e-7


def test_a_link_restores_the_view(opened):
    page = opened("plain.html")
    page.locator("#by").select_option("urban")
    page.get_by_label("基础单元界线").uncheck()
    page.evaluate("gridgov.page.map.setView([34.721, 113.729], 17.5, { animate: false })")
    again = opened("plain.html", page.evaluate("window.location.hash"))
    assert state(again, "by") == "urban"
    assert "cells" in state(again, "hidden")
    view = again.evaluate(
        "[gridgov.page.map.getCenter().lat, gridgov.page.map.getCenter().lng, gridgov.page.map.getZoom()]"
    )
    assert view == pytest.approx([34.721, 113.729, 17.5], abs=1e-4)


def test_the_keyboard_is_enough(opened, merged):
    page = opened("map.html")
    page.locator("[data-tab=conflicts]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    first = page.locator("#panel li.open [data-conflict]").get_attribute("data-conflict")
    assert first == conflict_ids(merged)[0]
    page.keyboard.press("Escape")
    page.get_by_label("conflicts listed").uncheck()  # else the number of this one lies in the middle
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    assert "Cell 41010" in page.locator("#panel").inner_text()
    page.keyboard.press("/")
    page.keyboard.type("U3")
    page.keyboard.press("Enter")
    assert "U3" in page.locator("#panel h2").inner_text()
    page.locator("#map").focus()
    page.keyboard.press("l")
    assert state(page, "language") == "zh"
    page.keyboard.press("?")
    assert page.locator("#help-box").is_visible()


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def coloured(pdf, folder):
    """The part of a page that is not white, as it comes out of a printer."""
    (folder / "page.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-png", folder / "page.pdf", folder / "page"], check=True)
    (picture,) = folder.glob("page-*.png")
    with Image.open(picture) as image:
        dots = np.asarray(image.convert("RGB"))
    return float((dots < 250).any(axis=2).mean())


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="there is no pdftoppm on this machine")
@pytest.mark.parametrize("how", ["button", "menu"])
def test_it_prints_on_one_page_with_the_grids(opened, tmp_path, how):
    page = opened("map.html")
    if how == "button":
        page.evaluate("gridgov.page.printing.prepare()")
    printed = page.pdf(prefer_css_page_size=True)
    assert pages_of(printed) == 1
    assert coloured(printed, tmp_path) > 0.2
    assert page.evaluate("document.body.className") == "ready"


def test_the_print_button_prints(opened):
    page = opened("plain.html")
    page.evaluate("window.print = () => { window.printed = document.body.className; }")
    page.locator("#print").click()
    settled(page, "() => Boolean(window.printed)")
    assert page.evaluate("window.printed") == "ready printing"


def test_the_index_leads_to_each_district(opened):
    page = opened("many.html")
    assert page.locator("#pages a").count() == 2
    page.locator("#pages a", has_text="金水").click()
    page.wait_for_selector("body.ready")
    assert "many-410105.html" in page.url
    assert page.locator("h1").inner_text() == "金水"
    page.locator("a.index").click()
    page.wait_for_selector("#pages a")


def test_the_index_finds_a_grid_on_its_page(opened, merged):
    grid = merged.cells.dropna(subset=["police"]).iloc[0]
    page = opened("many.html")
    page.locator("#search").fill(grid["police"].lower())
    page.locator("#results a").first.click()
    page.wait_for_url(f"**/many-{grid['district']}.html#*")
    page.wait_for_selector("body.ready")
    assert grid["police"] in page.locator("#panel").inner_text()


def test_a_link_to_a_conflict_of_the_index_goes_on_to_its_district(opened, merged):
    row = merged.conflicts[merged.conflicts["severity"] == "decide"].dropna(subset=["district"]).iloc[0]
    page = opened("many.html", f"#c={row['conflict_id']}")
    page.wait_for_url(f"**/many-{row['district']}.html#*")
    page.wait_for_selector("#panel li.open")


def test_tiles_are_asked_of_the_server_that_was_named(browser, merged, tmp_path):
    (html,) = draw_map(
        merged, options=MapOptions(tiles="http://tiles.invalid/{z}/{x}/{y}.png", tiles_datum="gcj02")
    ).values()
    (tmp_path / "tiles.html").write_text(html, encoding="utf-8")
    asked = []
    context = browser.new_context(viewport={"width": 900, "height": 600})

    def answer(route):
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=ONE_PIXEL)

    context.route(re.compile("^http:"), answer)
    page = context.new_page()
    page.goto((tmp_path / "tiles.html").as_uri())
    page.wait_for_selector("body.ready")
    page.wait_for_selector(".leaflet-tile-loaded")
    assert asked
    assert all(re.fullmatch(r"http://tiles\.invalid/\d+/\d+/\d+\.png", url) for url in asked)
    lon, lat = lonlat(200, 200)
    centre = page.evaluate("gridgov.page.map.getCenter().lng")
    assert abs(centre - float(wgs84_to_gcj02(lon, lat)[0])) < 0.002
    assert page.locator("#lonlat").inner_text().startswith(f"CGCS2000 {lon:.3f}")
    context.close()


def test_twenty_thousand_cells_open(browser, tmp_path):
    side = 142
    columns, rows = np.meshgrid(np.arange(side), np.arange(side))
    x, y = EAST + 60.0 * columns.ravel(), NORTH + 60.0 * rows.ravel()
    number = np.arange(side * side)
    cells = gpd.GeoDataFrame(
        {
            "cell_id": [f"c{k:05d}" for k in number],
            "district": "410104",
            "district_name": "管城回族区",
            "police": [f"P{k // 5:04d}" for k in number],
            "police_owner": [f"第{k // 5 % 90}所" for k in number],
            "special": None,
            "area_m2": 3600.0,
        },
        geometry=shapely.box(x, y, x + 60, y + 60),
        crs="EPSG:4547",
    )
    provenance = {"departments": ["police"], "network_version": "v1"}
    none = cells.iloc[:0]
    network = Network(cells, none.rename(columns={"cell_id": "grid_id"}), none, none, {}, {}, provenance)
    ((name, html),) = draw_map(network).items()
    assert len(html) < 15e6
    (tmp_path / name).write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1300, "height": 800})
    page.goto((tmp_path / name).as_uri())
    page.wait_for_selector("body.ready")
    assert page.evaluate("gridgov.page.network.count") == side * side
    assert painted(page) > 100_000
    page.close()
