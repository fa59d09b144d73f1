"""The [assign] sections of a job: every file of incidents that a pattern matches, tagged once."""

import glob
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import GridgovError, InputMissingError, JobError, OutputExistsError
from gridgov.jobs.inputs import Say
from gridgov.jobs.job import Job, Section
from gridgov.jobs.record import Assigned, file_hash
from gridgov.jobs.results import make_folder, relative_path, remove_empty
from gridgov.jobs.steps import NETWORK
from gridgov.jobs.words import at_section, in_job_words
from gridgov.version import __version__

if TYPE_CHECKING:
    from gridgov.tag import RejectLimit, TagResult

__all__ = ["Assignments", "assign_files", "options_of", "planned"]

_FOLDER: Final = "assigned"
_STEM: Final = "{stem}"
_TAGGED: Final = ("lon", "lat", "crs", "encoding", "place", "category", "time", "columns")


@dataclass(frozen=True, slots=True)
class Assignments:
    """What came of the files, done now or before; those that failed; whether a limit was passed."""

    files: Sequence[Assigned]
    errors: Sequence[GridgovError] = ()
    beyond_limit: bool = False


def assign_files(job: Job, before: Sequence[Assigned], *, overwrite: bool, say: Say) -> Assignments:
    """Tag every file of every [assign] section that was not tagged before with the same network and settings.

    Each output is written whole or not at all; a file that cannot be tagged does not stop the others.
    `before` is what earlier runs left: their outputs may be replaced without `overwrite`.
    """
    runner = _Runner(job, before, overwrite=overwrite, say=say)
    found = [each for section in job.assigns for each in runner.section(section)]
    return Assignments(found, runner.errors, runner.beyond_limit)


def planned(section: Section, job: Job) -> list[tuple[Path, Path, str | None]]:
    """Input, output and sheet of every file that a section's pattern matches now; its own outputs are none.

    Raises JobError where several files would have one output, InputMissingError for a single file that is not
    there.
    """
    from gridgov.tag import rejects_path

    pattern, sheet = section.get("files")
    found = glob.glob(str(pattern))  # noqa: PTH207 - the pattern is a whole path
    matched = [path for path in map(Path, sorted(found)) if not path.name.startswith("~$")]
    if not matched and not glob.has_magic(str(pattern)):
        raise InputMissingError(f"{section.place('files')}: there is no file {pattern}")
    outputs = {source: _output(section, job, source) for source in matched}
    own = {os.path.normcase(path) for out in outputs.values() for path in (out, rejects_path(out))}
    outputs = {source: out for source, out in outputs.items() if os.path.normcase(source) not in own}
    if len(set(outputs.values())) < len(outputs):
        key = "output" if section.get("output") else "files"
        said = "several files would have one output; write {stem} in it, which is the input's name"
        raise JobError(f"{section.place(key)}: {said}")
    return [(source, out, sheet) for source, out in outputs.items()]


def _output(section: Section, job: Job, source: Path) -> Path:
    stated = section.get("output")
    if stated is None:
        return job.results / _FOLDER / section.name / source.name
    return Path(stated).with_name(Path(stated).name.replace(_STEM, source.stem))


def options_of(section: Section) -> Any:
    """What a section says of how incidents are read and asked, as :class:`gridgov.tag.TagOptions`."""
    from gridgov.tables import read_rules
    from gridgov.tag import TagOptions

    stated = {
        key: section.get(key) for key in (*_TAGGED, "border_m", "nearest_m", "prefix") if section.get(key)
    }
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
            said = f'"{text}": write "NEW=COLUMN", such as "所属网格编码=grid_id"'
            raise JobError(f"{section.place('rename')}: {said}")
        renames[added] = new
    return renames


