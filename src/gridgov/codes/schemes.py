"""The schemes by which grids are coded, and a code taken apart.

The length alone never says which scheme a code is of: family-planning codes have 15 digits too. So a scheme
is always named, and only a list of the parents that there are proves a code.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

import pandas as pd

from gridgov.codes.words import WORDS
from gridgov.errors import ArgumentError, CodeError
from gridgov.language import examples, listed

__all__ = [
    "FAULT_COLUMNS",
    "PARENT",
    "SCHEMES",
    "Code",
    "Scheme",
    "check_codes",
    "check_parents",
    "parse_code",
    "scheme_named",
]

DIGITS: Final = "0123456789"

#: The scheme of the codes that others are numbered in.
PARENT: Final = "parent12"

#: Columns of what `check_codes` answers.
FAULT_COLUMNS: Final = ("row", "code", "reason")

#: What the third to fifth digits of a statistical code after the district usually stand for: advice, no rule.
_STREETS: Final = ((1, 99, "subdistrict"), (100, 199, "town"), (200, 399, "township"), (400, 599, "zone"))

#: First two digits of a district (GB/T 2260).
_PROVINCES: Final = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
    ]
)

#: Community digits of a departmental grid that several communities share begin here.
_SEVERAL_COMMUNITIES: Final = 601


@dataclass(frozen=True, slots=True)
class Scheme:
    """What the digits of a code stand for.

    Attributes
    ----------
    name
        What `--codes` calls it.
    parts
        Name and number of digits of each part, from the left; the last one is the number in the parent, if
        there is any.
    first
        The lowest number in a parent, None for codes that are parents themselves.
    """

    name: str
    parts: tuple[tuple[str, int], ...]
    first: int | None

    @property
    def digits(self) -> int:
        """How many digits a code has."""
        return sum(count for _, count in self.parts)

    @property
    def most(self) -> int:
        """The highest number in a parent."""
        return 0 if self.first is None else int("9" * self.parts[-1][1])

    def split(self, text: str) -> dict[str, str]:
        """The parts of a code of the right length, by name."""
        ends = [0, *accumulate(count for _, count in self.parts)]
        return {name: text[ends[k] : ends[k + 1]] for k, (name, _) in enumerate(self.parts)}


_PLACE: Final = (("district", 6), ("street", 3), ("community", 3))

#: ``unit15``: unit grids (单元网格; DB11 of Beijing, GB/T 30428.1). ``department20``: grids of a department
#: (专业网格; CJ/T 349-2010). ``parent12``: the statistical code of the community they lie in.
SCHEMES: Final[Mapping[str, Scheme]] = {
    scheme.name: scheme
    for scheme in (
        Scheme("unit15", (*_PLACE, ("number", 3)), first=1),
        Scheme("department20", (("object", 6), *_PLACE, ("number", 2)), first=0),
        Scheme(PARENT, _PLACE, first=None),
    )
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart.

    Attributes
    ----------
    text, scheme
        The code, and the name of its scheme.
    parts
        Its digits by what they stand for, from the left.
    parent
        The 12 digits of district, street and community.
    number
        Its number in the parent, None for a parent itself. Of departmental grids 0 means: not divided.
    advice
        What is unusual about it, in sentences. Unusual codes may be right.
    """

    text: str
    scheme: str
    parts: Mapping[str, str]
    parent: str
    number: int | None
    advice: tuple[str, ...]


def scheme_named(name: str) -> Scheme:
    """The scheme of this name; ArgumentError for another."""
    if name not in SCHEMES:
        raise ArgumentError(WORDS("no_scheme", name=name, there=listed(SCHEMES)))
    return SCHEMES[name]


