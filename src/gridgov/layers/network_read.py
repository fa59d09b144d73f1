"""A network read from its GeoPackage: all of it, or only what points are located with."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov.errors import FormatError, InputMissingError, SchemaError
from gridgov.layers.stored_cells import has_tables, stored_cells, stored_values
from gridgov.layers.written_words import WORDS
from gridgov.network import Network, NetworkCells, StoredCells
from gridgov.schema import (
    CONFLICT_COLUMNS,
    CROSSWALK_COLUMNS,
    LAYER_COLUMNS,
    NETWORK_FILE,
    REGISTER_COLUMNS,
    SCHEMA_VERSION,
    SUCCESSION_COLUMNS,
    cell_columns,
)

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["is_network", "made_on", "read_cells", "read_network"]

GEOPACKAGE: Final = ".gpkg"

#: What the table `provenance` must say for a network to be used.
_STORED: Final = {
    "provenance": ("schema_version", "gridgov", "departments", "network_version"),
    "summary": ("rungs",),
}


def read_network(path: str | Path) -> Network:
    """Read a network that `write_network` wrote as a GeoPackage.

    Raises
    ------
    InputMissingError
        There is no such file.
    FormatError
        The file is not a network, or a newer gridgov wrote it.
    SchemaError
        Someone changed the cells so that they are none any more.
    """
    path = Path(path)
    _check_network(path)
    with _in_words(path):
        network = _network(path, _stored(path))
    network.cells.attrs[NETWORK_FILE] = str(path.absolute())
    return network


def read_cells(path: str | Path) -> NetworkCells | StoredCells:
    """Read of a network only what points are located with: its cells, if nothing is unusual without a table.

    Raises
    ------
    InputMissingError, FormatError, SchemaError
        As `read_network`.
    """
    path = Path(path)
    _check_network(path)
    names_of = partial(_stored_names, path)
    with _in_words(path):
        stored = _stored(path)
        version = str(stored["provenance"]["network_version"])
        if has_tables(path, _others(stored)):
            kept = stored_cells(path, needed=_needed(stored), version=version)
            if kept is not None:
                return replace(kept, names_of=names_of)
        # The whole of it, which says what is wrong.
        cells = _network(path, stored).cells
    cells.attrs[NETWORK_FILE] = str(path.absolute())
    return NetworkCells(cells, version, names_of)


def _check_network(path: Path) -> None:
    if not path.exists():
        raise InputMissingError(WORDS("not_there", path=path))
    if not is_network(path):
        raise FormatError(WORDS("no_network", path=path))


def made_on(path: str | Path) -> str:
    """Answer the day on which the network in a GeoPackage was last changed; blank if it does not say."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    with suppress(DataLayerError, DataSourceError):
        ledger = pyogrio.read_dataframe(path, layer="ledger", columns=["made_on"], read_geometry=False)
        days = sorted(str(made)[:10] for made in ledger["made_on"].dropna())
        return days[-1] if days else ""
    return ""


def is_network(path: str | Path) -> bool:
    """Tell whether a file is a network (a GeoPackage with cells and a provenance)."""
    path = Path(path)
    if path.suffix.lower() != GEOPACKAGE or not path.is_file():
        return False
    return {"cells", "provenance"} <= _layers(path)


def _layers(path: Path) -> set[str]:
    """Names of the layers and tables of a GeoPackage; none if it is no database."""
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as store:
            return {name for (name,) in store.execute("SELECT table_name FROM gpkg_contents")}
    except sqlite3.DatabaseError:
        return set()


def _network(path: Path, stored: Mapping[str, Any]) -> Network:
    rungs, there = list(stored["summary"]["rungs"]), _layers(path)
    return Network(
        cells=_cells(path, stored),
        grids=_polygons(path, "grids", ["grid_id"]),
        crosswalk=_table(path, "crosswalk", CROSSWALK_COLUMNS),
        conflicts=_conflicts(path, rungs),
        rungs={rung: _polygons(path, rung, LAYER_COLUMNS) for rung in rungs},
        summary=stored["summary"],
        provenance=stored["provenance"],
        drawn=_polygons(path, "drawn", ["department", "grid_id"]) if "drawn" in there else None,
        register=_texts(path, "register", REGISTER_COLUMNS) if "register" in there else None,
        succession=_texts(path, "succession", SUCCESSION_COLUMNS) if "succession" in there else None,
    )


def _stored_names(path: Path, department: str) -> dict[str, str]:
    """Names of a department's grids by their ids, as it drew them; none if the network does not keep them."""
    if not has_tables(path, {"drawn": ["department", "grid_id", "name"]}):
        return {}
    asked = "SELECT grid_id, name FROM drawn WHERE department = ? AND name IS NOT NULL"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as store:
        return dict(store.execute(asked, (department,)).fetchall())


