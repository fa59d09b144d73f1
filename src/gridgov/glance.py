"""One point answered at a look, coordinates given as plain numbers."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Any, Final

import numpy as np

from gridgov import datum
from gridgov.errors import RulesError
from gridgov.index import CellIndex, Seen
from gridgov.located import Located
from gridgov.lookup import Atlas, Handling
from gridgov.owners import BoundRules

__all__ = ["Glance"]

#: What rules decided is remembered for so many different cases; then begun anew.
_MOST: Final = 10_000

#: Numbers this near to 0, 0 may be a default that nobody changed.
_NULL_ISLAND: Final = 1e-6

#: Handler, the rule that decided, and what it carries along.
_Decided = tuple[str | None, str | None, dict[str, str | None]]


#: Row of the answer, its status and distance, and the rows of all candidates, the answer first, with the
#: metres to each.
_Placed = tuple[int, str, float | None, tuple[int, ...], tuple[float, ...]]


class Glance:
    """What can be said of one point without arrays; nothing where more than a look is needed.

    What it says is what `gridgov.assign.answer` says, a hundred times as fast. It remembers what the rules
    decided, and nothing else; threads may share it.
    """

    __slots__ = (
        "_asks",
        "_atlas",
        "_blank",
        "_border_m",
        "_bound",
        "_dated",
        "_decided",
        "_indexes",
        "_knows",
        "_nearest_m",
        "_nobody",
        "_owners",
        "_rungs",
        "_within_m",
    )

    def __init__(self, atlas: Atlas, bound: BoundRules | None, *, border_m: float, nearest_m: float) -> None:
        self._atlas, self._bound = atlas, bound
        self._border_m, self._nearest_m = border_m, nearest_m
        #: None: no sense in these distances; the long way says so.
        self._within_m = max(border_m, nearest_m) if 0 <= border_m < inf and 0 <= nearest_m < inf else None
        self._indexes: dict[str, tuple[CellIndex, datum.PointCRS]] = {}
        self._decided: dict[tuple[Any, ...], _Decided] = {}
        self._nobody: _Decided = (None, None, dict.fromkeys(Handling(bound).carried()))
        columns = atlas.columns
        self._rungs = [(rung, columns[rung], columns[f"{rung}_name"]) for rung in atlas.rungs]
        self._owners = [(name, columns[name], columns[f"{name}_owner"]) for name in atlas.departments]
        known = {**atlas.further, **columns}
        needs = bound.needs if bound else ()
        self._asks = [name for name in needs if name not in known]
        self._knows = {name: known[name] for name in needs if name in known}
        self._dated = bound is not None and bound.rules.dated
        self._blank = dict.fromkeys(field.name for field in dataclasses.fields(Located))
        self._blank["network_version"] = atlas.version

    def located(self, lon: Any, lat: Any, *, crs: Any, given: Mapping[str, Any], time: Any) -> Located | None:
        """Where a point lies and who acts there; None if that takes more than a look."""
        if not isinstance(crs, str) or type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
            return None
        if self._within_m is None or not (_plain(time) and _all_plain(given)):
            return None
        index, known = self._indexes.get(crs) or self._index(crs)
        seen = index.look(lon, lat, within_m=self._within_m)
        if seen is None or not _usable(lon, lat, seen[0], known):
            return None
        row, status, distance_m, rows, metres = _placed(
            seen, border_m=self._border_m, nearest_m=self._nearest_m
        )
        # Without dates in the rules no day is asked for.
        when = (date.today() if time is None else time) if self._dated else None  # noqa: DTZ011 (local)
        asked = (when, *[given.get(name) for name in self._asks])
        handler, rule, carried = self._handled(row, asked) if row >= 0 else self._nobody
        try:
            review = rows != (row,) and self._review(row, rows, handler, asked)
        except RulesError:
            return None  # The long way says of which cells.
        fields = self._of_cell(row)
        fields |= {
            "status": status,
            "candidates": tuple([self._atlas.ids[each] for each in rows]),
            "candidates_m": metres,
            "distance_m": distance_m,
            "review": review,
            "handler": handler,
            "handler_rule": rule,
            "carried": carried.copy(),
            "reason": "outside" if row < 0 else None,
            "lon": float(lon),
            "lat": float(lat),
            "crs": known.name,
        }
        return Located.of_fields(fields)

    def _of_cell(self, row: int) -> dict[str, Any]:
        """All fields of an answer, those filled in that its cell alone decides."""
        rungs: dict[str, Any] = {}
        names: dict[str, Any] = {}
        for rung, units, named in self._rungs:
            rungs[rung], names[rung] = units[row], named[row]
        grids: dict[str, Any] = {}
        owners: dict[str, Any] = {}
        for department, own, who in self._owners:
            grids[department], owners[department] = own[row], who[row]
        fields = self._blank.copy()
        fields["cell_id"], fields["grid_id"] = self._atlas.ids[row], self._atlas.grid_ids[row]
        fields["rungs"], fields["rung_names"] = rungs, names
        fields["grids"], fields["owners"] = grids, owners
        return fields

    def _index(self, crs: str) -> tuple[CellIndex, datum.PointCRS]:
        known = datum.parse_crs(crs)
        self._indexes[crs] = self._atlas.index.asked_in(known), known
        return self._indexes[crs]

    def _review(self, row: int, rows: tuple[int, ...], handler: str | None, asked: tuple[Any, ...]) -> bool:
        """Whether a candidate would change an owner or the handler: see `gridgov.assign`."""
        actors, review = self._atlas.actors, False
        for other in rows:
            # Each of them is asked for its handler: rules that disagree there are to be said.
            if other != row and (self._handled(other, asked)[0] != handler or actors[other] != actors[row]):
                review = True
        return review

    def _handled(self, row: int, asked: tuple[Any, ...]) -> _Decided:
        """What the rules decide on a cell, asked once for each different case.

        `asked` are the day, and what the rules read that is not known of cells.
        """
        if self._bound is None:
            return self._nobody
        case = (asked, *[values[row] for values in self._knows.values()])
        known = self._decided.get(case)
        if known is None:
            when, *given = asked
            columns = dict(zip([*self._asks, *self._knows], [*given, *case[1:]], strict=True))
            handling = Handling(
                self._bound, {name: _single(value) for name, value in columns.items()}, _single(when)
            )
            one = np.zeros(1, dtype=np.int64)
            found = handling.handlers(self._atlas, np.array([row]), one, places={})
            carried = {name: values[0] for name, values in found.carried.items()}
            if len(self._decided) >= _MOST:
                self._decided.clear()
            known = self._decided[case] = (found.handler[0], found.handler_rule[0], carried)
        return known


def _usable(lon: float, lat: float, row: int, crs: datum.PointCRS) -> bool:
    """Whether numbers are surely a place, and no reason to refuse them: see `gridgov.coordinates`.

    Where there are cells, only 0, 0 may be none.
    """
    if abs(lon) < _NULL_ISLAND and abs(lat) < _NULL_ISLAND:
        return False
    if row >= 0 or not crs.crs.is_geographic:
        return True
    return abs(lon) <= _HALF_TURN and abs(lat) < _SURELY_NORTH


def _placed(seen: Seen, *, border_m: float, nearest_m: float) -> _Placed:
    """How a point is placed: see `gridgov.lookup.placing`."""
    row, several, near = seen
    if row >= 0 and len(near) == 1:
        return row, "inside", 0.0, (row,), (0.0,)
    close = near if near and near[-1][0] <= border_m else [each for each in near if each[0] <= border_m]
    if row < 0:
        metres, nearest = near[0] if near else (inf, -1)
        if not metres <= nearest_m or nearest_m == 0:
            return row, "outside", None, *_split(close)
        return nearest, "near", _rounded(metres), *_split(_first(close, (metres, nearest)))
    # What holds it is at 0 m, and comes first.
    rows, distances = _split(_first(close, (0.0, row)))
    if several:
        return row, "overlap", 0.0, rows, distances
    if len(rows) == 1:
        return row, "inside", 0.0, rows, distances
    return row, "border", _rounded(distances[1]), rows, distances


def _first(found: list[tuple[float, int]], answer: tuple[float, int]) -> list[tuple[float, int]]:
    """What was found, the answer before all else."""
    if found and found[0] == answer:
        return found
    return [answer, *[each for each in found if each[1] != answer[1]]]


def _split(found: list[tuple[float, int]]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    metres, rows = zip(*found, strict=True) if found else ((), ())
    return rows, metres


def _rounded(metres: float) -> float:
    """Metres to the millimetre, as numpy rounds them."""
    return round(metres * 1000) / 1000


#: Degrees that may be a longitude, and from which on a latitude may be one that was exchanged.
_HALF_TURN: Final = 180.0
_SURELY_NORTH: Final = 73.0

#: What rules test, as it is.
_PLAIN: Final = (str, date)

#: Types of plain numbers; text, missing values and truth values are looked at more closely.
_NUMBERS: Final = (float, int, np.float64)


def _plain(value: Any) -> bool:
    """Whether this is text, a date or nothing."""
    return value is None or isinstance(value, _PLAIN)


def _all_plain(given: Mapping[str, Any]) -> bool:
    for value in given.values():  # noqa: SIM110 (a third of the time)
        if not _plain(value):
            return False
    return True


def _single(value: Any) -> np.ndarray:
    column = np.empty(1, dtype=object)
    column[0] = value
    return column
