"""One point answered at a look, coordinates given as plain numbers."""

from collections.abc import Mapping
from datetime import date
from math import inf
from typing import Any, Final, NamedTuple

import numpy as np

from gridgov import datum
from gridgov.answering import MILLIMETRES
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


class _Placed(NamedTuple):
    """The answer, and the rows of all candidates, the answer first, with the metres to each."""

    row: int
    status: str
    distance_m: float | None
    rows: tuple[int, ...]
    metres: tuple[float, ...]


class Glance:
    """What can be said of one point without arrays; nothing where more than a look is needed.

    What it says is what `gridgov.assign.answer` says, a hundred times as fast. It remembers what the rules
    decided, and nothing else; threads may share it.
    """

    __slots__ = (
        "_atlas",
        "_border_m",
        "_bound",
        "_cells",
        "_dated",
        "_decided",
        "_indexes",
        "_nearest_m",
        "_nobody",
        "_owners",
        "_rungs",
    )

    def __init__(self, atlas: Atlas, bound: BoundRules | None, *, border_m: float, nearest_m: float) -> None:
        self._atlas, self._bound = atlas, bound
        self._border_m, self._nearest_m = border_m, nearest_m
        self._indexes: dict[str, tuple[CellIndex, datum.PointCRS]] = {}
        self._decided: dict[tuple[Any, ...], _Decided] = {}
        self._nobody: _Decided = (None, None, dict.fromkeys(Handling(bound).carried()))
        columns = atlas.columns
        self._rungs = [(rung, columns[rung], columns[f"{rung}_name"]) for rung in atlas.rungs]
        self._owners = [(name, columns[name], columns[f"{name}_owner"]) for name in atlas.departments]
        known = {**atlas.further, **columns}
        self._cells = [(name, known.get(name)) for name in (bound.needs if bound else ())]
        self._dated = bound is not None and bound.rules.dated

    def located(self, lon: Any, lat: Any, *, crs: Any, given: Mapping[str, Any], time: Any) -> Located | None:
        """Where a point lies and who acts there; None if that takes more than a look."""
        if not isinstance(crs, str) or type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
            return None
        if not _plain(time) or not all(map(_plain, given.values())):
            return None
        if not (0 <= self._border_m < inf and 0 <= self._nearest_m < inf):
            return None
        index, known = self._indexes.get(crs) or self._index(crs)
        seen = index.look(lon, lat, within_m=max(self._border_m, self._nearest_m))
        if seen is None or not _usable(lon, lat, seen, known):
            return None
        placed = _placed(seen, border_m=self._border_m, nearest_m=self._nearest_m)
        row, rows = placed.row, placed.rows
        # Without dates in the rules no day is asked for.
        when = (date.today() if time is None else time) if self._dated else None  # noqa: DTZ011 (local)
        handler, rule, carried = self._handled(row, given, when) if row >= 0 else self._nobody
        try:
            review = rows != (row,) and self._review(row, rows, handler, given, when)
        except RulesError:
            return None  # The long way says of which cells.
        atlas, ids = self._atlas, self._atlas.ids
        return Located.of_fields(
            {
                "cell_id": ids[row],
                "grid_id": atlas.grid_ids[row],
                "status": placed.status,
                "candidates": tuple([ids[each] for each in rows]),
                "candidates_m": placed.metres,
                "distance_m": placed.distance_m,
                "review": review,
                "rungs": {rung: values[row] for rung, values, _ in self._rungs},
                "rung_names": {rung: names[row] for rung, _, names in self._rungs},
                "grids": {department: values[row] for department, values, _ in self._owners},
                "owners": {department: owners[row] for department, _, owners in self._owners},
                "handler": handler,
                "handler_rule": rule,
                "carried": dict(carried),
                "reason": "outside" if row < 0 else None,
                "lon": float(lon),
                "lat": float(lat),
                "crs": known.name,
                "network_version": atlas.version,
            }
        )

    def _index(self, crs: str) -> tuple[CellIndex, datum.PointCRS]:
        known = datum.parse_crs(crs)
        self._indexes[crs] = self._atlas.index.asked_in(known), known
        return self._indexes[crs]

    def _review(
        self, row: int, rows: tuple[int, ...], handler: str | None, given: Mapping[str, Any], when: Any
    ) -> bool:
        """Whether a candidate would change an owner or the handler: see `gridgov.assign`."""
        actors, review = self._atlas.actors, False
        for other in rows:
            if other != row:
                review |= actors.item(other) != actors.item(row)
                review |= self._handled(other, given, when)[0] != handler
        return review

    def _handled(self, row: int, given: Mapping[str, Any], when: Any) -> _Decided:
        """What the rules decide on a cell, asked once for each different case."""
        if self._bound is None:
            return self._nobody
        case = [given.get(name) if values is None else values[row] for name, values in self._cells]
        key = (when, *case)
        known = self._decided.get(key)
        if known is None:
            columns = {name: _single(value) for (name, _), value in zip(self._cells, case, strict=True)}
            handling = Handling(self._bound, columns, _single(when))
            one = np.zeros(1, dtype=np.int64)
            found = handling.handlers(self._atlas, np.array([row]), one, places={})
            carried = {name: values[0] for name, values in found.carried.items()}
            if len(self._decided) >= _MOST:
                self._decided.clear()
            known = self._decided[key] = (found.handler[0], found.handler_rule[0], carried)
        return known


def _usable(lon: float, lat: float, seen: Seen, crs: datum.PointCRS) -> bool:
    """Whether numbers are surely a place, and no reason to refuse them: see `gridgov.coordinates`.

    Where there are cells, only 0, 0 may be none.
    """
    if abs(lon) < _NULL_ISLAND and abs(lat) < _NULL_ISLAND:
        return False
    if seen.row >= 0 or not crs.crs.is_geographic:
        return True
    return abs(lon) <= _HALF_TURN and abs(lat) < _SURELY_NORTH


def _placed(seen: Seen, *, border_m: float, nearest_m: float) -> _Placed:
    """How a point is placed: see `gridgov.lookup.placing`."""
    row, near = seen.row, seen.near
    if row >= 0 and len(near) == 1:
        return _Placed(row, "inside", 0.0, (row,), (0.0,))
    if row < 0:
        metres, nearest = near[0] if near else (inf, -1)
        if not metres <= nearest_m or nearest_m == 0:
            return _Placed(row, "outside", None, *_split([each for each in near if each[0] <= border_m]))
        rest = [each for each in near if each[0] <= border_m and each[1] != nearest]
        away = round(metres, MILLIMETRES)
        return _Placed(nearest, "near", away, *_split([(metres, nearest), *rest]))
    # What holds it is at 0 m, and comes first.
    rest = [each for each in near if each[0] <= border_m and each[1] != row]
    rows, distances = _split([(0.0, row), *rest])
    if seen.several:
        return _Placed(row, "overlap", 0.0, rows, distances)
    if not rest:
        return _Placed(row, "inside", 0.0, rows, distances)
    return _Placed(row, "border", round(rest[0][0], MILLIMETRES), rows, distances)


def _split(found: list[tuple[float, int]]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple([row for _, row in found]), tuple([metres for metres, _ in found])


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


def _single(value: Any) -> np.ndarray:
    column = np.empty(1, dtype=object)
    column[0] = value
    return column
