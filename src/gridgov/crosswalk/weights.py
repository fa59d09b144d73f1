"""Weight on the ground (households, people, addresses): counted where points lie, spread over polygons."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.crosswalk.divisions import Divisions, Patches
from gridgov.crosswalk.words import WORDS
from gridgov.datum import transform_geometries
from gridgov.errors import SchemaError
from gridgov.language import examples
from gridgov.schema import PRECISION_M

__all__ = ["WEIGHT", "Burden", "Portions", "burden_of", "portions_of", "weight_numbers"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

#: What `read_weights` calls its column.
WEIGHT: Final = "weight"

_NO_GEOMETRY: Final = -1
_POINT: Final = (shapely.GeometryType.POINT,)
_POLYGON: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, slots=True)
class Burden:
    """What is to be counted: (n,) `weight` on `shapes`, Points or Polygons in `crs`, None for no place."""

    weight: Floats
    shapes: Geometries
    crs: Any
    polygons: bool

    def blocks(self, near: Floats, crs: Any) -> tuple[Geometries, Ints]:
        """Polygons in `crs`, rounded to 1 cm, whose box meets `near`, and their rows; none for points.

        `near` is (min x, min y, max x, max y).
        """
        if not self.polygons:
            return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
        shapes = transform_geometries(self.shapes, source=self.crs, target=crs)
        box = shapely.bounds(shapes)
        here = (box[:, :2] <= near[2:]).all(axis=1) & (box[:, 2:] >= near[:2]).all(axis=1)
        rows = np.flatnonzero(here).astype(np.int64)
        return np.asarray(shapely.set_precision(shapes[rows], PRECISION_M), dtype=object), rows


@dataclass(frozen=True, slots=True)
class Portions:
    """Weight where it lies: (n,) `weight`, for each department (n,) the row of the grid, -1 for none.

    `unplaced` is what lies in no known place: rows without a coordinate.
    """

    weight: Floats
    labels: Mapping[str, Ints]
    unplaced: float

    @property
    def total(self) -> float:
        """All weight, with a place or without."""
        return float(self.weight.sum()) + self.unplaced


def burden_of(weights: gpd.GeoDataFrame, column: str | None) -> Burden:
    """Read what is to be counted from a table of points or of polygons.

    Without a column, `weight` is taken if there is one, else each row is 1.

    Raises SchemaError for a column that is not there or holds no numbers, for lines, and for points and
    polygons in one table.
    """
    if not isinstance(weights, gpd.GeoDataFrame) or weights.active_geometry_name is None:
        raise SchemaError(WORDS("weights_type"))
    if column is None and WEIGHT in weights.columns:
        column = WEIGHT
    if column is not None and column not in weights.columns:
        there = [str(name) for name in weights.columns if name != weights.active_geometry_name]
        raise SchemaError(WORDS("weights_no_column", column=column, there=examples(there, most=30)))
    weight = np.ones(len(weights)) if column is None else weight_numbers(weights[column], where=str(column))
    shapes = np.array(weights.geometry.to_numpy(), dtype=object)
    shapes[shapely.is_empty(shapes)] = None
    kinds = set(shapely.get_type_id(shapes).tolist()) - {_NO_GEOMETRY}
    if not kinds <= set(_POINT) and not kinds <= set(_POLYGON):
        found = examples(sorted({shape.geom_type for shape in shapes if shape is not None}))
        raise SchemaError(WORDS("weights_mixed", found=found))
    if weights.crs is None:
        raise SchemaError(WORDS("weights_no_crs"))
    return Burden(weight, shapes, weights.crs, polygons=bool(kinds & set(_POLYGON)))


def weight_numbers(values: "pd.Series[Any]", *, where: str) -> Floats:
    """Numbers of a column: full-width digits and thousands commas too; a blank counts nothing.

    Raises SchemaError naming the rows, by the index of `values`, that hold something else or less than 0.

    >>> weight_numbers(pd.Series(["12", "1,200", "３", None, " "]), where="户数").tolist()
    [12.0, 1200.0, 3.0, 0.0, 0.0]
    """
    given = values.to_numpy(dtype=object)
    texts = pd.Series([_plain(value) for value in given], dtype=object)
    blank = texts.isna() | (texts == "")
    number = pd.to_numeric(texts.mask(blank, 0), errors="coerce").to_numpy(dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(number) | (number < 0))
    if wrong.size:
        said = [
            WORDS("in_row", given=given[row], label=label)
            for row, label in zip(wrong, values.index[wrong], strict=True)
        ]
        raise SchemaError(WORDS("must_hold_numbers", where=where, said=examples(said)))
    return number


def portions_of(burden: Burden, divisions: Divisions, patches: Patches, rows: Ints) -> Portions:
    """Lay weight on the ground: points by the grid they lie in, polygons by area.

    `rows` are the rows of the polygons that were cut into `patches` (`Burden.blocks`).
    """
    missing = shapely.is_missing(burden.shapes)
    if burden.polygons:
        return _spread(burden, patches, rows, missing)
    placed = np.flatnonzero(~missing)
    x, y = shapely.get_x(burden.shapes[placed]), shapely.get_y(burden.shapes[placed])
    labels = divisions.at(x, y, crs=burden.crs)
    return Portions(burden.weight[placed], labels, float(burden.weight[missing].sum()))


def _spread(burden: Burden, patches: Patches, rows: Ints, missing: npt.NDArray[np.bool_]) -> Portions:
    area = patches.area[patches.block_face]
    whole = np.bincount(patches.block, weights=area, minlength=len(rows))
    share = area / whole[patches.block]
    weight = burden.weight[rows[patches.block]] * share
    # A polygon of no area lies nowhere; one far from every grid lies in none.
    nowhere = missing.copy()
    nowhere[rows[whole == 0]] = True
    far = ~nowhere
    far[rows] = False
    labels = {
        name: np.append(label[patches.block_face], np.full(int(far.sum()), -1))
        for name, label in patches.labels.items()
    }
    return Portions(np.append(weight, burden.weight[far]), labels, float(burden.weight[nowhere].sum()))


def _plain(value: Any) -> Any:
    """A number as it is, a text folded to one that can be read as a number, None for a blank."""
    if not isinstance(value, str):
        return None if pd.isna(value) else value
    text = unicodedata.normalize("NFKC", value).strip()
    head, comma, tail = text.partition(",")
    groups = tail.partition(".")[0].split(",")
    if comma and head.lstrip("-").isdigit() and all(len(group) == len("000") for group in groups):
        return text.replace(",", "")
    return text
