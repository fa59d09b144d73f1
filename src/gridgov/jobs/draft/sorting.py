"""What each layer and table that departments sent is to a job."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gridgov.columns import best_columns
from gridgov.errors import ArgumentError, GridgovError
from gridgov.jobs.draft.sent import Sent
from gridgov.layers.likeness import RUNGS
from gridgov.schema_faults import check_names

__all__ = ["Sorted", "dateless", "sort_out"]

#: What it seems to be, what such a layer is called, and its place in the order of precedence.
_DEPARTMENTS: Final = {
    "comprehensive": "comprehensive",
    "police": "police",
    "urban": "urban",
    "unit_grids": "urban",
    "fire": "fire",
    "sanitation": "sanitation",
}
_ZONE: Final = "zone"
_OUTLINE: Final = "outline"
_INCIDENT_ROLES: Final = ("incident", "time", "category")
_PLACES: Final = ("district", "street", "community")

#: A ledger is a layer's if so many of its ids are the layer's.
_SAME_IDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sorted:
    """What each is to a job. Rungs and layers by name, in their order; ledgers by the layer they belong to.

    `incidents` are groups of files alike. `left` are those that nothing is made of, with the reason in
    Chinese and English.
    """

    rungs: dict[str, Sent]
    layers: dict[str, Sent]
    ledgers: dict[str, Sent]
    incidents: list[list[Sent]]
    rules: list[Sent]
    networks: list[Sent]
    left: list[tuple[str, str, str]]


def sort_out(found: Sequence[Sent]) -> Sorted:
    """Say what each layer and table is to a job."""
    areas = [each for each in found if each.polygons and not each.guessed("network")]
    rungs, left = _rungs(areas)
    layers, more = _layers([each for each in areas if each not in rungs.values()])
    tables = [each for each in found if not each.polygons and not each.guessed("network")]
    rules = [each for each in tables if each.guessed("rules")]
    ledgers = _ledgers([each for each in tables if each not in rules and not each.points], layers)
    incidents = [each for each in tables if each not in (*rules, *ledgers.values()) and _is_incidents(each)]
    used = [*rules, *ledgers.values(), *incidents]
    left += [*more, *(_unused(each, *_why_not(each)) for each in tables if each not in used)]
    networks = [each for each in found if each.guessed("network")]
    return Sorted(rungs, layers, ledgers, _groups(incidents), rules, networks, left)


def _unused(each: Sent, zh: str, en: str) -> tuple[str, str, str]:
    name = each.path.name + (f"#{each.layer}" if each.layer else "")
    return name, zh, en


def _why_not(each: Sent) -> tuple[str, str]:
    """Why nothing is made of a table."""
    if best_columns(each.names, "id"):
        return "编码与任何图层都不符", "its ids are those of no layer"
    return "未识别", "not recognised"


def _rungs(areas: Sequence[Sent]) -> tuple[dict[str, Sent], list[tuple[str, str, str]]]:
    rungs: dict[str, Sent] = {}
    left = []
    for name in RUNGS:
        for each in (s for s in areas if s.guessed(name)):
            if name in rungs:
                first = rungs[name].path.name
                left.append(
                    _unused(each, f"又一个 {name}，已用 {first}", f"another {name}; {first} is taken")
                )
            else:
                rungs[name] = each
    return rungs, left


def _layers(areas: Sequence[Sent]) -> tuple[dict[str, Sent], list[tuple[str, str, str]]]:
    """Departments by name: those that are known in their usual order, others, zones last."""
    left = [
        _unused(each, "城市边界，不是网格", "an outline, no grids")
        for each in areas
        if each.guessed(_OUTLINE)
    ]
    left += [_unused(each, "又一个行政层级", "another rung") for each in areas if each.guessed(*RUNGS)]
    rest = [each for each in areas if not each.guessed(_OUTLINE, *RUNGS)]
    known = [(each, like) for like in _DEPARTMENTS for each in rest if each.guessed(like)]
    zones = [each for each in rest if each.guessed(_ZONE)]
    others = [each for each in rest if each not in zones and each not in [k for k, _ in known]]
    layers: dict[str, Sent] = {}
    for each, name in [
        *((each, _DEPARTMENTS[like]) for each, like in known),
        *((each, _stem_name(each)) for each in others),
        *((each, "run_by") for each in zones),
    ]:
        layers[_free(name, layers)] = each
    return layers, left


def _stem_name(each: Sent) -> str:
    """A name for columns, made of the layer's or file's own."""
    for text in (each.layer, each.path.stem):
        name = re.sub(r"\W+", "_", text or "").strip("_")
        try:
            check_names([name], RUNGS)
        except ArgumentError:
            continue
        return name
    return "layer"


def _free(name: str, taken: dict[str, Sent]) -> str:
    lowered = {each.lower() for each in taken}
    numbered = (name if n == 1 else f"{name}_{n}" for n in range(1, len(taken) + 2))
    return next(each for each in numbered if each.lower() not in lowered)


def _ledgers(tables: Sequence[Sent], layers: dict[str, Sent]) -> dict[str, Sent]:
    """Tables whose ids are those of a layer."""
    candidates = [(each, ids) for each in tables if (ids := _table_ids(each))]
    if not candidates:
        return {}
    ids_of = {name: _layer_ids(each) for name, each in layers.items()}
    ledgers: dict[str, Sent] = {}
    for each, ids in candidates:
        shares = {
            name: max((len(ids & own) / len(ids) for own in columns), default=0.0)
            for name, columns in ids_of.items()
            if name not in ledgers
        }
        best = max(shares, key=lambda name: shares[name], default=None)
        if best is not None and shares[best] >= _SAME_IDS:
            ledgers[best] = each
    return ledgers


def _table_ids(each: Sent) -> set[str]:
    from gridgov.layers.spreadsheet import read_sheet

    try:
        table, _ = read_sheet(each.path, sheet=each.facts.layer).table()
    except GridgovError:
        return set()
    column = best_columns(table.columns, "id")
    return _folded(table[column[0]]) if len(column) == 1 else set()


def _layer_ids(each: Sent) -> list[set[str]]:
    """The ids of a layer; where its id column is a question, the values of each column that may be it."""
    from gridgov.layers.raw import read_raw

    try:
        frame = read_raw(each.path, layer=each.layer).frame
    except GridgovError:
        return []
    unique = [column.name for column in each.facts.columns if column.unique and column.name in frame]
    return [_folded(frame[name]) for name in best_columns(frame.columns, "id") or unique]


def _folded(values: Any) -> set[str]:
    from gridgov.ids import fold_id, text_ids

    ids, _ = text_ids(values)
    return {fold_id(each) for each in ids if each is not None}


def _is_incidents(each: Sent) -> bool:
    """A place in each row, or at least what was reported and where it was recorded."""
    if each.points:
        return True
    told = any(best_columns(each.names, role) for role in _INCIDENT_ROLES)
    return told and any(best_columns(each.names, role) for role in _PLACES)


def _groups(incidents: Sequence[Sent]) -> list[list[Sent]]:
    """Files of one kind: the same columns, and names that differ in their dates only."""
    groups: dict[tuple[Any, ...], list[Sent]] = defaultdict(list)
    for each in incidents:
        groups[dateless(each.path), each.layer, tuple(each.names)].append(each)
    return list(groups.values())


_FULL_DATE: Final = re.compile(r"(?<!\d)20\d{2}[-_.年]?\d{1,2}[-_.月]?\d{1,2}日?(?:[-_T ]?\d{4,6})?(?!\d)")


def dateless(path: Path) -> Path:
    """A file's name with ``*`` in the place of a date, so that tomorrow's file is meant too.

    >>> dateless(Path("随手拍_20250601.csv")).name, dateless(Path("12345热线.xlsx")).name
    ('随手拍_*.csv', '12345热线.xlsx')
    """
    return path.with_name(_FULL_DATE.sub("*", path.stem, count=1) + path.suffix)
