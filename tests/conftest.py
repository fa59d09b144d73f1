"""Drawn fixtures that several test files share."""

import dataclasses
import io
import json
import os
import subprocess
import sys
import time
import warnings
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from contextvars import copy_context
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from hypothesis import settings
from shapely import MultiPolygon, affinity, box

from gridgov import make_grids, merge_grids, write_network
from gridgov.cli.app import main
from gridgov.datum import transform_points
from gridgov.language import speak
from gridgov.network import Network
from gridgov.schema import CONFLICT_COLUMNS, CROSSWALK_COLUMNS, SCHEMA_VERSION

# A slow or busy machine is no fault of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Words are tested in English, whatever this system speaks; tests of Chinese ask for it.
os.environ["LC_ALL"] = "C.UTF-8"

# Nobody pulls the plug of a test: SQLite need not wait until what it writes has reached the disk.
os.environ["OGR_SQLITE_SYNCHRONOUS"] = "OFF"

EAST, NORTH = 475_000.0, 3_843_000.0


@pytest.fixture(scope="session")
def in_chinese():
    """Call a function while Chinese is spoken; English is spoken again afterwards."""

    def called(function, *values, **more):
        def spoken_to():
            speak("zh")
            return function(*values, **more)

        return copy_context().run(spoken_to)

    return called


@pytest.fixture(scope="session")
def four_cells():
    """Four squares of 100 m in two districts; police has a grid in each half, urban one, not in d.

    +-----+-----+
    |  c  |  d  |   410105 金水区: c, d
    +-----+-----+
    |  a  |  b  |   410104 管城回族区: a, b
    +-----+-----+ (EAST, NORTH) is the lower left corner, EPSG:4547
      P1    P2      police by column
    """
    squares = [
        box(EAST + 100 * c, NORTH + 100 * r, EAST + 100 * c + 100, NORTH + 100 * r + 100)
        for r in (0, 1)
        for c in (0, 1)
    ]
    return gpd.GeoDataFrame(
        {
            "cell_id": ["a", "b", "c", "d"],
            "district": ["410104", "410104", "410105", "410105"],
            "district_name": ["管城回族区", "管城回族区", "金水区", "金水区"],
            "street": ["S1", "S2", "S3", "S3"],
            "street_name": ["北下街街道", "城关镇", "未来路街道", "未来路街道"],
            "police": ["P1", "P2", "P1", "P2"],
            "police_owner": ["一所", "二所", "一所", "二所"],
            "police_phone": ["1", "2", "1", "2"],
            "urban": ["U1", "U1", "U1", None],
            "urban_owner": ["一队", "一队", "一队", None],
            "special": [None] * 4,
            "area_m2": [10_000.0] * 4,
        },
        geometry=squares,
        crs="EPSG:4547",
    )


@pytest.fixture(scope="session")
def four_network(four_cells):
    """The four cells as a network of version v1."""
    return Network(
        cells=four_cells,
        grids=four_cells.rename(columns={"cell_id": "grid_id"}),
        crosswalk=pd.DataFrame(),
        conflicts=four_cells.iloc[:0],
        rungs={},
        summary={},
        provenance={"departments": ["police", "urban"], "network_version": "v1"},
    )


@pytest.fixture(scope="session")
def stored_network(four_network):
    """The four cells as a network to be written: with numbers, missing ones among them, one in two parts."""
    shapes = four_network.cells.geometry.tolist()
    shapes[3] = MultiPolygon([shapes[3], affinity.translate(shapes[3], 300, 0)])
    nothing = {name: pd.Series(dtype=object) for name in CONFLICT_COLUMNS}
    writable = dataclasses.replace(
        four_network,
        crosswalk=pd.DataFrame({name: pd.Series(dtype=object) for name in CROSSWALK_COLUMNS}),
        conflicts=four_network.cells.iloc[:0][["geometry"]].assign(**nothing),
        summary={"rungs": []},
        provenance={**four_network.provenance, "gridgov": "0", "schema_version": SCHEMA_VERSION},
    )
    cells = four_network.cells.assign(
        geometry=gpd.GeoSeries(shapes, crs=four_network.cells.crs),
        households=[12, 7, 0, 3],
        people=[30.5, None, 1.0, 2.0],
    )
    return dataclasses.replace(writable, cells=cells)


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """A folder with all that the commands need; tests read it and write elsewhere.

    +----+----+
    | P3 | P4 |   police: four squares of 200 m, carried column 电话
    +----+----+   urban: U1 is the lower half and U2 the upper, drawn 5 m apart from the police border
    | P1 | P2 |   区: 410104 is the left half, 410105 the right
    +----+----+   the lower left corner is (EAST, NORTH), EPSG:4547
    """
    folder = tmp_path_factory.mktemp("网格 数据") / "一张网 v1"
    folder.mkdir()
    layers = drawn_layers()
    for name, (frame, file) in layers.items():
        frame.to_file(folder / file, layer=name)
    grids = {name: make_grids(frame, department=name) for name, (frame, _) in layers.items()}
    within = {"district": grids.pop("district")}
    network = merge_grids(grids, within=within, carry={"police": ["电话"]})
    write_network(network, folder / "network.gpkg")
    write_network(network, folder / "cells.parquet")
    (folder / "事件 导出.csv").write_bytes(drawn_incidents().encode("gb18030"))
    rules = "category,district,handler,时限\n路灯,管城回族区,住建局,4小时\n路灯,金水区,城管局,8小时\n"
    (folder / "rules.csv").write_text(rules, encoding="utf-8")
    return folder


