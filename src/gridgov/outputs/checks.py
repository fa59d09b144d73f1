"""Whether something may be written to a path, said before long work begins."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from gridgov.errors import ArgumentError, InputMissingError, OutputExistsError, OutputLockedError
from gridgov.words.files import WORDS

__all__ = ["check_folder", "check_not_input", "check_output", "check_together", "locked"]


def check_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise if nothing could be written to `path`; to be called before long work begins.

    Parameters
    ----------
    path
        The file to be written.
    overwrite
        True when a file that is already there may be replaced.

    Raises
    ------
    InputMissingError
        The folder does not exist.
    OutputExistsError
        The file is there and `overwrite` is False.
    OutputLockedError
        The folder is read-only, or another program holds the file.
    ArgumentError
        `path` is a folder.
    """
    path = Path(path)
    check_folder(path)
    if path.is_dir():
        raise ArgumentError(WORDS("output_folder", path=path))
    _check_free(path, overwrite=overwrite)


def check_together(paths: Sequence[Path], *, overwrite: bool = False) -> None:
    """Raise as :func:`check_output`, for several files or folders side by side; folders may be replaced."""
    check_folder(paths[0])
    for path in paths:
        _check_free(path, overwrite=overwrite)


def check_not_input(output: str | Path, inputs: Iterable[str | Path]) -> None:
    """Raise ArgumentError if `output` is one of the files that are read, under whatever spelling."""
    for source in inputs:
        if _same(Path(output), Path(source)):
            raise ArgumentError(WORDS("output_is_input", output=output))


def check_folder(path: Path) -> None:
    """Raise unless the folder of `path` is there and may be written to."""
    folder = path.parent
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where a folder above is closed
        raise InputMissingError(WORDS("no_output_folder", path=path, folder=folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputLockedError(WORDS("folder_read_only", path=path, folder=folder))


def _check_free(path: Path, *, overwrite: bool) -> None:
    if path.exists():
        if not overwrite:
            raise OutputExistsError(WORDS("output_exists", path=path))
        if not path.is_dir():
            _check_writable(path)


def _check_writable(path: Path) -> None:
    # Windows refuses this while Excel or QGIS holds the file; better said now than after an hour.
    try:
        with path.open("r+b"):
            pass
    except PermissionError as error:
        raise locked(path) from error


def locked(path: Path) -> OutputLockedError:
    """What is raised of a file that another program holds."""
    return OutputLockedError(WORDS("output_locked", path=path))


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())