def parse_code(text: object, *, scheme: str, parents: Collection[str] | None = None) -> Code:
    """Take a code apart.

    Parameters
    ----------
    text
        The code. Codes are text: a number has lost what a spreadsheet or a float has cut off. None and NaN
        are blank ones.
    scheme
        A name of `SCHEMES`.
    parents
        All 12-digit codes that there are: a proof. None: only the form is looked at. Departmental grids of
        several communities (community digits from 601) are proved by their street.

    Raises
    ------
    CodeError
        It is no such code; the message is the reason.
    ArgumentError
        There is no such scheme.

    >>> code = parse_code("410104009003012", scheme="unit15")
    >>> code.parent, code.number, code.parts["street"]
    ('410104009003', 12, '009')
    """
    known = scheme_named(scheme)
    if text is None or text is pd.NA or text != text:  # noqa: PLR0124 - NaN is not itself
        raise CodeError(WORDS("blank"))
    if not isinstance(text, str):
        raise CodeError(WORDS("no_text", code=text, kind=type(text).__name__))
    if not text:
        raise CodeError(WORDS("blank"))
    strange = next((place for place, letter in enumerate(text) if letter not in DIGITS), None)
    if strange is not None:
        raise CodeError(WORDS("no_digit", code=text, letter=text[strange], place=strange + 1))
    if len(text) != known.digits:
        form = " + ".join(f"{count} {WORDS(f'part.{name}')}" for name, count in known.parts)
        raise CodeError(
            WORDS("length", code=text, n=len(text), scheme=scheme, digits=known.digits, form=form)
        )
    parts = known.split(text)
    parent = parts["district"] + parts["street"] + parts["community"]
    number = None if known.first is None else int(parts["number"])
    if number is not None and known.first is not None and number < known.first:
        raise CodeError(WORDS("number_zero", code=text, digits=parts["number"]))
    if parents is not None and not _is_known(known, parts, parent, parents):
        raise CodeError(WORDS("no_parent", code=text, parent=parent))
    return Code(text, scheme, parts, parent, number, tuple(_advice(known, parts)))


def _is_known(scheme: Scheme, parts: Mapping[str, str], parent: str, parents: Collection[str]) -> bool:
    """Whether there is this parent, or for a departmental grid of several communities one in its street."""
    if parent in parents:
        return True
    if scheme.name != "department20" or int(parts["community"]) < _SEVERAL_COMMUNITIES:
        return False
    street = parts["district"] + parts["street"]
    return any(each.startswith(street) for each in parents)


def check_codes(
    codes: Iterable[object], *, scheme: str, parents: Collection[str] | None = None
) -> pd.DataFrame:
    """Say which codes are none, and why: one row (:data:`FAULT_COLUMNS`) for each; `row` counts from 0.

    A code that is there twice is a fault of the second one. `scheme` and `parents` as in `parse_code`.
    """
    scheme_named(scheme)
    faults: list[tuple[int, Any, str]] = []
    first: dict[str, int] = {}
    for row, code in enumerate(codes):
        try:
            text = parse_code(code, scheme=scheme, parents=parents).text
        except CodeError as error:
            faults.append((row, code, str(error)))
            continue
        if first.setdefault(text, row) != row:
            faults.append((row, code, WORDS("twice", code=text, row=first[text])))
    return pd.DataFrame(faults, columns=list(FAULT_COLUMNS))


def check_parents(parents: Iterable[str], *, source: str) -> frozenset[str]:
    """The 12-digit codes of a list; CodeError names those that are none."""
    texts = list(parents)
    faults = check_codes(dict.fromkeys(texts), scheme=PARENT)
    if len(faults):
        raise CodeError(WORDS("bad_parents", source=source, faults=examples(list(faults["reason"]), most=3)))
    return frozenset(texts)


def _advice(scheme: Scheme, parts: Mapping[str, str]) -> list[str]:
    """What is unusual about the parts of a code."""
    said = []
    if int(parts["district"][:2]) not in _PROVINCES:
        said.append(WORDS("no_province", digits=parts["district"][:2]))
    street = int(parts["street"])
    if not any(low <= street <= high for low, high, _ in _STREETS):
        usual = listed(f"{low:03}-{high} {WORDS(f'street.{kind}')}" for low, high, kind in _STREETS)
        said.append(WORDS("unusual_street", digits=parts["street"], usual=usual))
    if scheme.name != "department20" and int(parts["community"]) >= _SEVERAL_COMMUNITIES:
        said.append(WORDS("several_communities", digits=parts["community"]))
    return said