def drawn_layers():
    """Name -> (frame, file) of the city's layers."""

    def layer(columns, *boxes):
        shapes = [box(EAST + x0, NORTH + y0, EAST + x1, NORTH + y1) for x0, y0, x1, y1 in boxes]
        return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4547")

    squares = [(x, y, x + 200, y + 200) for y in (0, 200) for x in (0, 200)]
    police = {"网格编码": ["P1", "P2", "P3", "P4"], "责任单位": list("甲乙丙丁"), "电话": list("1234")}
    urban = {"网格编码": ["U1", "U2"], "责任单位": ["一队", "二队"]}
    district = {"区县编码": ["410104", "410105"], "区县名称": ["管城回族区", "金水区"]}
    return {
        "police": (layer(police, *squares), "警务 网格.gpkg"),
        "urban": (layer(urban, (0, 0, 400, 195), (0, 195, 400, 400)), "城管.gpkg"),
        "district": (layer(district, (0, 0, 200, 400), (200, 0, 400, 400)), "区.gpkg"),
    }


def drawn_incidents():
    """One incident inside, one at a border, one outside, one with a place only; CGCS2000 degrees."""
    x, y = [EAST + 50, EAST + 199.5, EAST + 9000], [NORTH + 50] * 3
    lon, lat = transform_points(x, y, source="EPSG:4547", target="cgcs2000")
    points = [f"{a:.7f},{b:.7f}" for a, b in zip(lon, lat, strict=True)] + [","]
    places = ["管城回族区", "管城回族区", "管城回族区", "金水区"]
    rows = [
        f"00{n},{point},路灯,{place}" for n, (point, place) in enumerate(zip(points, places, strict=True))
    ]
    return "\n".join(["事件编码,经度,纬度,小类,所属区县", *rows, ""])


class Ended(NamedTuple):
    """How a run of the program ended: exit code and both streams."""

    code: int
    out: str
    err: str