class _Runner:
    """Goes through sections and files; keeps what failed, and cells that several sections ask."""

    def __init__(self, job: Job, before: Sequence[Assigned], *, overwrite: bool, say: Say) -> None:
        self.job, self.overwrite, self.say = job, overwrite, say
        self.before = {each.output: each for each in before}
        self.cells: dict[tuple[Any, ...], _Cells] = {}
        self.errors: list[GridgovError] = []
        self.beyond_limit = False

    def section(self, section: Section) -> Iterator[Assigned]:
        """What came of the files of one section."""
        try:
            todo = planned(section, self.job)
            if not todo:
                self.say(f"[assign.{section.name}] no file matches {section.get('files')[0]}.")
                return
            cells = self.read_cells(section)
            made_from = _hash(cells.version, _rules_hash(section), _settings(section), __version__)
            limit, options = _limit(section), options_of(section)
        except GridgovError as error:
            yield self.failed(section, str(section.get("files")[0]), at_section(error, section))
            return
        for source, output, _ in todo:
            yield self.file(section, source, output, _Asking(cells, options, limit, made_from))

    def file(self, section: Section, source: Path, output: Path, asking: "_Asking") -> Assigned:
        """Tag one file, or find that it is done."""
        try:
            return self.tagged(section, source, output, asking)
        except GridgovError as error:
            return self.failed(section, self.relative(source), at_section(error, section), output)

    def tagged(self, section: Section, source: Path, output: Path, asking: "_Asking") -> Assigned:
        from gridgov.summary import tag_lines
        from gridgov.tag import tag_file

        known = self.before.get(self.relative(output))
        key = _hash(asking.made_from, file_hash(source))
        if known is not None and known.key == key and output.is_file():
            self.say(f"[assign.{section.name}] {source.name}: done before, nothing has changed.")
            return known
        if output.exists() and known is None and not self.overwrite:
            said = f"{output} is there, not of an earlier run; --overwrite replaces it, or choose another"
            raise OutputExistsError(said)
        with _folder(output.parent):
            result = tag_file(
                source,
                output,
                asking.cells.atlas,
                options=asking.options,
                max_rejects=asking.limit,
                overwrite=True,
            )
        self.beyond_limit |= result.beyond_limit
        lines = [in_job_words(line) for line in tag_lines(result)]
        self.say("\n".join([f"[assign.{section.name}] {source.name}", *(f"  {line}" for line in lines)]))
        return self.answer(section, source, result, key, lines)

    def answer(
        self, section: Section, source: Path, result: "TagResult", key: str, lines: Sequence[str]
    ) -> Assigned:
        return Assigned(
            section=section.name,
            source=self.relative(source),
            output=self.relative(result.output),
            key=key,
            rejects=None if result.rejects is None else self.relative(result.rejects),
            rows=result.rows,
            unanswered=result.rejected,
            review=result.review,
            network_version=result.network_version,
            finished=f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
            lines=tuple(lines),
        )

    def failed(
        self, section: Section, source: str, error: GridgovError, output: Path | None = None
    ) -> Assigned:
        self.errors.append(error)
        self.say(f"Error: {error}")
        out = "" if output is None else self.relative(output)
        finished = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
        return Assigned(section.name, source, out, error=str(error), finished=finished)

    def relative(self, path: Path) -> str:
        """A path as the page links it."""
        return relative_path(path, self.job.results)

    def read_cells(self, section: Section) -> "_Cells":
        key = (section.get("cells"), *(section.get(name) for name in _LAYER_KEYS))
        if key not in self.cells:
            self.cells[key] = _read_cells(section, self.job, self.say)
        return self.cells[key]


_LAYER_KEYS: Final = ("cells_crs", "cells_id", "cells_owner", "cells_encoding")


@dataclass(frozen=True, slots=True)
class _Cells:
    atlas: Any
    version: str


@dataclass(frozen=True, slots=True)
class _Asking:
    """How the files of one section are asked, and the hash of all that says so."""

    cells: _Cells
    options: Any
    limit: "RejectLimit | None"
    made_from: str


def _read_cells(section: Section, job: Job, say: Say) -> _Cells:
    from gridgov.layers import is_network, read_grids, read_network
    from gridgov.lookup import Atlas

    path, layer = section.get("cells") or (job.results / NETWORK, None)
    if not path.exists():
        said = f"there is no network {path}; run the whole job first, or say cells = ..."
        raise InputMissingError(said)
    stated = {key: section.get(key) for key in _LAYER_KEYS if section.get(key)}
    if is_network(path):
        if stated:
            raise JobError(f"{', '.join(stated)}: {path.name} is a merged network and needs none of these")
        network = read_network(path)
        many = f"{len(network.cells):,} cells of {path.name}, network version {network.version}"
        say(f"[assign.{section.name}] {many}")
        return _Cells(Atlas.of(network), network.version)
    columns = {role: stated[f"cells_{role}"] for role in ("id", "owner") if f"cells_{role}" in stated}
    grids = read_grids(
        path, layer=layer, columns=columns, crs=stated.get("cells_crs"), encoding=stated.get("cells_encoding")
    )
    return _Cells(Atlas.of(grids), file_hash(path) if path.is_file() else "")


def _limit(section: Section) -> "RejectLimit | None":
    from gridgov.tag import RejectLimit

    text = section.get("max_rejects")
    return None if text is None else RejectLimit.parse(text)


def _settings(section: Section) -> Mapping[str, str]:
    return {key: str(value) for key, value in sorted(section.values.items())}


def _rules_hash(section: Section) -> str:
    path, _ = section.get("rules", (None, None))
    return "" if path is None or not path.is_file() else file_hash(path)


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder and those around it; what is still empty after an error goes away again."""
    made = make_folder(folder)
    try:
        yield
    except BaseException:
        remove_empty(made)
        raise
