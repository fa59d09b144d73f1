"""What a merge made of each department's drawing: its crosswalk, and how much of it moved."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from gridgov.balance import Moved, moved_of
from gridgov.crosswalk import crosswalk_of
from gridgov.memory import give_back
from gridgov.schema import CROSSWALK_COLUMNS
from gridgov.threads import each
from gridgov.topology.overlay import Overlay
from gridgov.topology.refine import Refinement, Tolerances

__all__ = ["Accounts"]


class Accounts:
    """Accounts of all departments, given one after the other, while each one's drawing is at hand."""

    def __init__(
        self,
        refined: Refinement,
        layers: Mapping[str, gpd.GeoDataFrame],
        *,
        cells: gpd.GeoDataFrame,
        limits: Tolerances,
    ) -> None:
        """Take the merge, the layers in its order, the table of its cells in its order, and what is thin."""
        self._refined, self._layers = refined, dict(layers)
        self._cell_id, self._limits = cells["cell_id"].to_numpy(dtype=object), limits
        self._found: dict[str, tuple[pd.DataFrame, Moved]] = {}

    def give(self, number: int, overlay: Overlay) -> None:
        """Give an account of a department; `overlay` is its layer, laid over the cells."""
        name, layer = list(self._layers.items())[number]
        table = crosswalk_of(
            self._refined,
            number,
            overlay,
            department=name,
            layer=layer,
            cell_id=self._cell_id,
            limits=self._limits,
        )
        self._found[name] = table, moved_of(self._refined, number, overlay)

    def give_all(self, *, jobs: int) -> None:
        """Give the accounts of all departments, of so many at the same time."""

        def account(number: int) -> None:
            self.give(number, self._refined.overlays[number])
            give_back(len(self._cell_id))

        each(account, range(len(self._layers)), jobs=jobs)

    @property
    def crosswalk(self) -> pd.DataFrame:
        """The crosswalks, in the order of the departments."""
        tables = [self._found[name][0] for name in self._layers]
        return pd.concat(tables, ignore_index=True)[list(CROSSWALK_COLUMNS)]

    @property
    def moved(self) -> dict[str, Moved]:
        """What moved, by department."""
        return {name: self._found[name][1] for name in self._layers}
