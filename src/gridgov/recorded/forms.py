"""Labels in another form: what is left of them to compare."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.owners.words import folded
from gridgov.recorded.words import WORDS

__all__ = ["FORMS", "check_form", "label_forms", "unit_forms"]

#: The forms in which labels are compared, beside as they stand.
FORMS: Final = ("upper", "strip", "digits")

#: A number that a spreadsheet wrote with a decimal: 39.0.
_DECIMAL: Final = re.compile(r"^(\d+)\.0+$")
_WORD: Final = re.compile(r"\w+")


def check_form(form: str | None) -> None:
    """Raise ArgumentError for a form there is not."""
    if form is not None and form not in FORMS:
        raise ArgumentError(WORDS("normalise_is", forms=listed(FORMS), form=form))


def label_forms(form: str | None) -> Callable[[str], str]:
    """What is compared of a recorded label; '' for nothing.

    >>> label_forms("digits")("005800 1"), label_forms("strip")("No. 5-A"), label_forms("upper")("first")
    ('58001', 'NO5A', 'FIRST')
    """
    if form is None:
        return lambda label: folded(label) or ""
    if form == "digits":
        return _digits
    return _upper if form == "upper" else lambda label: "".join(_words(label))


def unit_forms(labels: Sequence[str], form: str | None) -> Mapping[str, int]:
    """What is compared of the units' labels -> the number of the unit; what two units share is left out.

    For ``strip`` the words that all units begin or end with may be left out (Cluster 39, First District), for
    ``digits`` the first digits that all share (11001 of a census code).

    >>> unit_forms(["First District", "Second District"], "strip")["FIRST"]
    0
    >>> unit_forms(["110010058001", "110010062021"], "digits")["58001"]
    0
    """
    if form == "strip":
        return _unique([["".join(_words(label)) for label in labels], _without_common(labels)])
    whole = [label_forms(form)(label) for label in labels]
    if form != "digits":
        return _unique([whole])
    digits = ["".join(filter(str.isdigit, _plain(label))) for label in labels]
    shared = _common([list(each) for each in digits]) if len(digits) > 1 else 0
    return _unique([whole, [each[shared:].lstrip("0") for each in digits]])


def _unique(forms: Sequence[Sequence[str]]) -> dict[str, int]:
    """Forms that stand for one unit; the first list counts before the next."""
    found: dict[str, int] = {}
    for each in forms:
        taken: dict[str, set[int]] = {}
        for unit, text in enumerate(each):
            taken.setdefault(text, set()).add(unit)
        found |= {
            text: min(units)
            for text, units in taken.items()
            if text and len(units) == 1 and text not in found
        }
    return found


def _plain(label: str) -> str:
    text = folded(label) or ""
    return number[1] if (number := _DECIMAL.match(text)) else text


def _digits(label: str) -> str:
    digits = "".join(filter(str.isdigit, _plain(label)))
    return digits.lstrip("0") or digits[:1]


def _upper(label: str) -> str:
    return " ".join(_plain(label).upper().split())


def _words(label: str) -> list[str]:
    return _WORD.findall(_plain(label).upper())


def _without_common(labels: Sequence[str]) -> list[str]:
    """Labels without the words that all begin and end with, put together."""
    words = [_words(label) for label in labels]
    first = _common(words) if len(words) > 1 else 0
    words = [each[first:] for each in words]
    last = _common([each[::-1] for each in words]) if len(words) > 1 else 0
    return ["".join(each[: len(each) - last]) for each in words]


def _common(words: Sequence[Sequence[str]]) -> int:
    """How many first words (or digits) all share, one of each label left."""
    most = min((len(each) for each in words), default=0) - 1
    count = 0
    while count < most and len({each[count] for each in words}) == 1:
        count += 1
    return count
