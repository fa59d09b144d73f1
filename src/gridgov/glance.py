"""One point answered at a look: inside one cell, far from its borders, coordinates as plain numbers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from gridgov import datum
from gridgov.index import CellIndex
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


class Glance:
    """What can be said of one point without arrays; nothing where more than a look is needed.

    What it says is what `gridgov.assign.answer` says, fifty times as fast. It remembers what the rules
    decided, and nothing else; threads may share it.
    """

    __slots__ = ("_atlas", "_border_m", "_bound", "_cells", "_decided", "_indexes", "_owners", "_rungs")

    def __init__(self, atlas: Atlas, bound: BoundRules | None, *, border_m: float) -> None:
        self._atlas, self._bound, self._border_m = atlas, bound, border_m
        self._indexes: dict[str, tuple[CellIndex, str]] = {}
        self._decided: dict[tuple[Any, ...], _Decided] = {}
        columns = atlas.columns
        self._rungs = [(rung, columns[rung], columns[f"{rung}_name"]) for rung in atlas.rungs]
        self._owners = [(name, columns[name], columns[f"{name}_owner"]) for name in atlas.departments]
        known = {**atlas.further, **columns}
        self._cells = {name: known.get(name) for name in (bound.needs if bound else ())}

    def located(self, lon: Any, lat: Any, *, crs: Any, given: Mapping[str, Any], time: Any) -> Located | None:
        """Where a point lies and who acts there; None if that takes more than a look."""
        if not isinstance(crs, str) or type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
            return None
        if not (_plain(time) and all(_plain(value) for value in given.values())):
            return None
        index, name = self._indexes.get(crs) or self._index(crs)
        row = index.plainly_in(lon, lat, border_m=self._border_m)
        if row < 0 or (abs(lon) < _NULL_ISLAND and abs(lat) < _NULL_ISLAND):
            return None
        handler, rule, carried = self._handled(row, given, time) if self._bound else (None, None, {})
        atlas = self._atlas
        return Located(
            cell_id=atlas.ids[row],
            grid_id=atlas.grid_ids[row],
            status="inside",
            candidates=(atlas.ids[row],),
            candidates_m=(0.0,),
            distance_m=0.0,
            review=False,
            rungs={rung: ids[row] for rung, ids, _ in self._rungs},
            rung_names={rung: names[row] for rung, _, names in self._rungs},
            grids={department: ids[row] for department, ids, _ in self._owners},
            owners={department: owners[row] for department, _, owners in self._owners},
            handler=handler,
            handler_rule=rule,
            carried=dict(carried),
            reason=None,
            lon=float(lon),
            lat=float(lat),
            crs=name,
            network_version=atlas.version,
        )

    def _index(self, crs: str) -> tuple[CellIndex, str]:
        known = datum.parse_crs(crs)
        self._indexes[crs] = self._atlas.index.asked_in(known), known.name
        return self._indexes[crs]

    def _handled(self, row: int, given: Mapping[str, Any], time: Any) -> _Decided:
        """What the rules decide on a cell, asked once for each different case."""
        assert self._bound is not None
        case = {
            name: given.get(name) if values is None else values[row] for name, values in self._cells.items()
        }
        when = date.today() if time is None else time  # noqa: DTZ011 (dates of rules are local)
        key = (when, *case.values())
        known = self._decided.get(key)
        if known is None:
            columns = {name: _single(value) for name, value in case.items()}
            handling = Handling(self._bound, columns, _single(when))
            one = np.zeros(1, dtype=np.int64)
            found = handling.handlers(self._atlas, np.array([row]), one, places={})
            carried = {name: values[0] for name, values in found.carried.items()}
            if len(self._decided) >= _MOST:
                self._decided.clear()
            known = self._decided[key] = (found.handler[0], found.handler_rule[0], carried)
        return known


#: Types of plain numbers; text, missing values and truth values are looked at more closely.
_NUMBERS: Final = (float, int, np.float64)


def _plain(value: Any) -> bool:
    """Whether this is text, a date or nothing."""
    return value is None or isinstance(value, str | date)


def _single(value: Any) -> np.ndarray:
    column = np.empty(1, dtype=object)
    column[0] = value
    return column
