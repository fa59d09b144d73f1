"""The texts of conflicts: English in the table, and in any language where they are shown.

A network file is the same whatever language was spoken when it was made. So the table holds English, and
in the column ``messages`` what the texts are made of (:mod:`gridgov.told`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from gridgov.told import Sayings, Told, message_text, said

__all__ = ["TEXTS", "message_of", "messages_text", "said_conflicts", "unit_said", "with_messages", "written"]

#: Columns whose texts are sentences.
TEXTS: Final = ("place", "resolution", "note")

ENGLISH: Final = "en"


def with_messages(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Answer the table with its texts in English, and ``messages``: what they are made of, as JSON.

    Rows that have ``messages`` already are in English.
    """
    columns = [conflicts[name].tolist() for name in TEXTS]
    texts = {name: _column(_english(column), conflicts) for name, column in zip(TEXTS, columns, strict=True)}
    messages = conflicts["messages"].tolist() if "messages" in conflicts else [None] * len(conflicts)
    for row, known in enumerate(messages):
        if not isinstance(known, str):
            made = {name: column[row] for name, column in zip(TEXTS, columns, strict=True)}
            messages[row] = messages_text({n: t.message() for n, t in made.items() if isinstance(t, Told)})
    return conflicts.assign(**texts, messages=_column(messages, conflicts))


def _english(texts: Sequence[Any]) -> Sequence[Any]:
    if Told not in set(map(type, texts)):
        return texts
    return [each.said(ENGLISH) if isinstance(each, Told) else each for each in texts]


def messages_text(messages: Mapping[str, Any]) -> str | None:
    """Write the messages of one conflict, by column; None for none."""
    return message_text(messages) if messages else None


def written(*, place: Sayings, resolution: Sayings) -> dict[str, list[str]]:
    """Answer the columns of many conflicts as `with_messages` does, for sentences that are in columns.

    A place may be a plain text, which is no message; a resolution is one.
    """
    messages = [
        f'{{"place":{at},"resolution":{did}}}' if at[0] == "{" else f'{{"resolution":{did}}}'
        for at, did in zip(place.messages, resolution.messages, strict=True)
    ]
    return {
        "place": place.texts,
        "resolution": resolution.texts,
        "note": [""] * len(messages),
        "messages": messages,
    }


def message_of(messages: object, column: str) -> Any:
    """Answer the message of a column of one conflict, from its ``messages``; None if there is none."""
    return json.loads(messages).get(column) if isinstance(messages, str) and messages else None


def said_conflicts(conflicts: gpd.GeoDataFrame, language: str) -> gpd.GeoDataFrame:
    """Answer conflicts with place, resolution and note in a language, for people; without ``messages``.

    Texts without a message (of an older network, or that people wrote) stay as they are.
    """
    shown = conflicts.drop(columns="messages", errors="ignore")
    if language == ENGLISH or "messages" not in conflicts:
        return shown
    known = [json.loads(text) if isinstance(text, str) and text else {} for text in conflicts["messages"]]
    texts = {
        name: _column(
            [
                _in(language, messages.get(name), text)
                for messages, text in zip(known, conflicts[name], strict=True)
            ],
            conflicts,
        )
        for name in TEXTS
    }
    return shown.assign(**texts)


def unit_said(conflicts: gpd.GeoDataFrame, language: str) -> list[str]:
    """Answer where each conflict is without the grids it is at: '管城回族区 / 航海东路街道'."""
    messages = conflicts["messages"] if "messages" in conflicts else [None] * len(conflicts)
    return [
        _unit(message_of(message, "place"), "" if pd.isna(place) else str(place), language)
        for message, place in zip(messages, conflicts["place"], strict=True)
    ]


def _unit(place: Any, text: str, language: str) -> str:
    """The unit of a place: a message that names grids beside it, grids alone, or the unit alone."""
    if place is None:
        return text.partition(", ")[0]
    inside = place.get("in_unit", place if "outside_every" in place else {"inside": ""}).get("inside", place)
    return inside if isinstance(inside, str) else said(inside, language) or text.partition(", ")[0]


def _in(language: str, message: Any, text: Any) -> Any:
    return text if message is None else said(message, language) or text


def _column(values: Sequence[Any], conflicts: pd.DataFrame) -> "pd.Series[Any]":
    return pd.Series(values, conflicts.index, dtype=object)
