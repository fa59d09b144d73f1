"""The results folder: which files a run may replace there, and the swap that replaces them all or none."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gridgov.errors import ArgumentError, OutputExistsError, OutputLockedError
from gridgov.jobs.page import PAGE, page_of
from gridgov.jobs.record import RECORD, Record, file_hash
from gridgov.jobs.said_words import WORDS
from gridgov.language import examples
from gridgov.outputs import check_together, replacing_together

__all__ = ["check_results", "make_folder", "relative_path", "remove_empty", "replacing_results", "write_page"]

_ALWAYS: Final = (PAGE, RECORD)


def check_results(
    folder: Path, names: Sequence[str], before: Record, *, overwrite: bool, kept: Path | None = None
) -> None:
    """Raise unless a run may write files of these names into its results folder.

    What an earlier run left may be replaced, unless people changed a file that is theirs to fill in; `kept`
    is such a file that this run reads, so that nothing in it is lost.

    Raises
    ------
    OutputExistsError
        A file that no earlier run left there, or one that people filled in, and `overwrite` is False.
    OutputLockedError, ArgumentError
        A file is open in another program; `folder` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ArgumentError(WORDS("folder_is_file", folder=folder))
    if not folder.is_dir():
        return
    known = {
        *before.names,
        *(_ALWAYS if before.gridgov else ()),
        *([before.decisions] if before.decisions else []),
    }
    tops = list(dict.fromkeys(name.split("/")[0] for name in names))
    strangers = [name for name in tops if (folder / name).exists() and name not in known]
    if strangers and not overwrite:
        raise OutputExistsError(WORDS("strangers", folder=folder, strangers=examples(strangers)))
    _check_filled_in(folder, before, overwrite=overwrite, kept=kept)
    check_together([folder / name for name in tops], overwrite=True)


def _check_filled_in(folder: Path, before: Record, *, overwrite: bool, kept: Path | None) -> None:
    for name, known in before.guarded.items():
        path = folder / name
        if overwrite or not path.is_file() or (kept is not None and kept.exists() and path.samefile(kept)):
            continue
        if file_hash(path) != known:
            raise OutputExistsError(WORDS("changed_since", path=path))


@contextmanager
def replacing_results(folder: Path, names: Sequence[str], before: Record) -> Iterator[Path]:
    """Give a new, empty folder for all outputs; when the block ends well they replace those of earlier runs.

    All or none: after an error everything in `folder` is as before. Files that no run wrote stay.
    """
    made = make_folder(folder)
    old = [*before.names, *([before.decisions] if before.decisions else [])]
    tops = dict.fromkeys(name.split("/")[0] for name in (*names, *_ALWAYS, *old))
    try:
        with replacing_together([folder / name for name in tops], overwrite=True) as new:
            yield new
    except BaseException:
        remove_empty(made)
        raise


def write_page(record: Record, folder: Path) -> None:
    """Write the page and what it is made from into a folder."""
    (folder / RECORD).write_text(record.as_json(), encoding="utf-8")
    (folder / PAGE).write_text(page_of(record), encoding="utf-8")


def make_folder(folder: Path) -> list[Path]:
    """Make a folder; answer those that had to be made, the innermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = WORDS("cannot_be_made", folder=folder, error=error.strerror)
        raise OutputLockedError(said) from error
    return missing


def relative_path(path: Path, folder: Path) -> str:
    """A path seen from a folder, with ``/``; as it is if it lies on another drive."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.absolute().as_posix()


def remove_empty(folders: Sequence[Path]) -> None:
    """Remove those of some folders, the innermost first, that hold nothing."""
    for each in folders:
        if each.is_dir() and not any(each.iterdir()):
            each.rmdir()
