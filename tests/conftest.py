"""Drawn fixtures that several test files share."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from gridgov.network import Network

EAST, NORTH = 475_000.0, 3_843_000.0


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
