"""Whether names and tables are what :mod:`gridgov.schema` says, and in which ways they are not."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import examples, sentences
from gridgov.schema import (
    ASSIGNMENT_COLUMNS,
    CONFLICT_COLUMNS,
    CROSSWALK_COLUMNS,
    LAYER_COLUMNS,
    PROBLEM_COLUMNS,
    cell_rungs,
)
from gridgov.words.merging import WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_cells", "check_layer", "check_names"]

_NAME = re.compile(r"[^\W\d]\w*")
_TAKEN: Final = frozenset(
    {
        *LAYER_COLUMNS,
        *CROSSWALK_COLUMNS,
        *PROBLEM_COLUMNS,
        *CONFLICT_COLUMNS,
        *(name for name in ASSIGNMENT_COLUMNS if not name.startswith("<")),
        "geometry",
        "geom",
        "fid",
        "special",
        "cells",
        "grids",
        "conflicts",
        "drawn",
        "crosswalk",
        "ledger",
        "provenance",
        "layer_styles",
    }
)


def check_names(departments: Iterable[str], rungs: Iterable[str] = ()) -> None:
    """Raise unless every department and rung name can be a column name.

    A name begins with a letter (Chinese too), goes on with letters, digits and ``_``, is unique ignoring
    case, and is none of the names gridgov's own tables use. Raises ArgumentError with every fault.

    >>> check_names(["police", "城管"], ["district"])
    >>> check_names(["police", "Police"])
    Traceback (most recent call last):
    gridgov.errors.ArgumentError: the name 'Police' is used twice (upper and lower case count as one)
    """
    faults, seen = [], dict[str, str]()
    for name in [*rungs, *departments]:
        if not _NAME.fullmatch(name):
            faults.append(WORDS("name_form", name=name))
        elif name.lower() in _TAKEN:
            faults.append(WORDS("name_taken", name=name))
        elif name.lower() in seen:
            faults.append(WORDS("name_twice", name=name))
        seen[name.lower()] = name
    clashes = {n for n in seen if n.endswith(("_owner", "_name")) and n.rpartition("_")[0] in seen}
    faults += [WORDS("name_column", name=seen[n], other=seen[n.rpartition("_")[0]]) for n in clashes]
    if faults:
        raise ArgumentError(sentences(dict.fromkeys(faults)))


def check_layer(layer: "pd.DataFrame", *, where: str = "layer") -> None:
    """Raise SchemaError naming every way in which a table is not a layer."""
    _raise(where, [*_missing(layer, LAYER_COLUMNS), *_ids(layer, "grid_id"), *_polygons(layer)])


def check_cells(cells: "pd.DataFrame", *, where: str = "cells", polygons: bool = True) -> None:
    """Raise SchemaError naming every way in which a table is not a cells table.

    Without `polygons` these are not looked at: they were when they were saved.
    """
    faults = [*_missing(cells, ("cell_id", "special", "area_m2")), *_ids(cells, "cell_id")]
    faults += _polygons(cells) if polygons else []
    if "cell_id" in cells and not cells["cell_id"].is_monotonic_increasing:
        faults.append(WORDS("not_sorted"))
    if not cell_rungs(list(cells.columns)):
        faults.append(WORDS("no_rung"))
    _raise(where, faults)


def _missing(table: "pd.DataFrame", columns: Iterable[str]) -> list[str]:
    return [WORDS("column_missing", column=column) for column in columns if column not in table.columns]


def _ids(table: "pd.DataFrame", column: str) -> list[str]:
    if column not in table.columns:
        return []
    ids: Any = table[column]
    faults = []
    if not ids.map(lambda value: isinstance(value, str) and value != "").all():
        faults.append(WORDS("must_be_text", column=column))
    elif not ids.is_unique:
        faults.append(WORDS("repeats", column=column, ids=examples(sorted(set(ids[ids.duplicated()])))))
    return faults


def _polygons(table: "pd.DataFrame") -> list[str]:
    import geopandas as gpd

    if not isinstance(table, gpd.GeoDataFrame) or table.active_geometry_name is None:
        return [WORDS("no_geometry_column")]
    faults = []
    if table.crs is None:
        faults.append(WORDS("no_crs"))
    wrong = ~table.geom_type.isin(["Polygon", "MultiPolygon"])
    if wrong.any():
        faults.append(WORDS("rows_no_polygon", rows=examples(list(table.index[wrong]))))
    invalid = ~wrong & ~table.geometry.is_valid
    if invalid.any():
        faults.append(WORDS("rows_invalid", rows=examples(list(table.index[invalid]))))
    return faults


def _raise(where: str, faults: Sequence[str]) -> None:
    if faults:
        raise SchemaError(f"{where}: " + sentences(faults))
