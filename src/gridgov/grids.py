"""A GeoDataFrame made into a layer: columns, ids, polygons, rows of one grid, an account of it all."""

import copy
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from gridgov.attributes import join_attributes
from gridgov.columns import find_column, free_names
from gridgov.datum import describe_crs, parse_crs, transform_geometries
from gridgov.duplicates import equal_polygons, one_row_per_grid
from gridgov.errors import ArgumentError, CRSError, SchemaError
from gridgov.ids import text_ids, text_values
from gridgov.language import Many, examples, listed, sentences
from gridgov.mended import Problem, Problems, inner_point, problem
from gridgov.polygons import Mended, mend_polygons
from gridgov.schema import ATTRS, SEPARATOR, no_owner_note
from gridgov.schema_faults import check_layer, check_names
from gridgov.told import told
from gridgov.words.reading import WORDS

__all__ = ["join_attributes", "make_grids"]

_ROLES: Final = {"id": "grid_id", "name": "name", "owner": "owner"}

#: Layers given in the shifted degrees of web maps are taken to CGCS2000 degrees.
_TRUE_DEGREES: Final = 4490

_NOTHING: Final = frozenset({"", "0", "0.0"})

_Objects = NDArray[np.object_]


def make_grids(
    gdf: gpd.GeoDataFrame,
    *,
    department: str,
    columns: Mapping[str, str | None] | None = None,
    crs: object = None,
    source: str = "",
) -> gpd.GeoDataFrame:
    """Layer of one department from polygons as they came: text ids, valid polygons, one row per grid.

    Parameters
    ----------
    gdf
        Polygons with an id column; points, lines and empty rows among them are left out and reported.
    department
        Name of the layer.
    columns
        Which column is the ``id``, ``name``, ``owner``; those left out are found by their usual names.
    crs
        Coordinate system of the numbers, if the frame does not say or says it wrongly: ``EPSG:4547``;
        ``gcj02`` or ``bd09`` are converted to CGCS2000 degrees (EPSG:4490).
    source
        File and layer, for messages.

    Returns
    -------
    GeoDataFrame
        Columns ``grid_id, name, owner``, then the source's other columns, then ``geometry``; rows in the
        order of the source. Its ``attrs["gridgov"]`` holds ``department, source, columns, notes, problems``
        (see :data:`gridgov.schema.ATTRS`): every repair is named there. A layer is answered unchanged.

    Raises
    ------
    SchemaError
        No id column, two that may be it, or no row has a polygon.
    CRSError
        No coordinate system, or one that is not known.

    Notes
    -----
    Rows that share an id are one grid: equal shapes collapse, different shapes become one multipart, the
    first value that is not blank counts in every other column. A blank id becomes ``?<row>``, rows counted
    from 1. About 2 s for 150,000 grids.

    Examples
    --------
    >>> from shapely import box
    >>> squares = [box(0, 0, 1, 1), box(1, 0, 2, 1)]
    >>> frame = gpd.GeoDataFrame({"网格编码": [1.0, 2.0]}, geometry=squares, crs=4547)
    >>> make_grids(frame, department="police")["grid_id"].tolist()
    ['1', '2']
    """
    check_names([department])
    where = source or department
    if columns is None and crs is None and _is_layer(gdf):
        return _as_it_is(gdf, department, source)
    _check_source(gdf, columns, where)
    notes: list[str] = []
    shapes, true_crs = _located(gdf, crs, where, notes)
    table, taken = _layer_columns(_plain(gdf, notes), columns or {}, department, where, notes)
    table, problems = _with_polygons(table, mend_polygons(shapes, crs=true_crs), where, notes)
    table, shared = one_row_per_grid(table, true_crs, notes)
    problems += shared + equal_polygons(table, true_crs, notes)
    layer = gpd.GeoDataFrame(table, geometry="geometry", crs=true_crs)
    said = {"department": department, "source": source, "columns": taken}
    layer.attrs[ATTRS] = {**said, "notes": notes, "problems": Problems(problems)}
    check_layer(layer, where=where)
    return layer


