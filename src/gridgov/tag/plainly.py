"""Rows that lie in the middle of one cell, told from the others by one look: nothing more is asked of them.

All that is found out about a point is found out about the others only. What it comes to for a row in the
middle of a cell is known: it is `inside`, 0 m from it, with nothing to review.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov import datum, frames
from gridgov.coordinates import PlainNumbers
from gridgov.lookup import DEFAULT_CRS, Answers, Around, Placed, Points
from gridgov.schema import STATUS_CODES
from gridgov.tables import Batch, plain_numbers
from gridgov.tag.asked import Asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gridgov.lookup import Atlas

__all__ = ["USUAL", "Plainly", "both_numbers", "some_rows", "spread"]

#: Codes of the columns that are no columns of cells, for rows in the middle of one.
USUAL: Final[Mapping[str, int]] = {
    "cell_status": STATUS_CODES["inside"],
    "reject_reason": -1,
    "network_version": 0,
}


@dataclass(frozen=True, slots=True, eq=False)
class Plainly:
    """Tells which rows lie in the middle of one cell.

    Attributes
    ----------
    box
        West, south, east and north of places of which no coordinate is in doubt.
    """

    atlas: "Atlas"
    crs: datum.PointCRS
    border_m: float
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, atlas: "Atlas", crs: object, around: Around, *, border_m: float) -> "Plainly | None":
        """None where coordinates among the cells may be in doubt; `crs` is None if nothing was stated."""
        if (crs is None and around.china) or around.box is None or not around.usable:
            return None
        return cls(atlas, datum.parse_crs(DEFAULT_CRS if crs is None else crs), border_m, around.box)

    def cells(self, lon: "NDArray[np.float64]", lat: "NDArray[np.float64]") -> "NDArray[np.int32] | None":
        """Row of the cell that each point lies in the middle of, -1 for the others; None if no look tells."""
        row = self.atlas.index.asked_in(self.crs).plain(lon=lon, lat=lat, border_m=self.border_m)
        if row is not None:
            west, south, east, north = self.box
            row[~((lon > west) & (lon < east) & (lat > south) & (lat < north))] = -1
        return row


def both_numbers(batch: Batch, columns: Sequence[str]) -> "list[NDArray[np.float64]] | None":
    """The numbers of both coordinates, if they are read already or quickly read; NaN where not."""
    if batch.numbers:
        return [batch.numbers[name].number for name in columns]
    found = [plain_numbers(batch.rows, name) for name in columns]
    both = [column for column in found if column is not None]
    return both if len(both) == len(columns) else None


def some_rows(batch: Batch, at: "NDArray[np.intp]", names: Sequence[str]) -> Batch:
    """Some rows of a batch with some columns, to be asked: without their lines."""
    rows = frames.take_rows(batch.rows.select(names), at) if names else batch.rows
    return Batch(rows, numbers={name: _taken(column, at) for name, column in batch.numbers.items()})


def _taken(column: PlainNumbers, at: "NDArray[np.intp]") -> PlainNumbers:
    return PlainNumbers(column.number[at], lambda some: column.texts(at[some]))


def spread(
    batch: Batch, cell: "NDArray[np.int32]", odd: "NDArray[np.intp]", rest: Asked, numbers: Any
) -> Asked:
    """All rows of a batch with their answers, the `rest` having those of the rows `odd`.

    `cell` has the cells of the others, `numbers` their coordinates. `placed` of the answer lists the
    candidates of the rest only.
    """
    cell[odd] = rest.placed.row
    size = len(cell)
    placed = Placed(
        cell,
        _whole(STATUS_CODES["inside"], rest.placed.code, odd, size),
        _whole(0.0, rest.placed.distance_m, odd, size),
        rest.placed.candidates._replace(point=odd[rest.placed.candidates.point]),
    )
    answers = {
        name: _answers(name, column, rest.placed.row, cell, odd) for name, column in rest.answers.items()
    }
    return Asked(
        batch.rows,
        batch.points,
        _points(numbers, odd, rest.points, size),
        rest.widths,
        placed,
        rest.handling,
        answers,
        rest.labels,
        batch.lines,
        odd,
    )


def _points(numbers: Any, odd: "NDArray[np.intp]", rest: Points, size: int) -> Points:
    lon, lat = (column.copy() for column in numbers)
    for column, some in zip((lon, lat), rest.numbers, strict=True):
        column[odd] = some
    numbers = (lon, lat)
    if not rest.usable.all():
        lon, lat = lon.copy(), lat.copy()
        lon[odd], lat[odd] = rest.lon, rest.lat
    code = _whole(-1, rest.code, odd, size)
    return Points(lon, lat, code, rest.crs, rest.cells_crs, numbers, rest.doubt)


def _answers(
    name: str,
    column: "Answers | NDArray[Any]",
    rows: "NDArray[np.int32]",
    cell: "NDArray[np.int32]",
    odd: "NDArray[np.intp]",
) -> "Answers | NDArray[Any]":
    size = len(cell)
    if not isinstance(column, Answers):
        return _whole(None if column.dtype == object else 0, column, odd, size)
    codes = cell
    if column.codes is not rows:
        codes = _whole(USUAL[name], column.codes, odd, size)
    return Answers(codes, column.values, odd[column.rows], column.texts)


def _whole(usual: Any, some: "NDArray[Any]", odd: "NDArray[np.intp]", size: int) -> "NDArray[Any]":
    """A column of the usual value, and others in some rows."""
    if some.strides == (0,) and some.dtype == object:
        return np.broadcast_to(np.array(usual, dtype=object), size)
    column = np.full(size, usual, dtype=some.dtype)
    column[odd] = some
    return column
