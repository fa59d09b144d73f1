"""What is known about one layer or sheet before anything is decided about it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import CRS

from gridgov.columns import best_columns
from gridgov.datum import Candidate, check_crs_fits, crs_candidates, describe_crs, transform_points
from gridgov.datum.crs import legacy_datum
from gridgov.layers.likeness import RUNGS, looks_like
from gridgov.layers.placement import centres, stated_crs

__all__ = ["ColumnFacts", "LayerFacts", "about_columns", "about_place"]

#: Roles shown for polygons and ledgers, and for tables with a coordinate.
_LAYER_ROLES: Final = ("id", "name", "owner")
_POINT_ROLES: Final = ("incident", "category", "time", "district", "street", "community")
_COORDINATE_ROLES: Final = ("lon", "lat", "lonlat")

#: Rungs name their columns by themselves (街道编码): what a guess begins with, and the name that finds them.

_VALUES: Final = 3
_GUESSED_FROM: Final = 200


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column, what it holds (text, number ...), whether no value repeats or is blank, and three values."""

    name: str
    kind: str
    unique: bool
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """What is known about one layer or sheet.

    `taken` has for each role the columns that would serve: one is taken, several are a question, none is
    missing. `extent` is (min x, min y, max x, max y) as in the file, `degrees` the same in CGCS2000 degrees.
    `looked_at` rows served for all but the count, None for all of them. `candidates` are what the
    coordinates could be, when `crs` is unknown or cannot be right.
    """

    file: str
    layer: str | None
    kind: str
    rows: int
    looked_at: int | None = None
    geometry: Mapping[str, int] = field(default_factory=dict)
    encoding: str | None = None
    crs: str | None = None
    doubt: str | None = None
    candidates: tuple[Candidate, ...] = ()
    extent: tuple[float, ...] | None = None
    degrees: tuple[float, ...] | None = None
    taken: Mapping[str, list[str]] = field(default_factory=dict)
    columns: tuple[ColumnFacts, ...] = ()
    looks_like: str | None = None
    like: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain JSON values."""
        return asdict(self)


def about_place(frame: gpd.GeoDataFrame, outline: Any, where: str) -> dict[str, Any]:
    """Geometry types, coordinate system or candidates, and extents."""
    types = frame.geom_type.dropna().value_counts()
    known: dict[str, Any] = {"geometry": {str(name): int(count) for name, count in types.items()}}
    x, y = centres(frame)
    if not x.size:
        return known
    box = tuple(float(edge) for edge in frame.total_bounds)
    known["extent"] = box
    stated = stated_crs(frame, None, where)
    doubt = None if stated is None else check_crs_fits(x, y, crs=stated, outline=outline)
    if stated is None or doubt is not None:
        known |= {"doubt": doubt, "candidates": tuple(crs_candidates(x, y, outline=outline))}
    if stated is not None:
        known["crs"] = describe_crs(stated)
    if (
        stated is not None
        and doubt is None
        and not stated.crs.is_geographic
        and legacy_datum(stated.crs) is None
    ):
        corners = transform_points(box[::2], box[1::2], source=stated, target="cgcs2000")
        known["degrees"] = tuple(float(v) for v in np.column_stack(corners).ravel())
    return known


def about_columns(table: pd.DataFrame, names: Sequence[str], frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """Columns with values, those that would be taken, and what it all looks like."""
    areas = bool(frame.geom_type.isin(["Polygon", "MultiPolygon"]).any())
    points = bool((frame.geom_type == "Point").any())
    roles = _POINT_ROLES if points and not areas else _LAYER_ROLES
    if points and not areas and not isinstance(frame.crs, CRS):
        roles = (*_COORDINATE_ROLES, *roles)
    taken = _found(table, roles, "")
    values = {role: _texts(table[each[0]])[:_GUESSED_FROM] for role, each in taken.items() if len(each) == 1}
    guess = looks_like(names, columns=list(table.columns), values=values, points=points, polygons=areas)
    rung = guess.what if guess and areas and guess.what in RUNGS else ""
    taken = _found(table, roles, rung)
    wanted = ("id", "name") if rung else _LAYER_ROLES
    taken = {role: each for role, each in taken.items() if each or (areas and role in wanted)}
    facts = tuple(_column(table[name]) for name in table.columns)
    known = {"looks_like": guess.words, "like": guess.what} if guess else {}
    return {"columns": facts, "taken": taken, **known}


def _found(table: pd.DataFrame, roles: Sequence[str], department: str) -> dict[str, list[str]]:
    return {role: best_columns(table.columns, role, department=department) for role in roles}


def _texts(values: pd.Series) -> list[str]:
    return [str(value).strip() for value in values.dropna()]


def _column(values: pd.Series) -> ColumnFacts:
    present = values.dropna()
    if not all(map(pd.api.types.is_hashable, present)):  # GeoJSON may hold lists and objects
        present = present.astype(str)
    different = present.unique()
    unique = len(different) == len(values) > 1 and values.dtype.kind != "f"
    shown = tuple(_plain(value) for value in different[:_VALUES])
    return ColumnFacts(str(values.name), _kind(values), unique, shown)


def _plain(value: object) -> str:
    """A value as it is written in the file: a whole number without ``.0``."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    return " ".join(str(value).split())


def _kind(values: pd.Series) -> str:
    kinds = {"i": "whole number", "u": "whole number", "f": "number", "b": "yes/no", "M": "date"}
    return "empty" if values.isna().all() else kinds.get(values.dtype.kind, "text")
