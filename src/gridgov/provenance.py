"""Where a network comes from: version, options and inputs, so that it can be made again."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from gridgov.schema import ATTRS, PRECISION_M, SCHEMA_VERSION
from gridgov.topology.refine import Tolerances
from gridgov.version import __version__

__all__ = ["content_hash", "provenance_of", "text_hash"]

VERSION_DIGITS = 12


def provenance_of(
    cells: gpd.GeoDataFrame,
    *,
    layers: Mapping[str, gpd.GeoDataFrame],
    within: Mapping[str, gpd.GeoDataFrame],
    limits: Tolerances,
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """Answer plain values: the network's version, the options, and every input with its content hash.

    `options` are further options of the merge, as plain values.
    """
    inputs = {
        name: {
            "source": layer.attrs.get(ATTRS, {}).get("source", ""),
            "rows": len(layer),
            "crs": layer.crs.to_string(),
            "sha256": content_hash(layer),
        }
        for name, layer in [*within.items(), *layers.items()]
    }
    return {
        "network_version": content_hash(cells)[:VERSION_DIGITS],
        "schema_version": SCHEMA_VERSION,
        "gridgov": __version__,
        "geos": shapely.geos_version_string,
        "departments": list(layers),
        "rungs": list(within),
        "crs": cells.crs.to_string(),
        "precision_m": PRECISION_M,
        "tolerance_m": {name: limits.of(number) for number, name in enumerate(layers)},
        "min_area_m2": limits.min_area_m2,
        **options,
        "inputs": inputs,
    }


def text_hash(texts: Iterable[str]) -> str:
    """SHA-256 over texts, in their order."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def content_hash(table: gpd.GeoDataFrame) -> str:
    """SHA-256 over a table's columns, values and polygons, in their order."""
    digest = hashlib.sha256()
    values = pd.DataFrame(table).drop(columns=table.active_geometry_name)
    digest.update(json.dumps(list(values.columns), ensure_ascii=False).encode())
    digest.update(values.to_json(orient="values", force_ascii=False, date_format="iso").encode())
    for wkb in shapely.to_wkb(table.geometry.to_numpy(), output_dimension=2, byte_order=1):
        digest.update(wkb)
    return digest.hexdigest()
