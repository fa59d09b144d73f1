"""Errors about points, in the words of the option that they were given with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from gridgov.errors import GridgovError

__all__ = ["naming"]


@contextmanager
def naming(option: str) -> Iterator[None]:
    """Have errors about points and layers name the options that state it for weights, or for incidents."""
    try:
        yield
    except GridgovError as error:
        said = re.sub(r"(?<!\w)--(crs|lon|lat|encoding)\b", rf"--{option}-\1", str(error))
        raise type(error)(said.replace(f"--{option}-crs {option}=", f"--{option}-crs ")) from error
