"""The finished table: an id for every conflict, and what matters most first."""

import hashlib
from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.conflicts.messages import with_messages
from gridgov.conflicts.packed import Packed
from gridgov.schema import CONFLICT_COLUMNS, SEPARATOR, SEVERITIES
from gridgov.told import Told

__all__ = ["finished"]

Floats = npt.NDArray[np.float64]

#: Places are rounded to this before they become part of a conflict's id, so that it survives a re-run and
#: a new delivery that draws the same fault a little differently.
ID_PLACE_M = 50.0
ID_DIGITS = 10
#: Instead of an id's first hexadecimal digit stands one of these letters, none of which it is mixed up with:
#: so no spreadsheet takes an id such as 0123456789 or 12345678e9 for a number when it opens a CSV.
FIRST_LETTERS = "ghjkmnpqrstuvwxy"

#: Kinds of which a settled row stands for all places of its grids: where they are, and whose border was kept,
#: is no part of the id.
PER_PAIR = ("overlap", "gap", "outside", "borders_apart")


def finished(found: Packed, rungs: list[str]) -> Packed:
    """Give every conflict its id and the empty columns that people fill; order by consequence.

    The texts become English, whatever language is spoken, with the messages they are made of beside them.

    What needs a decision comes first; within that, where most incidents and households are concerned, then
    the largest.
    """
    ids = pd.Series(_ids(found), found.rows.index, dtype=object)
    conflicts = found.rows.assign(conflict_id=ids, decision=None, decided_by=None, decided_on=None)
    conflicts = with_messages(conflicts)
    for column in ("area_m2", "moved_m2", "width_m"):
        conflicts[column] = conflicts[column].astype(float).round(2)
    concerned = conflicts[["weight_changed", "incidents_changed"]].astype(float).fillna(0.0).sum(axis=1)
    rank = conflicts["severity"].map({name: k for k, name in enumerate(SEVERITIES)}).to_numpy()
    size = conflicts["area_m2"].fillna(0.0).to_numpy()
    order = np.lexsort((conflicts["conflict_id"].to_numpy(dtype=str), -size, -concerned.to_numpy(), rank))
    rows = conflicts.iloc[order].reset_index(drop=True)
    return Packed(rows[[*CONFLICT_COLUMNS, *rungs]], found.shapes, found.place[order])


def _ids(found: Packed) -> list[str]:
    """Hash kind, sorted grid ids and the place rounded to 50 m; equal ones are numbered by place.

    Of a grid that crosses borders of several rungs, the rung counts too: its parts beyond them are mostly the
    same ground.
    """
    conflicts, bounds = found.rows, found.bounds()
    x, y = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    anywhere = (conflicts["severity"] == "settled") & conflicts["kind"].isin(PER_PAIR)
    listed = conflicts["grid_ids"].tolist()
    in_order = {ids: SEPARATOR.join(sorted(ids.split(SEPARATOR))) for ids in set(listed)}
    base = [
        _hash(_key(_with_rung(kind, note), departments, in_order[ids], at))
        for kind, note, departments, ids, at in zip(
            conflicts["kind"].tolist(),
            conflicts["note"].tolist(),
            conflicts["departments"].tolist(),
            listed,
            _places(x, y, told=~anywhere.to_numpy()),
            strict=True,
        )
    ]
    nth = np.zeros(len(base), dtype=np.int64)
    many = Counter(base)
    twice = np.flatnonzero([many[name] > 1 for name in base])
    names = np.array([base[row] for row in twice.tolist()], dtype=str)
    nth[twice] = _nth(names, np.nan_to_num(x[twice]), np.nan_to_num(y[twice]))
    return [name if n == 0 else f"{name}-{n + 1}" for name, n in zip(base, nth.tolist(), strict=True)]


def _places(x: Floats, y: Floats, *, told: npt.NDArray[np.bool_]) -> list[list[int] | None]:
    """Round the places of the rows that tell theirs; None for the others, which are nearly all."""
    answer: list[list[int] | None] = [None] * len(x)
    rows = np.flatnonzero(told)
    place = np.round(np.nan_to_num(np.stack([x[rows], y[rows]], axis=1)) / ID_PLACE_M).astype(np.int64)
    for row, at in zip(rows.tolist(), place.tolist(), strict=True):
        answer[row] = at
    return answer


def _nth(name: npt.NDArray[np.str_], x: Floats, y: Floats) -> npt.NDArray[np.int64]:
    """Number equal names from 0, by place."""
    order = np.lexsort((y, x, name))
    first = np.flatnonzero(np.r_[True, name[order][1:] != name[order][:-1]][: len(order)])
    answer = np.empty(len(order), dtype=np.int64)
    answer[order] = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    return answer


def _hash(key: str) -> str:
    digits = hashlib.sha256(key.encode()).hexdigest()[:ID_DIGITS]
    return FIRST_LETTERS[int(digits[0], base=16)] + digits[1:]


def _with_rung(kind: str, note: object) -> str:
    """Name the kind, and of a crossing the rung whose border is crossed, which its note tells."""
    if kind != "crosses_rung" or not isinstance(note, Told):
        return kind
    rung = dict(note.values).get("rung")
    return f"{kind} {rung.key if isinstance(rung, Told) else rung}"


def _key(kind: str, departments: str, ids: str, place: list[int] | None) -> str:
    if place is None:
        return f"{kind}|{departments.rpartition(SEPARATOR)[2]}|{ids}"
    return f"{kind}|{departments}|{ids}|{place[0]}|{place[1]}"
