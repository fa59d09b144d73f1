"""Write the samples: an invented city at the true place of 管城回族区, as its departments would hand it over.

    python data/make_samples.py [FOLDER]

The same seed gives the same files. Needs gridgov installed. data/samples/README.md says what is in them.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pyogrio
import pyproj
import shapely
import xlsxwriter
from blocks import City
from drawn_apart import bow_tied, clearing, draw, premises, roughened, stretched
from invented_city import BLOCK_M, build_city
from invented_units import DISTRICTS, STREETS, Units, govern
from sample_incidents import write_incidents
from sample_rules import write_rules
from sample_team import write_team, write_workdays

SEED: Final = 410104
#: The junction of 航海东路 and 紫辰路 in CGCS2000; no source gives it.
JUNCTION: Final = (113.73, 34.72)
METRES: Final = 4547
DEGREES: Final = 4490
WRITTEN_ON: Final = "2025-06-01"
#: Where departments made their mistakes, on the drawing board in blocks (x, y).
MISTAKES: Final = {
    "dropped": (-2.5, 9.0),
    "stretched": (3.2, -5.0),
    "stretched into": (1.8, -5.0),
    "clearing": (-3.0, -4.2),
    "market": (2.5, -2.6),
    "campus": (-3.2, -7.4),
    "over the border": (-9.2, -12.0),
}
MARKET: Final = ((-38, -27), (36, -31), (41, 24), (-33, 29))
CAMPUS: Final = ((-52, -40), (48, -44), (50, 2), (12, 4), (14, 40), (-46, 44))

Shapes = dict[str, shapely.Geometry]


def main(folder: Path) -> None:
    """Write every sample file into a folder that exists."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{WRITTEN_ON}T00:00:00.000Z"})
    rng = np.random.default_rng(SEED)
    to_metres = pyproj.Transformer.from_crs(DEGREES, METRES, always_xy=True)
    junction = to_metres.transform(*JUNCTION)
    city = build_city(rng, junction=junction)
    units = govern(city)
    write_rungs(folder, city, units, rng, junction=junction)
    write_comprehensive(folder, city, units, rng, junction=junction)
    write_police(folder, city, units, rng)
    write_urban(folder, city, units, rng, junction=junction)
    write_zone(folder, city, units, rng)
    write_incidents(folder / "incidents.csv", city, units, rng, junction=JUNCTION)
    write_rules(folder / "rules.csv")
    write_team(folder / "team.csv", city, units, rng)
    write_workdays(folder / "workdays.csv")


def write_rungs(
    folder: Path, city: City, units: Units, rng: np.random.Generator, *, junction: tuple[float, float]
) -> None:
    """Districts as they are; streets and communities drawn by one hand, a little off the districts."""
    blocks = city.blocks()
    districts = {d: shapely.coverage_union_all(blocks[units.district == d]) for d in DISTRICTS}
    columns = {"区县编码": list(districts), "区县名称": list(DISTRICTS.values())}
    write_geojson(folder / "districts.geojson", columns, districts, decimals=9)
    drawn = draw(city, units.community, rng, low_m=0.5, high_m=3.0, vertices=2, surveyed=junction)
    streets = {s: shapely.coverage_union_all([drawn[c] for c in drawn if c.startswith(s)]) for s in STREETS}
    columns = {"街道编码": list(streets), "街道名称": list(STREETS.values())}
    write_gpkg(folder / "streets.gpkg", columns, streets)
    columns = {
        "社区编码": list(drawn),
        "社区名称": [units.community_names[c] for c in drawn],
        "所属街道": [STREETS[c[:9]] for c in drawn],
    }
    write_gpkg(folder / "communities.gpkg", columns, drawn)


def write_comprehensive(
    folder: Path, city: City, units: Units, rng: np.random.Generator, *, junction: tuple[float, float]
) -> None:
    """Comprehensive-governance grids: drawn best, with what happens in years of small edits."""
    labels = units.comprehensive
    shapes = draw(city, labels, rng, low_m=0.3, high_m=2.5, vertices=3, surveyed=junction)
    whole = dict(shapes)
    roughen(shapes, rng, share=0.2, size_m=0.3)
    grid = {mistake: block_label(city, labels, at) for mistake, at in MISTAKES.items()}
    wide, narrow = grid["stretched"], grid["stretched into"]
    shapes[wide] = stretched(shapes[wide], shapes[narrow], depth_m=48)
    park = clearing(place(city, MISTAKES["clearing"]), length_m=170, width_m=52, turn=0.5)
    for label in shapes:
        shapes[label] = shapes[label].difference(park)
    tied = sorted(shapes)[40]
    shapes[tied] = bow_tied(shapes[tied])
    del shapes[grid["dropped"]]
    for name, outline in (("market", MARKET), ("campus", CAMPUS)):
        host = grid[name]
        shapes[host[:12] + "91"] = premises(whole[host], outline)
    write_gpkg(folder / "comprehensive.gpkg", comprehensive_columns(shapes, grid, units, rng), shapes)