def _is_layer(gdf: pd.DataFrame) -> bool:
    if ATTRS not in gdf.attrs:
        return False
    try:
        check_layer(gdf)
    except SchemaError:
        return False
    return True


def _as_it_is(layer: gpd.GeoDataFrame, department: str, source: str) -> gpd.GeoDataFrame:
    same = layer.copy()
    said = copy.deepcopy(layer.attrs[ATTRS])
    same.attrs[ATTRS] = {**said, "department": department, "source": source or said.get("source", "")}
    return same


def _check_source(gdf: pd.DataFrame, columns: Mapping[str, str | None] | None, where: str) -> None:
    unknown = sorted(set(columns or {}) - set(_ROLES))
    if unknown:
        raise ArgumentError(
            WORDS("columns_take_roles", where=where, roles=listed(_ROLES), unknown=listed(unknown))
        )
    if not isinstance(gdf, gpd.GeoDataFrame) or gdf.active_geometry_name is None:
        raise SchemaError(WORDS("no_geometry", where=where))
    if not gdf.columns.is_unique:
        raise SchemaError(
            WORDS(
                "columns_repeat", where=where, columns=examples(sorted(gdf.columns[gdf.columns.duplicated()]))
            )
        )


def _located(gdf: gpd.GeoDataFrame, crs: object, where: str, notes: list[str]) -> tuple[_Objects, CRS]:
    """Geometries as they are in the file, or taken off the offset of a web map; and their CRS."""
    shapes = np.asarray(gdf.geometry.to_numpy(), dtype=object)
    if crs is None and gdf.crs is None:
        raise CRSError(WORDS("crs_not_known", where=where))
    stated = parse_crs(gdf.crs if crs is None else crs, where=where)
    if stated.offset is not None:
        notes.append(WORDS("converted", stated=describe_crs(stated), degrees=describe_crs(_TRUE_DEGREES)))
        return transform_geometries(shapes, source=stated, target=_TRUE_DEGREES), CRS.from_epsg(_TRUE_DEGREES)
    if crs is not None and gdf.crs is not None and gdf.crs != stated.crs:
        notes.append(WORDS("read_as_stated", stated=describe_crs(stated), name=gdf.crs.name))
    return shapes, stated.crs


def _plain(gdf: gpd.GeoDataFrame, notes: list[str]) -> pd.DataFrame:
    """The columns of the source that are no geometry, rows numbered from 0."""
    shapes = [column for column in gdf.columns if isinstance(gdf[column], gpd.GeoSeries)]
    if len(shapes) > 1:
        others = [column for column in shapes if column != gdf.active_geometry_name]
        notes.append(WORDS("geometry_left_out", others=examples(others)))
    plain = pd.DataFrame({str(name): gdf[name].array for name in gdf.columns if name not in shapes})
    return plain.reindex(range(len(gdf)))


