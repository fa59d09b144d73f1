"""What a layer or table seems to be, guessed from words and code lengths: a code, and words that say why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gridgov.layers.likeness_words import WORDS

__all__ = ["RUNGS", "Likeness", "looks_like"]

_Words = tuple[str, ...]

#: Words in names of files and layers, the telling ones first: 社区网格 are grids, 社区 alone is a rung.
_IN_NAMES: Final[Mapping[str, _Words]] = {
    "police": ("警务", "警格", "公安", "派出所", "民警", "police", "psa", "jwwg"),
    "urban": ("城管", "单元网格", "数字城管", "城市管理", "urban", "dywg"),
    "comprehensive": (
        "综治",
        "综合治理",
        "社区网格",
        "微网格",
        "全科网格",
        "comprehensive",
        "zzwg",
    ),
    "fire": ("消防", "fire"),
    "sanitation": ("环卫", "保洁", "trash", "sanitation"),
    "special": ("专属", "special"),
    "zone": ("经开区", "高新区", "开发区", "功能区", "港区", "zone"),
    "community": ("社区", "居委", "村居", "community", "communities"),
    "street": ("街道", "乡镇", "镇街", "street", "subdistrict", "streets"),
    "district": ("区县", "行政区", "district", "districts", "ward", "wards", "区划"),
    "outline": ("边界", "市界", "boundary", "outline"),
}
_IN_COLUMNS: Final[Mapping[str, _Words]] = {
    "police": ("警务", "派出所", "民警", "辖区民警", "psa"),
    "urban": ("单元网格", "dywg", "主管部门", "监督员", "采集员"),
    "comprehensive": ("网格长", "网格员", "专职网格员", "综治"),
}
#: How most names or owners end: 航海路派出所, 航海东路街道.
_ENDINGS: Final[Mapping[str, _Words]] = {
    "police": ("派出所", "警务室", "公安局", "分局"),
    "urban": ("城管局", "城管中队", "执法中队", "执法大队"),
    "street": ("街道", "街道办", "街道办事处", "镇", "乡"),
    "community": ("社区", "居委会", "村", "村委会"),
    "district": ("区", "县", "市"),
}
#: GB/T 2260 and the statistical codes (6, 9, 12), the unit grid of DB11 and GB/T 30428 (15), CJ/T 349 (20).
#: Other codes have these lengths too, so this only speaks when no word does.
_DIGITS: Final[Mapping[int, str]] = {
    6: "district",
    9: "street",
    12: "community",
    15: "unit_grids",
    20: "departmental",
}
#: What is a rung, coarse to fine.
RUNGS: Final = ("district", "street", "community")

_RULE_WORDS: Final = frozenset({"handler", "处置单位", "承办单位"})
_MOST: Final = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """A guess.

    Attributes
    ----------
    what
        A code: ``police``, ``urban``, ``comprehensive``, ``fire``, ``sanitation``, ``special``, ``zone``,
        ``unit_grids``, ``departmental``, ``outline``, one of :data:`RUNGS`, ``incidents`` or ``rules``.
    words
        The guess and its reason, in the language spoken.
    """

    what: str
    words: str


def looks_like(
    names: Sequence[str],
    *,
    columns: Iterable[str],
    values: Mapping[str, Sequence[str]],
    points: bool = False,
    polygons: bool = False,
) -> Likeness | None:
    """A guess and its reason, or None.

    Parameters
    ----------
    names
        Names of layer and file, the more telling first.
    columns
        Column names.
    values
        Some texts of the columns that are the ``id``, ``name`` and ``owner``.
    points, polygons
        Whether rows have a place, or an area.

    Examples
    --------
    >>> looks_like(["jw"], columns=["警务编码"], values={}, polygons=True)
    Likeness(what='police', words="police grids ('警务' among its columns)")
    """
    columns = list(columns)
    if points and not polygons:
        return Likeness("incidents", WORDS("incidents"))
    if _RULE_WORDS & {column.strip().lower() for column in columns} and not polygons:
        return Likeness("rules", WORDS("rules"))
    for name in names:
        found = _word(_IN_NAMES, [name])
        if found:
            return _said(found[0], WORDS("in_name", word=found[1]), polygons=polygons)
    found = _word(_IN_COLUMNS, columns)
    if found:
        return _said(found[0], WORDS("among_columns", word=found[1]), polygons=polygons)
    found = _ending(values) or _digits(values)
    return _said(*found, polygons=polygons) if found else None


def _said(what: str, why: str, *, polygons: bool) -> Likeness:
    named = WORDS(f"like.{what}")
    if not polygons:
        named = WORDS("table_about", what=named)
    elif what in RUNGS:
        named = WORDS("a_rung", what=named)
    return Likeness(what, WORDS("because", what=named, why=why))


def _word(table: Mapping[str, _Words], texts: Sequence[str]) -> tuple[str, str] | None:
    lowered = [text.lower() for text in texts]
    for what, words in table.items():
        for word in words:
            # A Latin word must stand alone: 'ward' is not in 'northwards'.
            pattern = rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else re.escape(word)
            if any(re.search(pattern, text) for text in lowered):
                return what, word
    return None


def _ending(values: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    for role in ("owner", "name"):
        texts = values.get(role, ())
        for what, endings in _ENDINGS.items():
            matching = [text for text in texts if text.endswith(endings)]
            rung_of_owner = role == "owner" and what in RUNGS
            if texts and not rung_of_owner and len(matching) > _MOST * len(texts):
                return what, WORDS(f"such.{role}", example=matching[0])
    return None


def _digits(values: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    ids = values.get("id", ())
    for length, what in _DIGITS.items():
        matching = [text for text in ids if len(text) == length and text.isdecimal()]
        if ids and len(matching) > _MOST * len(ids):
            return what, WORDS("digits", n=length)
    return None
