"""Numbering cells so that neighbours on the map are neighbours in the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridgov.codes.schemes import Scheme
from gridgov.codes.words import WORDS
from gridgov.errors import CodeError

__all__ = ["Numbering", "number_cells"]

LEAST_DIGITS = 4

Texts = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Numbering:
    """How an id is made of a parent and a number, and read again.

    Attributes
    ----------
    scheme
        Ids are its codes, the number directly behind the parent's digits. None: ``<parent>-<number>``.
    """

    scheme: Scheme | None = None

    def parent(self, code: str) -> str:
        """What stands before the number of an id."""
        return code[: -self.scheme.parts[-1][1]] if self.scheme else code.rpartition("-")[0]

    def number(self, code: str, parent: str) -> int | None:
        """The number of an id in a parent; None for an id of another parent, or of another form."""
        start = parent if self.scheme else f"{parent}-"
        digits = code[len(start) :]
        if not code.startswith(start) or not (digits.isascii() and digits.isdecimal()):
            return None
        if self.scheme and (len(code) != self.scheme.digits or int(digits) < (self.scheme.first or 0)):
            return None
        return int(digits)

    def codes(self, parents: Texts, numbers: npt.NDArray[np.int64], *, digits: int = LEAST_DIGITS) -> Texts:
        """Ids of so many digits; a scheme has its own number of digits."""
        between, width = ("", self.scheme.parts[-1][1]) if self.scheme else ("-", digits)
        made = [f"{parent}{between}{n:0{width}}" for parent, n in zip(parents, numbers, strict=True)]
        return np.array(made, dtype=object)


def number_cells(
    parents: Texts,
    *,
    x: Floats,
    y: Floats,
    area_m2: Floats,
    numbering: Numbering | None = None,
    kept: Texts | None = None,
    used: Iterable[str] = (),
) -> Texts:
    """Answer the id of each cell.

    Parameters
    ----------
    parents
        (n,) what each cell is numbered in: its unit of the top rung, or the 12 digits of its community.
    x, y
        (n,) a point inside each cell, projected, in metres.
    area_m2
        (n,) areas; the side of a median cell is the height of a band.
    numbering
        How ids are made; ``<parent>-<number>`` when None.
    kept
        (n,) ids that cells have already, None for those to be numbered.
    used
        Ids that were given once, and are not given again.

    Raises
    ------
    CodeError
        A parent has more cells than its scheme has numbers.

    Notes
    -----
    Numbers run inside each parent in bands from north to south, and west to east inside a band, as Chinese
    unit grids are numbered (GB/T 30428.1); the lowest ones never used are taken. Without a scheme all have
    the same number of digits, at least 4, so that text order is number order.

    >>> units = np.array(["410104"] * 3, dtype=object)
    >>> x, y = np.array([0.0, 10.0, 0.0]), np.array([0.0, 10.0, 10.0])
    >>> number_cells(units, x=x, y=y, area_m2=np.full(3, 100.0)).tolist()
    ['410104-0003', '410104-0002', '410104-0001']
    """
    if not len(parents):
        return np.empty(0, dtype=object)
    numbering = numbering or Numbering()
    kept = np.full(len(parents), None, dtype=object) if kept is None else kept
    band = np.floor((y.max() - y) / np.sqrt(np.median(area_m2)))
    names, parent = np.unique(parents.astype(str), return_inverse=True)
    fresh = np.array([code is None for code in kept], dtype=bool)
    order = np.lexsort((-y, x, band, parent))
    order = order[fresh[order]]
    taken = _taken(names, [*used, *kept[~fresh]], numbering)
    counts = np.bincount(parent[order], minlength=len(names))
    number = np.zeros(len(parents), dtype=np.int64)
    number[order] = np.concatenate(
        [_free(name, taken[k], int(counts[k]), numbering) for k, name in enumerate(names)]
    )
    highest = max(int(number.max()), *(max(each, default=0) for each in taken))
    codes = numbering.codes(parents, number, digits=max(LEAST_DIGITS, len(str(highest))))
    return np.where(fresh, codes, kept)


def _taken(names: Texts, codes: Iterable[str], numbering: Numbering) -> list[set[int]]:
    """The numbers used in each parent."""
    place = {str(name): k for k, name in enumerate(names)}
    taken: list[set[int]] = [set() for _ in names]
    for code in codes:
        parent = numbering.parent(code)
        number = numbering.number(code, parent)
        if parent in place and number is not None:
            taken[place[parent]].add(number)
    return taken


def _free(parent: str, taken: set[int], wanted: int, numbering: Numbering) -> npt.NDArray[np.int64]:
    """The lowest numbers of a parent that were never used."""
    scheme = numbering.scheme
    free = np.setdiff1d(np.arange(1, wanted + len(taken) + 1), np.fromiter(taken, np.int64, len(taken)))[
        :wanted
    ]
    if scheme and wanted and free[-1] > scheme.most:
        raise CodeError(
            WORDS(
                "too_many",
                parent=parent,
                wanted=wanted,
                used=len(taken),
                scheme=scheme.name,
                most=scheme.most,
            )
        )
    return free.astype(np.int64)