def _layer_columns(
    plain: pd.DataFrame,
    columns: Mapping[str, str | None],
    department: str,
    where: str,
    notes: list[str],
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Columns of a layer without the geometry; ids may be missing (None) or repeat.

    Answers what its id, name and owner are called in the source, too.
    """
    taken = _taken(plain, columns, department, where, notes)
    own = dict[str, _Objects]()
    for role, column in _ROLES.items():
        if role not in taken:
            own[column] = text_values([None] * len(plain))
        elif role == "id":
            own[column], said = text_ids(plain[taken[role]], column=taken[role])
            notes += said
        else:
            own[column] = text_values(plain[taken[role]])
    table = pd.DataFrame(own, index=plain.index, dtype=object)
    renamed = free_names([name for name in plain.columns if name not in taken.values()])
    changed = [f"{old} -> {new}" for old, new in renamed.items() if old != new]
    if changed:
        notes.append(WORDS("renamed_layers", changed=listed(changed)))
    others = {new: plain[old] for old, new in renamed.items()}
    layer = pd.concat([table, pd.DataFrame(others, index=plain.index)], axis=1)
    return layer, {_ROLES[role]: column for role, column in taken.items()}


def _taken(
    plain: pd.DataFrame,
    columns: Mapping[str, str | None],
    department: str,
    where: str,
    notes: list[str],
) -> dict[str, str]:
    """Which column plays which role."""
    names = list(plain.columns)
    taken = {}
    for role in _ROLES:
        given = columns.get(role)
        find = partial(find_column, role=role, where=where, department=department)
        if role == "id" and given is None:
            column = _id_column(plain, find, where, notes)
        else:
            column = find(names, given=given, required=False)
        if column is not None:
            taken[role] = column
    if taken:
        notes.append(WORDS("columns_taken") + listed(f"{role} = {column}" for role, column in taken.items()))
    if "owner" not in taken:
        notes.append(WORDS("no_grid_has_owner", begin=no_owner_note()))
    return taken


def _id_column(
    plain: pd.DataFrame, find: Callable[..., str | None], where: str, notes: list[str]
) -> str | None:
    """The id column by its name; one without ids only if there is no other."""
    names = list(plain.columns)
    hollow = [name for name in names if _hollow(plain[name])]
    column = find([name for name in names if name not in hollow], required=False)
    if column is None:
        column = find(names, required=len(plain) > 0)
        if column in hollow and pd.notna(text_values(plain[column])).any():
            raise SchemaError(WORDS("id_is_zero", where=where, column=column))
    elif (passed := find(hollow, required=False)) is not None:
        notes.append(WORDS("id_passed", passed=passed))
    return column


def _hollow(values: pd.Series) -> bool:
    """Whether a column of several rows holds nothing but blanks or zeros: drawing programs' unused Id."""
    if len(values) < 2:  # noqa: PLR2004
        return False
    first = values.dropna().head(1).tolist()
    return not first or (
        str(first[0]).strip() in _NOTHING and set(values.dropna().astype(str).str.strip()) <= _NOTHING
    )


def _with_polygons(
    table: pd.DataFrame, mended: Mended, where: str, notes: list[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Rows that have a polygon, every row with an id; and what was wrong with their geometry."""
    blank = np.flatnonzero(table["grid_id"].isna())
    ids = table["grid_id"].to_numpy(dtype=object, copy=True)
    ids[blank] = [f"?{row + 1}" for row in blank]
    table = table.assign(grid_id=pd.Series(ids, dtype=object), geometry=mended.polygons)
    present = ~shapely.is_missing(mended.polygons)
    if len(table) and not present.any():
        raise SchemaError(WORDS("no_row_polygon", where=where, note=examples(sorted(set(mended.note)))))
    problems = [
        problem(mended.kind[row], [ids[row]], mended.note[row], mended.area_m2[row], mended.place[row])
        for row in np.flatnonzero(pd.notna(mended.kind))
    ]
    problems += [
        problem(
            "duplicate_id",
            [ids[row]],
            told("row_no_id", row=int(row) + 1),
            None,
            inner_point(mended.polygons[row]),
        )
        for row in blank
    ]
    _say_mended(ids, mended, blank, notes)
    return table[present].reset_index(drop=True), problems


def _say_mended(ids: _Objects, mended: Mended, blank: NDArray[np.intp], notes: list[str]) -> None:
    if not len(ids):
        notes.append(WORDS("layer_empty"))
    gone, invalid = ids[mended.kind == "no_geometry"], ids[mended.kind == "invalid"]
    if gone.size:
        why = sentences(dict.fromkeys(mended.note[mended.kind == "no_geometry"]))
        notes.append(WORDS("polygon_left_out", n=Many(gone.size), grids=examples(list(gone)), why=why))
    if invalid.size:
        notes.append(WORDS("repaired", n=Many(invalid.size), grids=examples(list(invalid))))
    if blank.size:
        notes.append(WORDS("called_by_number", n=Many(blank.size), ids=examples(list(ids[blank]))))
    if mended.flattened:
        notes.append(WORDS("heights_left_out", n=Many(mended.flattened)))
    if mended.stripped:
        notes.append(WORDS("points_left_out", n=Many(mended.stripped)))
    if joined := [each for each in ids if SEPARATOR in each]:
        notes.append(WORDS("ids_with_sign", n=Many(len(joined)), sign=SEPARATOR, ids=examples(joined)))
