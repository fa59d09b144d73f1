"""Incidents asked of the cells batch by batch; what follows from a table's columns is found once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov import frames
from gridgov.answering import answer_columns
from gridgov.columns import best_columns
from gridgov.lookup import (
    Around,
    Atlas,
    IncidentRules,
    Points,
    added_names,
    incident_points,
    incident_widths,
    place_points,
    read_points,
    recorded_columns,
)
from gridgov.lookup.incidents import accuracy_column, coordinate_columns
from gridgov.owners.words import is_category
from gridgov.tables import Batch, MapPoints, TableFormat, TableStream, check_columns
from gridgov.tables.geometry import with_coordinates
from gridgov.tag.asked import Asked
from gridgov.tag.options import TagOptions
from gridgov.tag.plainly import Plainly, both_numbers, some_rows, spread
from gridgov.tag.rejects import REJECT_COLUMNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gridgov.coordinates import PlainNumbers
    from gridgov.recorded.check import Recorded

__all__ = ["Asking"]

#: A coordinate needs a longitude and a latitude.
_PAIR: Final = 2

#: What map files claim by default; in China it may as well be a shifted datum.
_CLAIMED_BY_DEFAULT: Final = frozenset({"EPSG:4326", "OGC:CRS84"})


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """How the rows of one table are asked.

    Attributes
    ----------
    where
        What messages call the table.
    names
        Answer column -> its name in the output, in order.
    replaced
        Columns of the input that answers replace.
    rejects_file
        Whether the table is a rejects file, whose first two columns are dropped.
    rules
        Rules bound to the table, or to nothing.
    recorded, witness
        Column of the recorded unit of some rungs: as the caller says, and as their names say.
    coordinates
        Columns of the coordinates; empty for a map layer's points, or none.
    from_points
        Whether the coordinates are the points of a map layer.
    crs
        What the caller or the file says the coordinates are in, or None.
    category
        Column that the rules test as their category, or None.
    checked
        Recorded units to be held against located ones, or None.
    around
        What is known of the cells before points are read; None where these are brought to the cells first.
    plainly
        Tells rows in the middle of one cell, of which nothing else is asked; None if something is.
    """

    atlas: Atlas
    options: TagOptions
    where: str
    names: Mapping[str, str]
    replaced: tuple[str, ...]
    rejects_file: bool
    rules: IncidentRules
    recorded: Mapping[str, str]
    witness: Mapping[str, str]
    coordinates: tuple[str, ...]
    from_points: bool
    crs: object
    category: str | None
    checked: "Recorded | None"
    around: Around | None
    plainly: Plainly | None

    @classmethod
    def of(
        cls, stream: TableStream, cells: object, options: TagOptions, *, output: Path, form: TableFormat
    ) -> "Asking":
        """Make ready to ask a table; raises for what cannot be asked, or not be written to `output`."""
        atlas, where = Atlas.of(cells), stream.path.name
        rejects_file = stream.names[:2] == REJECT_COLUMNS
        columns = stream.names[2:] if rejects_file else stream.names
        rules = IncidentRules.of(
            columns, atlas, options.rules, category=options.category, time=options.time, where=where
        )
        names, replaced = _names(columns, atlas, rules, options)
        check_columns(list(dict.fromkeys([*columns, *names.values()])), output, form)
        recorded = recorded_columns(columns, atlas, options.place, where=where)
        from_points = stream.spatial and options.lon is None and options.lat is None
        coordinates = (
            ()
            if from_points
            else coordinate_columns(
                columns, lon=options.lon, lat=options.lat, required=not recorded, where=where
            )
        )
        checked = _checked(columns, atlas, options, where)
        declared = stream.crs is not None and stream.crs.to_string() not in _CLAIMED_BY_DEFAULT
        crs = options.stated_crs or (stream.crs if from_points and declared else None)
        around = None if options.control else Around.of(atlas, crs)
        accuracy = options.accuracy_m is not None or options.accuracy_column is not None
        more = accuracy or bool(rules.bound or recorded or checked)
        return cls(
            atlas=atlas,
            options=options,
            where=where,
            names=names,
            replaced=replaced,
            rejects_file=rejects_file,
            rules=rules,
            recorded=recorded,
            witness=_place_columns(columns, atlas),
            coordinates=coordinates,
            from_points=from_points,
            crs=crs,
            category=options.category or next(filter(is_category, rules.columns), None),
            checked=checked,
            around=around,
            plainly=None
            if more or around is None or len(coordinates) < _PAIR
            else Plainly.of(atlas, crs, around, border_m=options.border_m),
        )

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns of the coordinates that are wanted as numbers, if they are a column each."""
        return self.coordinates if len(self.coordinates) > 1 else ()

    def needed(self, columns: Sequence[str]) -> list[str]:
        """Those of the columns that are looked at, but for what is wanted as `numbers`."""
        accuracy = self.options.accuracy_column
        looked_at = {*self.recorded.values(), *self.witness.values()}
        looked_at |= set() if self.numbers else {*self.coordinates}
        looked_at |= {*self.rules.columns.values()} | {self.rules.time or "", self.category or ""}
        if self.checked is not None:
            looked_at.add(self.checked.column)
        if accuracy is not None:
            looked_at.add(accuracy_column(columns, accuracy, where=self.where))
        return [name for name in columns if name in looked_at]

    def ask(self, batch: Batch) -> Asked:
        """The answers for some rows."""
        numbers = None if self.plainly is None or self.rejects_file else both_numbers(batch, self.coordinates)
        cell = None if self.plainly is None or numbers is None else self.plainly.cells(*numbers)
        if cell is None:
            return self._ask(batch)
        odd = np.flatnonzero(cell < 0)
        names = frames.column_names(batch.rows)
        looked_at = {*self.needed(names), *self.coordinates}
        rest = self._ask(some_rows(batch, odd, [name for name in names if name in looked_at]))
        return spread(batch, cell, odd, rest, numbers)

    def _ask(self, batch: Batch) -> Asked:
        rows = batch.rows
        if self.rejects_file:
            rows = rows.select(frames.column_names(rows)[2:])
        recorded = {rung: frames.column_values(rows, name) for rung, name in self.recorded.items()}
        points = self._points(rows, batch.points, batch.numbers)
        options = self.options
        widths = incident_widths(
            rows,
            options.border_m,
            accuracy_m=options.accuracy_m,
            column=options.accuracy_column,
            where=self.where,
        )
        placed = place_points(self.atlas, points, border_m=widths.metres, nearest_m=options.nearest_m)
        handling = self.rules.handling(rows)
        answers = answer_columns(
            self.atlas,
            points,
            placed,
            recorded=recorded,
            handling=handling,
            further=[name for name in self.names if name in self.atlas.further],
        )
        return Asked(
            rows, batch.points, points, widths, placed, handling, answers, self._labels(rows), batch.lines
        )

    def _labels(self, rows: Any) -> "NDArray[np.object_] | None":
        return None if self.checked is None else frames.column_values(rows, self.checked.column)

    def map_points(self, points: Points) -> MapPoints:
        """The points as a map layer shows them: in the cells' coordinate system, any shift taken off."""
        geometry = np.full(len(points), None, dtype=object)
        x, y = points.in_cells_crs
        usable = np.isfinite(x) & np.isfinite(y)
        geometry[usable] = shapely.points(x[usable], y[usable])
        return MapPoints(geometry, self.atlas.crs)

    def _points(
        self, rows: Any, map_points: MapPoints | None, numbers: "Mapping[str, PlainNumbers]"
    ) -> Points:
        """Points in the cells' coordinate system, from columns or else from a map layer's own."""
        coordinates = self.coordinates
        if not coordinates and map_points is None:
            nothing = np.full(len(rows), np.nan)
            return read_points(self.atlas, lon=nothing, lat=nothing, crs=self.crs)
        if not coordinates and map_points is not None:
            rows, *columns = with_coordinates(Batch(rows).frame(), map_points)
            coordinates = tuple(columns)
        # Recorded places that nobody asked to use still tell which datum puts the points where they belong.
        told = (self.recorded or self.witness) if self.crs is None else {}
        labels = self._labels(rows) if self.crs is None else None
        agreement = self.checked.agreement(labels) if self.checked and labels is not None else None
        lon, lat = coordinates if len(coordinates) > 1 else (coordinates[0], None)
        return incident_points(
            rows,
            self.atlas,
            lon=lon,
            lat=lat,
            crs=self.crs,
            recorded={rung: frames.column_values(rows, name) for rung, name in told.items()},
            agreement=agreement,
            whole=False,
            control=self.options.control,
            read=numbers,
            around=self.around,
        )


