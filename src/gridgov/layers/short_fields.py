"""Columns as a Shapefile holds them: ten ASCII letters for a name, 254 bytes for a text."""

import re
from collections.abc import Container, Sequence
from typing import Final

import numpy as np
import pandas as pd

from gridgov.language import Many, examples
from gridgov.layers.written_words import WORDS

__all__ = ["ENCODING", "cut_note", "field_list", "short_names", "short_texts"]

#: What offices with Chinese desktop GIS read, and the only such encoding that holds every character.
ENCODING: Final = "GB18030"

#: Limits of dBASE III, which a Shapefile keeps its columns in.
NAME_LENGTH: Final = 10
TEXT_BYTES: Final = 254

#: Names that say more than the rule would leave of them.
_SHORT: Final = {
    "moved_in_m2": "in_m2",
    "moved_out_m2": "out_m2",
    "conflict_id": "conflictid",
    "departments": "depts",
}
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_]+")


def short_names(columns: Sequence[str]) -> dict[str, str]:
    """Give every column a field name of at most ten ASCII letters, digits and ``_``, unique ignoring case.

    A name that fits stays. Of a longer one the ending stays (``comprehensive_owner``: ``comp_owner``); of
    one with Chinese in it the ASCII part, else its position among the columns.

    >>> short_names(["grid_id", "网格长", "comprehensive_owner", "户数_moved_in", "Grid_ID"])
    {'grid_id': 'grid_id', '网格长': 'field_2', 'comprehensive_owner': 'comp_owner', '户数_moved_in': \
'moved_in', 'Grid_ID': 'Grid_ID_1'}
    """
    names = dict[str, str]()
    used = set[str]()
    shortened = {column: _shortened(column, place) for place, column in enumerate(columns, start=1)}
    for column in sorted(columns, key=lambda column: shortened[column] != column):
        names[column] = _free(shortened[column], used)
        used.add(names[column].lower())
    return {column: names[column] for column in columns}


def short_texts(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Answer the table with every text cut to what a field holds, and per column how many were cut."""
    cut = dict[str, int]()
    changed = dict[str, pd.Series]()
    for column in table.columns:
        if not _may_be_long(table[column]):
            continue
        texts = table[column].tolist()
        short = [_cut(text) if isinstance(text, str) else None for text in texts]
        number = sum(isinstance(text, str) and text != end for text, end in zip(texts, short, strict=True))
        if number:
            cut[column], changed[column] = number, pd.Series(short, index=table.index, dtype=object)
    return table.assign(**changed), cut


def field_list(names: dict[str, str], cut: dict[str, int]) -> str:
    """Say for people which field is which column, and what was cut."""
    lines = ["field\tcolumn\tnote"]
    for column, field in names.items():
        note = WORDS("texts_cut", cut=Many(cut[column]), most=TEXT_BYTES) if column in cut else ""
        lines.append(f"{field}\t{column}\t{note}".rstrip("\t"))
    return "\r\n".join([*lines, ""])


def cut_note(cut: dict[str, int]) -> list[str]:
    """Say what a Shapefile could not hold."""
    if not cut:
        return []
    columns = examples([f"{column} ({number:,})" for column, number in cut.items()])
    return [WORDS("longer_cut", most=TEXT_BYTES, columns=columns)]


def _shortened(column: str, place: int) -> str:
    name = _SHORT.get(column.lower(), column)
    name = _NOT_PLAIN.sub("", name).strip("_")
    if not re.search("[A-Za-z]", name):
        return f"field_{place}"
    if not name[0].isalpha():
        name = f"f{name}"
    if len(name) <= NAME_LENGTH:
        return name
    stem, mark, ending = name.rpartition("_")
    room = NAME_LENGTH - len(mark + ending)
    return stem[:room].rstrip("_") + mark + ending if mark and room > 1 else name[:NAME_LENGTH]


def _free(name: str, used: Container[str]) -> str:
    free, number = name, 0
    while free.lower() in used:
        number += 1
        free = f"{name[: NAME_LENGTH - len(str(number)) - 1]}_{number}"
    return free


def _may_be_long(values: pd.Series) -> bool:
    """Tell whether a text of a column could be too long: no character takes more than four bytes."""
    texts = [value for value in values if isinstance(value, str)]
    return bool(np.max([len(text) for text in texts], initial=0) > TEXT_BYTES // 4)


def _cut(text: str) -> str:
    whole = text.encode(ENCODING)
    return text if len(whole) <= TEXT_BYTES else whole[:TEXT_BYTES].decode(ENCODING, "ignore")
