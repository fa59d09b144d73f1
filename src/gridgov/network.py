"""The merged network, and the proof that it is a partition."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.errors import TopologyError
from gridgov.language import examples
from gridgov.schema import PRECISION_M
from gridgov.schema_faults import check_cells
from gridgov.steps import step
from gridgov.words.merging import WORDS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from gridgov.index import SavedPolygons

__all__ = [
    "GridNames",
    "Network",
    "NetworkCells",
    "StoredCells",
    "no_names",
    "plain_texts",
    "prove_partition",
]

#: Of a department, the names of its grids by their ids, where they are known.
GridNames = Callable[[str], Mapping[str, str]]

#: Snap-rounding moves a border by less than a grid step on each side.
ROUNDING_M = PRECISION_M


def no_names(_: str, /) -> Mapping[str, str]:
    """No grid's name is known."""
    return {}


@dataclass(frozen=True, slots=True)
class Network:
    """One network, one grid: what `merge_grids` answers and `read_network` reads.

    Columns of text hold str and None.

    Attributes
    ----------
    cells
        One row per cell, sorted by `cell_id`; columns as `gridgov.schema` says.
    grids
        The unified grids: cells joined by the first department's grid, special-purpose grids kept.
    crosswalk
        Which grid of which department overlaps which cell, with shares both ways.
    conflicts
        Places where layers disagree, and what the merge did there.
    rungs
        Each rung on the common borders, coarse to fine.
    summary
        Counts and areas, plain values.
    provenance
        Version, options and inputs, plain values; `network_version` names this network.
    drawn
        The grids as each department drew them, in the network's CRS: `department, grid_id, name`. None if
        they are not known: of a network written before they were kept. One written later may lack `name`.
    register
        Every cell id that was ever given (`schema.REGISTER_COLUMNS`); None of a network that had none yet.
    succession
        What became of the cells of the previous network (`schema.SUCCESSION_COLUMNS`); None without one.
    """

    cells: "gpd.GeoDataFrame"
    grids: "gpd.GeoDataFrame"
    crosswalk: "pd.DataFrame"
    conflicts: "gpd.GeoDataFrame"
    rungs: "Mapping[str, gpd.GeoDataFrame]"
    summary: Mapping[str, Any]
    provenance: Mapping[str, Any]
    drawn: "gpd.GeoDataFrame | None" = None
    register: "pd.DataFrame | None" = None
    succession: "pd.DataFrame | None" = None

    def __post_init__(self) -> None:
        check_cells(self.cells)
        for name in ("cells", "grids", "crosswalk", "conflicts"):
            object.__setattr__(self, name, plain_texts(getattr(self, name)))
        object.__setattr__(self, "rungs", {n: plain_texts(rung) for n, rung in self.rungs.items()})
        for name in ("rungs", "summary", "provenance"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def departments(self) -> tuple[str, ...]:
        """Departments in order of precedence."""
        return tuple(self.provenance["departments"])

    @property
    def version(self) -> str:
        """Name of this network, from its content."""
        return str(self.provenance["network_version"])

    def grid_names(self, department: str, grid_ids: Iterable[str]) -> npt.NDArray[np.object_]:
        """Name of each grid of a department, None where none is known: as drawn, else as it was carried."""
        known = self.names_of(department)
        if not known and (carried := f"{department}_name") in self.cells:
            known = _named(self.cells[department], self.cells[carried])
        found = np.full(len(ids := list(grid_ids)), None, dtype=object)
        found[:] = [known.get(each) for each in ids]
        return found

    @property
    def names_of(self) -> GridNames:
        """Names of a department's grids as drawn, by their ids, if known; to be pickled without the rest."""
        if self.drawn is None or "name" not in self.drawn:
            return no_names
        columns = {column: self.drawn[column] for column in ("department", "grid_id", "name")}
        return partial(_names_in, columns)

    def __getstate__(self) -> tuple[Any, ...]:
        """Give plain dicts to pickle, which refuses read-only views."""
        return tuple(dict(v) if isinstance(v, MappingProxyType) else v for v in self._fields())

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, MappingProxyType(value) if isinstance(value, dict) else value)

    def _fields(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]


@dataclass(frozen=True, slots=True)
class NetworkCells:
    """Of a network only its cells, and its name: all that locating points takes.

    Attributes
    ----------
    cells
        As in `Network`.
    version
        `network_version`.
    names_of
        As of a `Network`.
    """

    cells: "gpd.GeoDataFrame"
    version: str
    names_of: GridNames = no_names


