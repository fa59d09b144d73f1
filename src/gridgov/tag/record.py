"""The record of a job of many files, beside its outputs: what is done, and what it was done with."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from gridgov.errors import FormatError
from gridgov.lookup import Atlas
from gridgov.outputs import replacing
from gridgov.tag.options import TagOptions
from gridgov.tag.origin import file_hash, options_told
from gridgov.tag.rejects import RejectLimit
from gridgov.tag.result import TagResult
from gridgov.tag.sidecar import sidecar_path
from gridgov.tag.words import WORDS
from gridgov.version import __version__

__all__ = ["RECORD", "Record"]

#: Its name.
RECORD: Final = "gridgov-job.json"


@dataclass(slots=True)
class Record:
    """What is done, by the names of the outputs; `job` stands for the cells and options."""

    path: Path
    job: str
    known: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, folder: Path, atlas: Atlas, options: TagOptions) -> Self:
        """Read the record of a folder, an empty one if there is none. Raises FormatError if it is damaged."""
        path = folder / RECORD
        job = {
            "gridgov": __version__,
            "cells": atlas.index.content_hash,
            "network_version": atlas.version,
            "options": options_told(options),
        }
        text = json.dumps(job, ensure_ascii=False, sort_keys=True)
        known = {}
        if path.exists():
            try:
                outputs = json.loads(path.read_bytes())["outputs"]
                known = {name: dict(entry) for name, entry in outputs.items()}
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise FormatError(WORDS("no_record", path=path)) from error
        return cls(path, hashlib.sha256(text.encode()).hexdigest(), known)

    def wrote(self, output: Path) -> bool:
        """Whether an output is one of this record."""
        return output.name in self.known

    def holds(self, source: Path, output: Path) -> bool:
        """Whether this source was tagged in this way, and all that was written then is as it was."""
        entry = self.known.get(output.name, {})
        written = entry.get("files")
        return (
            entry.get("job") == self.job
            and isinstance(written, dict)
            and output.name in written
            and source.is_file()
            and entry.get("sha256") == file_hash(source)
            and all(_hash(output.with_name(name)) == sha256 for name, sha256 in written.items())
        )

    def beyond(self, output: Path, limit: RejectLimit | None) -> bool:
        """Whether more rows of an output that is done were rejected than allowed."""
        entry = self.known[output.name]
        return limit is not None and entry["rejected"] > limit.rows(entry["rows"])

    def add(self, source: Path, result: TagResult) -> None:
        """Record that a source is done."""
        written = (result.output, sidecar_path(result.output), result.rejects, result.mismatches)
        self.known[result.output.name] = {
            "source": str(source),
            "sha256": result.source_sha256,
            "job": self.job,
            "files": {path.name: file_hash(path) for path in written if path is not None and path.is_file()},
            "rows": result.rows,
            "rejected": result.rejected,
        }
        with replacing(self.path, overwrite=True) as temporary:
            text = json.dumps({"gridgov_job": 1, "outputs": self.known}, ensure_ascii=False, indent=1)
            temporary.write_text(f"{text}\n", encoding="utf-8")


def _hash(path: Path) -> str | None:
    return file_hash(path) if path.is_file() else None
