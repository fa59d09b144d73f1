"""The one column that plays a role, or is named by the user; else what to do about it."""

from collections.abc import Iterable, Sequence
from typing import Final

from gridgov.columns.ranks import best_columns, fold_name
from gridgov.errors import SchemaError
from gridgov.language import listed
from gridgov.words.files import WORDS

__all__ = ["find_column", "stated_column"]

_OPTIONS: Final = {
    "lonlat": "--lon",
    "district": "--place",
    "street": "--place",
    "community": "--place",
}


def find_column(
    columns: Iterable[str],
    role: str,
    *,
    given: str | None = None,
    required: bool = True,
    where: str = "",
    option: str | None = None,
    department: str = "",
) -> str | None:
    """Which of a table's columns plays a role, or None if there is none and it is not required.

    Parameters
    ----------
    columns
        Names as the table has them.
    role
        A key of :data:`ROLES`.
    given
        The name the user stated. It wins; spelt exactly, or else folded if only one column folds so.
    required
        Raise if there is no such column.
    where
        File, layer or table, for the message.
    option
        Option that states this column, for the message; ``--<role>`` if None.
    department
        Name of the layer: a layer ``psa`` may call its id ``PSA``, ``psa_id`` or ``psa编码``.

    Raises
    ------
    SchemaError
        `given` does not exist, two columns of the best rank exist, or none and `required`.

    Examples
    --------
    >>> find_column(["X", "Y", "LONGITUDE"], "lon")
    'LONGITUDE'
    >>> find_column(["编码", "面积"], "owner", required=False)
    """
    names = [str(column) for column in columns]
    word = WORDS.term(f"role.{role}", otherwise=role)
    plain = option or _OPTIONS.get(role, f"--{role}")
    # Only a layer has a name, and then several may be read at once.
    mend = f"{plain} {department}=COLUMN" if department and option is None else plain
    before = f"{where}: " if where else ""
    if given is not None:
        return _stated(names, given, before=before, option=plain)
    best = best_columns(names, role, department=department)
    if len(best) > 1:
        quoted = WORDS("and").join(f"'{name}'" for name in best)
        raise SchemaError(WORDS("may_each_be", before=before, listed=quoted, word=word, mend=mend))
    if not best and required:
        said = WORDS("none_looks_like", word=word, mend=mend)
        raise SchemaError(f"{before}{said} {_listed(names)}")
    return best[0] if best else None


def stated_column(names: Sequence[str], given: str, *, where: str = "", option: str) -> str:
    """The column that a user named, spelled as the table has it; case, width and spaces do not matter.

    Raises SchemaError that names `option` if there is none or there are several.
    """
    return _stated(names, given, before=f"{where}: " if where else "", option=option)


def _stated(names: Sequence[str], given: str, *, before: str, option: str) -> str:
    if given in names:
        return given
    folded = [name for name in names if fold_name(name) == fold_name(given)]
    if len(folded) == 1:
        return folded[0]
    if folded:
        quoted = WORDS("or").join(f"'{name}'" for name in folded)
        raise SchemaError(WORDS("may_be", before=before, given=given, listed=quoted, option=option))
    raise SchemaError(WORDS("no_column", before=before, given=given, option=option, names=_listed(names)))


def _listed(names: Sequence[str]) -> str:
    return WORDS("its_columns", names=listed(names)) if names else WORDS("no_columns")
