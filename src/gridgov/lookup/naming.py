"""Names of the columns that an assignment adds."""

from collections.abc import Iterable, Mapping, Sequence

from gridgov import schema
from gridgov.errors import ArgumentError, SchemaError
from gridgov.language import examples, listed
from gridgov.lookup.atlas import Atlas
from gridgov.lookup.words import WORDS

__all__ = ["added_names", "answer_names"]


def answer_names(atlas: Atlas, carried: Iterable[str] = ()) -> list[str]:
    """Columns an assignment gives unless told otherwise, in order; `carried` come from the rules."""
    names = []
    for name in schema.ASSIGNMENT_COLUMNS:
        if name == "<rung>":
            names += [*atlas.columns]
        elif name == "handler_rule":
            names += [name, *carried]
        elif name != "<dept>":
            names.append(name)
    return names


def added_names(
    atlas: Atlas,
    *,
    carried: Sequence[str],
    columns: Sequence[str] | None,
    prefix: str,
    rename: Mapping[str, str],
    taken: Sequence[str],
) -> dict[str, str]:
    """Answer column -> its name in the table, in the order they are added.

    Raises
    ------
    ArgumentError
        `columns` or `rename` name what is not there, or two columns would have one name.
    SchemaError
        The table has a column of that name already (`taken`).
    """
    usual = answer_names(atlas, carried)
    chosen = usual if columns is None else list(dict.fromkeys(columns))
    if unknown := [name for name in chosen if name not in usual and name not in atlas.further]:
        known = listed([*usual, *atlas.further])
        raise ArgumentError(WORDS("columns_no", unknown=examples(unknown), known=known))
    if strange := [name for name in rename if name not in chosen]:
        raise ArgumentError(WORDS("rename_no", strange=examples(strange)))
    names = {name: rename.get(name, f"{prefix}{name}") for name in chosen}
    new = list(names.values())
    if twice := sorted({name for name in new if new.count(name) > 1}):
        raise ArgumentError(WORDS("called_twice", twice=examples(twice)))
    if clashes := [name for name in new if name in set(taken)]:
        raise SchemaError(WORDS("already_has", clashes=examples(clashes)))
    return names
