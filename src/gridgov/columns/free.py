"""Names for columns that other columns leave free."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Final

from gridgov.schema import LAYER_COLUMNS

__all__ = ["free_names", "numbered_name"]

_LAYER: Final = (*LAYER_COLUMNS, "geometry")


def free_names(names: Sequence[str], *, taken: Iterable[str] = _LAYER) -> dict[str, str]:
    """Names that the columns `taken` leave free, by old name: a taken one gets ``_1``, ``_2`` ...

    Upper and lower case count as one, as they do in a GeoPackage. A layer's own columns if `taken` is not
    given.

    >>> free_names(["phone", "Owner", "owner_1"])
    {'phone': 'phone', 'Owner': 'Owner_2', 'owner_1': 'owner_1'}
    """
    used = {name.lower() for name in taken}
    waiting = Counter(name.lower() for name in names)
    free = dict[str, str]()
    for name in names:
        waiting[name.lower()] -= 1
        free[name] = numbered_name(name, used | (+waiting).keys()) if name.lower() in used else name
        used.add(free[name].lower())
    return free


def numbered_name(name: str, taken: Container[str]) -> str:
    """`name` if it is free, else with the first of ``_1``, ``_2`` ... that is; `taken` in lower case.

    >>> numbered_name("Phone", {"phone", "phone_1"})
    'Phone_2'
    """
    free, number = name, 0
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    return free
