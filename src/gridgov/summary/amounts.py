"""Numbers and areas the way people read them."""

from collections.abc import Sequence
from math import floor
from typing import Final

from gridgov.language import Messages, counted, per_cent, spoken

__all__ = ["adding_up", "area", "counted", "share"]

WORDS: Final = Messages(
    {
        "m2": ("{m2} m2", "{m2} 平方米"),
        "ha": ("{ha} ha", "{ha} 公顷"),
        "km2": ("{km2} km2", "{km2} 平方公里"),
    }
)

M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0


def area(m2: float, language: str | None = None) -> str:
    """Say an area in the unit that fits it, in a language; None: the one spoken.

    >>> area(12.3), area(32_000), area(60_409_760), area(32_000, "zh")
    ('12 m2', '3.2 ha', '60.4 km2', '3.2 公顷')
    """
    say = WORDS.speaker(language or spoken())
    if m2 < M2_PER_HA:
        return say("m2", m2=f"{m2:,.0f}")
    if m2 < M2_PER_KM2:
        return say("ha", ha=f"{m2 / M2_PER_HA:,.1f}")
    return say("km2", km2=f"{m2 / M2_PER_KM2:,.1f}")


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
