"""How many points would have another handler if they stood some metres off."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from gridgov.answering import answer_columns, candidate_changes, plain_columns
from gridgov.errors import ArgumentError
from gridgov.lookup import (
    Atlas,
    Handling,
    Placed,
    Points,
    incident_points,
    incident_rules,
    place_points,
)
from gridgov.words.merging import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.owners import Rules

__all__ = ["REACHES_M", "HandlerReach", "check_accuracy"]

#: A border's width, a good and a usual phone, a poor one between houses.
REACHES_M: Final = (1.0, 5.0, 15.0, 30.0)


class HandlerReach:
    """Counts points for which another handler acts within so many metres, batch by batch.

    Without rules owners are compared instead: `compares` says which. Any batches of the same points count the
    same.

    Parameters
    ----------
    atlas
        Cells that the points are asked of.
    with_rules
        Whether handlers are compared, or the owners of the cells.
    reaches_m
        Metres, in rising order.
    """

    __slots__ = ("_atlas", "_counts", "_reaches_m", "compares", "points")

    def __init__(self, atlas: Atlas, *, with_rules: bool, reaches_m: Sequence[float] = REACHES_M) -> None:
        self._atlas = atlas
        self._reaches_m = tuple(reaches_m)
        self._counts = np.zeros(len(reaches_m), dtype=np.int64)
        self.compares = "handler" if with_rules else "owner"
        self.points = 0

    def add(
        self, points: Points, placed: Placed, handler: NDArray[np.object_], handling: Handling | None = None
    ) -> None:
        """Count points that were placed, and the handler each has; those in no cell do not count."""
        some = np.flatnonzero(placed.row >= 0)
        index = self._atlas.index.asked_in(points.crs)
        lon, lat = points.lon[some], points.lat[some]
        *_, pairs = index.locate_within(lon=lon, lat=lat, border_m=max(self._reaches_m))
        other = pairs.row != placed.row[some[pairs.point]]
        point, row, away = some[pairs.point[other]], pairs.row[other], pairs.distance_m[other]
        owners, handlers = candidate_changes(
            self._atlas, placed.row, point, row, handler=handler, handling=handling or Handling()
        )
        changes = handlers if self.compares == "handler" else owners
        nearest = np.full(len(points), np.inf)
        np.minimum.at(nearest, point[changes], away[changes])
        self._counts += [int(np.count_nonzero(nearest <= reach)) for reach in self._reaches_m]
        self.points += len(some)

    @property
    def rows(self) -> Mapping[float, int]:
        """Points with another handler (or owner) within each number of metres."""
        return dict(zip(self._reaches_m, self._counts.tolist(), strict=True))


def check_accuracy(
    table: Any,
    cells: object,
    *,
    lon: str | None = None,
    lat: str | None = None,
    crs: object = None,
    rules: "Rules | None" = None,
    category: str | None = None,
    time: str | None = None,
    reaches_m: Sequence[float] = REACHES_M,
) -> "pd.DataFrame":
    """How many incidents would have another handler if their points stood so many metres off.

    Parameters
    ----------
    table, cells, lon, lat, crs, rules, category, time
        As in `assign_incidents`. Without rules owners are compared.
    reaches_m
        Metres.

    Returns
    -------
    pandas.DataFrame
        ``within_m, rows, of, compares``: rows in a cell that have another handler (or owner: `compares`)
        within so many metres, of how many rows in a cell; one line per reach, in rising order.

    Raises
    ------
    ArgumentError
        A reach is no number of metres; else as `assign_incidents`.

    Notes
    -----
    15 to 25 CPU seconds for a million rows and 30 m.
    """
    import pandas as pd

    rising = sorted(float(reach) for reach in reaches_m)
    if not rising or not all(0 <= reach < np.inf for reach in rising):
        raise ArgumentError(WORDS("reaches_m", reaches_m=list(reaches_m)))
    atlas = Atlas.of(cells)
    handling = incident_rules(table, atlas, rules, category=category, time=time)
    points = incident_points(table, atlas, lon=lon, lat=lat, crs=crs, recorded={})
    placed = place_points(atlas, points, border_m=0.0, nearest_m=0.0)
    reach = HandlerReach(atlas, with_rules=rules is not None, reaches_m=rising)
    answers = answer_columns(atlas, points, placed, handling=handling)
    reach.add(points, placed, plain_columns(answers)["handler"], handling)
    return pd.DataFrame(
        {
            "within_m": rising,
            "rows": np.array([reach.rows[metres] for metres in rising], dtype=np.int64),
            "of": reach.points,
            "compares": reach.compares,
        }
    )
