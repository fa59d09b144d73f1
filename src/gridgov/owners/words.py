"""How values and column names of rules are written, and which spellings count as the same."""

import re
import sys
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

import numpy as np

from gridgov.columns import fold_name
from gridgov.schema import SEPARATOR

#: Columns of a rules table that are never conditions, by what they say; the first spelling wins.
ROLES: Final = {
    "handler": ("handler", "处置单位", "处置单位", "承办单位", "责任单位"),
    "department": ("department", "部门", "主管部门", "责任部门"),
    "valid_from": ("valid_from", "有效期起", "生效日期", "起始日期", "开始日期"),
    "valid_to": ("valid_to", "有效期止", "失效日期", "终止日期", "截止日期"),
}

#: Column names that surely mean a condition; names of one line stand for each other.
SYNONYMS: Final = (
    ("category", "小类", "小类名称", "事件小类", "案件小类", "问题小类", "类别"),
    ("district", "区县", "所属区县", "所属区", "行政区", "区"),
    ("street", "街道", "所属街道", "乡镇街道", "街道办", "街道办事处"),
    ("community", "社区", "所属社区", "村社区"),
)

#: Never conditions, even when incidents have such a column too: a running number, a remark.
NEVER_CONDITIONS: Final = frozenset({"序号", "备注", "no", "no.", "#", "remark"})

#: What names of columns contain that go along with an answer, wherever the column stands.
CARRIED_WORDS: Final = ("时限", "级别", "依据", "说明", "标准", "limit", "level", "note", "remark")

# Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space, as typed by Chinese input methods.
_FOLD: Final = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: 0x20}

_DATE: Final = re.compile(r"(\d{4})(?:\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)|(\d{2})(\d{2}))")

#: Characters of a time that hold its date, in every spelling read here.
DATE_WIDTH: Final = 12


def folded(value: object) -> str | None:
    """The text two values are compared by: trimmed, full-width folded; None for a blank.

    >>> folded("　Ａ１ "), folded(" "), folded(410104.0)
    ('A1', None, '410104')
    """
    return None if (text := written(value)) is None else text.translate(_FOLD).strip() or None


def written(value: object) -> str | None:
    """A value as its author wrote it, trimmed; None for a blank."""
    # Who has one of these two has imported pandas.
    pandas = sys.modules.get("pandas")
    if value is None or value is getattr(pandas, "NA", None) or value != value:  # noqa: PLR0124 (NaN, NaT)
        return None
    if isinstance(value, float | np.floating) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def alternatives(value: object) -> tuple[str, ...]:
    """The values one cell of a rule allows, `|` between them; empty = any.

    >>> alternatives("路灯｜ 交通信号灯"), alternatives("")
    (('路灯', '交通信号灯'), ())
    """
    text = folded(value)
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(SEPARATOR))))) if text else ()


def parse_date(value: object) -> date | None:
    """The date a text begins with, as written (no time zone is applied); None if there is none.

    >>> parse_date("2026/3/5 08:12"), parse_date("20260305"), parse_date("2026-02-30")
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5), None)
    """
    found = _DATE.match(folded(value) or "")
    if found is None:
        return None
    parts = [int(part) for part in found.groups() if part]
    try:
        return date(*parts)
    except ValueError:
        return None


def key(name: object) -> str:
    """What column names are compared by."""
    return fold_name(str(name))


def counterpart(name: str, columns: Iterable[str]) -> str | None:
    """The column among `columns` that a rules column `name` tests: itself, or a word for the same thing.

    >>> counterpart("小类", ["category", "district"])
    'category'
    """
    present = {key(column): column for column in reversed(list(columns))}
    spellings = (name, *next((line for line in SYNONYMS if key(name) in line), ()))
    return next((present[key(word)] for word in spellings if key(word) in present), None)


def surely_condition(name: str) -> bool:
    """Whether a column name can only mean a condition."""
    return any(key(name) in line for line in SYNONYMS)


def is_category(name: str) -> bool:
    """Whether a column name is a word for the category."""
    return key(name) in SYNONYMS[0]


def carried(name: str) -> bool:
    """Whether a column name says that the column goes along with the answer."""
    return key(name) in NEVER_CONDITIONS or any(word in key(name) for word in CARRIED_WORDS)


def similar(name: str, columns: Iterable[str]) -> str | None:
    """The column whose name `name` may be a misspelling of."""
    near = {key(column): column for column in columns}
    found = get_close_matches(key(name), near, n=1, cutoff=0.75)
    return near[found[0]] if found else None
