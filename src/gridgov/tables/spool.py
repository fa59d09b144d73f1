"""A stream that can be read but once, kept in a temporary file to be read again."""

import errno
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gridgov.errors import OutputLockedError
from gridgov.tables.words import WORDS

__all__ = ["spooled"]

_PIECE = 1 << 20


@contextmanager
def spooled(stream: BinaryIO, folder: Path | None) -> Iterator[Path]:
    """Give a file in `folder` (or where temporary files go) that holds all of a stream; removed afterwards.

    Raises OutputLockedError if there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix=".gridgov-", dir=folder) as own:
        path = Path(own) / "input"
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file, _PIECE)
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
                raise
            raise OutputLockedError(WORDS("spool_full", folder=Path(own).parent)) from error
        yield path
