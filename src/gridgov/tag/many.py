"""Many files as one job: each whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gridgov.errors import ArgumentError, GridgovError, InputMissingError, OutputLockedError
from gridgov.language import examples, listed
from gridgov.lookup import Atlas
from gridgov.outputs import alone
from gridgov.tables import ENDINGS, TableFormat, unpacked
from gridgov.tag.files import TagFiles
from gridgov.tag.job import Progress, tag_table
from gridgov.tag.mismatches import mismatches_path
from gridgov.tag.options import TagOptions
from gridgov.tag.record import RECORD, Record
from gridgov.tag.rejects import RejectLimit, lists_called, rejects_path
from gridgov.tag.result import TagResult
from gridgov.tag.words import WORDS

__all__ = ["RECORD", "ManyResult", "Told", "find_sources", "tag_many"]

_OWN: Final = (".rejects.csv", ".mismatches.csv")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: a result, an error, or neither for one that was done before.

    `beyond_limit` says whether it has more rejects than allowed.
    """

    source: Path
    output: Path
    result: TagResult | None = None
    error: GridgovError | None = None
    beyond_limit: bool = False


@dataclass(slots=True)
class ManyResult:
    """What became of every file, in order."""

    folder: Path
    files: list[Told] = field(default_factory=list)

    @property
    def failed(self) -> list[Told]:
        """Files that were refused."""
        return [told for told in self.files if told.error is not None]

    @property
    def exit_code(self) -> int:
        """That of the first file refused, else 4 if one has more rejects than allowed, else 0."""
        for told in self.failed:
            assert told.error is not None
            return told.error.exit_code
        return 4 if any(told.beyond_limit for told in self.files) else 0


def find_sources(patterns: Sequence[str]) -> list[Path]:
    """Files that names, folders and patterns (``*.csv``) stand for, each once, sorted within each.

    Of a folder all tables, but no lists of rejects and mismatches. Raises InputMissingError for what stands
    for nothing.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        some = list(_matching(pattern))
        if not some:
            said = WORDS("holds_no_table") if Path(pattern).is_dir() else WORDS("is_not_there")
            raise InputMissingError(WORDS("known_are", pattern=pattern, said=said, known=listed(ENDINGS)))
        found.update(dict.fromkeys(some))
    return list(found)


def _matching(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    if path.is_dir():
        yield from (file for file in sorted(path.iterdir()) if file.is_file() and _is_table(file))
    elif path.exists() or not any(sign in pattern for sign in "*?["):
        yield from [path] if path.exists() else []
    else:
        base = Path(path.anchor) if path.is_absolute() else Path()
        relative = path.relative_to(base) if path.is_absolute() else path
        yield from (file for file in sorted(base.glob(str(relative))) if file.is_file())


def _is_table(path: Path) -> bool:
    plain = unpacked(path).name.lower()
    return plain.endswith(ENDINGS) and not plain.startswith(".") and not plain.endswith(_OWN)


def tag_many(
    sources: Sequence[Path],
    folder: str | Path,
    cells: object,
    *,
    options: TagOptions | None = None,
    output_format: str | None = None,
    max_rejects: RejectLimit | None = None,
    overwrite: bool = False,
    resume: bool = False,
    progress: Callable[[Path], Progress | None] = lambda _source: None,
    told: Callable[[Told], None] = lambda _told: None,
) -> ManyResult:
    """Tag each file into a folder, under its own name.

    Parameters
    ----------
    sources
        Files; no two of one name.
    folder
        Where outputs go; it is made if it is not there.
    cells, options, max_rejects
        As in :func:`gridgov.tag.tag_file`; the limit holds for each file.
    output_format
        Kind of the outputs; that of each source when None.
    overwrite
        Replace outputs that are there.
    resume
        Skip what the record says is done: the same bytes, cells and options, and all that was written is
        still there as it was. What the record knows otherwise is done again.
    progress, told
        Called for each file: what to tell of its progress; what became of it.

    Returns
    -------
    ManyResult
        One file that cannot be read does not stop the others.

    Raises
    ------
    ArgumentError
        Two sources of one name, or outputs that would be sources.
    OutputLockedError
        Another job writes to the folder, or it cannot be made.
    """
    folder, options = Path(folder), options or TagOptions()
    outputs = _outputs(sources, folder, output_format)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputLockedError(WORDS("folder_not_made", folder=folder, error=error.strerror)) from error
    atlas = Atlas.of(cells)
    done = ManyResult(folder)
    with alone(folder / RECORD):
        record, called = Record.read(folder, atlas, options), lists_called(outputs.values())
        for source, output in outputs.items():
            entry = _one(
                source,
                output,
                atlas,
                aside=called[output],
                options=options,
                output_format=output_format,
                max_rejects=max_rejects,
                overwrite=overwrite,
                record=record,
                resume=resume,
                progress=progress(source),
            )
            if entry.result is not None:
                record.add(source, entry.result)
            done.files.append(entry)
            told(entry)
    return done


def _outputs(sources: Sequence[Path], folder: Path, output_format: str | None) -> dict[Path, Path]:
    names = [_output_name(source, output_format) for source in sources]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ArgumentError(WORDS("several_to", twice=examples(twice)))
    if any(source.absolute().parent == folder.absolute() for source in sources):
        raise ArgumentError(WORDS("folder_of_inputs", folder=folder))
    return {source: folder / name for source, name in zip(sources, names, strict=True)}


def _output_name(source: Path, output_format: str | None) -> str:
    if output_format is None:
        return source.name
    return f"{unpacked(source).stem}.{TableFormat.parse(output_format).kind}"


def _one(
    source: Path,
    output: Path,
    atlas: Atlas,
    *,
    aside: Path,
    options: TagOptions,
    output_format: str | None,
    max_rejects: RejectLimit | None,
    overwrite: bool,
    record: Record,
    resume: bool,
    progress: Progress | None,
) -> Told:
    """Tag one file; lists of some of its rows are called after `aside`."""
    try:
        if resume and record.holds(source, output):
            return Told(source, output, beyond_limit=record.beyond(output, max_rejects))
        files = TagFiles.of(
            source,
            output,
            output_format=output_format,
            rejects=rejects_path(aside),
            mismatches=mismatches_path(aside),
            checked=options.recorded is not None,
            overwrite=overwrite or (resume and record.wrote(output)),
        )
        result = tag_table(files, atlas, options=options, max_rejects=max_rejects, progress=progress)
    except GridgovError as error:
        return Told(source, output, error=error)
    return Told(source, output, result, beyond_limit=result.beyond_limit)
