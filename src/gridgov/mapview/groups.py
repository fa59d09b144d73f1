"""What cells belong to, and are coloured by: units of each rung, grids and owners of each department."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.mapview.packing import packed
from gridgov.mapview.tints import neighbours_of, tints_of
from gridgov.network import Network
from gridgov.schema import cell_rungs

__all__ = [
    "DEPARTMENT",
    "OWNER",
    "RUNG",
    "Group",
    "Masked",
    "Sides",
    "groups_of",
    "masking",
    "without_phones",
]

Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
#: Rows of the cells at the sides of each border, -1 for nobody.
Sides = tuple[Ints, Ints]
Masked = Callable[[str], str]

RUNG, DEPARTMENT, OWNER = "rung", "department", "owner"
NONE: Final = -1

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)([- ]?)\d{4}\2\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Group:
    """All units of one rung, all grids of one department, or all of its owners.

    Attributes
    ----------
    key
        The column of the cells: ``district``, ``police``, ``police_owner``.
    kind
        ``rung``, ``department`` or ``owner``.
    ids, names, owners
        Of each unit; names and owners may be empty where nothing has one. Grids that have no cell are there
        too, at the end.
    of
        (n,) unit of each cell, -1 for none.
    tint
        Colour of each unit; those that share a border differ.
    """

    key: str
    kind: str
    ids: Sequence[str]
    names: Sequence[str | None]
    owners: Sequence[str | None]
    of: Ints
    tint: Ints

    def number(self) -> Mapping[str, int]:
        """The number of each id."""
        return {name: k for k, name in enumerate(self.ids)}

    def packed(self) -> dict[str, Any]:
        """As the page reads it."""
        return {
            "key": self.key,
            "kind": self.kind,
            "ids": list(self.ids),
            "names": list(self.names),
            "owners": list(self.owners),
            "of": packed(self.of),
            "tint": packed(self.tint),
        }


def groups_of(network: Network, sides: Sides, *, masked: Masked) -> list[Group]:
    """Everything cells belong to: rungs coarse to fine, then each department's grids, then its owners.

    `masked` is done to names, see :func:`masking`.
    """
    cells = network.cells
    answer = []
    for rung in cell_rungs(list(cells.columns)):
        named = cells.drop_duplicates(rung).set_index(rung)[f"{rung}_name"]
        answer.append(
            _group(rung, RUNG, _texts(cells[rung]), sides, names=named.map(masked, na_action="ignore"))
        )
    for department in network.departments:
        about = _about(network, department)
        about = about.map(masked, na_action="ignore")
        own = _texts(cells[department])
        further = _drawn_ids(network, department)
        answer.append(
            _group(
                department, DEPARTMENT, own, sides, names=about["name"], owners=about["owner"], more=further
            )
        )
    for department in network.departments:
        owners = _texts(cells[f"{department}_owner"].map(masked, na_action="ignore"))
        if any(owner is not None for owner in owners):
            answer.append(_group(f"{department}_owner", OWNER, owners, sides))
    return answer


def without_phones(text: str) -> str:
    """A text with the last eight digits of mobile numbers masked.

    >>> without_phones("张三（13800001234）、0371-12345678")
    '张三（138****）、0371-12345678'
    """
    return _MOBILE.sub(r"\1****", text)


def masking(*, phones: bool) -> Masked:
    """What is done to names of owners: nothing with `phones`, else mobile numbers are masked."""
    return str if phones else without_phones


def _group(
    key: str,
    kind: str,
    values: Texts,
    sides: Sides,
    *,
    names: "pd.Series[Any] | None" = None,
    owners: "pd.Series[Any] | None" = None,
    more: Sequence[str] = (),
) -> Group:
    there = sorted({value for value in values if value is not None})
    ids = [*there, *sorted(set(more).difference(there))]
    number = {name: k for k, name in enumerate(ids)}
    of = np.array([NONE if value is None else number[value] for value in values], dtype=np.int64)
    tint = tints_of(len(ids), *neighbours_of(*sides, of))
    return Group(key, kind, ids, _of_ids(names, ids), _of_ids(owners, ids), of, tint)


def _of_ids(values: "pd.Series[Any] | None", ids: Sequence[str]) -> list[str | None]:
    if values is None:
        return []
    found = [None if pd.isna(value) else str(value) for value in values.reindex(list(ids))]
    return found if any(value is not None for value in found) else []


def _about(network: Network, department: str) -> pd.DataFrame:
    """Name and owner of each grid that has cells, by its id."""
    cells: Any = network.cells
    if department == network.departments[0]:
        table: Any = network.grids.drop_duplicates("grid_id").set_index("grid_id")
        if "name" in table and "owner" in table:
            return pd.DataFrame(table[["name", "owner"]])
    table = cells[cells[department].notna()].drop_duplicates(department).set_index(department)
    names = network.grid_names(department, table.index)
    return pd.DataFrame({"name": names, "owner": table[f"{department}_owner"]}, index=table.index)


def _drawn_ids(network: Network, department: str) -> list[str]:
    """Grids of the crosswalk: also those that have no cell of their own."""
    crosswalk = network.crosswalk
    if not len(crosswalk):
        return []
    return sorted(set(crosswalk.loc[crosswalk["department"] == department, "grid_id"]))


def _texts(column: "pd.Series[Any]") -> Texts:
    values = column.astype(object).to_numpy()
    return np.array([None if pd.isna(value) else str(value) for value in values], dtype=object)
