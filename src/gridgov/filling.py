"""What becomes of ground without a grid: left as it is, or given to a neighbour."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from gridgov.errors import ArgumentError
from gridgov.schema import PART_SHARE
from gridgov.topology.fill import fill
from gridgov.topology.refine import Refinement
from gridgov.words.merging import WORDS

__all__ = ["Filled", "OnGap", "fill_gaps"]

Bools = npt.NDArray[np.bool_]

NONE = -1


class OnGap(StrEnum):
    """What becomes of ground that no grid of a department covers."""

    LEAVE = "leave"
    FILL = "fill"

    @classmethod
    def parse(cls, text: str) -> "OnGap":
        """Read a word; raise ArgumentError if it is none of them."""
        if text not in list(cls):
            raise ArgumentError(WORDS("on_gap_is", choices=" or ".join(cls), text=text))
        return cls(text)


@dataclass(frozen=True, slots=True)
class Filled:
    """A merge with its gaps filled, or left.

    Attributes
    ----------
    refined
        The cells as they are now.
    departments
        Those that were filled: not those for a part of the city.
    """

    refined: Refinement
    departments: tuple[str, ...] = ()

    def kept(self) -> "Filled":
        """Answer the same with all layers laid over the cells, to be changed with them."""
        return replace(self, refined=replace(self.refined, overlays=self.refined.overlays.kept()))

    def left_m2(self, number: int) -> float:
        """Square metres that no grid of a department touches."""
        bare = self.refined.labels[:, number] == NONE
        return float(shapely.area(self.refined.cells[bare]).sum())


def fill_gaps(
    refined: Refinement,
    *,
    on_gap: OnGap,
    layers: Mapping[str, gpd.GeoDataFrame],
    special: Mapping[str, Bools],
) -> Filled:
    """Give ground without a grid to the neighbour of the longest shared border, if `on_gap` says so.

    Parameters
    ----------
    refined
        The merge.
    on_gap
        Leave or fill.
    layers
        Departments' layers, rows as in `refined`. What covers less than half of the city is for a part
        of it, as a development zone is, and does not grow over the rest.
    special
        For each department, the grids that have a purpose of their own: these do not grow.
    """
    area = shapely.area(refined.cells)
    if on_gap is OnGap.LEAVE:
        return Filled(refined)
    covered = ((refined.labels != NONE) * area[:, None]).sum(axis=0)
    whole = covered >= PART_SHARE * area.sum()
    grows = [~special[name] & all_of_it for name, all_of_it in zip(layers, whole, strict=True)]
    departments = tuple(name for name, all_of_it in zip(layers, whole, strict=True) if all_of_it)
    return Filled(fill(refined, grows=grows), departments)
