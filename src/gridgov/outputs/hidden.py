"""Hidden files beside an output while it is written."""

import secrets
from contextlib import suppress
from pathlib import Path

__all__ = ["beside", "remove", "remove_beside"]

#: What SQLite leaves beside a GeoPackage when its writer is stopped, or while a reader has it open.
_BESIDE = ("-wal", "-shm", "-journal")


def beside(target: Path) -> Path:
    """A new hidden name beside a file, which `alone` knows."""
    return target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}")


def remove(temporary: Path) -> None:
    """Remove a hidden file, if it is there, with what SQLite left beside it."""
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
    remove_beside(temporary)


def remove_beside(path: Path) -> None:
    """Remove what SQLite left beside a file."""
    for ending in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
