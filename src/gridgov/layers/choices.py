"""What a planner types to name grids by what a column says: ``NAME:COLUMN=VALUE|VALUE``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.layers.argument_words import WORDS

__all__ = ["Choices", "split_choices", "split_crossings"]

#: Department -> column -> values.
Choices = dict[str, dict[str, list[str]]]

_FORM: Final = re.compile(r"([^:：=＝]*)[:：]([^=＝]*)(?:[=＝](.*))?", flags=re.DOTALL)
_BETWEEN: Final = re.compile(r"[|｜]")


def split_choices(texts: Sequence[str], *, names: Iterable[str], option: str) -> Choices:
    """Split ``NAME:COLUMN=VALUE|VALUE``; the option may be repeated, and its values add up.

    Parameters
    ----------
    texts
        As they were typed.
    names
        Names of the layers; upper and lower case count as one.
    option
        Name of the option, for messages.

    Raises
    ------
    ArgumentError
        Another form, or a name that is none of the layers.

    >>> split_choices(["police:TYPE=专属|商圈"], names=["police"], option="--special")
    {'police': {'TYPE': ['专属', '商圈']}}
    """
    found: Choices = {}
    for text in texts:
        form = _FORM.fullmatch(text.strip())
        name, column, values = (part.strip() for part in form.groups(default="")) if form else ("", "", "")
        wanted = [value.strip() for value in _BETWEEN.split(values) if value.strip()]
        if not (name and column and wanted):
            example = f"{next(iter(names), 'police')}:TYPE=专属"
            raise ArgumentError(WORDS("choice_form", option=option, text=text, example=example))
        _add(found, _known(name, names, option), column, wanted)
    return found


def split_crossings(texts: Sequence[str], *, names: Iterable[str], special: Choices) -> Choices:
    """Split ``NAME:COLUMN=VALUE``, or a value or column alone that `special` names.

    Raises ArgumentError as `split_choices`, and for a word that `special` does not name.

    >>> special = {"police": {"TYPE": ["专属", "商圈"]}}
    >>> split_crossings(["商圈"], names=["police"], special=special)
    {'police': {'TYPE': ['商圈']}}
    >>> split_crossings(["TYPE"], names=["police"], special=special)
    {'police': {'TYPE': ['专属', '商圈']}}
    """
    option = "--allow-cross"
    whole = [text for text in texts if re.search("[:：=＝]", text)]
    found = split_choices(whole, names=names, option=option)
    for text in [text.strip() for text in texts if text not in whole]:
        named = _named(text, special)
        if not named:
            first = next(iter(names), "police")
            there = sorted({value for _, _, values in _flat(special) for value in values})
            said = WORDS("special_names", there=listed(there)) if there else WORDS("no_special")
            raise ArgumentError(
                WORDS("not_special", option=option, text=text, said=said, first=first, value=text or "VALUE")
            )
        for name, column, values in named:
            _add(found, name, column, values)
    return found


def _add(found: Choices, name: str, column: str, values: Sequence[str]) -> None:
    """Add values to a choice, in place, each once."""
    there = found.setdefault(name, {}).setdefault(column, [])
    there += [value for value in dict.fromkeys(values) if value not in there]


def _flat(choices: Choices) -> list[tuple[str, str, list[str]]]:
    return [(name, column, values) for name, columns in choices.items() for column, values in columns.items()]


def _named(text: str, special: Choices) -> list[tuple[str, str, list[str]]]:
    """Say where `special` names a value, or else a column."""
    by_value = [(name, column, [text]) for name, column, values in _flat(special) if text in values]
    return by_value or [each for each in _flat(special) if each[1] == text]


def _known(name: str, names: Iterable[str], option: str) -> str:
    known: Mapping[str, str] = {each.lower(): each for each in names}
    if name.lower() not in known:
        raise ArgumentError(WORDS("no_such_layer", option=option, name=name, known=listed(known.values())))
    return known[name.lower()]
