"""Owners and people from a ledger, joined to a layer by grid id; whatever does not match is named."""

import copy
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from gridgov.columns import find_column, free_names
from gridgov.errors import ArgumentError, SchemaError
from gridgov.ids import damaged_forms, fold_id, looks_scientific, text_ids, text_values
from gridgov.language import Many, examples, listed, sentences
from gridgov.schema import ATTRS, SEPARATOR
from gridgov.words.reading import WORDS

__all__ = ["join_attributes"]

_FILLED: Final = ("owner", "name")
_ID_OPTION: Final = "--id NAME=COLUMN, call it 网格编码, or say where the column names are: --header-row N"


def join_attributes(
    layer: gpd.GeoDataFrame,
    table: pd.DataFrame,
    *,
    columns: Mapping[str, str | None] | None = None,
    source: str = "",
) -> gpd.GeoDataFrame:
    """Layer with the owners, names and further columns of a ledger, joined by grid id.

    Parameters
    ----------
    layer
        As `make_grids` answers it.
    table
        One row per grid, of text, as :func:`gridgov.ledger.ledger_table` answers it.
    columns
        Which of the table's columns is the ``id``, ``name``, ``owner``; else found by their usual names.
    source
        File and sheet, for messages.

    Returns
    -------
    GeoDataFrame
        The same rows in the same order. A ledger value counts over the layer's own owner or name; a blank
        one changes nothing. The table's other columns are added, a name already there gets ``_1``. What was
        taken and what did not match is appended to the notes in ``attrs["gridgov"]``.

    Raises
    ------
    SchemaError
        No id column, or no id of the table is a grid of the layer.

    Notes
    -----
    Several rows with one id: where they agree they count as one; other columns hold the different values
    joined by ``|`` (several people of one grid); a disagreeing owner or name is nobody's guess: it stays
    as the layer has it, and is named. Ids that match only after trimming, half-width letters and one case
    are joined and named; ids that lost digits in Excel are named, not joined.
    """
    where = source or WORDS("attribute_table")
    notes: list[str] = []
    ids, rest = _ledger_columns(table, columns or {}, layer, where, notes)
    grids = layer["grid_id"].tolist()
    grid_of = _matched(list(dict.fromkeys(ids)), grids, where, notes)
    rest = rest.assign(grid_id=text_values([grid_of.get(each) for each in ids]))
    rows = _one_row_per_grid(rest[rest["grid_id"].notna()], notes)
    joined = _filled(layer, rows.reindex(grids), notes)
    said = copy.deepcopy(layer.attrs.get(ATTRS, {}))
    said["notes"] = [*said.get("notes", []), *(f"{where}: {note}" for note in notes)]
    joined.attrs[ATTRS] = said
    return joined


def _ledger_columns(
    table: pd.DataFrame,
    columns: Mapping[str, str | None],
    layer: gpd.GeoDataFrame,
    where: str,
    notes: list[str],
) -> tuple[np.ndarray, pd.DataFrame]:
    """Ids of the rows that have one, and the other columns as text, owner and name under those names."""
    unknown = sorted(set(columns) - {"id", "name", "owner"})
    if unknown:
        raise ArgumentError(WORDS("columns_take", where=where, unknown=listed(unknown)))
    roles = _roles(table, columns, layer.attrs.get(ATTRS, {}).get("department", ""), where)
    ids, said = text_ids(table[roles["id"]], column=str(roles["id"]))
    notes += said
    known = pd.notna(ids)
    if not known.all():
        notes.append(WORDS("no_id_left_out", n=Many(int((~known).sum()))))
    notes.append(WORDS("columns_taken") + listed(f"{role} = {column}" for role, column in roles.items()))
    others = [str(name) for name in table.columns if str(name) not in roles.values()]
    free = free_names(others, taken=layer.columns)
    changed = [f"{old} -> {new}" for old, new in free.items() if old != new]
    if changed:
        notes.append(WORDS("renamed_layer", changed=listed(changed)))
    sources = {role: roles[role] for role in _FILLED if role in roles} | {
        new: old for old, new in free.items()
    }
    return ids[known], pd.DataFrame({new: text_values(table[old])[known] for new, old in sources.items()})


def _roles(
    table: pd.DataFrame, columns: Mapping[str, str | None], department: str, where: str
) -> dict[str, str]:
    roles = {}
    for role in ("id", *_FILLED):
        column = find_column(
            table.columns,
            role,
            given=columns.get(role),
            required=role == "id",
            where=where,
            option=_ID_OPTION if role == "id" else None,
            department=department,
        )
        if column is not None:
            roles[role] = column
    return roles