@pytest.fixture
def gridgov(monkeypatch, capsys):
    """Run the program in this process, which is quick: `gridgov("check", "police=a.shp")`."""

    def run(*arguments):
        # The program shows warnings its own way; give that back to the tests that follow.
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        monkeypatch.setattr(sys, "argv", ["gridgov", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Ended(ended.value.code or 0, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def run_in():
    """Run the program in this process, in a folder, with streams as a console of some encoding has them."""

    def run(folder, *arguments, encoding="utf-8"):
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True) for _ in range(2))
        with ExitStack() as around:
            for context in (chdir(folder), redirect_stdout(out), redirect_stderr(err)):
                around.enter_context(context)
            around.enter_context(warnings.catch_warnings())
            patch = around.enter_context(pytest.MonkeyPatch.context())
            patch.setattr(sys, "argv", ["gridgov", *map(str, arguments)])
            with pytest.raises(SystemExit) as end:
                main()
        return Ended(
            end.value.code or 0, *(stream.buffer.getvalue().decode(encoding) for stream in (out, err))
        )

    return run


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Have a folder made by whichever process of the tests asks first; the others wait, and read it.

    `made_once("name", make)` calls `make(folder)` once and answers the folder, which nobody changes.
    """
    ours = tmp_path_factory.getbasetemp()
    ours = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours

    def made(name, make):
        folder, ready, failed = (ours / f"{name}{end}" for end in ("", ".ready", ".failed"))
        try:
            folder.mkdir()
        except FileExistsError:
            while not ready.exists():
                assert not failed.exists(), f"{name} could not be made by another process"
                time.sleep(0.05)
            return folder
        try:
            make(folder)
        except BaseException:
            failed.touch()
            raise
        ready.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def demonstrated(made_once):
    """A folder in which `gridgov demo "结果 1"` ran on a Chinese Windows console, and how it ended."""

    def demonstrate(folder):
        ended = subprocess.run(
            [sys.executable, "-m", "gridgov", "demo", "结果 1"],
            cwd=folder,
            env={**os.environ, "PYTHONIOENCODING": "cp936"},
            capture_output=True,
            encoding="cp936",
            check=False,
        )
        said = json.dumps([ended.returncode, ended.stdout, ended.stderr])
        (folder / "ended.json").write_text(said, encoding="utf-8")

    folder = made_once("演示 一", demonstrate)
    return folder, Ended(*json.loads((folder / "ended.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def drawn_moves():
    """Layers and rungs: A and B of 200 m, and what police and urban drew there: 6 m off, a campus, half.

    +---------+---------+   comprehensive (first): A | B, border at 200 m
    |  A  P1  |  B  P2  |   police: P1 | P2, border drawn at 206 m; P9 is a campus of 60 m inside P1;
    |    [P9] |         |           P10 lies outside the city
    +---------+---------+   urban: U1 on A only
    """
    drawn = {
        "comprehensive": {"A": (0, 0, 200, 200), "B": (200, 0, 400, 200)},
        "police": {
            "P1": (0, 0, 206, 200),
            "P2": (206, 0, 400, 200),
            "P9": (50, 50, 110, 110),
            "P10": (900, 0, 1000, 100),
        },
        "urban": {"U1": (0, 0, 200, 200)},
    }
    layers = {name: _layer(grids, name) for name, grids in drawn.items()}
    layers["police"] = layers["police"].assign(户数=["376", "３８８", None, "7"], 网格长="李四")
    district = {"410104": (0, 0, 400, 200)}
    return layers, {"district": _layer(district, "区")}


@pytest.fixture(scope="session")
def moved_network(drawn_moves):
    """The layers of `drawn_moves`, merged."""
    layers, within = drawn_moves
    return merge_grids(layers, within=within, carry={"police": ["name", "户数", "网格长"]})


def _layer(boxes, what):
    """Boxes in metres from the corner, as a layer."""
    shapes = [box(EAST + a, NORTH + b, EAST + c, NORTH + d) for a, b, c, d in boxes.values()]
    names = [f"{what}{name}" for name in boxes]
    columns = {"grid_id": list(boxes), "name": names, "owner": "示例派出所"}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4547")


@pytest.fixture(scope="session")
def sent(tmp_path_factory):
    """What departments of the city of `city` sent: six files with a fault each; not to be changed.

    警务网格.shp is in GBK and has neither .prj nor .cpg; 综治网格.dxf has closed lines with a text in each;
    城管.gdb holds a layer and a table; 环卫.geojson is in degrees; 责任台账.xlsx has a title above the owners
    of the police's grids; 区县.gpkg are the districts.
    """
    folder = tmp_path_factory.mktemp("来件") / "各部门 来件"
    folder.mkdir()
    layers = drawn_layers()
    police = layers["police"][0][["网格编码", "geometry"]].rename(columns={"网格编码": "网格编号"})
    pyogrio.write_dataframe(police.assign(辖区="管城区"), folder / "警务网格.shp", encoding="gbk")
    for part in ("警务网格.prj", "警务网格.cpg"):
        (folder / part).unlink()
    urban = layers["urban"][0]
    pyogrio.write_dataframe(urban, folder / "城管.gdb", layer="单元网格", driver="OpenFileGDB")
    table = pd.DataFrame({"说明": ["2025 年移交"]})
    pyogrio.write_dataframe(table, folder / "城管.gdb", layer="说明", driver="OpenFileGDB", append=True)
    layers["district"][0].to_file(folder / "区县.gpkg", layer="区县")
    swept = urban.rename(columns={"网格编码": "编号"}).dissolve(as_index=False)[["编号", "geometry"]]
    swept.to_crs(4490).to_file(folder / "环卫.geojson")
    (folder / "综治网格.dxf").write_bytes(drawn_in_cad().encode("gbk"))
    rows = [
        ["警务网格责任台账", None],
        ["网格编号", "责任单位"],
        *([f"P{n}", f"{n}所"] for n in (1, 2, 3, 4)),
    ]
    pd.DataFrame(rows).to_excel(folder / "责任台账.xlsx", header=False, index=False)
    return folder


def drawn_in_cad():
    """The police's squares as closed lines of a drawing, with the text S1 ... inside each."""
    entities = []
    for n, (x, y) in enumerate([(0, 0), (200, 0), (0, 200), (200, 200)], 1):
        corners = [(x, y), (x + 200, y), (x + 200, y + 200), (x, y + 200)]
        points = "".join(f"10\n{EAST + a}\n20\n{NORTH + b}\n" for a, b in corners)
        entities.append(f"0\nLWPOLYLINE\n8\n网格线\n90\n4\n70\n1\n{points}")
        entities.append(f"0\nTEXT\n8\n编号\n10\n{EAST + x + 90}\n20\n{NORTH + y + 90}\n40\n10\n1\nS{n}\n")
    head = "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\nANSI_936\n0\nENDSEC\n"
    return f"{head}0\nSECTION\n2\nENTITIES\n{''.join(entities)}0\nENDSEC\n0\nEOF\n"