def _conflicts(path: Path, rungs: Sequence[str]) -> "gpd.GeoDataFrame":
    """The conflicts; those of a network that was made before texts had messages have none."""
    conflicts = _polygons(path, "conflicts", [*_conflict_columns(), *rungs])
    if "messages" not in conflicts:
        conflicts.insert(conflicts.columns.get_loc("note") + 1, "messages", None)
    return conflicts


def _cells(path: Path, stored: Mapping[str, Any]) -> "gpd.GeoDataFrame":
    cells = _polygons(path, "cells")
    _check_columns(cells, _needed(stored), "cells")
    if not len(cells):
        raise SchemaError(WORDS("no_cells"))
    return cells


def _needed(stored: Mapping[str, Any]) -> list[str]:
    """Columns that the cells of a network have."""
    return cell_columns(list(stored["provenance"]["departments"]), list(stored["summary"]["rungs"]))


def _others(stored: Mapping[str, Any]) -> dict[str, list[str]]:
    """Columns that the other tables of a network have, but for where they stand."""
    rungs = list(stored["summary"]["rungs"])
    tables = {
        "grids": ["grid_id"],
        "crosswalk": CROSSWALK_COLUMNS,
        "conflicts": [*_conflict_columns(), *rungs],
        **dict.fromkeys(rungs, LAYER_COLUMNS),
    }
    return {table: [name for name in columns if name != "geometry"] for table, columns in tables.items()}


def _conflict_columns() -> list[str]:
    """Columns of conflicts, but for the one that older networks lack."""
    return [column for column in CONFLICT_COLUMNS if column != "messages"]


def _stored(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Provenance and summary, which say what else there must be."""
    stored = stored_values(path)
    if stored is None:
        stored = _values(path, "provenance")
    for name, keys in _STORED.items():
        missing = [key for key in keys if key not in stored.get(name, {})]
        if missing:
            raise SchemaError(WORDS("provenance_lacks", name=name, missing=missing[0]))
    provenance = stored["provenance"]
    if int(provenance["schema_version"]) > SCHEMA_VERSION:
        raise FormatError(WORDS("newer", path=path, version=provenance["gridgov"]))
    return stored


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say of a network that was changed by hand which part of it is missing, and what helps."""
    mend = WORDS("mend_network")
    try:
        yield
    except SchemaError as error:
        raise SchemaError(f"{path}: {error}; {mend}") from error
    except RuntimeError as error:
        from pyogrio.errors import DataLayerError, DataSourceError

        if not isinstance(error, DataSourceError | DataLayerError):
            raise
        raise FormatError(f"{path}: {str(error).rstrip('.')}; {mend}") from error


def _polygons(path: Path, layer: str, columns: Sequence[str] = ()) -> "gpd.GeoDataFrame":
    """Read a layer; polygons that were stored as multipolygons of one part are polygons again."""
    import geopandas as gpd
    import pyogrio

    table = pyogrio.read_dataframe(path, layer=layer)
    if not isinstance(table, gpd.GeoDataFrame):
        raise SchemaError(WORDS("no_geometry", layer=layer))
    _check_columns(table, columns, layer)
    shapes = table.geometry.to_numpy()
    single = shapely.get_num_geometries(shapes) == 1
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    return gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=shapes, crs=table.crs)


def _table(path: Path, layer: str, columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd
    import pyogrio

    table = pyogrio.read_dataframe(path, layer=layer, read_geometry=False)
    _check_columns(table, columns, layer)
    return pd.DataFrame(table[list(columns)])


def _texts(path: Path, layer: str, columns: Sequence[str]) -> "pd.DataFrame":
    """A table whose texts are str and None."""
    table = _table(path, layer, columns)
    texts = [column for column in table.columns if not column.endswith(("_m2", "_share"))]
    return table.assign(**{c: table[c].astype(object).where(table[c].notna(), None) for c in texts})


def _check_columns(table: "pd.DataFrame", columns: Sequence[str], layer: str) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise SchemaError(WORDS("column_missing", layer=layer, missing=missing[0]))


def _values(path: Path, layer: str) -> Mapping[str, Any]:
    rows = _table(path, layer, ("name", "json"))
    try:
        values = {name: json.loads(text) for name, text in zip(rows["name"], rows["json"], strict=True)}
    except (json.JSONDecodeError, TypeError) as error:
        raise SchemaError(WORDS("text_damaged", layer=layer)) from error
    return {name: value for name, value in values.items() if isinstance(value, dict)}
