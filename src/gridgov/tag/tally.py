"""What is counted while a table is asked batch by batch, and what is to be said of it at the end."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from gridgov import frames
from gridgov.errors import CRSError
from gridgov.language import Many, shell_word
from gridgov.schema import REASON_CODES, STATUS_CODES, STATUSES
from gridgov.tag.asked import Asked
from gridgov.tag.asking import Asking
from gridgov.tag.result import REJECTED
from gridgov.tag.trust import Trust, Trusted
from gridgov.tag.words import WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gridgov.recorded import Mismatches

__all__ = ["Tally"]

#: Codes of schema.STATUS_CODES without an answer.
_REJECTED = [code for status, code in STATUS_CODES.items() if status in REJECTED]

#: So many rows without one in degrees are no accident: the rest is not waited for.
_SURE_ROWS = 1_000_000


class Tally:
    """Counts of all batches so far."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.rows = self.review = self.without_handler = self.unused_places = 0
        self.statuses, self.reasons = Counter[str](), Counter[str]()
        self.handlers, self.unnamed = Counter[str](), Counter[str]()
        self.crs = ""
        options = asking.options
        self._trust = Trust(
            asking.atlas,
            with_accuracy=options.accuracy_m is not None or options.accuracy_column is not None,
            with_rules=options.rules is not None,
            recorded=asking.checked,
        )
        #: Rows of the last batch whose recorded unit is not the located one, if that is checked.
        self.mismatches: Mismatches | None = None
        self._metres, self._degrees = "", False

    def add(self, asked: Asked) -> "NDArray[np.bool_]":
        """Count a batch; answers which of its rows are rejected.

        Raises CRSError if what came so far can only be metres of a coordinate system that was not stated.
        """
        status, reason, handler = (
            asked.codes("cell_status"),
            asked.codes("reject_reason"),
            asked.plain("handler"),
        )
        rejected: NDArray[np.bool_] = np.logical_or.reduce([status == code for code in _REJECTED])
        self.rows += len(asked)
        self.statuses.update(_counted(status, STATUS_CODES))
        self.reasons.update(_counted(reason, REASON_CODES))
        self.review += int(np.count_nonzero(asked.plain("review")))
        if asked.handling.rules is not None:
            self.handlers.update(handler[handler != None].tolist())  # noqa: E711 (element by element)
            handled = handler != None  # noqa: E711 (element by element)
            self.without_handler += int(np.count_nonzero(~rejected & ~handled))
            self.unnamed.update(self._unnamed(asked))
        self.unused_places += self._unused_places(asked, status)
        self._read(asked)
        self.mismatches = self._trust.add(
            asked.points,
            asked.placed,
            widths=asked.widths,
            handler=handler,
            handling=asked.handling,
            labels=asked.labels,
        )
        return rejected

    def end(self) -> None:
        """Raise CRSError if all that came can only be metres."""
        if self._metres and not self._degrees:
            raise CRSError(self._metres)

    def trust(self) -> Trusted:
        """How far the coordinates and the answers go."""
        return self._trust.told()

    def unused(self) -> list[str]:
        """A sentence on places that were not used."""
        return self._unused_sentence()

    def by_status(self) -> dict[str, int]:
        """Rows of every status, in the order of schema.STATUSES."""
        return {status: self.statuses[status] for status in STATUSES}

    def _read(self, asked: Asked) -> None:
        points = asked.points
        self.crs = points.crs.name
        self._metres = self._metres or points.doubt
        self._degrees = self._degrees or bool(points.usable.any())
        if self.rows > _SURE_ROWS:
            self.end()

    def _unnamed(self, asked: Asked) -> Mapping[str, int]:
        rules, category = self._asking.options.rules, self._asking.category
        if rules is None or category is None or category not in frames.column_names(asked.incidents):
            return {}
        return rules.unnamed_categories(frames.column_values(asked.incidents, category), column=category)

    def _unused_places(self, asked: Asked, status: "NDArray[Any]") -> int:
        """Rejected rows with a recorded place that nobody asked to use."""
        columns = {} if self._asking.options.place else self._asking.witness
        lost = np.flatnonzero(status == STATUS_CODES["reject"]) if columns else ()
        if not len(lost):
            return 0
        said = frames.column_values(asked.incidents, next(iter(columns.values())))[lost]
        return int(np.count_nonzero(said != None))  # noqa: E711 (element by element)

    def _unused_sentence(self) -> list[str]:
        if not self.unused_places:
            return []
        columns = shell_word(",".join(self._asking.witness.values()))
        return [WORDS("has_place", n=Many(self.unused_places), columns=columns)]


def ordered(counts: Counter[str]) -> dict[str, int]:
    """Counts, most first."""
    return dict(counts.most_common())


def _counted(codes: "NDArray[np.int8]", words: Mapping[str, int]) -> dict[str, int]:
    """How often each word occurs; -1 is none."""
    counts = np.bincount(codes.astype(np.intp) + 1, minlength=len(words) + 1)
    return {word: int(counts[code + 1]) for word, code in words.items() if counts[code + 1]}
