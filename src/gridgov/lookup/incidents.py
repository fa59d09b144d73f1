"""What an incident table says: its points, its recorded places, and the columns that rules read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov import datum, frames
from gridgov.columns import best_columns, find_column, stated_column
from gridgov.coordinates import Coordinates, PlainNumbers
from gridgov.datum.control import ControlFit
from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import examples
from gridgov.lookup.accuracy import Widths, border_widths
from gridgov.lookup.atlas import Atlas, Texts
from gridgov.lookup.handling import CATEGORY, Handling, bind
from gridgov.lookup.places import find_places, place_columns
from gridgov.lookup.points import Agreement, Around, Points, read_points
from gridgov.lookup.words import WORDS
from gridgov.owners import BoundRules, Rules

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "IncidentRules",
    "incident_points",
    "incident_rules",
    "incident_widths",
    "recorded_columns",
    "recorded_places",
]

#: Rows looked at to say which datum puts points where they were recorded.
_AGREEMENT_SAMPLE: Final = 5000

_POINT: Final = shapely.GeometryType.POINT


def incident_points(
    table: Any,
    atlas: Atlas,
    *,
    lon: str | None,
    lat: str | None,
    crs: object,
    recorded: Mapping[str, Texts],
    agreement: Agreement | None = None,
    whole: bool = True,
    control: ControlFit | None = None,
    read: Mapping[str, PlainNumbers] | None = None,
    around: Around | None = None,
) -> Points:
    """The points of a table: its coordinate columns, or its geometry if no column is named.

    `agreement` tells how well a datum fits, if the recorded places do not; `whole`, `control` and `around`
    are as in `read_points`; columns in `read` are no columns of the table. Raises SchemaError for a column
    that is missing or unclear and for geometries that are not points.
    """
    if lon is None and lat is None and frames.is_spatial(table) and table.active_geometry_name:
        x, y = _point_coordinates(table)
        own = None if control is not None else table.crs
        return read_points(atlas, lon=x, lat=y, crs=own if crs is None else crs, control=control)
    read = read or {}
    names = [*frames.column_names(table), *read]
    columns = coordinate_columns(names, lon=lon, lat=lat, required=not recorded)
    if not columns:
        nothing = np.full(frames.row_count(table), np.nan)
        return read_points(atlas, lon=nothing, lat=nothing, crs=crs)
    values = [read[column] if column in read else frames.text_column(table, column) for column in columns]
    return read_points(
        atlas,
        lon=values[0],
        lat=values[1] if len(values) > 1 else None,
        crs=crs,
        agreement=agreement or (lambda given, name: _agreement(atlas, given, name, recorded)),
        whole=whole,
        control=control,
        around=around,
    )


def coordinate_columns(
    names: Sequence[str],
    *,
    lon: str | None = None,
    lat: str | None = None,
    required: bool = True,
    where: str = "",
) -> tuple[str, ...]:
    """Columns of the longitude and latitude, the one column of both, or none if not `required`.

    A `lon` named without `lat` holds both, unless its name is a word for longitude and there is one for
    latitude beside it.
    """
    both = None
    if lon is None and lat is None:
        found = [best_columns(names, role) for role in ("lon", "lat")]
        both = find_column(names, "lonlat", required=False, where=where) if not any(found) else None
        if both is None and not any(found) and not required:
            return ()
    elif lat is None:
        both = find_column(names, "lonlat", given=lon, where=where)
        if both and best_columns([both], "lon") and best_columns(names, "lat"):
            both = None
    if both is not None:
        return (both,)
    pair = (
        find_column(names, "lon", given=lon, where=where),
        find_column(names, "lat", given=lat, where=where),
    )
    if pair[0] == pair[1]:
        raise ArgumentError(WORDS("both_name", column=pair[0]))
    return tuple(column for column in pair if column is not None)


def recorded_places(
    table: Any, atlas: Atlas, place: Sequence[str] | Mapping[str, str] | None, *, where: str = ""
) -> dict[str, Texts]:
    """Recorded units by rung, one value per incident; empty if no `place` column is named."""
    columns = recorded_columns(frames.column_names(table), atlas, place, where=where)
    return {rung: frames.column_values(table, column) for rung, column in columns.items()}


def recorded_columns(
    names: Sequence[str], atlas: Atlas, place: Sequence[str] | Mapping[str, str] | None, *, where: str = ""
) -> dict[str, str]:
    """Column of the recorded unit of some rungs, of those a table has."""
    if not place:
        return {}
    return {
        rung: find_column(names, "district", given=column, where=where) or column
        for rung, column in place_columns(place, rungs=atlas.rungs).items()
    }


@dataclass(frozen=True, slots=True)
class IncidentRules:
    """Rules bound to the columns of an incident table, to be asked of batch after batch.

    Attributes
    ----------
    bound
        The rules, or None.
    columns
        Name under which rules know a column -> its name in the table.
    time
        Column of the time, or None.
    """

    bound: BoundRules | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    time: str | None = None

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        atlas: Atlas,
        rules: Rules | None,
        *,
        category: str | None,
        time: str | None,
        where: str = "",
    ) -> "IncidentRules":
        """Rules bound to what a table with these columns and the cells hold."""
        columns = {name: name for name in names}
        if category is not None:
            columns[CATEGORY] = find_column(names, "category", given=category, where=where) or category
        when = None if time is None else find_column(names, "time", given=time, where=where)
        bound = bind(rules, atlas, columns)
        if bound is None:
            return cls()
        return cls(bound, {need: columns[need] for need in bound.needs if need in columns}, when)

    def handling(self, table: Any) -> Handling:
        """The rules with what some rows of the table say."""
        if self.bound is None:
            return Handling()
        values = {need: frames.column_values(table, column) for need, column in self.columns.items()}
        when = None if self.time is None else frames.column_values(table, self.time)
        return Handling(self.bound, values, when)

    def carried(self) -> list[str]:
        """Names of the columns that rules bring along."""
        return Handling(self.bound).carried()


def incident_rules(
    table: Any,
    atlas: Atlas,
    rules: Rules | None,
    *,
    category: str | None,
    time: str | None,
    where: str = "",
) -> Handling:
    """Rules with the columns of the incidents that they read."""
    names = frames.column_names(table)
    rules_of = IncidentRules.of(names, atlas, rules, category=category, time=time, where=where)
    return rules_of.handling(table)


def incident_widths(
    table: Any, border_m: float, *, accuracy_m: float | None, column: str | None, where: str = ""
) -> Widths:
    """How far around each incident cells are candidates: `border_m`, or the accuracy of its point.

    Raises SchemaError for a `column` that is not there.
    """
    if column is None:
        return border_widths(border_m, accuracy_m=accuracy_m)
    name = accuracy_column(frames.column_names(table), column, where=where)
    return border_widths(border_m, accuracy_m=accuracy_m, stated=frames.column_values(table, name))


def accuracy_column(names: Sequence[str], given: str, *, where: str = "") -> str:
    """The column of the accuracy, spelled as the table has it; raises SchemaError if it has none."""
    return stated_column(names, given, where=where, option="accuracy_column=, --accuracy-column")


def _point_coordinates(table: "gpd.GeoDataFrame") -> tuple[Any, Any]:
    points = np.array(table.geometry.array, dtype=object)
    points[shapely.is_empty(points)] = None  # GEOS raises on the x of an empty point.
    wrong = np.flatnonzero(~np.isin(shapely.get_type_id(points), [_POINT, -1]))
    if len(wrong):
        raise SchemaError(WORDS("not_points", rows=examples(list(table.index[wrong]))))
    return shapely.get_x(points), shapely.get_y(points)


def _agreement(atlas: Atlas, given: Coordinates, name: str, recorded: Mapping[str, Texts]) -> float | None:
    """Share of the points that a datum puts into the places recorded for them."""
    usable = np.flatnonzero(np.isfinite(given.lon))
    some = usable[:: max(1, len(usable) // _AGREEMENT_SAMPLE)]
    if not recorded or not len(some):
        return None
    places = find_places(atlas, {rung: values[some] for rung, values in recorded.items()})
    x, y = datum.transform_points(given.lon[some], given.lat[some], source=name, target=atlas.crs)
    row = atlas.index.locate(lon=x, lat=y)
    known, agrees = np.zeros(len(some), dtype=np.bool_), np.ones(len(some), dtype=np.bool_)
    for rung in atlas.rungs:
        said = places[rung] != None  # noqa: E711 (element by element)
        known |= said
        agrees &= ~said | (places[rung] == atlas.take(rung, row))
    return float(agrees[known].mean()) if known.any() else None
