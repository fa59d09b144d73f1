"""The samples' incidents: one invented day of reports, with the faults that real exports have."""

import csv
from pathlib import Path
from typing import Final

import numpy as np
import pyproj
import shapely
from blocks import City, Floats
from invented_city import BLOCK_M, MAIN_ROADS, ROAD_COLUMNS, ROAD_ROWS, bend
from invented_units import DISTRICTS, STREETS, Texts, Units

from gridgov import wgs84_to_gcj02

DAY: Final = "2025-06-18"
HEADER: Final = (
    "事件编码",
    "上报时间",
    "事发地址",
    "事件来源",
    "大类",
    "小类",
    "道路等级",
    "内容",
    "处理状态",
    "办结时间",
    "所属区县",
    "所属街道",
    "所属社区",
    "经度",
    "纬度",
)
#: Source and its share; hotline calls often come without a coordinate.
SOURCES: Final = {"随手拍": 0.34, "采集员上报": 0.30, "12345热线": 0.26, "网格员上报": 0.06, "视频巡查": 0.04}
HOTLINE: Final = "12345热线"
HOTLINE_WITHOUT: Final = 0.4
#: 小类: 大类, share, what the report says. No rule names 飞线充电.
CATEGORIES: Final = {
    "交通信号灯": ("道路交通", 0.05, "交通信号灯不亮"),
    "路面破损": ("道路交通", 0.09, "路面坑洼破损"),
    "井盖": ("公用设施", 0.07, "井盖破损，存在安全隐患"),
    "路灯": ("公用设施", 0.07, "路灯不亮"),
    "暴露垃圾": ("市容环境", 0.18, "垃圾无人清理"),
    "占道经营": ("街面秩序", 0.12, "商贩占道经营"),
    "机动车乱停放": ("街面秩序", 0.13, "机动车停在人行道上"),
    "共享单车乱停放": ("街面秩序", 0.10, "共享单车堆放堵路"),
    "噪音扰民": ("其它", 0.05, "夜间噪音扰民"),
    "违规广告": ("宣传广告", 0.04, "违规张贴小广告"),
    "行道树": ("园林绿化", 0.03, "行道树倾斜"),
    "道路积水": ("突发事件", 0.02, "道路积水"),
    "施工扰民": ("施工管理", 0.03, "工地夜间施工"),
    "飞线充电": ("其它", 0.02, "电动车飞线充电"),
}
INCIDENTS: Final = 1970
OUTSIDE: Final = 18
DUPLICATES: Final = 12
NEAR_ROAD_M: Final = 30.0
_FULL_WIDTH: Final = {ord("0") + digit: ord("０") + digit for digit in range(10)}


