"""Which cell, grid, owners and handler a point has: the policy, as tables say it.

Geometry is in `gridgov.index`; what goes in is made ready by `gridgov.lookup`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from gridgov import frames
from gridgov.datum.control import ControlFit
from gridgov.errors import ArgumentError
from gridgov.index import Pairs
from gridgov.lookup import (
    Answers,
    Atlas,
    Handling,
    Placed,
    Points,
    added_names,
    border_widths,
    constant,
    find_places,
    incident_points,
    incident_rules,
    incident_widths,
    joined_ids,
    place_points,
    read_points,
    recorded_places,
)
from gridgov.schema import REASON_CODES, STATUS_CODES
from gridgov.words.locating import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.owners import Rules

__all__ = [
    "BORDER_M",
    "NEAREST_M",
    "answer",
    "answer_columns",
    "assign_incidents",
    "assign_points",
    "candidate_changes",
]

#: Cells within this many metres of a point are candidates.
BORDER_M: Final = 1.0

#: A point in no cell takes the nearest within so many metres: none.
NEAREST_M: Final = 0.0

#: Words of the codes, and None for none.
_STATUSES: Final = np.array([*STATUS_CODES, None], dtype=object)
_REASONS: Final = np.array([*REASON_CODES, None], dtype=object)

#: Decimals of a distance in metres: what lies below is rounding.
MILLIMETRES: Final = 3

Texts = NDArray[np.object_]


def assign_points(
    cells: object,
    *,
    lon: Any,
    lat: Any,
    points_crs: object = None,
    border_m: float = BORDER_M,
    nearest_m: float = NEAREST_M,
    accuracy_m: Any = None,
    control: ControlFit | None = None,
) -> "pd.DataFrame":
    """The cell, grid and owners of each point.

    Parameters
    ----------
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids` (grids may overlap).
    lon, lat
        One value per point, numbers or text: degrees, or x and y if `points_crs` is projected. NaN and
        blank are rejected, not dropped.
    points_crs
        ``gcj02``, ``bd09``, ``wgs84``, ``cgcs2000``, or a CRS. None means WGS 84, but not in China, where
        it must be said.
    border_m
        Cells within this many metres of a point are its candidates.
    nearest_m
        A point in no cell takes the nearest within this many metres.
    accuracy_m
        How far points may stand off, in metres: one number, or one per point (numbers or text, blank where
        unknown). Where it is more than `border_m`, candidates lie within it.
    control
        Control points that bring the points from a system of their own, in metres, to a known one; see
        `fit_control`. `points_crs` is then not said.

    Returns
    -------
    pandas.DataFrame
        `schema.ASSIGNMENT_COLUMNS` with the rungs and departments of the cells, one row per point, in
        their order; on the index of `lon` if that is a pandas Series. `handler` is empty: rules need
        `assign_incidents`.

    Raises
    ------
    ArgumentError
        `lon` and `lat` differ in shape, or a distance is negative.
    CRSError
        The datum of points in China is missing, or a CRS is unknown or cannot be converted.

    Notes
    -----
    The answer is that of bringing every point to the cells' own CRS and testing it there exactly; nearly all
    are settled without (docs/locating.md). Measured on one core: 0.2 s to make 20,000 simple cells ready
    (`Locator` keeps them so), 1 s for 200,000 points, most of it for the table.

    >>> import geopandas as gpd
    >>> from shapely import box
    >>> wards = gpd.GeoDataFrame(
    ...     {"grid_id": ["1", "2"], "name": None, "owner": ["north", "south"]},
    ...     geometry=[box(-77.1, 38.9, -77.0, 39.0), box(-77.1, 38.8, -77.0, 38.9)],
    ...     crs="EPSG:4326",
    ... )
    >>> answers = assign_points(wards, lon=[-77.05, -76.0], lat=[38.85, 38.85])
    >>> answers[["grid_id", "grid_owner", "cell_status"]]
      grid_id grid_owner cell_status
    0       2      south      inside
    1     NaN        NaN     outside
    """
    import pandas as pd

    atlas = Atlas.of(cells)
    points = read_points(atlas, lon=lon, lat=lat, crs=points_crs, control=control)
    index = lon.index if isinstance(lon, pd.Series) else pd.RangeIndex(len(points))
    each = accuracy_m is not None and np.ndim(accuracy_m) > 0
    if each and len(accuracy_m) != len(points):
        raise ArgumentError(WORDS("accuracy_values", points=len(points), accuracy_m=len(accuracy_m)))
    widths = border_widths(border_m, **{"stated" if each else "accuracy_m": accuracy_m})
    placed = place_points(atlas, points, border_m=widths.metres, nearest_m=nearest_m)
    assigned: pd.DataFrame = frames.with_columns(pd.DataFrame(index=index), answer(atlas, points, placed))
    return assigned


def assign_incidents(
    table: Any,
    cells: object,
    *,
    lon: str | None = None,
    lat: str | None = None,
    crs: object = None,
    border_m: float = BORDER_M,
    nearest_m: float = NEAREST_M,
    place: Sequence[str] | Mapping[str, str] | None = None,
    rules: "Rules | None" = None,
    category: str | None = None,
    time: str | None = None,
    prefix: str = "",
    columns: Sequence[str] | None = None,
    rename: Mapping[str, str] | None = None,
    accuracy_m: float | None = None,
    accuracy_column: str | None = None,
    control: ControlFit | None = None,
) -> Any:
    """Incidents with their cell, grid, owners and handler: the same table, the answers added at its end.

    Parameters
    ----------
    table
        pandas, geopandas or polars DataFrame, or Arrow table; one incident per row. It is not changed.
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids`.
    lon, lat
        Columns of the coordinates; `lon` alone may hold both (``113.73,34.72``). Not given: the points of a
        GeoDataFrame, else the columns whose names say so (经度, longitude, x ...).
    crs
        As `points_crs` in `assign_points`; for a GeoDataFrame's points their own CRS unless given.
    border_m, nearest_m
        As in `assign_points`.
    place
        Columns of the recorded district, street, community, or ``{rung: column}``: where there is no usable
        coordinate, they say the place. See `gridgov.lookup.places` for what counts as a match.
    rules
        Who handles what, where; None leaves `handler` empty.
    category, time
        Column that the rules call category; column of the time, for rules with valid_from or valid_to.
    prefix
        Set before the name of every column added.
    columns
        Which columns to add, in this order; also others of the cells (``special``, ``police_phone``). None:
        all of `schema.ASSIGNMENT_COLUMNS`, with ``rule_<name>`` for what rules carry along.
    rename
        ``{"grid_id": "所属网格编码"}``: other names for columns added; the prefix is not set before them.
    accuracy_m, accuracy_column
        How far points may stand off, in metres: for all, and the column that says it row by row (blank: as
        `accuracy_m`). Where it is more than `border_m`, candidates lie within it.
    control
        Control points that bring the points from a system of their own, in metres, to a known one; see
        `fit_control`. `crs` is then not said.

    Returns
    -------
    The same kind of table: every row once, in the same order.

    Raises
    ------
    SchemaError
        A column is missing, or one to be added is there already.
    ArgumentError, CRSError
        As in `assign_points`; or `columns`, `rename` or `place` name what does not exist.
    RulesError
        Rules that contradict each other on an incident, or name what neither incidents nor cells have.
    """
    atlas = Atlas.of(cells)
    handling = incident_rules(table, atlas, rules, category=category, time=time)
    names = added_names(
        atlas,
        carried=handling.carried(),
        columns=columns,
        prefix=prefix,
        rename=rename or {},
        taken=frames.column_names(table),
    )
    recorded = recorded_places(table, atlas, place)
    points = incident_points(table, atlas, lon=lon, lat=lat, crs=crs, recorded=recorded, control=control)
    widths = incident_widths(table, border_m, accuracy_m=accuracy_m, column=accuracy_column)
    answers = answer(
        atlas,
        points,
        place_points(atlas, points, border_m=widths.metres, nearest_m=nearest_m),
        recorded=recorded,
        handling=handling,
        further=[name for name in names if name in atlas.further],
    )
    return frames.with_columns(table, {new: answers[name] for name, new in names.items()})


def answer(
    atlas: Atlas,
    points: Points,
    placed: Placed,
    *,
    recorded: Mapping[str, Texts] | None = None,
    handling: Handling | None = None,
    further: Sequence[str] = (),
) -> dict[str, NDArray[Any]]:
    """Every assignment column of points that are placed, by name and in order.

    `recorded` holds the recorded unit of some rungs, `further` names other columns of the cells to add.
    """
    columns = answer_columns(atlas, points, placed, recorded=recorded, handling=handling, further=further)
    return {
        name: column.objects() if isinstance(column, Answers) else column for name, column in columns.items()
    }


def answer_columns(
    atlas: Atlas,
    points: Points,
    placed: Placed,
    *,
    recorded: Mapping[str, Texts] | None = None,
    handling: Handling | None = None,
    further: Sequence[str] = (),
) -> dict[str, "Answers | NDArray[Any]"]:
    """As :func:`answer`, in the form in which answers are found."""
    handling, size = handling or Handling(), len(points)
    status, reason = placed.code.copy(), points.code.copy()
    reason[status == STATUS_CODES["outside"]] = REASON_CODES["outside"]
    cells = {name: Answers(placed.row, values) for name, values in atlas.columns.items()}
    if recorded:
        cells |= _filled_places(atlas, recorded, placed, status=status, reason=reason)

    # Nobody is sent to where we do not know: only answers and recorded places have a handler.
    answered = np.flatnonzero((placed.row >= 0) | (status == STATUS_CODES["place"]))
    handled = _handled(atlas, placed, answered, cells, handling)
    return {
        "grid_id": Answers(placed.row, atlas.grid_ids),
        "cell_id": Answers(placed.row, atlas.ids),
        "cell_status": Answers(status, _STATUSES),
        "cell_candidates": _candidates(atlas, placed),
        "cell_distance_m": placed.distance_m.round(MILLIMETRES),
        "review": _review(atlas, placed, handled["handler"], handling),
        **cells,
        **{name: Answers(placed.row, atlas.further[name]) for name in further},
        **handled,
        "reject_reason": Answers(reason, _REASONS),
        "network_version": constant(atlas.version, size),
    }


def _handled(
    atlas: Atlas,
    placed: Placed,
    answered: NDArray[np.intp],
    cells: Mapping[str, Answers],
    handling: Handling,
) -> dict[str, Texts]:
    """Handler, its rule, and what that carries along, for the points that are answered."""
    size = len(placed.row)
    if handling.rules is None:
        nobody: Texts = np.broadcast_to(np.array(None, dtype=object), size)
        return {"handler": nobody, "handler_rule": nobody}
    here = {name: cells[name].at(answered) for name in handling.needs if name in cells}
    handled = handling.handlers(atlas, placed.row[answered], answered, places=here)
    columns = {"handler": handled.handler, "handler_rule": handled.handler_rule, **handled.carried}
    return {name: _spread(values, answered, size) for name, values in columns.items()}


def _candidates(atlas: Atlas, placed: Placed) -> Answers:
    """Ids of the candidates, joined where there are several; most points have the answer only."""
    point, row, _ = placed.candidates
    several = np.zeros(len(placed.row), dtype=np.bool_)
    several[point[1:][point[1:] == point[:-1]]] = True
    several[point[row != placed.row[point]]] = True
    some = several[point]
    pairs = Pairs(np.cumsum(several)[point[some]] - 1, row[some], placed.candidates.distance_m[some])
    rows = np.flatnonzero(several)
    return Answers(placed.row, atlas.ids, rows, joined_ids(pairs, atlas.ids, len(rows)))


def _review(atlas: Atlas, placed: Placed, handler: Texts, handling: Handling) -> NDArray[np.bool_]:
    """Whether a candidate would change who acts: other owners, or another handler."""
    point, row, _ = placed.candidates
    other = row != placed.row[point]
    point, row = point[other], row[other]
    owners, handlers = candidate_changes(atlas, placed.row, point, row, handler=handler, handling=handling)
    review = np.zeros(len(handler), dtype=np.bool_)
    review[point[owners | handlers]] = True
    return review


def candidate_changes(
    atlas: Atlas,
    answers: NDArray[np.int32],
    point: NDArray[np.int64],
    row: NDArray[np.int32],
    *,
    handler: Texts,
    handling: Handling,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether other cells would change an owner, and the handler.

    `point` and `row` pair points with other cells; `answers` and `handler` are the row and the handler that
    each point has.
    """
    owners = atlas.actors[row] != atlas.actors[answers[point]]
    there = handling.handlers(atlas, row, point, places={}, counted_as="candidate cell")
    return np.asarray(owners), np.asarray(there.handler != handler[point], dtype=np.bool_)


def _filled_places(
    atlas: Atlas,
    recorded: Mapping[str, Texts],
    placed: Placed,
    *,
    status: NDArray[np.int8],
    reason: NDArray[np.int8],
) -> dict[str, Answers]:
    """Rung columns in which rows without a usable coordinate have the place that was recorded.

    Says so in `status` and `reason`.
    """
    lost = np.flatnonzero(status == STATUS_CODES["reject"])
    places = find_places(atlas, {rung: values[lost] for rung, values in recorded.items()})
    found = np.zeros(len(lost), dtype=np.bool_)
    for rung in atlas.rungs:
        found |= places[rung] != None  # noqa: E711 (element by element)
    status[lost[found]] = STATUS_CODES["place"]
    reason[lost[found]] = -1
    return {name: Answers(placed.row, atlas.columns[name], lost, values) for name, values in places.items()}


def _spread(values: Texts, rows: NDArray[np.intp], size: int) -> Texts:
    spread = np.full(size, None, dtype=object)
    spread[rows] = values
    return spread