def comprehensive_columns(
    shapes: Shapes, grid: Mapping[str, str], units: Units, rng: np.random.Generator
) -> dict[str, Sequence[object]]:
    """Who looks after each comprehensive grid."""
    special = {
        grid["market"][:12] + "91": ("示例建材市场", "示例建材市场管理处"),
        grid["campus"][:12] + "91": ("示例学院", "示例学院保卫处"),
    }
    community = {label: units.community_names[label[:12]] for label in shapes}
    return {
        "网格编码": list(shapes),
        "网格名称": [special.get(g, (f"{community[g]}第{int(g[12:])}网格", ""))[0] for g in shapes],
        "网格类型": ["专属网格" if g in special else "一般网格" for g in shapes],
        "责任单位": [special.get(g, ("", f"{community[g]}居委会"))[1] for g in shapes],
        "网格长": [f"网格长{k:03d}" for k in range(1, len(shapes) + 1)],
        "户数": [0 if g in special else int(rng.integers(300, 500)) for g in shapes],
    }


def write_police(folder: Path, city: City, units: Units, rng: np.random.Generator) -> None:
    """Police grids: a Shapefile in GB18030 that does not say so, and the owners in a ledger."""
    shapes = draw(city, units.police, rng, low_m=2.0, high_m=12.0, vertices=3, surveyed=None)
    roughen(shapes, rng, share=0.3, size_m=0.5)
    over = block_label(city, units.police, MISTAKES["over the border"])
    beyond = shapely.union_all([shapes[p] for p in shapes if p[:6] == "410103"])
    corner = shapely.Point(place(city, MISTAKES["over the border"])).buffer(260)
    shapes[over] = stretched(shapes[over], beyond.intersection(corner), depth_m=70)
    tied = sorted(shapes)[11]
    shapes[tied] = bow_tied(shapes[tied])
    names = {p: f"{DISTRICTS[p[:6]]}示例{int(p[6:8])}所警格{int(p[8:])}" for p in shapes}
    columns = {"网格编号": list(shapes), "网格名称": list(names.values())}
    path = folder / "police.shp"
    frame(columns, shapes).to_file(
        path, engine="pyogrio", encoding="GB18030", layer_options={"DBF_DATE_LAST_UPDATE": WRITTEN_ON}
    )
    path.with_suffix(".cpg").unlink()
    write_ledger(folder / "police_owners.xlsx", names)


def write_ledger(path: Path, names: Mapping[str, str]) -> None:
    """The police's Excel ledger: a title, cells merged down, ids typed by hand, a total below."""
    rows = [
        [grid, name, name.split("警格")[0].replace("所", "派出所"), f"民警{k:02d}"]
        for k, (grid, name) in enumerate(names.items(), start=1)
    ]
    rows.pop(7)
    rows[3][0] += " "
    rows[5][0] = rows[5][0].translate({ord("0") + d: ord("０") + d for d in range(10)})
    rows.append(["41010409009", "已撤销警格", "管城回族区示例1派出所", "民警99"])
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    book.set_properties({"created": datetime.fromisoformat(WRITTEN_ON)})
    sheet = book.add_worksheet("警务网格")
    sheet.merge_range(0, 0, 0, 4, "警务网格责任台账（示例数据，2025年6月）")
    sheet.write_row(1, 0, ["序号", "网格编号", "网格名称", "责任单位", "社区民警"])
    for k, row in enumerate(rows):
        sheet.write_number(2 + k, 0, k + 1)
        sheet.write_row(2 + k, 1, row)
    merge_down(sheet, [row[2] for row in rows], first_row=2, column=3)
    sheet.write_row(2 + len(rows), 0, ["合计", "", f"{len(rows)}个网格"])
    book.close()


