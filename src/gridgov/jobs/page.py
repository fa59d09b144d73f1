"""The page of a results folder: ``index.html``, which links everything and needs no network."""

import re
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote

from gridgov.jobs.record import Record
from gridgov.jobs.steps import CONFLICTS

__all__ = ["PAGE", "page_of"]

PAGE: Final = "index.html"

_UNITS: Final = ("B", "kB", "MB", "GB")
_THOUSAND: Final = 1000


def page_of(record: Record) -> str:
    """The page as HTML; every name in it is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"link": _link, "size": _size}
    template = (files("gridgov") / "templates" / PAGE).read_text(encoding="utf-8")
    return environment.from_string(template).render(
        record=record, assigned=_latest_first(record), conflicts=CONFLICTS
    )


def _link(name: str) -> str:
    """A path as a link: it may hold #, ?, % and Chinese, and what stands before a colon is no scheme.

    >>> _link("清单 1#.xlsx"), _link("../a.csv"), _link("D:/a.csv")
    ('./%E6%B8%85%E5%8D%95%201%23.xlsx', '../a.csv', 'file:///D:/a.csv')
    """
    if re.match("[A-Za-z]:/", name):
        return f"file:///{quote(name, safe='/:')}"
    return quote(name if name.startswith(("../", "/")) else f"./{name}", safe="/")


def _size(number: int) -> str:
    """So many bytes in words.

    >>> _size(12), _size(15_300), _size(2_500_000)
    ('12 B', '15 kB', '2.5 MB')
    """
    value, unit = float(number), 0
    while value >= _THOUSAND and unit < len(_UNITS) - 1:
        value, unit = value / _THOUSAND, unit + 1
    digits = 1 if unit > 1 else 0
    return f"{value:,.{digits}f} {_UNITS[unit]}"


def _latest_first(record: Record) -> list[Any]:
    return sorted(record.assigned, key=lambda each: (each.finished, each.section, each.source), reverse=True)
