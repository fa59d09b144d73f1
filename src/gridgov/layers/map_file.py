"""The map on disk: one HTML file, or several side by side."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gridgov.errors import FormatError
from gridgov.layers.written_words import WORDS
from gridgov.outputs import check_output, check_together, replacing_together

__all__ = ["check_map_output", "write_map"]

ENDINGS: Final = (".html", ".htm")


def write_map(pages: Mapping[str, str], path: str | Path, *, overwrite: bool = False) -> list[Path]:
    """Write the pages of `draw_map`, all or none.

    Parameters
    ----------
    pages
        Name of each file -> its text; the first one is written to `path`, the others beside it.
    path
        The page to open, ``.html``; `draw_map` is told its name by ``stem=``.
    overwrite
        Replace pages that exist.

    Returns
    -------
    The files, the one to open first.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError
        Another ending; one of the files is there; it cannot be written.
    """
    path = Path(path)
    check_map_output(path, overwrite=overwrite)
    _, *others = pages
    paths = [path, *(path.with_name(name) for name in others)]
    check_together(paths, overwrite=overwrite)
    with replacing_together(paths, overwrite=overwrite) as folder:
        for target, text in zip(paths, pages.values(), strict=True):
            (folder / target.name).write_text(text, encoding="utf-8", newline="\n")
    return paths


def check_map_output(path: Path, *, overwrite: bool = False) -> None:
    """Raise unless a map can be written to `path`."""
    check_output(path, overwrite=overwrite)
    if path.suffix.lower() not in ENDINGS:
        raise FormatError(WORDS("map_kind", path=path))
