"""The samples' people and teams, and the calendar of workdays: who is in each grid, and when they work."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyproj
import shapely
from blocks import City
from invented_units import Units

from gridgov import wgs84_to_gcj02

HEADER: Final = ("编号", "名称", "类别", "人数", "积分", "志愿活动", "经度", "纬度")
#: Grids that have a grid worker (网格员); the others are to be found.
STAFFED: Final = 0.92
#: Kind, how many, people in one, whether they earn points.
GROUPS: Final = (
    ("志愿者", 60, (1, 1), True),
    ("外卖骑手群", 8, (20, 120), False),
    ("党组织", 12, (8, 40), False),
)
DEEDS: Final = ("扶危济困", "文明引导", "环境整治", "问题上报")

#: Days off and days made up for, as the State Council announced them for 2025: a public fact.
DAYS_OFF: Final = (
    ("2025-01-01", 1),
    ("2025-01-28", 8),
    ("2025-04-04", 3),
    ("2025-05-01", 5),
    ("2025-05-31", 3),
    ("2025-10-01", 8),
)
MADE_UP: Final = ("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11")


def write_team(path: Path, city: City, units: Units, rng: np.random.Generator) -> None:
    """People and teams in UTF-8, coordinates in GCJ-02; a person stands for a title with a number."""
    blocks = city.blocks()
    grids = sorted(set(units.comprehensive))
    staffed = [grid for grid in grids if rng.random() < STAFFED]
    rows = []
    for number, grid in enumerate(staffed, start=1):
        block = rng.choice(np.flatnonzero(units.comprehensive == grid))
        rows.append(
            [
                f"W{number:03d}",
                f"网格员{number:03d}",
                "网格员",
                1,
                "",
                "",
                blocks[block].representative_point(),
            ]
        )
    for kind, many, (least, most), earning in GROUPS:
        for number in range(1, many + 1):
            point = blocks[rng.integers(len(blocks))].representative_point()
            points, deed = (int(rng.integers(1, 31)), str(rng.choice(DEEDS))) if earning else ("", "")
            people = int(rng.integers(least, most + 1))
            rows.append(
                [f"{kind[:1]}{number:03d}", f"示例{kind}{number:03d}", kind, people, points, deed, point]
            )
    x, y = shapely.get_coordinates([row[-1] for row in rows]).T
    to_degrees = pyproj.Transformer.from_crs(4547, 4490, always_xy=True)
    lon, lat = wgs84_to_gcj02(*to_degrees.transform(x, y))
    written = [[*row[:-1], f"{a:.6f}", f"{b:.6f}"] for row, a, b in zip(rows, lon, lat, strict=True)]
    _write(path, [HEADER, *written])


def write_workdays(path: Path) -> None:
    """The days of 2025 that are not as their weekday says."""
    off = [str(np.datetime64(first) + k) for first, many in DAYS_OFF for k in range(many)]
    days = {**dict.fromkeys(off, 0), **dict.fromkeys(MADE_UP, 1)}
    _write(path, [("date", "workday"), *sorted(days.items())])


def _write(path: Path, rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
