"""A table as read, asked of the cells: the answers, and all that is needed to write and to count them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov import frames
from gridgov.assign import BORDER_M, NEAREST_M, answer
from gridgov.columns import best_columns
from gridgov.datum import describe_crs
from gridgov.lookup import (
    Atlas,
    Handling,
    Points,
    added_names,
    incident_points,
    incident_rules,
    incident_widths,
    place_points,
    read_points,
    recorded_places,
)
from gridgov.lookup.incidents import coordinate_columns
from gridgov.owners.words import is_category
from gridgov.tables import MapPoints, Table, TextFormat, check_table, with_coordinates
from gridgov.tables.read import POINT_ENDINGS
from gridgov.tag.doubts import coordinate_doubts
from gridgov.tag.rejects import without_reject_columns
from gridgov.tag.trust import Trust, Trusted

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from gridgov.owners import Rules

__all__ = ["Asked", "TagOptions", "ask"]

#: What map files claim by default; in China it may as well be a shifted datum.
_CLAIMED_BY_DEFAULT: Final = frozenset({"EPSG:4326", "OGC:CRS84"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TagOptions:
    """How incidents are read and asked; each as in :func:`gridgov.assign_incidents`.

    Attributes
    ----------
    lon, lat, crs
        Columns of the coordinates, and what they are in.
    encoding, sheet
        Of the input, where it does not say so itself; `sheet` is a workbook's sheet or a file's layer.
    border_m, nearest_m
        In metres.
    accuracy_m, accuracy_column
        How far points may stand off, in metres, and the column that says so.
    place
        Columns of the recorded district, street, community.
    rules, category, time
        Who handles what, and the columns that rules ask for.
    columns, prefix, rename
        Which columns are added, and what they are called. A column of the input that `rename` names is
        replaced where it stands.
    """

    lon: str | None = None
    lat: str | None = None
    crs: object = None
    encoding: str | None = None
    sheet: str | None = None
    border_m: float = BORDER_M
    nearest_m: float = NEAREST_M
    accuracy_m: float | None = None
    accuracy_column: str | None = None
    place: Sequence[str] | Mapping[str, str] | None = None
    rules: "Rules | None" = None
    category: str | None = None
    time: str | None = None
    columns: Sequence[str] | None = None
    prefix: str = ""
    rename: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Incidents as they came (`incidents`), with the answers (`tagged`), and the answers by name.

    `input_points` are those of a map layer, `output_points` those an output map layer has; `coordinates`,
    `crs`, `category` and `unnamed_categories` say how the table was understood, `trust` how far it goes.
    """

    incidents: "pl.DataFrame"
    tagged: "pl.DataFrame"
    answers: "Mapping[str, NDArray[Any]]"
    names: Mapping[str, str]
    replaced: tuple[str, ...]
    text: TextFormat | None
    input_points: MapPoints | None
    output_points: MapPoints | None
    coordinates: tuple[str, ...]
    from_points: bool
    crs: str
    crs_stated: bool
    network_version: str | None
    with_rules: bool
    category: str | None
    unnamed_categories: Mapping[str, int]
    trust: Trusted
    notes: tuple[str, ...]


def ask(table: Table, cells: object, options: TagOptions, output: Path) -> Asked:
    """Ask the cells about every row; what cannot be written to `output` is refused before."""
    incidents, notes = without_reject_columns(table.data)
    atlas = Atlas.of(cells)
    where = table.path.name
    handling = incident_rules(
        incidents, atlas, options.rules, category=options.category, time=options.time, where=where
    )
    names, replaced = _names(incidents, atlas, handling, options)
    check_table(
        [*incidents.columns, *(new for new in names.values() if new not in replaced)], incidents, output
    )
    recorded = recorded_places(incidents, atlas, options.place, where=where)
    map_points = table.points is not None and options.lon is None and options.lat is None
    crs = options.crs or (_declared_crs(table.points) if map_points and table.points else None)
    coordinates = () if map_points else _coordinates(incidents, options, where, required=not recorded)
    points = _points(table, incidents, atlas, coordinates, crs=crs, recorded=recorded)
    widths = incident_widths(
        incidents,
        options.border_m,
        accuracy_m=options.accuracy_m,
        column=options.accuracy_column,
        where=where,
    )
    placed = place_points(atlas, points, border_m=widths.metres, nearest_m=options.nearest_m)
    answers = answer(
        atlas,
        points,
        placed,
        recorded=recorded,
        handling=handling,
        further=[name for name in names if name in atlas.further],
    )
    trust = Trust(
        atlas,
        with_accuracy=options.accuracy_m is not None or options.accuracy_column is not None,
        with_rules=options.rules is not None,
    )
    trust.add(points, placed, widths=widths, handler=answers["handler"], handling=handling)
    category = _category(options.category, handling)
    return Asked(
        incidents=incidents,
        tagged=frames.with_columns(incidents, {new: answers[name] for name, new in names.items()}),
        answers=answers,
        names=names,
        replaced=replaced,
        text=table.text,
        input_points=table.points,
        output_points=table.points or _map_points(points, atlas, output),
        coordinates=coordinates,
        from_points=map_points,
        crs=points.crs.name,
        crs_stated=crs is not None,
        network_version=atlas.version,
        with_rules=options.rules is not None,
        category=category,
        unnamed_categories=_unnamed(incidents, options.rules, category),
        trust=trust.told(),
        notes=(
            *table.notes,
            *notes,
            *(handling.rules.notes if handling.rules else ()),
            *coordinate_doubts(points.lon, points.lat, degrees=points.crs.crs.is_geographic),
            *_unused_places(incidents, atlas, answers, options),
            *_map_notes(table, atlas, output),
        ),
    )


