"""Parts of sentences: some of many values, how many of what, shares."""

from collections.abc import Iterable, Sequence
from typing import Final

from gridgov.language.choosing import spoken

__all__ = [
    "both",
    "counted",
    "examples",
    "listed",
    "per_cent",
    "per_cent_number",
    "per_cents",
    "sentences",
    "shell_word",
]

#: What must stand in quotes on a command line, in cmd.exe or in a Unix shell.
_QUOTED: Final = frozenset(" \t&()[]{}^;!'`|<>*?$")

_COMMA: Final = {"en": ", ", "zh": "、"}
_SEMICOLON: Final = {"en": "; ", "zh": "；"}
_AND: Final = {"en": " and ", "zh": "和"}
_IN_ALL: Final = {"en": "{shown} ({n} in all)", "zh": "{shown} 等（共 {n} 个）"}


def examples(values: Sequence[object], *, most: int = 5) -> str:
    """Up to five values and how many there are in all, in the language spoken.

    >>> examples(["a", "b"])
    'a, b'
    >>> examples(list("abcdefg"))
    'a, b, c, d, e (7 in all)'
    """
    shown = listed(values[:most])
    return _IN_ALL[spoken()].format(shown=shown, n=len(values)) if len(values) > most else shown


def listed(values: Iterable[object], language: str | None = None) -> str:
    """Values one after the other, with the commas of a language; None: the one spoken.

    >>> listed(["a", "b"]), listed(["a", "b"], "zh")
    ('a, b', 'a、b')
    """
    return _COMMA[language or spoken()].join(map(str, values))


def both(values: Iterable[object]) -> str:
    """Values that all count, in the language spoken.

    >>> both(["row 1", "row 2"])
    'row 1 and row 2'
    """
    return _AND[spoken()].join(map(str, values))


def sentences(parts: Iterable[object]) -> str:
    """Parts of one long sentence, with the semicolons of the language spoken.

    >>> sentences(["row 1 is blank", "row 2 is blank"])
    'row 1 is blank; row 2 is blank'
    """
    return _SEMICOLON[spoken()].join(map(str, parts))


def per_cent(share: float, *, digits: int = 0) -> str:
    """Say a share of 1 in per cent; something never reads as nothing, nor almost all as all.

    >>> per_cent(0.284), per_cent(0.0004), per_cent(0.9996), per_cent(1.0), per_cent(0.0004, digits=1)
    ('28 %', '<1 %', '>99 %', '100 %', '<0.1 %')
    """
    step, all_of_it = 10.0**-digits, 1 - 1e-7  # sums of areas are not exact
    said = round(100 * share, digits)
    if said <= 0 < share:
        return f"<{step:.{digits}f} %"
    if said >= 100 and share < all_of_it:  # noqa: PLR2004
        return f">{100 - step:.{digits}f} %"
    return f"{said:.{digits}f} %"


def per_cent_number(share: float, *, digits: int = 0) -> str:
    """Say a share of 1 in per cent without the sign, for sentences that write it themselves.

    >>> per_cent_number(0.284), per_cent_number(0.0004)
    ('28', '<1')
    """
    return per_cent(share, digits=digits).removesuffix(" %")


def per_cents(shares: Iterable[float]) -> list[str]:
    """Say many shares of 1 in whole per cent, as `per_cent` does.

    >>> per_cents([0.284, 0.0004, 0.9996, 1.0])
    ['28 %', '<1 %', '>99 %', '100 %']
    """
    whole = [f"{number} %" for number in range(100)]
    return [
        whole[round(100 * share)] if 0.01 <= share <= 0.99 else per_cent(share)  # noqa: PLR2004
        for share in shares
    ]


def counted(number: int, one: str, many: str | None = None) -> str:
    """How many of what, for a sentence.

    >>> counted(1, "grid"), counted(2345, "grid"), counted(2, "community", "communities")
    ('1 grid', '2,345 grids', '2 communities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shell_word(word: str) -> str:
    """A word of a command line, in quotes only if a shell would split or change it.

    >>> shell_word("police=jw.shp"), shell_word("my folder/a.gpkg")
    ('police=jw.shp', '"my folder/a.gpkg"')
    """
    return f'"{word}"' if not word or _QUOTED.intersection(word) else word
