"""Where a table comes from, told with what was made of it; and whether it stayed the same meanwhile."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.clock import now
from gridgov.errors import FormatError, InputMissingError
from gridgov.tag.words import WORDS
from gridgov.version import __version__

if TYPE_CHECKING:
    from threading import Event

    from gridgov.tag.asking import Asking
    from gridgov.tag.options import TagOptions
    from gridgov.tag.tally import Tally

__all__ = ["Origin", "file_hash", "options_told"]

_PIECE: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as it was when its reading began: size in bytes and time of change; None for a stream."""

    path: Path
    size: int | None = None
    changed_ns: int | None = None

    @classmethod
    def of(cls, path: Path) -> "Origin":
        """A file as it is now."""
        now = path.stat()
        return cls(path, now.st_size, now.st_mtime_ns)

    def check_unchanged(self) -> None:
        """Raise InputMissingError or FormatError if the file is not what it was."""
        if self.size is None:
            return
        try:
            now = Origin.of(self.path)
        except FileNotFoundError as error:
            raise InputMissingError(WORDS("vanished", path=self.path)) from error
        if now != self:
            raise FormatError(WORDS("was_changed", path=self.path))

    def hash(self, stopped: "Event") -> str | None:
        """SHA-256 of the file, None for a stream or when `stopped`; to be found while it is worked on."""
        return None if self.size is None else file_hash(self.path, stopped)

    def told(self, asking: "Asking", tally: "Tally", *, sha256: str | None) -> dict[str, Any]:
        """What an output comes from, as plain values."""
        index = asking.atlas.index
        source: dict[str, Any] = {"name": self.path.name}
        if self.size is not None:
            source |= {"bytes": self.size, "sha256": sha256}
        return {
            "gridgov": __version__,
            "made_on": now().isoformat(timespec="seconds"),
            "source": source,
            "network_version": asking.atlas.version,
            "cells": {"number": len(asking.atlas), "content_hash": index.content_hash},
            "options": options_told(asking.options),
            "coordinates": {"columns": list(asking.coordinates), "crs": tally.crs},
            "rows": tally.rows,
            "statuses": {status: rows for status, rows in tally.by_status().items() if rows},
            "reasons": dict(tally.reasons),
            "review": tally.review,
        }


def options_told(options: "TagOptions") -> dict[str, Any]:
    """Options that are not the usual ones, as plain values."""
    told: dict[str, Any] = {}
    usual = type(options)()
    for name in options.__slots__:
        value = getattr(options, name)
        if value != getattr(usual, name) and value not in ({}, ""):
            told[name] = _plain(value)
    return told


def file_hash(path: Path, stopped: "Event | None" = None) -> str:
    """SHA-256 of a file's bytes, of no use if `stopped` before its end; 1 s a GB."""
    digest = hashlib.sha256()
    # Always the same memory: new for each piece it takes as long as to hash it.
    piece = memoryview(bytearray(_PIECE))
    with path.open("rb", buffering=0) as file:
        while size := 0 if stopped and stopped.is_set() else file.readinto(piece):
            digest.update(piece[:size])
    return digest.hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if hasattr(value, "told"):
        return _plain(value.told())
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "source") and hasattr(value, "rows"):  # rules
        text = repr((value.source, value.rows, value.handlers_written, value.columns))
        return {"source": value.source, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return str(value)