def _coordinates(
    incidents: "pl.DataFrame", options: TagOptions, where: str, *, required: bool
) -> tuple[str, ...]:
    names = incidents.columns
    return coordinate_columns(names, lon=options.lon, lat=options.lat, required=required, where=where)


def _names(
    incidents: "pl.DataFrame", atlas: Atlas, handling: Handling, options: TagOptions
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Answer column -> its name in the output, and which of these replace a column of the input."""
    replaced = tuple(new for new in options.rename.values() if new in incidents.columns)
    names = added_names(
        atlas,
        carried=handling.carried(),
        columns=options.columns,
        prefix=options.prefix,
        rename=options.rename,
        taken=[name for name in incidents.columns if name not in replaced],
    )
    return names, replaced


def _points(
    table: Table,
    incidents: "pl.DataFrame",
    atlas: Atlas,
    coordinates: tuple[str, ...],
    *,
    crs: object,
    recorded: "Mapping[str, NDArray[np.object_]]",
) -> Points:
    """Points in the cells' coordinate system, from columns or else from a map layer's own."""
    if not coordinates and table.points is None:
        nothing = np.full(incidents.height, np.nan)
        return read_points(atlas, lon=nothing, lat=nothing, crs=crs)
    if not coordinates and table.points is not None:
        incidents, *columns = with_coordinates(incidents, table.points)
        coordinates = tuple(columns)
    # Recorded places that nobody asked to use still tell which datum puts the points where they belong.
    recorded = recorded or recorded_places(incidents, atlas, _place_columns(incidents, atlas))
    lon, lat = coordinates if len(coordinates) > 1 else (coordinates[0], None)
    return incident_points(incidents, atlas, lon=lon, lat=lat, crs=crs, recorded=recorded)


def _declared_crs(points: MapPoints) -> object:
    """What a map layer says it is in, unless it says what files say that know no better."""
    if points.crs is None or points.crs.to_string() in _CLAIMED_BY_DEFAULT:
        return None
    return points.crs


def _place_columns(incidents: "pl.DataFrame", atlas: Atlas) -> dict[str, str]:
    """Columns that look like the recorded rungs: not used as places unasked, but a check of the datum."""
    found = {rung: _best(incidents, rung) for rung in atlas.rungs}
    return {rung: column for rung, column in found.items() if column is not None}


def _best(incidents: "pl.DataFrame", rung: str) -> str | None:
    if rung not in {"district", "street", "community"}:
        return None
    best = best_columns(incidents.columns, rung)
    return best[0] if len(best) == 1 else None


def _map_points(points: Points, atlas: Atlas, output: Path) -> MapPoints | None:
    """The points as an output map layer shows them: in the cells' coordinate system, any shift taken off."""
    if output.suffix.lower() not in POINT_ENDINGS:
        return None
    geometry = np.full(len(points), None, dtype=object)
    x, y = points.in_cells_crs
    usable = np.isfinite(x) & np.isfinite(y)
    geometry[usable] = shapely.points(x[usable], y[usable])
    return MapPoints(geometry, atlas.crs)


def _map_notes(table: Table, atlas: Atlas, output: Path) -> list[str]:
    if table.points is not None or output.suffix.lower() != ".gpkg":
        return []
    return [
        f"The points of {output.name} are in the coordinate system of the cells, {describe_crs(atlas.crs)}."
    ]


def _category(given: str | None, handling: Handling) -> str | None:
    """Column of the incidents that the rules test as their category."""
    return given or next((name for name in handling.incidents if is_category(name)), None)


def _unnamed(incidents: "pl.DataFrame", rules: "Rules | None", category: str | None) -> dict[str, int]:
    if rules is None or category is None or category not in incidents.columns:
        return {}
    return rules.unnamed_categories(frames.column_values(incidents, category), column=category)


def _unused_places(
    incidents: "pl.DataFrame", atlas: Atlas, answers: "Mapping[str, NDArray[Any]]", options: TagOptions
) -> list[str]:
    """A hint if rejected rows have a recorded place that nobody asked to use."""
    columns = {} if options.place else _place_columns(incidents, atlas)
    if not columns:
        return []
    lost = answers["cell_status"] == "reject"
    said = frames.column_values(incidents, next(iter(columns.values()))) != None  # noqa: E711 (element by element)
    rows = int(np.count_nonzero(lost & said))
    if not rows:
        return []
    said = "row without an answer has" if rows == 1 else "rows without an answer have"
    return [f"{rows:,} {said} a recorded place: --place {','.join(columns.values())} would use it."]