@dataclass(frozen=True, slots=True)
class StoredCells:
    """The same without a table, as quickly as a file gives it: nothing about these cells is unusual.

    Attributes
    ----------
    columns
        Every column of the cells but their polygons, sorted by `cell_id`: (n,) values by name. Texts are str
        and None, a number that is missing is NaN.
    polygons
        The polygons in this order, and where they stand.
    version
        `network_version`; None for cells that belong to no network.
    file
        The network's file, beside which indexes may stand; empty for none.
    names_of
        As of a `Network`.
    """

    columns: Mapping[str, npt.NDArray[Any]]
    polygons: "SavedPolygons"
    version: str | None
    file: str = ""
    names_of: GridNames = no_names

    def __len__(self) -> int:
        return len(self.columns["cell_id"])


def _names_in(columns: "Mapping[str, pd.Series[Any]]", department: str) -> dict[str, str]:
    mine = columns["department"] == department
    return _named(columns["grid_id"][mine], columns["name"][mine])


def _named(grid_ids: "pd.Series[Any]", names: "pd.Series[Any]") -> dict[str, str]:
    there = names.notna() & grid_ids.notna()
    return dict(zip(grid_ids[there], names[there], strict=True))


def plain_texts(table: Any) -> Any:
    """Give text columns as str and None, so that a network read again is the same as the one merged."""
    import geopandas as gpd

    columns = {c: table[c] for c in table.columns}
    texts = {c: v for c, v in columns.items() if v.dtype.kind == "O"}  # text of every pandas, but no geometry
    texts = {c: values for c, values in texts.items() if not isinstance(values, gpd.GeoSeries)}
    return table.assign(**{c: _or_none(values) for c, values in texts.items() if not _is_plain(values)})


def _is_plain(values: "pd.Series[Any]") -> bool:
    """Tell a column of objects in which whatever is missing is None already."""
    if values.dtype != object:
        return False
    missing = values.isna().to_numpy()
    return set(map(type, values.to_numpy()[missing])) <= {type(None)}


def _or_none(values: "pd.Series[Any]") -> "pd.Series[Any]":
    import pandas as pd

    plain = values.to_numpy(dtype=object, copy=True)
    plain[values.isna().to_numpy()] = None
    return pd.Series(plain, values.index, dtype=object)


@step("proving")
def prove_partition(cells: npt.NDArray[Any], *, unit: npt.NDArray[np.int64], units: npt.NDArray[Any]) -> None:
    """Raise TopologyError unless cells fill the units: no gap, no overlap, nothing across a border.

    Parameters
    ----------
    cells
        (n,) Polygons.
    unit
        (n,) row of the unit each cell is said to lie in.
    units
        (m,) the units, as they were before their borders were noded with those of the layers.

    Notes
    -----
    The edge table shows overlaps (two owners on one side); GEOS's coverage test shows T-junctions, and
    overlaps of cells that share no segment, where the table has segments with one owner. What the cells of a
    unit and the unit do not share must be no wider than the rounding to the 1 cm grid.
    """
    # Only who proves a network needs the table of its edges.
    from gridgov.topology.edges import at_outer, edge_table
    from gridgov.topology.misfits import misfits
    from gridgov.topology.regions import dissolve

    _expect(shapely.is_valid(cells) & ~shapely.is_empty(cells), cells, WORDS("is_not_valid"))
    if not shapely.coverage_is_valid(cells[at_outer(cells, edge_table(cells))]):
        _expect(~misfits(cells), cells, WORDS("does_not_meet"))
    _expect(np.bincount(unit, minlength=len(units)) > 0, units, WORDS("has_no_cell"))
    rest = shapely.symmetric_difference(dissolve(cells, unit), units)
    _expect(shapely.is_empty(shapely.buffer(rest, -ROUNDING_M)), units, WORDS("is_not_filled"))


def _expect(right: npt.NDArray[np.bool_], polygons: npt.NDArray[Any], what: str) -> None:
    if right.all():
        return
    places = shapely.get_coordinates(shapely.point_on_surface(shapely.envelope(polygons[~right])))
    at = [f"({x:.2f}, {y:.2f})" for x, y in places]
    raise TopologyError(WORDS("merged_polygon", what=what, at=examples(at)))
