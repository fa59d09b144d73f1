"""A job as its file says it: sections of checked values, each of which knows its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gridgov.jobs.said_words import WORDS
from gridgov.jobs.toml_text import TomlText

__all__ = ["Job", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `kind` as in ``KEYS``, `name` for those that are named, and the values that were given.

    Paths are absolute, a source is (path, layer or None).
    """

    kind: str
    name: str
    values: Mapping[str, Any]
    text: TomlText

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it in the file."""
        return tuple(part for part in (self.kind, self.name) if part)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or `default` where the file does not say."""
        return self.values.get(key, default)

    def place(self, key: str = "") -> str:
        """Where a key stands, for a message; where the section begins if it does not stand there."""
        path = (*self.path, key) if key else self.path
        section = f" [{'.'.join(self.path)}]" if self.path else ""
        return WORDS("place", name=self.text.name, line=self.text.line(path), section=section)

    def fault(self, key: str, said: str) -> str:
        """A message about a key, with its place before it; about the section if `key` is empty."""
        return WORDS("fault", place=self.place(key), said=said)


@dataclass(frozen=True, slots=True)
class Job:
    """What a job file says; `folder` is its own, `results` where the outputs go."""

    path: Path
    text: TomlText
    settings: Section
    sections: Mapping[str, Section]
    rungs: tuple[Section, ...] = ()
    layers: tuple[Section, ...] = ()
    assigns: tuple[Section, ...] = field(default=())

    @property
    def folder(self) -> Path:
        """The folder of the job file, which paths in it are relative to."""
        return self.path.parent

    @property
    def results(self) -> Path:
        """The results folder; ``results`` beside the job file if it does not say."""
        return Path(self.settings.get("results", self.folder / "results"))

    def section(self, kind: str) -> Section:
        """A section that has no name; without values if the file does not have it."""
        return self.sections.get(kind) or Section(kind, "", {}, self.text)