def merge_down(
    sheet: xlsxwriter.worksheet.Worksheet, values: Sequence[str], *, first_row: int, column: int
) -> None:
    """Merge the cells of equal neighbours, as people do to make a ledger look tidy."""
    start = 0
    for k in range(1, len(values) + 1):
        if k == len(values) or values[k] != values[start]:
            if k - start > 1:
                sheet.merge_range(first_row + start, column, first_row + k - 1, column, values[start])
            start = k


def write_urban(
    folder: Path, city: City, units: Units, rng: np.random.Generator, *, junction: tuple[float, float]
) -> None:
    """Unit grids of urban management: many, small, drawn from older photos."""
    shapes = draw(city, units.urban, rng, low_m=2.0, high_m=20.0, vertices=1, surveyed=junction)
    roughen(shapes, rng, share=0.3, size_m=0.4)
    codes = sorted(shapes)
    for label in (codes[120], codes[430]):
        shapes[label] = bow_tied(shapes[label])
    for label in (codes[60], codes[333], codes[500]):
        shapes[label] = shapes[label].buffer(14, join_style="mitre")
    columns = {
        "单元网格编码": list(shapes),
        "责任主体": [f"示例城管中队（{STREETS[code[:9]]}）" for code in shapes],
        "网格面积": [round(float(shape.area), 1) for shape in shapes.values()],
        "初始时间": ["2019-07-01"] * len(shapes),
    }
    typed_twice = codes.index(codes[210])
    columns["单元网格编码"][typed_twice + 1] = codes[210]
    write_geojson(folder / "urban.geojson", columns, shapes, decimals=7)


def write_zone(folder: Path, city: City, units: Units, rng: np.random.Generator) -> None:
    """The development zone: it runs parts of two districts."""
    shapes = draw(city, units.zone, rng, low_m=2.0, high_m=8.0, vertices=2, surveyed=None)
    columns = {
        "编码": [f"示例经开区{number}片区" for number in shapes],
        "名称": ["示例经济技术开发区"] * len(shapes),
        "责任单位": ["示例经开区管委会"] * len(shapes),
    }
    write_gpkg(folder / "zone.gpkg", columns, shapes)


def roughen(shapes: Shapes, rng: np.random.Generator, *, share: float, size_m: float) -> None:
    """Break the shared borders of some polygons."""
    for label in rng.choice(sorted(shapes), int(share * len(shapes)), replace=False):
        shapes[str(label)] = roughened(shapes[str(label)], rng, size_m=size_m)


def place(city: City, at: tuple[float, float]) -> tuple[float, float]:
    """The middle of the block at a place on the drawing board, in EPSG:4547."""
    x, y = shapely.get_coordinates(city.blocks()[_block(city, at)].centroid)[0]
    return float(x), float(y)


def block_label(city: City, labels: np.ndarray, at: tuple[float, float]) -> str:
    """The label of the block at a place on the drawing board."""
    return str(labels[_block(city, at)])


def _block(city: City, at: tuple[float, float]) -> int:
    return int(np.hypot(*(city.plan - np.asarray(at) * BLOCK_M).T).argmin())


def frame(columns: Mapping[str, Sequence[object]], shapes: Shapes) -> gpd.GeoDataFrame:
    """A table in EPSG:4547, rounded to millimetres."""
    geometry = shapely.transform(list(shapes.values()), lambda c: np.round(c, 3))
    return gpd.GeoDataFrame(dict(columns), geometry=geometry, crs=METRES)


def write_gpkg(path: Path, columns: Mapping[str, Sequence[object]], shapes: Shapes) -> None:
    """One layer, named after the file."""
    path.unlink(missing_ok=True)
    frame(columns, shapes).to_file(path, engine="pyogrio")


def write_geojson(
    path: Path, columns: Mapping[str, Sequence[object]], shapes: Shapes, *, decimals: int
) -> None:
    """Features in EPSG:4490, one a line, so that differences can be read."""
    to_degrees = pyproj.Transformer.from_crs(METRES, DEGREES, always_xy=True)
    lines = []
    for row, shape in enumerate(shapes.values()):
        degrees = shapely.transform(
            shape, lambda c: np.round(np.stack(to_degrees.transform(*c.T), axis=-1), decimals)
        )
        properties = {name: values[row] for name, values in columns.items()}
        feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(degrees)}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{DEGREES}"}}
    head = f'{{"type":"FeatureCollection","name":"{path.stem}","crs":{json.dumps(crs)},"features":[\n'
    path.write_text(head + ",\n".join(lines) + "\n]}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "samples")
