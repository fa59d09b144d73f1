"""What can go wrong, as types; every message says what, where, and which option changes it."""

from collections.abc import Iterable, Sequence

__all__ = [
    "ArgumentError",
    "CRSError",
    "CoordinateError",
    "DatumWarning",
    "DecisionsError",
    "EncodingError",
    "FormatError",
    "GridgovError",
    "GridgovWarning",
    "InputMissingError",
    "JobError",
    "OutputExistsError",
    "OutputLockedError",
    "RepairWarning",
    "RulesError",
    "SchemaError",
    "TopologyError",
    "counted",
    "examples",
    "per_cent",
]


class GridgovError(Exception):
    """Base of every error gridgov raises on purpose; `exit_code` is what the command line answers."""

    exit_code = 1


class ArgumentError(GridgovError, ValueError):
    """The call itself is wrong: a name used twice, an option that contradicts another."""

    exit_code = 2


class InputMissingError(GridgovError, FileNotFoundError):
    """A file or a layer in it is not there."""

    exit_code = 3


class FormatError(GridgovError, ValueError):
    """A file is of a kind gridgov does not read or write, or is damaged."""

    exit_code = 3


class SchemaError(GridgovError, ValueError):
    """A table lacks a column, has it twice, or holds ids that are not unique."""

    exit_code = 3


class CRSError(GridgovError, ValueError):
    """The coordinate system is missing, unknown, or would be converted wrongly."""

    exit_code = 3


class CoordinateError(GridgovError, ValueError):
    """Coordinates cannot be what they are said to be."""

    exit_code = 3


class EncodingError(GridgovError, ValueError):
    """Text cannot be read in the encoding stated or found."""

    exit_code = 3


class RulesError(GridgovError, ValueError):
    """Handler rules contradict each other or name what does not exist."""

    exit_code = 3


class DecisionsError(GridgovError, ValueError):
    """A list of decisions holds a word or a date that is none, or decides one conflict twice."""

    exit_code = 3


class JobError(GridgovError, ValueError):
    """A job file says what is no setting, or leaves a question open; names the line and the key."""

    exit_code = 3


class TopologyError(GridgovError, ValueError):
    """Polygons that cannot be made a partition; says the place."""

    exit_code = 3


class OutputExistsError(GridgovError, FileExistsError):
    """The output is already there and overwriting was not asked for."""

    exit_code = 5


class OutputLockedError(GridgovError, PermissionError):
    """The output cannot be written: open in another program, or the folder is read-only."""

    exit_code = 5


class GridgovWarning(UserWarning):
    """Base of every warning gridgov gives."""


class DatumWarning(GridgovWarning):
    """The datum of a point was not said, and CGCS2000 was taken; in GCJ-02 the point lies 600 m off."""


class RepairWarning(GridgovWarning):
    """Input was mended to go on; `check_grids` lists each place."""


def examples(values: Sequence[object], *, most: int = 5) -> str:
    """Up to five values and how many there are in all, for an error message.

    >>> examples(["a", "b"])
    'a, b'
    >>> examples(list("abcdefg"))
    'a, b, c, d, e (7 in all)'
    """
    shown = ", ".join(str(value) for value in values[:most])
    return f"{shown} ({len(values)} in all)" if len(values) > most else shown


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
