"""Where an output comes from, in a file beside it: ``tagged.csv.json`` tells of ``tagged.csv``."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from gridgov.errors import OutputExistsError
from gridgov.outputs import replacing
from gridgov.tag.words import WORDS

__all__ = ["is_sidecar", "replacing_sidecar", "sidecar_path"]

#: First key of the file; one that does not begin so is somebody else's.
_MARK: Final = "gridgov_output"


def sidecar_path(output: Path) -> Path:
    """Where it stands.

    >>> sidecar_path(Path("tagged.csv")).name
    'tagged.csv.json'
    """
    return output.with_name(f"{output.name}.json")


def is_sidecar(path: Path) -> bool:
    """Whether a file tells where an output comes from."""
    try:
        with path.open(encoding="utf-8") as file:
            return _MARK in file.read(200)
    except (OSError, UnicodeDecodeError):
        return False


@contextmanager
def replacing_sidecar(output: Path, *, overwrite: bool) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """Give what writes it; it takes its place when the block ends well.

    One that is left from an output that is gone is replaced. Raises OutputExistsError for another file.
    """
    path = sidecar_path(output)
    if path.exists() and not overwrite and not is_sidecar(path):
        raise OutputExistsError(WORDS("already_there", path=path))
    with replacing(path, overwrite=True) as temporary:

        def write(told: Mapping[str, Any]) -> None:
            text = json.dumps({_MARK: output.name, **told}, ensure_ascii=False, indent=1)
            temporary.write_text(f"{text}\n", encoding="utf-8")

        yield write
