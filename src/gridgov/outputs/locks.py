"""One program at a time writes to a path."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gridgov.errors import OutputLockedError
from gridgov.outputs.checks import check_folder
from gridgov.outputs.hidden import remove
from gridgov.words.files import WORDS

__all__ = ["alone"]


@contextmanager
def alone(path: str | Path, *, beside: Iterable[Path] = ()) -> Iterator[None]:
    """Let one program at a time write to `path` and what belongs `beside` it.

    What a killed one left of these files, half written, is removed.

    Raises OutputLockedError if another is writing to it now.
    """
    path = Path(path)
    lock = path.with_name(f".{path.name}.lock")
    check_folder(path)
    file = _locked_file(lock, path)
    try:
        for each in (path, *beside):
            for left in each.parent.glob(f".{glob.escape(each.stem)}-????????{glob.escape(each.suffix)}"):
                remove(left)
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        file.close()


def _locked_file(lock: Path, path: Path) -> IO[bytes]:
    """The lock file, locked until it is closed, also by the end of this program however it ends."""
    while True:
        file = lock.open("ab")
        try:
            _lock(file)
            # Whoever had it before may have removed it meanwhile: then it locks nobody out.
            if os.path.lexists(lock) and os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                return file
        except BlockingIOError as error:
            file.close()
            raise OutputLockedError(WORDS("being_written", path=path)) from error
        except FileNotFoundError:
            pass
        file.close()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
