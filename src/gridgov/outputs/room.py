"""Room on the disk: whether a file just written is whole, and what is said if it is not."""

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from gridgov.errors import OutputLockedError
from gridgov.words.files import WORDS

__all__ = ["check_room", "in_words"]

#: Less room than this beside a file just written, and it may not be whole.
_SPARE_BYTES = 65_536
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL = ("no space left", "disk is full")


def check_room(probe: Path) -> None:
    """Raise OSError on a full disk: GDAL's GeoJSON then lacks its last lines, and no error is given."""
    try:
        with probe.open("wb") as file:
            file.write(secrets.token_bytes(_SPARE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _is_full(error: Exception, temporary: Path) -> bool:
    """Tell whether writing failed for want of room; SQLite and GDAL say so in words, or not at all."""
    if getattr(error, "errno", None) in _NO_ROOM or any(words in str(error).lower() for words in _FULL):
        return True
    if isinstance(error, OSError):
        return False
    with suppress(OSError):
        written = temporary.stat().st_size if temporary.is_file() else 0
        return shutil.disk_usage(temporary.parent).free < written + _SPARE_BYTES
    return False


def in_words(error: Exception, path: Path, temporary: Path) -> OutputLockedError | None:
    """What to raise for an error that came of the disk or the folder; None for any other."""
    if _is_full(error, temporary):
        return OutputLockedError(WORDS("no_space", path=path, folder=path.parent))
    if isinstance(error, PermissionError) and error.filename == str(temporary):
        return OutputLockedError(WORDS("folder_read_only", path=path, folder=path.parent))
    return None
