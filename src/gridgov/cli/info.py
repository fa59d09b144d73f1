"""`gridgov info`: what is in a file, before anything is done with it."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.words import answer, answer_json, say
from gridgov.errors import ArgumentError, FormatError, GridgovError

if TYPE_CHECKING:
    from gridgov.layers.facts import LayerFacts

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...", show_default=False, help="Files or folders; FILE#LAYER for one layer of a file."
    ),
]
Env = Annotated[
    bool, typer.Option("--env", help="Show versions, and what is missing on this machine, instead of files.")
]


def info(
    paths: Paths = None,
    within: options.layers.Within = (),  # type: ignore[assignment]
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="ENCODING", help="Text encoding of Shapefiles and text tables."),
    ] = None,
    env: Env = False,
    json: options.outputs.Json = False,
) -> None:
    """Show what is in files: rows, coordinate system, columns, and what gridgov would take them for.

    Example: gridgov info data/ --within district=districts.geojson
    """
    if env:
        from gridgov.cli.environment import environment, environment_lines

        found = environment()
        answer_json(found) if json else answer("\n".join(environment_lines(found)))
        return
    if not paths:
        raise ArgumentError(WORDS("name_a_file"))
    facts, unreadable = _inspect(paths, encoding, _outline(within))
    if json:
        answer_json({"layers": [each.as_dict() for each in facts], "unreadable": unreadable})
    else:
        from gridgov.summary import facts_lines

        answer("\n\n".join("\n".join(facts_lines(each, outlined=bool(within))) for each in facts))
        _contents(facts, unreadable)


def _outline(within: Sequence[str]) -> Any:
    if not within:
        return None
    from gridgov.cli.inputs import outline_of
    from gridgov.layers import read_grids
    from gridgov.layers.arguments import parse_layer_argument

    rung = parse_layer_argument(within[0])
    return outline_of(read_grids(rung.path, department=rung.name, layer=rung.layer))


def _inspect(
    texts: Sequence[str], encoding: str | None, outline: Any
) -> "tuple[list[LayerFacts], list[dict[str, str]]]":
    """Facts of all that can be read; what cannot is said and does not stop the rest."""
    from gridgov.layers.inspection import inspect_file

    facts: list[LayerFacts] = []
    unreadable: list[dict[str, str]] = []
    errors: list[GridgovError] = []
    for path, layer in _files(texts):
        try:
            facts += inspect_file(path, layer=layer, encoding=encoding, outline=outline)
        except GridgovError as error:
            errors.append(error)
            unreadable.append({"file": str(path), "error": str(error)})
    if errors and not facts:
        for earlier in errors[:-1]:
            say(f"Error: {earlier}")
        raise errors[-1]
    for each in unreadable:
        say(WORDS("not_read", error=each["error"]))
    return facts, unreadable


def _files(texts: Sequence[str]) -> list[tuple[Path, str | None]]:
    """Every file asked for: folders opened, wildcards expanded (cmd.exe does not)."""
    from gridgov.layers.arguments import split_path
    from gridgov.layers.formats import find_files

    found: list[tuple[Path, str | None]] = []
    for text in texts:
        path, layer = split_path(text)
        matching = [Path(match) for match in sorted(glob.glob(str(path)))] if not path.exists() else []  # noqa: PTH207
        for each in matching or [path]:
            if each.is_dir() and each.suffix.lower() != ".gdb":
                inside = find_files(each)
                if not inside:
                    raise FormatError(WORDS("folder_nothing", folder=each))
                found += [(file, None) for file in inside]
            else:
                found.append((each, layer))
    return found


def _contents(facts: "Sequence[LayerFacts]", unreadable: Sequence[object]) -> None:
    """After several files, how many there were."""
    if len(facts) + len(unreadable) > 1:
        files = len({each.file for each in facts})
        failed = WORDS("not_readable", n=len(unreadable)) if unreadable else ""
        say(WORDS("layers_in", n=len(facts), files=files, failed=failed))
