"""Sheets come out of a real browser as paper: one page each, with everything on it."""

import shutil
import subprocess
import sys

import geopandas as gpd
import pytest
from shapely import box

from gridgov import make_grids, make_report, merge_grids

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
    ),
    pytest.mark.skipif(sys.platform == "win32", reason="Chromium of Debian"),
]

SIDE, EAST, NORTH = 6, 475_000.0, 3_843_000.0


@pytest.fixture(scope="module")
def report():
    """One street of 36 grids with long names, two departments whose borders differ."""

    def layer(step, shift, name):
        edges = [k * step for k in range(600 // step + 1)]
        cells = [(x, y) for y in edges[:-1] for x in edges[:-1]]
        shapes = [
            box(EAST + x + shift, NORTH + y, EAST + x + step + shift, NORTH + y + step) for x, y in cells
        ]
        columns = {
            "grid_id": [f"4101040090{k:05d}" for k in range(len(cells))],
            "name": [f"示例10社区第{k}网格" for k in range(len(cells))],
            "owner": "示例10社区居委会",
            "网格长": "网格长001",
            "户数": "402",
        }
        return make_grids(gpd.GeoDataFrame(columns, geometry=shapes, crs=4547), department=name)

    layers = {"comprehensive": layer(100, 0, "comprehensive"), "police": layer(300, 8, "police")}
    street = gpd.GeoDataFrame(
        {"grid_id": ["410104009"], "name": ["航海东路街道"]},
        geometry=[box(EAST, NORTH, EAST + 600, NORTH + 600)],
        crs=4547,
    )
    within = {"street": make_grids(street, department="street")}
    network = merge_grids(layers, within=within, carry={"comprehensive": ["网格长", "户数"]})
    return make_report(network, made_on="2025-06-01", printed_on="2025-06-02", language="zh")


@pytest.fixture(scope="module")
def pages(report, tmp_path_factory):
    """The texts of the pages as printed from file://, sheets first."""
    folder = tmp_path_factory.mktemp("print")
    (folder / "r.html").write_text(report.html(), encoding="utf-8")
    command = [CHROMIUM, *QUIET, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={folder / 'r.pdf'}", (folder / "r.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run(["pdftotext", "-layout", folder / "r.pdf", "-"], check=True, capture_output=True)
    return text.stdout.decode().split("\f")


def test_a_sheet_prints_on_one_page(report, pages):
    kinds = {"unit": "网格确认表", "pair": "部门间网格确认表"}
    for sheet, page in zip(report.sheets, pages, strict=False):
        assert [word for word in sheet.title.split() if word not in page] == []
        assert kinds[sheet.kind] in page
        assert "第 1 页" not in page
    assert "统计报告" in pages[len(report.sheets)]


def test_every_grid_and_the_boxes_to_sign_are_on_the_page(report, pages):
    sheet, page = report.sheets[0], pages[0]
    assert len(sheet.grids) == SIDE**2
    assert [grid for grid in sheet.grids["grid_id"] if grid not in page] == []
    assert page.count("签字") == len(sheet.signers)
    assert page.count("日期") >= len(sheet.signers)


def test_the_foot_is_on_every_sheet(report, pages):
    for page in pages[: len(report.sheets)]:
        assert f"网络版本 {report.version}（2025-06-01）" in page
        assert "内部工作底图" in page
