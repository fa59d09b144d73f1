"""The network written to disk: a GeoPackage that also opens coloured in QGIS, or its cells as GeoParquet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridgov.clock import stamp
from gridgov.errors import FormatError
from gridgov.layers.clock import dated
from gridgov.layers.styles import style_table
from gridgov.layers.written_words import WORDS
from gridgov.network import Network
from gridgov.outputs import replacing

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["check_network_ending", "write_network"]

GEOPACKAGE: Final = ".gpkg"
PARQUET: Final = ".parquet"


def write_network(network: Network, path: str | Path, *, overwrite: bool = False) -> list[str]:
    """Write a network to one file, whole or not at all.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    path
        ``.gpkg``: everything, as layers ``cells, grids, conflicts, drawn``, one layer per rung, tables
        ``crosswalk, register, succession, ledger, provenance`` and styles for QGIS. ``.parquet``: the cells
        only (GeoParquet 1.1).
    overwrite
        Replace a file that exists.

    Returns
    -------
    What is worth saying about it, in sentences.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError
        Another extension; the file is there; it cannot be written.

    Notes
    -----
    With SOURCE_DATE_EPOCH set, the same network gives the same bytes.
    """
    path = Path(path)
    check_network_ending(path)
    if path.suffix.lower() == PARQUET:
        with replacing(path, overwrite=overwrite) as partial:
            network.cells.to_parquet(
                partial, compression="zstd", schema_version="1.1.0", write_covering_bbox=True
            )
        lost = [WORDS("no_register", path=path.name)] if network.succession is not None else []
        return [WORDS("cells_only", path=path.name), *lost]
    with replacing(path, overwrite=overwrite) as partial, dated():
        _write_geopackage(network, partial)
    return []


def check_network_ending(path: Path) -> None:
    """Raise FormatError for a name under which no network is written."""
    if path.suffix.lower() not in {GEOPACKAGE, PARQUET}:
        raise FormatError(WORDS("network_kinds", path=path))


def _write_geopackage(network: Network, path: Path) -> None:
    import pandas as pd
    import pyogrio

    layers = {"cells": network.cells, "grids": network.grids, **network.rungs}
    for name, layer in layers.items():
        _write_layer(layer, path, name, geometry_type="MultiPolygon")
    _write_layer(network.conflicts, path, "conflicts", geometry_type="Unknown")
    if network.drawn is not None:
        _write_layer(network.drawn, path, "drawn", geometry_type="MultiPolygon")
    values = {"provenance": network.provenance, "summary": network.summary}
    rows = [(name, json.dumps(dict(value), ensure_ascii=False)) for name, value in values.items()]
    tables = {
        "crosswalk": network.crosswalk,
        **{name: table for name, table in _codes(network).items() if table is not None},
        "ledger": _first_entry(network),
        "provenance": pd.DataFrame(rows, columns=["name", "json"]),
        "layer_styles": style_table(list(network.rungs), written_at=stamp()),
    }
    for name, table in tables.items():
        pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=path.exists())


def _codes(network: Network) -> "dict[str, pd.DataFrame | None]":
    """The register of ids, and what became of the previous ones."""
    return {"register": network.register, "succession": network.succession}


def _write_layer(layer: "gpd.GeoDataFrame", path: Path, name: str, *, geometry_type: str) -> None:
    import pyogrio

    pyogrio.write_dataframe(
        layer,
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        geometry_type=geometry_type,
        promote_to_multi=geometry_type == "MultiPolygon",
    )


def _first_entry(network: Network) -> "pd.DataFrame":
    """Open the ledger of changes with the merge itself."""
    import pandas as pd

    words = f"merged {', '.join(network.departments)}"
    return pd.DataFrame(
        {"network_version": [network.version], "made_on": [stamp()], "event": ["merge"], "words": [words]}
    )
