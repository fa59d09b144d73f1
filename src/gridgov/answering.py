"""The columns that an assignment adds, of points that are placed: cells, owners, handlers, what to review."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gridgov.lookup import Answers, Atlas, Handling, Placed, Points, constant, find_places, joined_ids
from gridgov.schema import REASON_CODES, STATUS_CODES

__all__ = ["MILLIMETRES", "answer_columns", "candidate_changes", "plain_columns"]

#: Words of the codes, and None for none.
_STATUSES: Final = np.array([*STATUS_CODES, None], dtype=object)
_REASONS: Final = np.array([*REASON_CODES, None], dtype=object)

#: Decimals of a distance in metres: what lies below is rounding.
MILLIMETRES: Final = 3

Texts = NDArray[np.object_]


def answer_columns(
    atlas: Atlas,
    points: Points,
    placed: Placed,
    *,
    recorded: Mapping[str, Texts] | None = None,
    handling: Handling | None = None,
    further: Sequence[str] = (),
) -> dict[str, "Answers | NDArray[Any]"]:
    """Every assignment column of points that are placed, by name and in order, as answers are found.

    `recorded` holds the recorded unit of some rungs, `further` names other columns of the cells to add.
    """
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


def plain_columns(columns: "Mapping[str, Answers | NDArray[Any]]") -> dict[str, NDArray[Any]]:
    """Columns of an assignment with a value for each point."""
    return {
        name: column.objects() if isinstance(column, Answers) else column for name, column in columns.items()
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
    rows, number = np.unique(placed.candidates.point, return_inverse=True)
    pairs = placed.candidates._replace(point=number)
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
