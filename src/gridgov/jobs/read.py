"""A job file read and checked: every fault at once, each with its line, key, and what would be right."""

import difflib
import math
import re
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, Final

from gridgov.errors import ArgumentError, InputMissingError, JobError
from gridgov.jobs.job import Job, Section
from gridgov.jobs.keys import KEYS, NAMED, Key
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.toml_text import TomlText, read_toml
from gridgov.language import listed
from gridgov.layers.arguments import split_path
from gridgov.schema_faults import check_names

__all__ = ["read_job"]

_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_PATHS: Final = frozenset({"file", "folder", "source"})

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "number": (int, float),
    "whole": (int,),
    "yes": (bool,),
    "texts": (list,),
}


def read_job(path: str | Path) -> Job:
    r"""Read and check a job file.

    Parameters
    ----------
    path
        A TOML file with the sections and keys of :data:`gridgov.jobs.keys.KEYS`, in UTF-8 (with or without a
        mark), GB18030 or UTF-16. Paths in it are relative to it; a ``\`` in them is read as ``/``.

    Raises
    ------
    InputMissingError, EncodingError
        There is no such file; it is in another encoding.
    JobError
        It is no TOML, or has keys or values that are none: names line and key of each.
    """
    path = Path(path)
    if path.is_dir():
        raise InputMissingError(WORDS("is_folder", path=path))
    text = read_toml(path)
    reader = _Reader(text, path.absolute().parent)
    job = reader.job(path.absolute())
    if reader.faults:
        raise JobError("\n".join(said for _, said in sorted(reader.faults)))
    return job


class _Reader:
    """Makes sections of a file's values; what is wrong with them is collected in `faults`."""

    def __init__(self, text: TomlText, folder: Path) -> None:
        self.text, self.folder = text, folder
        self.faults: list[tuple[int, str]] = []

    def job(self, path: Path) -> Job:
        values = self.text.values
        own = {key: value for key, value in values.items() if key not in KEYS}
        settings = self.section("", "", own)
        named = {kind: self.named(kind, values.get(kind, {})) for kind in NAMED}
        sections = {
            kind: self.section(kind, "", value)
            for kind, value in values.items()
            if kind in KEYS and kind not in NAMED and value != {}
        }
        self.check_names(named["layer"], named["rung"])
        return Job(path, self.text, settings, sections, *(named[kind] for kind in NAMED))

    def named(self, kind: str, values: Any) -> tuple[Section, ...]:
        if not isinstance(values, dict) or not all(isinstance(value, dict) for value in values.values()):
            self.fault((kind,), WORDS("own_section", kind=kind))
            return ()
        return tuple(self.section(kind, name, value) for name, value in values.items())

    def section(self, kind: str, name: str, values: Any) -> Section:
        path = tuple(part for part in (kind, name) if part)
        if not isinstance(values, dict):
            self.fault(path, WORDS("is_section", kind=kind))
            values = {}
        known = {key.name: key for key in KEYS[kind]}
        found = {}
        for key, value in values.items():
            if key not in known:
                self.fault((*path, key), _unknown(key, kind, known))
            elif (made := self.value((*path, key), known[key], value)) is not None:
                found[key] = made
        for key in known.values():
            if key.needed and key.name not in values:
                self.fault((*path, key.name), WORDS("key_missing", key=key.name, means=key.means))
        return Section(kind, name, found, self.text)

    def value(self, path: tuple[str, ...], key: Key, value: Any) -> Any:
        """The value as the section keeps it; None if it is wrong, which is then said."""
        types = _TYPES.get(key.kind, (str,))
        words = WORDS(f"type.{key.kind if key.kind in _TYPES else 'text'}")
        if not _is_one_of(value, types):
            self.fault(path, WORDS("key_is_not", key=key.name, words=words, value=_shown(value)))
        elif key.kind == "texts" and not all(isinstance(each, str) and each.strip() for each in value):
            self.fault(path, WORDS("key_is", key=key.name, words=words))
        elif key.kind in {"number", "whole"} and not (math.isfinite(value) and value >= 0):
            self.fault(path, WORDS("key_from_0", key=key.name, words=words, value=value))
        elif isinstance(value, str) and (not value.strip() or _CONTROL.search(value)):
            self.fault(path, _blank_or_escaped(key.name, value))
        else:
            return self.made(path, key, value)
        return None

    def made(self, path: tuple[str, ...], key: Key, value: Any) -> Any:
        if key.kind not in _PATHS:
            return value
        text = _with_slashes(value.strip(), self.folder)
        if key.kind != "source":
            return self.folder / text
        try:
            file, layer = split_path(str(self.folder / text))
        except ArgumentError as error:
            self.fault(path, str(error))
            return None
        return file, layer

    def check_names(self, layers: tuple[Section, ...], rungs: tuple[Section, ...]) -> None:
        if not layers and not rungs:
            return
        try:
            check_names([each.name for each in layers], [each.name for each in rungs])
        except ArgumentError as error:
            self.fault((layers or rungs)[0].path[:1], str(error))

    def fault(self, path: tuple[str, ...], said: str) -> None:
        section = f" [{'.'.join(path[:-1])}]" if len(path) > 1 else ""
        line = self.text.line(path)
        self.faults.append(
            (line, WORDS("at_line", name=self.text.name, line=line, section=section, said=said.rstrip(".。")))
        )


def _is_one_of(value: Any, types: tuple[type, ...]) -> bool:
    """Whether a value is of one of some types; true is no number."""
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _unknown(key: str, kind: str, known: Mapping[str, Key]) -> str:
    by_meaning = [each.name for each in known.values() if key in each.zh]
    near = by_meaning or difflib.get_close_matches(key.lower(), list(known), n=1)
    hint = WORDS("did_you_mean", name=near[0]) if near else ""
    what = f"[{kind}]" if kind else WORDS("above_sections")
    sections = "" if kind else WORDS("sections_are", sections=listed(each for each in KEYS if each))
    return WORDS("no_key", key=key, what=what, hint=hint, known=listed(known), sections=sections)


def _blank_or_escaped(name: str, value: str) -> str:
    if not value.strip():
        return WORDS("key_empty", name=name)
    return WORDS("escape", name=name, value=value)


def _with_slashes(text: str, folder: Path) -> str:
    r"""A path as Windows writes it, as every system reads it; left alone if there is such a file.

    >>> _with_slashes("police\\\\jw.shp", Path())
    'police/jw.shp'
    """
    return text if "\\" not in text or (folder / text).exists() else PureWindowsPath(text).as_posix()


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