def _matched(ids: Sequence[str], grids: Sequence[str], where: str, notes: list[str]) -> dict[str, str]:
    """Grid of each ledger id that has one."""
    exact = set(grids)
    grid_of = {each: each for each in ids if each in exact}
    grid_with = _by_fold(grids) if len(grid_of) < len(ids) else {}
    loose = {
        each: grid_with[fold_id(each)] for each in ids if each not in exact and fold_id(each) in grid_with
    }
    rows_alone = [each for each in ids if each not in exact and each not in loose]
    grid_of |= loose
    grids_alone = sorted(exact - set(grid_of.values()))
    damaged = _damaged(rows_alone, grids_alone)
    said = [
        (
            "n_ids",
            WORDS("joined_folded"),
            [WORDS("is_same", i=i, g=g) for i, g in loose.items()],
        ),
        ("n_ids", WORDS("digits_lost_id"), damaged),
        ("n_rows", WORDS("without_polygon"), rows_alone),
        ("n_polygons", WORDS("without_row"), grids_alone),
    ]
    lines = [
        WORDS("some_what", many=WORDS(key, n=Many(len(some))), what=what, which=examples(some))
        for key, what, some in said
        if some
    ]
    if ids and grids and not grid_of:
        raise SchemaError(WORDS("none_is_grid", where=where) + sentences(lines))
    notes += [WORDS("ids_found", grid_of=len(set(grid_of.values())), grids=Many(len(grids))), *lines]
    return grid_of


def _by_fold(grids: Sequence[str]) -> dict[str, str]:
    """Grids by their folded id, those whose fold is unique."""
    folds = [fold_id(grid) for grid in grids]
    counts = Counter(folds)
    return {fold: grid for fold, grid in zip(folds, grids, strict=True) if counts[fold] == 1}


def _damaged(rows: Iterable[str], grids: Iterable[str]) -> list[str]:
    """Ledger ids that are, or whose grids are, what a number column leaves of a longer code."""
    whole = dict[str, list[str]]()
    for grid in grids:
        for form in damaged_forms(grid):
            whole.setdefault(form, []).append(grid)
    left = set(grids)
    found = []
    for row in rows:
        meant = whole.get(row) or sorted(damaged_forms(row) & left)
        if meant:
            found.append(WORDS("perhaps", row=row, meant=" or ".join(meant[:3])))
        elif looks_scientific(row):
            found.append(row)
    return found


def _one_row_per_grid(rows: pd.DataFrame, notes: list[str]) -> pd.DataFrame:
    """Ledger values by grid id; several rows of one grid made one."""
    groups = rows.groupby("grid_id", sort=False)
    single = groups.first().astype(object)
    repeated = groups.size() > 1
    if not repeated.any():
        return single
    notes.append(
        WORDS("repeated_ids", n=Many(int(repeated.sum())), ids=examples(list(single.index[repeated])))
    )
    for column in single.columns:
        different = rows[["grid_id", column]].dropna().drop_duplicates()
        different = different[different["grid_id"].duplicated(keep=False)]
        values = different.groupby("grid_id", sort=False)[column].agg(list)
        if values.empty:
            continue
        listed = [f"{grid} ({' / '.join(each)})" for grid, each in values.items()]
        done = WORDS("left_as_layer") if column in _FILLED else WORDS("joined_by", sign=SEPARATOR)
        notes.append(
            WORDS("differs_between", column=column, n=Many(len(listed)), done=done, grids=examples(listed))
        )
        single.loc[values.index, column] = None if column in _FILLED else values.map(SEPARATOR.join)
    return single.where(single.notna(), None)


def _filled(layer: gpd.GeoDataFrame, rows: pd.DataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """The layer with the values of `rows`, which stand in its order."""
    joined, ids = layer.copy(), layer["grid_id"].tolist()
    for column in rows.columns:
        new = text_values(rows[column])
        if column not in _FILLED:
            joined.insert(joined.columns.get_loc(joined.active_geometry_name), column, _column(new, layer))
            continue
        old = text_values(layer[column])
        said = pd.notna(new)
        changed = np.flatnonzero(said & pd.notna(old) & (old != new))
        joined[column] = _column(np.where(said, new, old), layer)
        notes.append(WORDS("taken_for", column=column, n=Many(int(said.sum()))))
        if changed.size:
            listed = [f"{ids[row]} ({old[row]} -> {new[row]})" for row in changed]
            notes.append(WORDS("replaced_in", column=column, n=Many(changed.size), grids=examples(listed)))
    return joined


def _column(texts: np.ndarray, layer: gpd.GeoDataFrame) -> pd.Series:
    """Text with None where there is none: pandas would make another type of it that holds NaN."""
    return pd.Series(texts, index=layer.index, dtype=object)
