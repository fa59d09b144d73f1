"""What an [assign] section asks: which files, of which cells, and how; what tells that it is done."""

import glob
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import ArgumentError, InputMissingError, JobError
from gridgov.jobs.job import Job, Section
from gridgov.jobs.record import file_hash
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps import NETWORK
from gridgov.language import listed
from gridgov.layers.arguments import parse_layer_argument
from gridgov.schema_faults import check_names
from gridgov.version import __version__

if TYPE_CHECKING:
    from gridgov.tag import RejectLimit, TagOptions

__all__ = ["Asking", "Planned", "asking_of", "planned"]

_FOLDER: Final = "assigned"
_STEM: Final = "{stem}"

#: Keys that say the same as :class:`gridgov.tag.TagOptions`.
_SAME: Final = (
    *("lon", "lat", "crs", "encoding", "place", "category", "time", "columns", "prefix"),
    *("border_m", "nearest_m", "accuracy_m", "accuracy_column", "fill", "bom", "safe_csv"),
)
_LAYER_KEYS: Final = ("cells_crs", "cells_id", "cells_owner", "cells_encoding")


@dataclass(frozen=True, slots=True)
class Planned:
    """A file of incidents, and where its rows and its rejects go."""

    source: Path
    output: Path
    rejects: Path


@dataclass(frozen=True, slots=True)
class Asking:
    """How the files of one section are asked, of which cells; `made_from` is a hash of all that says so."""

    cells: Any
    options: "TagOptions"
    limit: "RejectLimit | None"
    made_from: str

    def key(self, source: Path) -> str:
        """The hash of all that an output depends on."""
        return _hash(self.made_from, file_hash(source))


def planned(section: Section, job: Job) -> list[Planned]:
    """Every file that a section's pattern matches now, but for its own outputs.

    Raises JobError where several files would have one output, InputMissingError for a single file that is not
    there.
    """
    pattern, _ = section.get("files")
    found = glob.glob(str(pattern))  # noqa: PTH207 - the pattern is a whole path
    matched = [path for path in map(Path, sorted(found)) if not path.name.startswith("~$")]
    if not matched and not glob.has_magic(str(pattern)):
        raise InputMissingError(WORDS("no_file", pattern=pattern))
    files = _planned(section, job, matched)
    own = {os.path.normcase(path) for each in files for path in (each.output, each.rejects)}
    files = [each for each in files if os.path.normcase(each.source) not in own]
    for key in ("output", "rejects"):
        if len({getattr(each, key) for each in files}) < len(files):
            raise JobError(WORDS("several_files", key=key, stem=_STEM))
    return files


def _planned(section: Section, job: Job, sources: list[Path]) -> list[Planned]:
    from gridgov.tag import lists_called, rejects_path

    stated = section.get("output")
    usual = job.results / _FOLDER / section.name
    outputs = [_named_after(stated, source) if stated else usual / source.name for source in sources]
    rejects, called = section.get("rejects"), lists_called(outputs)
    return [
        Planned(source, output, _named_after(rejects, source) if rejects else rejects_path(called[output]))
        for source, output in zip(sources, outputs, strict=True)
    ]


def _named_after(path: Path, source: Path) -> Path:
    return path.with_name(path.name.replace(_STEM, source.stem))


def asking_of(section: Section, job: Job, *, say: Callable[[str], None]) -> Asking:
    """Read the cells and rules of a section; say which cells.

    Raises JobError and ArgumentError for settings that are none, else as `read_network`, `read_grids` and
    `read_rules`.
    """
    from gridgov.tag import RejectLimit

    limit = section.get("max_rejects")
    cells, version = _cells(section, job, say)
    return Asking(
        cells,
        _options(section),
        None if limit is None else RejectLimit.parse(limit),
        _hash(version, _rules_hash(section), _settings(section), __version__),
    )


def _options(section: Section) -> "TagOptions":
    from gridgov.tables import read_rules
    from gridgov.tag import TagOptions

    stated = {key: section.values[key] for key in _SAME if key in section.values}
    rules, sheet = section.get("rules", (None, None))
    return TagOptions(
        sheet=section.get("files")[1],
        rules=None if rules is None else read_rules(rules, sheet=sheet),
        rename=_renames(section),
        **stated,
    )


def _renames(section: Section) -> dict[str, str]:
    renames = {}
    for text in section.get("rename", ()):
        new, equals, added = (part.strip() for part in text.partition("="))
        if not (new and equals and added):
            raise JobError(WORDS("rename_holds", text=text))
        renames[added] = new
    return renames


def _cells(section: Section, job: Job, say: Callable[[str], None]) -> tuple[Any, str]:
    """The cells as read, and what tells them from others."""
    from gridgov.layers import is_network, read_grids, read_network

    path, layer = section.get("cells") or (job.results / NETWORK, None)
    if not path.exists():
        raise InputMissingError(WORDS("no_network", path=path))
    stated = {key: section.values[key] for key in _LAYER_KEYS if key in section.values}
    if is_network(path):
        if stated:
            raise JobError(WORDS("needs_none", options=listed(stated), path=path.name))
        network = read_network(path)
        said = WORDS("cells_of", cells=len(network.cells), path=path.name, version=network.version)
        say(f"[assign.{section.name}] {said}")
        return network, network.version
    columns = {role: stated[f"cells_{role}"] for role in ("id", "owner") if f"cells_{role}" in stated}
    grids = read_grids(
        path,
        layer=layer,
        department=_department(path, layer),
        columns=columns,
        crs=stated.get("cells_crs"),
        encoding=stated.get("cells_encoding"),
    )
    return grids, file_hash(path) if path.is_file() else _hash(sorted(map(str, path.iterdir())))


def _department(path: Path, layer: str | None) -> str:
    """What to call an unmerged layer in columns: its own name if it can be one, else ``grid``."""
    for name in (layer or "", parse_layer_argument(str(path)).name):
        try:
            check_names([name])
        except ArgumentError:
            continue
        return name
    return "grid"


def _settings(section: Section) -> dict[str, str]:
    return {key: str(value) for key, value in sorted(section.values.items())}


def _rules_hash(section: Section) -> str:
    path, _ = section.get("rules", (None, None))
    return "" if path is None or not path.is_file() else file_hash(path)


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
