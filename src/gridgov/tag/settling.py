"""Files brought to the disk while they are written, so that there is little to wait for at their end."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gridgov.threads import meanwhile

__all__ = ["settling"]

#: Bytes that may wait to be brought to the disk, and seconds between looks at how many there are.
_WAITING_BYTES: Final = 1 << 26
_EVERY_S: Final = 0.2


@contextmanager
def settling(path: Path) -> Iterator[None]:
    """Bring what is written to a file to the disk meanwhile, where the system can.

    Raises OSError at the end if the disk refused it.
    """
    if not hasattr(os, "fdatasync"):
        yield
        return
    ended = threading.Event()
    with meanwhile(lambda _: _settle(path, ended)) as done:
        try:
            yield
        finally:
            ended.set()
        done()


def _settle(path: Path, ended: threading.Event) -> None:
    settled = 0
    while not ended.wait(_EVERY_S):
        size = path.stat().st_size if path.exists() else 0
        if size - settled >= _WAITING_BYTES:
            _to_disk(path)
            settled = size


def _to_disk(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fdatasync(file)
    finally:
        os.close(file)
