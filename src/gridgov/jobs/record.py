"""What the runs of a job left in its results folder: ``run.json``, from which the page is made."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from gridgov.errors import FormatError
from gridgov.jobs.said_words import WORDS

__all__ = ["RECORD", "Assigned", "Done", "Left", "Record", "file_hash", "read_record"]

RECORD: Final = "run.json"

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Left:
    """A file that a step left: its name in the results folder, what it is, and its size in bytes."""

    name: str
    zh: str
    en: str
    size: int


@dataclass(frozen=True, slots=True)
class Done:
    """A step that ran: its headings, what it said, and the files it left."""

    name: str
    zh: str
    en: str
    lines: Sequence[str]
    outputs: Sequence[Left]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A file of incidents: where it came from and went to, seen from the results folder, and what came of it.

    `key` is the hash of all that the output depends on. `error` is the sentence why there is no output.
    """

    section: str
    source: str
    output: str
    key: str = ""
    rejects: str | None = None
    rows: int = 0
    unanswered: int = 0
    review: int = 0
    network_version: str | None = None
    finished: str = ""
    lines: Sequence[str] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the page shows, and what the next run has to know.

    `folder` is the results folder, seen from the job file's; `undecided` conflicts wait for people. `guarded`
    are files that people fill in, by name, with their hash: they are not replaced once they were changed.
    Times are UTC, ``2026-01-31 23:05``.
    """

    job: str = ""
    folder: str = ""
    gridgov: str = ""
    finished: str = ""
    network_version: str | None = None
    decisions: str | None = None
    undecided: int = 0
    steps: Sequence[Done] = ()
    guarded: Mapping[str, str] = field(default_factory=dict)
    assigned: Sequence[Assigned] = ()

    @property
    def names(self) -> list[str]:
        """Files and folders that stand directly in the results folder, once each."""
        tops = [left.name.split("/")[0] for step in self.steps for left in step.outputs]
        return list(dict.fromkeys(tops))

    def as_json(self) -> str:
        """The text of ``run.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_record(folder: Path) -> Record:
    """Read what earlier runs left in a results folder; an empty one if there was none.

    Raises FormatError if its ``run.json`` is damaged.
    """
    path = folder / RECORD
    if not path.is_file():
        return Record()
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        steps = [
            Done(**{**step, "outputs": [Left(**left) for left in step["outputs"]]})
            for step in values["steps"]
        ]
        assigned = [Assigned(**each) for each in values["assigned"]]
        return Record(**{**values, "steps": steps, "assigned": assigned})
    except (ValueError, KeyError, TypeError) as error:
        said = WORDS("no_run", path=path, error=error)
        raise FormatError(said) from error


def file_hash(path: Path) -> str:
    """SHA-256 of a file; 2 s per GB."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
