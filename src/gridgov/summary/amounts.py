"""Numbers and areas the way people read them."""

from collections.abc import Sequence
from math import floor

from gridgov.language import counted, per_cent

__all__ = ["adding_up", "area", "counted", "share"]

M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0


def area(m2: float) -> str:
    """Say an area in the unit that fits it.

    >>> area(12.3), area(32_000), area(60_409_760)
    ('12 m2', '3.2 ha', '60.4 km2')
    """
    if m2 < M2_PER_HA:
        return f"{m2:,.0f} m2"
    if m2 < M2_PER_KM2:
        return f"{m2 / M2_PER_HA:,.1f} ha"
    return f"{m2 / M2_PER_KM2:,.1f} km2"


def adding_up(whole: float, parts: Sequence[float]) -> list[int]:
    """Round a whole and its parts so that the parts add up: those cut off most go up by one.

    >>> adding_up(10.0, [3.4, 3.3, 3.3])
    [10, 4, 3, 3]
    """
    total = round(whole)
    down = [floor(part) for part in parts]
    behind = sorted(range(len(parts)), key=lambda k: (down[k] - parts[k], k))
    for k in behind[: total - sum(down)]:
        down[k] += 1
    return [total, *down]


def share(part: float, whole: float) -> str:
    """Say a part in per cent; what is not all never reads as all, what is not nothing never as nothing.

    >>> share(999_999, 1_000_000), share(1, 1_000_000), share(1, 2), share(0, 0)
    ('>99.9 %', '<0.1 %', '50.0 %', '0.0 %')
    """
    if whole <= 0 or part <= 0:
        return "0.0 %"
    if part >= whole:
        return "100.0 %"
    return per_cent(part / whole, digits=1)
