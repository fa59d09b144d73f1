"""What is typed for a file of weights: ``PATH[#LAYER][:COLUMN]``."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridgov.errors import ArgumentError
from gridgov.layers.arguments import split_path
from gridgov.weights.said_words import WORDS

__all__ = ["WeightFile", "split_weights"]

_LETTER: Final = re.compile("[A-Za-z]")
_COLON: Final = re.compile("[:：]")


@dataclass(frozen=True, slots=True)
class WeightFile:
    """What ``PATH[#LAYER][:COLUMN]`` names; without a column each row counts one."""

    path: Path
    layer: str | None
    column: str | None


def split_weights(text: str) -> WeightFile:
    r"""Split ``PATH[#LAYER][:COLUMN]``; a path that exists is taken whole, and a drive letter is no path.

    The name of a layer ends at its first colon.

    >>> split_weights("households.csv:户数").column
    '户数'
    >>> split_weights(r"C:\data\households.csv").column is None
    True
    >>> split_weights(r"C:\data\households.csv:户数").column
    '户数'
    """
    text = text.strip()
    whole = WeightFile(*split_path(text), None)
    if whole.path.exists() and not _COLON.search(whole.layer or ""):
        return whole
    colons = [found.start() for found in _COLON.finditer(text)]
    cuts = [at for at in colons if not (at == 1 and _LETTER.fullmatch(text[0]))]
    # A column may hold a colon too: the first cut behind which a file ends is meant.
    for at in [at for at in cuts if split_path(text[:at])[0].exists()] or cuts[-1:]:
        column = text[at + 1 :].strip()
        if not text[:at].strip() or not column:
            raise ArgumentError(WORDS("not_file_column", text=text))
        return WeightFile(*split_path(text[:at]), column)
    return whole
