"""What changed since an older network, as the page reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.diff import LEAST_M2, LEAST_WIDTH_M, NetworkDiff
from gridgov.mapview.arcs import arcs_of, packed_arcs, simplified
from gridgov.mapview.groups import Group, Masked
from gridgov.mapview.packing import packed
from gridgov.network import Network
from gridgov.schema import SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MOST_CHANGES", "Changes"]

#: No more places than this are listed on a page: the largest.
MOST_CHANGES: Final = 5000
NONE: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Places of a :class:`~gridgov.diff.NetworkDiff` with the values they had and have."""

    diff: NetworkDiff
    old: Network
    new: Network
    masked: Masked

    def within(self, cells: Sequence[str], old_cells: Sequence[str] = ()) -> "Changes":
        """Those that lie in some of the new cells, or lay in some of the old ones and lie in none now."""
        places = self.diff.places
        gone = places["new_cell"].isna() & places["old_cell"].isin(old_cells)
        some = places[places["new_cell"].isin(cells) | gone].reset_index(drop=True)
        part = NetworkDiff(some, self.diff.columns, self.diff.added, self.diff.removed)
        return Changes(part, self.old, self.new, self.masked)

    def packed(self, groups: Sequence[Group], *, crs: object) -> dict[str, Any]:
        """As the page reads it; `groups` are those of the page's cells."""
        places = self.diff.places
        shown = places.iloc[:MOST_CHANGES]
        before, after = self._values(self.old, shown["old_cell"]), self._values(self.new, shown["new_cell"])
        shapes = np.asarray(shown.geometry.array, dtype=object)
        return {
            "count": len(shown),
            "total": len(places),
            "old": self.old.version,
            "area": round(float(places["area_m2"].sum()), 1),
            "notes": self._notes(),
            "ids": [str(number + 1) for number in range(len(shown))],
            "areas": [round(float(area), 1) for area in shown["area_m2"]],
            "cells": shown[["old_cell", "new_cell"]].astype(object).to_numpy().tolist(),
            "what": [
                [[name, self._said(a, name), self._said(b, name)] for name in names.split(SEPARATOR)]
                for names, a, b in zip(shown["changed"], before, after, strict=True)
            ],
            "before": [_numbers(group, before) for group in groups if group.key in self.diff.columns],
            "shapes": packed_arcs(simplified(arcs_of(shapes)), crs=crs) if len(shown) else None,
        }

    def _values(self, network: Network, ids: "pd.Series[Any]") -> list[Mapping[str, Any]]:
        """For each cell its values in the columns compared; none of a cell that is none."""
        rows: Any = network.cells.set_index("cell_id")[list(self.diff.columns)].reindex(
            ids.to_numpy(dtype=object)
        )
        table = rows.astype(object).where(rows.notna(), None)
        return list(table.to_dict("records"))

    def _said(self, values: Mapping[str, Any], name: str) -> str | None:
        value = values.get(name)
        if value is None:
            return None
        return self.masked(str(value)) if name.endswith("_owner") else str(value)

    def _notes(self) -> list[list[Any]]:
        notes: list[list[Any]] = [
            ["changes.least", {"area": f"{LEAST_M2:g} m²", "width": f"{LEAST_WIDTH_M:g}"}]
        ]
        for key, names in (("changes.added", self.diff.added), ("changes.removed", self.diff.removed)):
            if names:
                notes.append([key, {"names": ", ".join(names)}])
        return notes


def _numbers(group: Group, before: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The unit that each place had, by its number in the group; -1 for one that is no more."""
    number = group.number()
    of = [
        number.get(str(values[group.key]), NONE) if values[group.key] is not None else NONE
        for values in before
    ]
    return [group.key, packed(np.array(of, dtype=np.int64)), []]
