"""Which cell, grid, owners and handler a point has: the policy, as tables say it.

Geometry is in `gridgov.index`; what goes in is made ready by `gridgov.lookup`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from gridgov import frames
from gridgov.answering import answer_columns, plain_columns
from gridgov.datum.control import ControlFit
from gridgov.errors import ArgumentError
from gridgov.lookup import (
    Atlas,
    added_names,
    border_widths,
    incident_points,
    incident_rules,
    incident_widths,
    place_points,
    read_points,
    recorded_places,
)
from gridgov.words.locating import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.owners import Rules

__all__ = [
    "BORDER_M",
    "NEAREST_M",
    "assign_incidents",
    "assign_points",
]

#: Cells within this many metres of a point are candidates.
BORDER_M: Final = 1.0

#: A point in no cell takes the nearest within so many metres: none.
NEAREST_M: Final = 0.0

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
    answers = plain_columns(answer_columns(atlas, points, placed))
    assigned: pd.DataFrame = frames.with_columns(pd.DataFrame(index=index), answers)
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
    answers = answer_columns(
        atlas,
        points,
        place_points(atlas, points, border_m=widths.metres, nearest_m=nearest_m),
        recorded=recorded,
        handling=handling,
        further=[name for name in names if name in atlas.further],
    )
    added = plain_columns({new: answers[name] for name, new in names.items()})
    return frames.with_columns(table, added)
