"""Which cells of a previous network the cells of a new one follow, and what became of the old ids."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.codes import Numbering
from gridgov.datum import transform_geometries
from gridgov.schema import REGISTER_COLUMNS, SUCCESSION_COLUMNS

__all__ = ["Succession", "first_register", "follow", "shapes_in"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[Any]
Geometries = npt.NDArray[Any]

#: A cell that has more than this share of another, and is had by it to more than this share, follows it.
MOST: Final = 0.5

#: Less than this is rounding.
LEAST_M2: Final = 1.0

CURRENT, RETIRED = "current", "retired"


@dataclass(frozen=True, slots=True)
class Succession:
    """Old cells and new ones that share ground.

    Attributes
    ----------
    old_ids, register
        The ids of the old cells, and the register of the previous network (:data:`REGISTER_COLUMNS`).
    old_m2, new_m2
        Areas of the old cells, and of the new ones.
    old, new, shared_m2
        (n,) rows of an old and a new cell, and the m2 they have in common, :data:`LEAST_M2` or more.
    """

    old_ids: Texts
    register: pd.DataFrame
    old_m2: Floats
    new_m2: Floats
    old: Ints
    new: Ints
    shared_m2: Floats

    @property
    def follows(self) -> npt.NDArray[np.bool_]:
        """Which pairs are mostly each other: never two of one cell."""
        of_old, of_new = self.shared_m2 / self.old_m2[self.old], self.shared_m2 / self.new_m2[self.new]
        return np.asarray((of_old > MOST) & (of_new > MOST))

    def kept(self, parents: Texts, numbering: Numbering) -> Texts:
        """Of each new cell the id that it keeps, or None: that of the cell it follows, in the same parent."""
        kept = np.full(len(self.new_m2), None, dtype=object)
        for old, new in zip(self.old[self.follows], self.new[self.follows], strict=True):
            if numbering.number(self.old_ids[old], parents[new]) is not None:
                kept[new] = self.old_ids[old]
        return kept

    def used(self) -> list[str]:
        """Every id that was ever given."""
        return list(dict.fromkeys([*self.register["cell_id"], *self.old_ids]))

    def table(self, cell_ids: Texts) -> pd.DataFrame:
        """What became of each old cell, and what each new one is made of: :data:`SUCCESSION_COLUMNS`."""
        gone = np.setdiff1d(np.arange(len(self.old_m2)), self.old)
        come = np.setdiff1d(np.arange(len(self.new_m2)), self.new)
        old, new = self.old_ids[self.old], cell_ids[self.new]
        nobody = np.full(len(gone) + len(come), None, dtype=object)
        table = pd.DataFrame(
            {
                "old_id": [*old, *self.old_ids[gone], *nobody[: len(come)]],
                "new_id": [*new, *nobody[: len(gone)], *cell_ids[come]],
                "change": [
                    *np.where(old == new, "kept", np.where(self.follows, "renamed", "part")),
                    *["gone"] * len(gone),
                    *["new"] * len(come),
                ],
                "area_m2": np.concatenate([self.shared_m2, self.old_m2[gone], self.new_m2[come]]),
                "old_share": np.concatenate(
                    [self.shared_m2 / self.old_m2[self.old], np.ones(len(gone)), np.full(len(come), np.nan)]
                ),
                "new_share": np.concatenate(
                    [self.shared_m2 / self.new_m2[self.new], np.full(len(gone), np.nan), np.ones(len(come))]
                ),
            }
        )[list(SUCCESSION_COLUMNS)]
        for column in ("old_id", "new_id", "change"):
            table[column] = table[column].astype(object).where(table[column].notna(), None)
        order = np.lexsort((table["new_id"].fillna(""), -table["area_m2"], table["old_id"].fillna("\uffff")))
        return table.iloc[order].reset_index(drop=True)

    def registered(self, cell_ids: Texts, *, numbering: Numbering, day: str) -> pd.DataFrame:
        """The register (:data:`REGISTER_COLUMNS`) from this day on: what stays, is new, is retired."""
        known = self.register.set_index("cell_id")
        rows: list[tuple[Any, ...]] = [(*row, None, None) for row in self._current(known, cell_ids, day)]
        past = known[known["code_status"] == RETIRED]
        rows += [(cell_id, RETIRED, row.since, row.until, row.ended_by) for cell_id, row in past.iterrows()]
        now, largest, followed = set(cell_ids), self._largest(), set(self.old[self.follows])
        for old, cell_id in enumerate(self.old_ids):
            if cell_id not in now:
                since = known["since"].get(cell_id)
                ended = self._ended_by(old, largest[old], followed, numbering)
                rows.append((cell_id, RETIRED, since, day, ended))
        return _register(rows)

    def _current(self, known: pd.DataFrame, cell_ids: Texts, day: str) -> list[tuple[str, str, str | None]]:
        """Ids in force, and the day since when: a day that is not known stays so."""
        old = set(self.old_ids)
        since = known["since"].to_dict()
        return [(each, CURRENT, since.get(each) if each in old else day) for each in cell_ids]

    def _largest(self) -> Floats:
        """The largest share of each old cell that lies in one new cell."""
        largest = np.zeros(len(self.old_m2))
        np.maximum.at(largest, self.old, self.shared_m2 / self.old_m2[self.old])
        return largest

    def _ended_by(self, old: int, share: float, followed: set[int], numbering: Numbering) -> str:
        """What ended an id."""
        if old in followed:
            own = self.old_ids[old]
            return "recoded" if numbering.number(own, numbering.parent(own)) is None else "moved"
        if share == 0:
            return "gone"
        return "joined" if share > MOST else "divided"


def follow(
    previous: gpd.GeoDataFrame, register: pd.DataFrame | None, polygons: Geometries, *, crs: object
) -> Succession:
    """Lay the cells of a new network over those of the previous one.

    Parameters
    ----------
    previous
        The cells of the previous network, in any coordinate system.
    register
        Its register; None for a network that has none yet.
    polygons
        (n,) the new cells.
    crs
        The coordinate system they are in.

    Notes
    -----
    Equal polygons are not laid over each other. n log n; 20,000 cells with all borders moved take about ten
    seconds.
    """
    before = shapes_in(previous, crs)
    old_ids = previous["cell_id"].to_numpy(dtype=object)
    if register is None:
        register = first_register(old_ids, day=None)
    old, new = _equal(before, polygons)
    rest_old = np.setdiff1d(np.arange(len(before)), old)
    rest_new = np.setdiff1d(np.arange(len(polygons)), new)
    b, a = shapely.STRtree(before[rest_old]).query(polygons[rest_new], predicate="intersects")
    shared = shapely.area(shapely.intersection(before[rest_old][a], polygons[rest_new][b]))
    wide = shared >= LEAST_M2
    new_m2 = shapely.area(polygons)
    return Succession(
        old_ids,
        register,
        shapely.area(before),
        new_m2,
        np.concatenate([old, rest_old[a[wide]]]),
        np.concatenate([new, rest_new[b[wide]]]),
        np.concatenate([new_m2[new], shared[wide]]),
    )


def first_register(cell_ids: Texts, *, day: str | None) -> pd.DataFrame:
    """The register (:data:`REGISTER_COLUMNS`) of ids that are all in force since one day; None: not known."""
    return _register([(each, CURRENT, day, None, None) for each in cell_ids])


def shapes_in(cells: gpd.GeoDataFrame, crs: object) -> Geometries:
    """The polygons of cells in a coordinate system: valid, and as they are if they stand in it."""
    shapes = np.asarray(cells.geometry.array, dtype=object)
    if cells.crs == crs:
        return shapes
    return np.asarray(shapely.make_valid(transform_geometries(shapes, source=cells.crs, target=crs)))


def _equal(before: Geometries, after: Geometries) -> tuple[Ints, Ints]:
    """Rows of cells that have the same corners in both networks."""
    keys = [shapely.to_wkb(shapely.normalize(shapes)) for shapes in (before, after)]
    row = {key: k for k, key in enumerate(keys[0])}
    pairs = [(row[key], k) for k, key in enumerate(keys[1]) if key in row]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _register(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(REGISTER_COLUMNS), dtype=object)
    table = table.where(table.notna(), None)
    return table.sort_values("cell_id", kind="stable", ignore_index=True)
