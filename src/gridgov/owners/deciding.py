"""Which rule decides, for every kind of incident at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gridgov.owners.conditions import Allowed, Answer, Codes
from gridgov.owners.kinds import kinds_of

__all__ = ["NOBODY", "Decision", "combine", "decide"]

NOBODY: Final = -1

# Kinds x rules compared at a time: 4 million booleans and as many ranks stay under 50 MB.
_BATCH: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What rules decide on k kinds of incidents.

    Attributes
    ----------
    winner
        (k,): the deciding rule, or NOBODY.
    disagreeing
        For two rules, the kinds on which both rank highest and name different handlers.
    """

    winner: Codes
    disagreeing: Mapping[tuple[int, int], Codes]


def combine(codes: Sequence[Codes], size: int) -> tuple[Codes, Codes]:
    """Kind of each of `size` incidents, and of each kind its first incident."""
    kinds = np.zeros(size, dtype=np.int64)
    for one in codes:
        kinds, _ = kinds_of(kinds * (one.max(initial=0) + 1) + one)
    first = np.zeros(kinds.max(initial=-1) + 1, dtype=np.int64)
    first[kinds[::-1]] = np.arange(size)[::-1]
    return kinds, first


def decide(answers: Sequence[Answer], rank: npt.NDArray[np.int32], who: npt.NDArray[np.int64]) -> Decision:
    """The highest-ranking rule that all answers allow; of equals that name the same, the first.

    Parameters
    ----------
    answers
        Of each condition, the codes of k kinds and what they allow.
    rank, who
        (rules,): the higher decides; equal `who` names the same handler.
    """
    kinds = len(answers[0][0]) if answers else 1
    step = max(1, _BATCH // len(rank))
    winners, pairs = [np.empty(0, dtype=np.int64)], dict[tuple[int, int], list[int]]()
    for start in range(0, kinds, step):
        highest = _highest(answers, rank, slice(start, min(start + step, kinds)))
        winners.append(np.where(highest.any(axis=1), highest.argmax(axis=1), NOBODY))
        for kind, pair in _disagreements(highest, who):
            pairs.setdefault(pair, []).append(start + kind)
    return Decision(np.concatenate(winners), {pair: np.array(found) for pair, found in pairs.items()})


def _highest(answers: Sequence[Answer], rank: npt.NDArray[np.int32], batch: slice) -> Allowed:
    """(kinds, rules): the rules that apply and rank highest."""
    applies = np.ones((batch.stop - batch.start, len(rank)), dtype=bool)
    for codes, allowed in answers:
        applies &= allowed[codes[batch]]
    ranks = np.where(applies, rank, NOBODY)
    highest: Allowed = applies & (ranks == ranks.max(axis=1, keepdims=True))
    return highest


def _disagreements(highest: Allowed, who: npt.NDArray[np.int64]) -> list[tuple[int, tuple[int, int]]]:
    """Kinds with pairs of rules that rank equal and name others: the first one against each other name."""
    least = np.where(highest, who, len(who)).min(axis=1)
    most = np.where(highest, who, NOBODY).max(axis=1)
    found = []
    for kind in np.flatnonzero(highest.any(axis=1) & (least != most)):
        tied = np.flatnonzero(highest[kind])
        others = dict[int, int]()
        for rule in tied[1:]:
            if who[rule] != who[tied[0]]:
                others.setdefault(int(who[rule]), int(rule))
        found += [(int(kind), (int(tied[0]), rule)) for rule in others.values()]
    return found
