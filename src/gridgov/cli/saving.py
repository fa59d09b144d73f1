"""What was typed for `assign`, kept in a job file."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from gridgov.cli.point_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError
from gridgov.language import listed

if TYPE_CHECKING:
    from gridgov.tag import TagResult

__all__ = ["save", "typed_settings"]

#: What a job file says in another way, or need not say.
_APART: Final = frozenset({"incidents", "save_job", "overwrite"})


def typed_settings(context: typer.Context, job: Path, incidents: str) -> dict[str, Any]:
    """What was typed, by the keys of a job file's [assign]; raise before any work if it cannot be kept."""
    from gridgov.jobs.keys import KEYS
    from gridgov.jobs.saving import check_save

    check_save(job, incidents)
    kinds = {key.name: key.kind for key in KEYS["assign"]}
    typed = [name for name in context.params if _was_typed(context, name) and name not in _APART]
    if strange := [f"--{name.replace('_', '-')}" for name in typed if name not in kinds]:
        raise ArgumentError(WORDS("not_kept", options=listed(strange)))
    return {name: _as_kept(context.params[name], kinds[name]) for name in typed}


def _was_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _as_kept(value: Any, kind: str) -> Any:
    """A list where a job file has one: on the command line its members stand between commas."""
    if kind != "texts":
        return value
    texts = [value] if isinstance(value, str) else value
    parts = [part.strip() for text in texts for part in text.replace("，", ",").split(",")]
    return [part for part in parts if part]


def save(job: Path, incidents: str, typed: Mapping[str, Any], result: "TagResult") -> None:
    """Add the section to the job file, and say so."""
    from gridgov.jobs.saving import remember, save_assign

    section = save_assign(job, incidents, typed)
    remember(job, result)
    say(WORDS("kept_as", section=section, job=job))
