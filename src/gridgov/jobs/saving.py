"""A command line kept as a section of a job file: what ``gridgov assign --save-job`` writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import JobError, OutputExistsError
from gridgov.jobs.asking import asking_of
from gridgov.jobs.assigning import assigned_as
from gridgov.jobs.draft.draft import relative
from gridgov.jobs.draft.sorting import dateless
from gridgov.jobs.draft.text import assignment, comment, header
from gridgov.jobs.keys import KEYS
from gridgov.jobs.read import read_job
from gridgov.jobs.run import add_assigned
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.toml_text import parse_toml, read_toml
from gridgov.layers.arguments import parse_layer_argument, split_path
from gridgov.outputs import check_output, replacing

if TYPE_CHECKING:
    from gridgov.tag import TagResult

__all__ = ["check_save", "remember", "save_assign"]

_STEM: Final = "{stem}"
_PATHS: Final = frozenset({"file", "source"})


def check_save(job: Path, incidents: str) -> None:
    """Raise what :func:`save_assign` would raise, before any work is done.

    Raises
    ------
    OutputExistsError
        The job file has a section for these incidents already.
    JobError, OutputLockedError, InputMissingError
        The file that is there is no job file; it, or its folder, cannot be written.
    """
    check_output(job, overwrite=True)
    name = _section_name(split_path(incidents)[0])
    if job.is_file() and name in _sections(job):
        raise OutputExistsError(WORDS("has_section", job=job, section=header("assign", name)))


def save_assign(job: Path, incidents: str, settings: Mapping[str, Any]) -> str:
    """Add a section to a job file that does again what was typed; answer its header.

    Parameters
    ----------
    job
        The job file; made if it is not there, else the section is added at its end.
    incidents
        ``FILE[#SHEET]`` as typed. A date in its name becomes ``*`` if the output is named after it.
    settings
        Keys of [assign] with the values that were typed; None for those that were not. Paths become relative
        to the job file.
    """
    check_save(job, incidents)
    source, sheet = split_path(incidents)
    base = job.absolute().parent
    output = Path(settings["output"])
    follows = source.stem in output.stem
    lines = [header("assign", _section_name(source))]
    lines.append(assignment("files", relative(dateless(source) if follows else source, base, sheet)))
    for key in KEYS["assign"]:
        value = settings.get(key.name)
        if value is None or key.name == "files":
            continue
        if key.kind in _PATHS:
            # A network may be typed with a name, cells=network.gpkg, as a layer may.
            file = parse_layer_argument(str(value))
            text = relative(file.path, base, file.layer if key.kind == "source" else None)
            value = _after(text, source) if follows and key.name in {"output", "rejects"} else text
        lines.append(assignment(key.name, value))
    before = read_toml(job).lines if job.is_file() else _head(job)
    text = "\n".join([*before, *([] if before and not before[-1] else [""]), *lines, ""])
    parse_toml(text, name=job.name)
    with replacing(job, overwrite=True) as partial:
        partial.write_text(text, encoding="utf-8-sig")
    return lines[0]


def remember(job: Path, result: "TagResult") -> None:
    """Record in the job's results that a file is tagged, so that its next run does not do it again."""
    read = read_job(job)
    section = next(each for each in read.assigns if each.name == _section_name(result.source))
    key = asking_of(section, read, say=lambda _: None).key(result.source)
    add_assigned(read, [assigned_as(result, section, read, key=key)])


def _after(text: str, source: Path) -> str:
    """An output's path with ``{stem}`` in the place of the input's name."""
    folder, slash, name = text.rpartition("/")
    return f"{folder}{slash}{name.replace(source.stem, _STEM, 1)}"


def _section_name(source: Path) -> str:
    return dateless(source).stem.replace("*", "").strip("_- ") or "incidents"


def _sections(job: Path) -> Mapping[str, Any]:
    values = read_toml(job).values.get("assign", {})
    if not isinstance(values, dict):
        raise JobError(WORDS("assign_no_section", job=job))
    return values


def _head(job: Path) -> list[str]:
    return [
        *comment(
            f"gridgov 作业文件 job file: {job.name}",
            f"每夜运行 every night:  gridgov run {job.name} --assign-only",
            "files 可含 *；路径相对于本文件。 * stands for anything; paths are relative to this file.",
        ),
        assignment("results", "results", remark="结果页所在文件夹 where the page of results goes"),
        "",
    ]