def write_incidents(
    path: Path, city: City, units: Units, rng: np.random.Generator, *, junction: tuple[float, float]
) -> None:
    """Write incidents.csv in GB18030, coordinates in GCJ-02; `junction` is in CGCS2000 degrees."""
    to_degrees = pyproj.Transformer.from_crs(4547, 4490, always_xy=True)
    origin = pyproj.Transformer.from_crs(4490, 4547, always_xy=True).transform(*junction)
    blocks = city.blocks()
    points = np.concatenate([_along_borders(city, rng, INCIDENTS * 6 // 10), _anywhere(blocks, rng)])
    block = _block_of(blocks, points)
    points, block = points[block >= 0][:INCIDENTS], block[block >= 0][:INCIDENTS]
    order = rng.permutation(len(points))
    points, block = points[order], block[order]
    table = _reports(rng, len(points))
    table["事发地址"], table["道路等级"] = _addresses(points, block, units, origin=origin)
    table["所属区县"] = np.array([DISTRICTS[units.district[b]] for b in block], dtype=object)
    table["所属街道"] = np.array([STREETS[units.street[b]] for b in block], dtype=object)
    table["所属社区"] = np.array([units.community_names[units.community[b]] for b in block], dtype=object)
    lon, lat = wgs84_to_gcj02(*to_degrees.transform(*points.T))
    table["经度"], table["纬度"] = _written(lon), _written(lat)
    _spoil(table, rng)
    rows = list(zip(*(table[name] for name in HEADER), strict=True))
    rows += [rows[int(k)] for k in rng.choice(len(rows), DUPLICATES, replace=False)]
    in_zone = bend(np.array([6.9 * BLOCK_M, -9 * BLOCK_M + 6])) + origin
    rows += _traffic_lights(junction, to_degrees.transform(*in_zone))
    rows.sort(key=lambda row: (row[1], row[0]))
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows([HEADER, *rows])


def _traffic_lights(junction: tuple[float, float], in_zone: tuple[float, float]) -> list[tuple[str, ...]]:
    """The city's own story, and the same fault on a main road that the development zone runs.

    The first was seen by a collector at a junction that lies on borders. Both places in CGCS2000 degrees.
    """
    kind, _, content = CATEGORIES["交通信号灯"]
    first = ("4101002025061800001", f"{DAY} 08:47:00", "航海东路与紫辰路交叉口", "采集员上报")
    second = ("4101002025061890001", f"{DAY} 09:15:00", "示例一路明湖街道段", "采集员上报")
    what = (kind, "交通信号灯", "主干道", f"{content}，路口车辆通行混乱", "已结案")
    return [
        (*first, *what, f"{DAY} 10:52:00", "管城回族区", "航海东路街道", "", *_gcj02(junction)),
        (*second, *what, f"{DAY} 10:20:00", "管城回族区", "明湖街道", "", *_gcj02(in_zone)),
    ]


def _gcj02(place: tuple[float, float]) -> tuple[str, str]:
    lon, lat = wgs84_to_gcj02(*place)
    return f"{lon:.6f}", f"{lat:.6f}"


def _written(degrees: Floats) -> Texts:
    return np.char.mod("%.6f", degrees).astype(object)


def _along_borders(city: City, rng: np.random.Generator, count: int) -> Floats:
    """Points a few metres off the edges of blocks: most things happen in streets."""
    edge = rng.integers(0, len(city.arcs), count)
    at = rng.integers(0, city.arcs.shape[1] - 1, count)
    start, end = city.arcs[edge, at], city.arcs[edge, at + 1]
    return np.asarray(start + (end - start) * rng.random((count, 1)) + rng.normal(0, 6.0, (count, 2)))


def _anywhere(blocks: np.ndarray, rng: np.random.Generator) -> Floats:
    low_x, low_y, high_x, high_y = shapely.total_bounds(blocks)
    return np.asarray(rng.uniform((low_x, low_y), (high_x, high_y), (INCIDENTS, 2)))


def _block_of(blocks: np.ndarray, points: Floats) -> np.ndarray:
    """Row of the block each point lies in, -1 outside the city."""
    at, block = shapely.STRtree(blocks).query(shapely.points(points), predicate="within")
    found = np.full(len(points), -1)
    found[at] = block
    return found


def _reports(rng: np.random.Generator, count: int) -> dict[str, Texts]:
    """Everything of a report that does not depend on its place."""
    kinds, shares = list(CATEGORIES), np.array([share for _, share, _ in CATEGORIES.values()])
    kind = rng.choice(kinds, count, p=shares / shares.sum())
    hour = np.clip(rng.normal(13.5, 4.2, count), 0, 23.9)
    seconds = (hour * 3600).astype(np.int64)
    took = rng.gamma(2.0, 4500.0, count).astype(np.int64) + 600
    closed = seconds + took < 86_000
    return {
        "事件编码": np.array([f"41010020250618{k:05d}" for k in range(2, count + 2)], dtype=object),
        "上报时间": _clock(seconds),
        "事件来源": rng.choice(list(SOURCES), count, p=list(SOURCES.values())).astype(object),
        "大类": np.array([CATEGORIES[k][0] for k in kind], dtype=object),
        "小类": kind.astype(object),
        "内容": np.array([CATEGORIES[k][2] for k in kind], dtype=object),
        "处理状态": np.where(closed, "已结案", np.where(rng.random(count) < 0.7, "处理中", "待派遣")).astype(
            object
        ),
        "办结时间": np.where(closed, _clock(np.minimum(seconds + took, 86_399)), "").astype(object),
    }


def _clock(seconds: np.ndarray) -> Texts:
    return np.array([f"{DAY} {s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in seconds], dtype=object)


def _addresses(
    points: Floats, block: np.ndarray, units: Units, *, origin: tuple[float, float]
) -> tuple[Texts, Texts]:
    """Address and road class of each point: near a road its name, else the community."""
    roads = _roads(origin)
    names = np.array(list(roads), dtype=object)
    distance = shapely.distance(shapely.points(points)[:, None], np.array(list(roads.values()))[None, :])
    order = np.argsort(distance, axis=1, kind="stable")[:, :2]
    close = np.take_along_axis(distance, order, axis=1) < NEAR_ROAD_M
    first, second = names[order].T
    community = np.array([units.community_names[code] for code in units.community[block]], dtype=object)
    crossing, along, inside = (
        first + "与" + second + "交叉口附近",
        first + community + "段",
        community + "院内",
    )
    address = np.where(close[:, 1], crossing, np.where(close[:, 0], along, inside))
    named = np.where(np.isin(first, list(MAIN_ROADS)), "主干道", "次干道")
    unnamed = np.where(np.arange(len(points)) % 3 == 0, "", "支路")
    return address, np.where(close[:, 0], named, unnamed).astype(object)


def _roads(origin: tuple[float, float]) -> dict[str, shapely.Geometry]:
    """Middle lines of the named roads, EPSG:4547."""
    along = np.linspace(-22 * BLOCK_M, 20 * BLOCK_M, 120)
    lines = {}
    for column, name in ROAD_COLUMNS.items():
        lines[name] = np.stack([np.full_like(along, column * BLOCK_M), along], axis=-1)
    for row, name in ROAD_ROWS.items():
        lines[name] = np.stack([along, np.full_like(along, row * BLOCK_M)], axis=-1)
    return {name: shapely.LineString(bend(line) + origin) for name, line in lines.items()}


def _spoil(table: dict[str, Texts], rng: np.random.Generator) -> None:
    """Make coordinates as bad as real ones, in place: blank, zero, swapped, text, far away, one default."""
    count = len(table["经度"])
    lon, lat = table["经度"], table["纬度"]
    calls = np.flatnonzero((table["事件来源"] == HOTLINE) & (rng.random(count) < HOTLINE_WITHOUT))
    lon[calls] = lat[calls] = ""
    left = iter(np.array_split(rng.permutation(np.setdiff1d(np.arange(count), calls))[:210], 21))
    for rows, value in ((next(left), ""), (next(left), "0"), (next(left), "0.000000")):
        lon[rows] = lat[rows] = value
    swapped, typed, half, wide, rough, default, unknown = (next(left) for _ in range(7))
    lon[swapped], lat[swapped] = lat[swapped], lon[swapped]
    lon[typed], lat[typed] = "见附件", "见附件"
    lat[half] = ""
    lon[wide] = [str(value).translate(_FULL_WIDTH) for value in lon[wide]]
    lon[rough], lat[rough] = (
        np.array([f"{float(v):.2f}" for v in axis[rough]], dtype=object) for axis in (lon, lat)
    )
    lon[default], lat[default] = lon[default[0]], lat[default[0]]
    nowhere = np.concatenate([next(left)[: OUTSIDE // 2], next(left)[: OUTSIDE // 2]])
    lon[nowhere] = _written(rng.uniform(113.60, 113.66, len(nowhere)))
    for name in ("所属区县", "所属街道", "所属社区"):
        table[name][unknown] = ""
        table[name][[*swapped[:5], *typed[:5]]] = ""
