"""Which coordinate system numbers of unknown origin could be in, and whether they fit the one stated."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike

__all__ = ["Candidate", "check_crs_fits", "crs_candidates"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A coordinate system that numbers could be in."""

    name: str
    label: str
    share: float
    swapped: bool = False


def check_crs_fits(x: ArrayLike, y: ArrayLike, *, crs: object) -> str | None:
    """A sentence on why numbers cannot be in a coordinate system, and what they look like; else None."""
    return None


def crs_candidates(x: ArrayLike, y: ArrayLike, *, outline: Any = None) -> list[Candidate]:
    """Coordinate systems that numbers could be in, the likeliest first."""
    return []
