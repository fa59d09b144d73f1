"""Who governs which block of the invented city: districts down to communities, and the departments' grids.

Names and codes of districts and streets are real (which street lies where is invented), everything else is
invented and says so: 示例 means sample.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from blocks import City, Floats, Ints
from invented_city import BLOCK_M, grow, join, railway, river
from numpy.typing import NDArray

Texts = NDArray[np.object_]

DISTRICTS: Final = {"410103": "二七区", "410104": "管城回族区", "410105": "金水区", "410122": "中牟县"}
STREETS: Final = {
    "410103011": "嵩山路街道",
    "410103013": "京广路街道",
    "410104008": "紫荆山南路街道",
    "410104009": "航海东路街道",
    "410104010": "十八里河街道",
    "410104560": "明湖街道",
    "410104561": "潮河街道",
    "410105012": "未来路街道",
    "410105015": "凤凰台街道",
    "410122004": "前程街道",
    "410122005": "祥云街道",
}
#: The development zone's two pieces on the drawing board: x from, x to, y from, y to, in blocks.
ZONE_PIECES: Final = ((5, 14, -13.5, -3.5), (-3, 1, -19, -14))
POLICE_GRIDS: Final = 25
POLICE_STATIONS: Final = 8
#: Where the police gave a comprehensive grid to the patrol next door: from, to, in blocks (x, y).
TAKEN_OVER: Final = (((-3.5, 3.5), (-1, 3.5)), ((2.5, -12.5), (-1, -12.5)))


@dataclass(frozen=True, slots=True)
class Units:
    """For each block, the code of its unit in every division."""

    district: Texts
    street: Texts
    community: Texts
    comprehensive: Texts
    police: Texts
    urban: Texts
    zone: Texts
    """"1" and "2" for the two pieces of the development zone, "" outside."""
    community_names: dict[str, str]


def govern(city: City) -> Units:
    """Divide the city: communities inside streets, grids inside communities, police of whole communities."""
    districts, streets = _districts(city.plan), _streets(city.plan)
    number = np.unique(streets, return_inverse=True)[1]
    of_community = grow(city, inside=number, blocks_each=27)
    community = _coded(city.plan, of_community, streets, digits=3)
    of_grid = grow(city, inside=of_community, blocks_each=6)
    of_unit = grow(city, inside=of_community, blocks_each=1.4)
    of_district = np.unique(districts, return_inverse=True)[1]
    of_police = join(city, of_community, inside=of_district, count=POLICE_GRIDS)
    of_station = join(city, of_police, inside=of_district, count=POLICE_STATIONS)
    station = _coded(city.plan, of_station, districts, digits=2)
    police = _coded(city.plan, of_police, station, digits=3)
    return Units(
        district=districts,
        street=streets,
        community=community,
        comprehensive=_coded(city.plan, of_grid, community, digits=2),
        police=_taken_over(city.plan, police, of_grid),
        urban=_coded(city.plan, of_unit, community, digits=3),
        zone=_zone(city.plan),
        community_names={c: f"示例{k:02d}社区" for k, c in enumerate(np.unique(community), start=1)},
    )


def _districts(plan: Floats) -> Texts:
    x, y = plan.T
    west, east, north = x < railway(y), x > river(y), y > 0
    return np.select([west, east, north], ["410103", "410122", "410105"], "410104").astype(object)


def _streets(plan: Floats) -> Texts:
    x, y = plan.T / BLOCK_M
    district = _districts(plan)
    choices = {
        "410103013": (district == "410103") & (y > -6),
        "410103011": district == "410103",
        "410105012": (district == "410105") & (x < 0),
        "410105015": district == "410105",
        "410122004": (district == "410122") & (y > -5),
        "410122005": district == "410122",
        "410104560": (x > 5) & (y > -9),
        "410104008": (x > 0) & (y > -9),
        "410104009": y > -9,
        "410104561": x > 0,
    }
    return np.select(list(choices.values()), list(choices), "410104010").astype(object)


def _zone(plan: Floats) -> Texts:
    x, y = plan.T / BLOCK_M
    governed = ~np.isin(_districts(plan), ["410103", "410105"])
    inside = [
        (x > west) & (x < east) & (y > south) & (y < north) & governed
        for west, east, south, north in ZONE_PIECES
    ]
    return np.select(inside, ["1", "2"], "").astype(object)


def _taken_over(plan: Floats, police: Texts, grid: Ints) -> Texts:
    """Patrols made of whole communities, but for a few comprehensive grids."""
    police = police.copy()
    for start, end in TAKEN_OVER:
        given, taker = (int(np.hypot(*(plan / BLOCK_M - at).T).argmin()) for at in (start, end))
        police[grid == grid[given]] = police[taker]
    return police


def _coded(plan: Floats, unit: Ints, parent: Texts, *, digits: int) -> Texts:
    """Codes of units: the parent's and a sequence in it, bands from north to south, west to east in each."""
    size = np.bincount(unit)
    x, y = (np.bincount(unit, weights=axis) / size for axis in plan.T)
    first = np.unique(unit, return_index=True)[1]
    band = np.round(-y / (BLOCK_M * np.sqrt(size.mean())))
    codes = np.empty(len(size), dtype=object)
    used = Counter[str]()
    for k in np.lexsort((x, band)):
        above = parent[first[k]]
        used[above] += 1
        codes[k] = f"{above}{used[above]:0{digits}d}"
    return codes[unit]