def _names(
    columns: Sequence[str], atlas: Atlas, rules: IncidentRules, options: TagOptions
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Answer column -> its name in the output, and which of these replace a column of the input."""
    replaced = () if options.fill else tuple(new for new in options.rename.values() if new in columns)
    names = added_names(
        atlas,
        carried=rules.carried(),
        columns=options.columns,
        prefix=options.prefix,
        rename=options.rename,
        taken=() if options.fill else [name for name in columns if name not in replaced],
    )
    return names, replaced


def _checked(columns: Sequence[str], atlas: Atlas, options: TagOptions, where: str) -> "Recorded | None":
    """Recorded units to be held against located ones."""
    asked = options.recorded
    if asked is None:
        return None
    from gridgov.recorded.check import Recorded

    return Recorded.of(
        columns,
        atlas,
        column=asked.column,
        against=asked.against,
        normalise=asked.normalise,
        vintage=asked.vintage,
        vintage_name=asked.vintage_name,
        where=where,
    )


def _place_columns(columns: Sequence[str], atlas: Atlas) -> dict[str, str]:
    """Columns that look like the recorded rungs: not used as places unasked, but a check of the datum."""
    found = {rung: _best(columns, rung) for rung in atlas.rungs}
    return {rung: column for rung, column in found.items() if column is not None}


def _best(columns: Sequence[str], rung: str) -> str | None:
    if rung not in {"district", "street", "community"}:
        return None
    best = best_columns(columns, rung)
    return best[0] if len(best) == 1 else None
