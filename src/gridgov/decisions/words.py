"""The words of a decision: which ones each kind of conflict takes, what they mean, how people write them.

This is the only place where they stand: the drop-downs of the workbook, the reader and the merge use it, and
a test holds docs/conflicts.md to it.
"""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from gridgov.schema import SEPARATOR

__all__ = [
    "IGNORE",
    "IGNORE_MEANS",
    "LEAVE",
    "LETTERS",
    "MEANINGS",
    "SPLIT",
    "Meaning",
    "keep",
    "kept_grids",
    "kept_letter",
    "offered",
    "parse_decision",
    "shown",
]

SPLIT, LEAVE, IGNORE = "split", "leave", "ignore"

#: Grids of a conflict are called A, B ... in the order of their ids; more of them cannot be kept by a word.
LETTERS: Final = "ABCDEF"

_KEEP: Final = "keep"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words mean for one kind of conflict, in English and Chinese; None: the word is not offered.

    Attributes
    ----------
    keep
        ``keep A``, ``keep B`` ...: with A in the sentence, as an example.
    split
        ``split``.
    leave
        ``leave``.
    """

    keep: tuple[str, str] | None
    split: tuple[str, str] | None
    leave: tuple[str, str]


#: `ignore` means the same for every kind.
IGNORE_MEANS: Final = ("as merged, and never asked again", "按合并结果，以后不再列出")

_AS_MERGED: Final = ("as merged", "按合并结果不变")
_NOBODYS: Final = ("stays as merged: nobody's if it is wide", "按合并结果不变：宽的仍无人认领")
_NOT_HERE: Final = Meaning(
    None, None, ("as merged; mend the department's own file", "按合并结果不变；请在部门原图中改正")
)

MEANINGS: Final[Mapping[str, Meaning]] = {
    "overlap": Meaning(
        ("the place belongs to grid A", "该处归网格A"),
        ("each spot goes to the nearer of the grids", "每一点归较近的网格"),
        _AS_MERGED,
    ),
    "duplicate_geometry": Meaning(("the place belongs to grid A", "该处归网格A"), None, _AS_MERGED),
    "gap": Meaning(
        ("the place joins grid A", "该处并入网格A"),
        ("each spot joins the nearest of the grids", "每一点并入最近的网格"),
        _NOBODYS,
    ),
    "uncovered": Meaning(
        ("the place joins grid A", "该处并入网格A"),
        ("each spot joins the nearest of the grids", "每一点并入最近的网格"),
        _NOBODYS,
    ),
    "borders_apart": Meaning(
        ("the border of department A stands for both", "两部门都以A的边界为准"),
        ("both borders stay: the strip between them becomes a cell", "两条边界都保留，中间成为单独单元"),
        _AS_MERGED,
    ),
    "crosses_rung": Meaning(
        None,
        (
            "the parts beyond the border join the department's grids there",
            "界线以外的部分并入那一侧本部门的网格",
        ),
        ("stays one grid on both sides, cut into cells at the border", "仍是一个网格，在界线处分成单元"),
    ),
    "sliver": Meaning(("the grid stays, however small", "保留该网格，不论大小"), None, _AS_MERGED),
    "outside": _NOT_HERE,
    "duplicate_id": _NOT_HERE,
    "invalid": _NOT_HERE,
    "no_geometry": _NOT_HERE,
    "multipart": _NOT_HERE,
    "no_owner": _NOT_HERE,
    "nested": _NOT_HERE,
}

_CHINESE: Final = {_KEEP: "保留", SPLIT: "拆分", LEAVE: "维持现状", IGNORE: "忽略"}

#: Other ways to write them; {} is the letter.
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    _KEEP: ("keep {}", "{}", "保留{}", "留{}", "归{}", "以{}为准"),
    SPLIT: ("拆分", "划分", "分割", "平分"),
    LEAVE: ("维持现状", "维持", "保持现状", "保持不变", "不变"),
    IGNORE: ("忽略", "不处理", "无需处理"),
}

_NO_LETTERS: Final = re.compile(r"[\W_]+")


def keep(letter: str) -> str:
    """Answer the decision for grid or department `letter`: 'keep A'."""
    return f"{_KEEP} {letter}"


def kept_letter(decision: str) -> str | None:
    """Answer the letter of a `keep`, None for another decision.

    >>> kept_letter("keep B"), kept_letter("leave")
    ('B', None)
    """
    word, _, letter = decision.partition(" ")
    return letter if word == _KEEP else None


def kept_grids(kind: str, departments: str, grid_ids: str) -> list[str]:
    """Answer who is A, B ...: the grids by id, of `borders_apart` the departments.

    The order depends on nothing but what the conflict's id is made of, so that a letter means the same when
    the list comes back after a new delivery.

    >>> kept_grids("overlap", "police", "P7|P12"), kept_grids("borders_apart", "police|urban", "U2|U1")
    (['P12', 'P7'], ['police', 'urban'])
    """
    if kind == "borders_apart":
        return departments.split(SEPARATOR)
    return sorted(each for each in grid_ids.split(SEPARATOR) if each)


def offered(kind: str, departments: str, grid_ids: str, *, layers: Container[str]) -> list[str]:
    """Answer the decisions that mean something for one conflict.

    `layers` are the departments of the network: a rung's border is not for departments to decide.

    >>> offered("overlap", "police", "P1|P2", layers=["police"])
    ['keep A', 'keep B', 'split', 'leave', 'ignore']
    >>> offered("gap", "street", "S1|S2", layers=["police"])
    ['leave', 'ignore']
    """
    means = MEANINGS.get(kind, _NOT_HERE)
    between = departments.split(SEPARATOR)
    ours = all(name in layers for name in between) and (kind != "borders_apart" or len(between) > 1)
    named = kept_grids(kind, departments, grid_ids)
    kept = [keep(letter) for letter, _ in zip(LETTERS, named, strict=False)] if means.keep else []
    more = [SPLIT] if means.split and (kind == "crosses_rung" or len(named) > 1) else []
    return [*(kept if ours else []), *(more if ours else []), LEAVE, IGNORE]


def shown(decision: str) -> str:
    """Write a decision as the drop-downs do, in both languages.

    >>> shown("keep A"), shown("leave")
    ('保留A keep A', '维持现状 leave')
    """
    letter = kept_letter(decision)
    return f"{_CHINESE[decision if letter is None else _KEEP]}{letter or ''} {decision}"


def parse_decision(text: str) -> str | None:
    """Read a decision in either language or both; None for words that are none.

    >>> parse_decision(" 保留Ａ "), parse_decision("Keep b"), parse_decision("维持现状 leave")
    ('keep A', 'keep B', 'leave')
    >>> parse_decision("maybe") is None
    True
    """
    return _SPELLINGS.get(_folded(text))


def _folded(text: str) -> str:
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _spellings() -> dict[str, str]:
    decisions = [*(keep(letter) for letter in LETTERS), SPLIT, LEAVE, IGNORE]
    found: dict[str, str] = {}
    for decision in decisions:
        letter = kept_letter(decision)
        also = _ALSO[decision if letter is None else _KEEP]
        found |= {_folded(each.format(letter)): decision for each in (*also, decision, shown(decision))}
    return found


_SPELLINGS: Final = _spellings()
