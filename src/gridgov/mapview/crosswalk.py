"""The crosswalk as the page reads it: which cells each drawn grid lies in."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from gridgov.mapview.groups import DEPARTMENT, Group
from gridgov.mapview.packing import packed, packed_differences
from gridgov.network import Network
from gridgov.schema import RELATIONS

__all__ = ["ELSEWHERE", "OUTSIDE", "packed_crosswalk"]

#: In the place of a cell: what lies in none, and what lies in a cell of another page.
OUTSIDE: Final = -1
ELSEWHERE: Final = -2


def packed_crosswalk(network: Network, groups: Sequence[Group], *, whole: Network | None = None) -> list[Any]:
    """For each department: grid, cell, square metres and relation of every overlap, grid by grid.

    `whole` is the network that this one is a part of: of its grids that reach further, the rest is told as
    lying elsewhere.
    """
    table = (whole or network).crosswalk
    cells = {cell: row for row, cell in enumerate(network.cells["cell_id"])}
    relations = {relation: number for number, relation in enumerate(RELATIONS)}
    answer = []
    for group in groups:
        if group.kind != DEPARTMENT or not len(table):
            continue
        rows = table[table["department"] == group.key]
        grid = rows["grid_id"].map(group.number())
        rows, grid = rows[grid.notna()], grid[grid.notna()].astype(int)
        inside = rows["cell_id"].map(lambda cell: cells.get(cell, ELSEWHERE))
        cell = np.where(rows["cell_id"].isna(), OUTSIDE, inside).astype(np.int64)
        order = np.lexsort((cell, grid))
        answer.append(
            {
                "key": group.key,
                "grid": packed_differences(grid.to_numpy()[order]),
                "cell": packed(cell[order]),
                "area": packed(np.rint(rows["area_m2"].to_numpy()[order] * 10).astype(np.int64)),
                "relation": packed(rows["relation"].map(relations).to_numpy()[order]),
            }
        )
    return answer
