"""`gridgov info`: what is in a file, before anything is done with it."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridgov.alignment import aligned, shortened
from gridgov.cli import options
from gridgov.cli.words import answer, answer_json, say
from gridgov.errors import ArgumentError, FormatError, GridgovError

if TYPE_CHECKING:
    from gridgov.layers.facts import LayerFacts

_VALUE_COLUMNS = 28

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
    within: options.Within = (),  # type: ignore[assignment]
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Text encoding of Shapefiles and text tables.")
    ] = None,
    env: Env = False,
    json: options.Json = False,
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
        raise ArgumentError("name a file or a folder to look into, or --env for this installation")
    facts, unreadable = _inspect(paths, encoding, _outline(within))
    if json:
        answer_json({"layers": [each.as_dict() for each in facts], "unreadable": unreadable})
    else:
        answer("\n\n".join("\n".join(_block(each, outlined=bool(within))) for each in facts))
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
        say(f"Not read: {each['error']}")
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
                    raise FormatError(f"'{each}' is a folder with nothing in it that gridgov reads.")
                found += [(file, None) for file in inside]
            else:
                found.append((each, layer))
    return found


def _block(facts: "LayerFacts", *, outlined: bool) -> list[str]:
    """One layer as a paragraph."""
    name = f"{facts.file}#{facts.layer}" if facts.layer else facts.file
    rows_word = "row" if facts.rows == 1 else "rows"
    encoding = {"utf-8-sig": "UTF-8 (BOM)"}.get(facts.encoding or "", (facts.encoding or "").upper())
    text = f", text in {encoding}" if encoding else ""
    rows = [("looks like", facts.looks_like or "no guess")]
    rows += [("geometry", _geometry(facts))] if facts.geometry or facts.kind not in {"CSV", "Excel"} else []
    if facts.extent is not None:
        rows += [("position", position) for position in _position(facts, outlined=outlined)]
        rows += [("extent", extent) for extent in _extent(facts)]
    rows += [(role, _taken(facts, role)) for role in facts.taken]
    rows = [(label if label != before else "", value) for (label, value), before in _with_previous(rows)]
    lines = [f"{name}   {facts.kind}, {facts.rows:,} {rows_word}{text}", *_indented(aligned(rows))]
    if facts.columns:
        table = [
            (c.name, c.kind, " | ".join(shortened(v, _VALUE_COLUMNS) for v in c.values))
            for c in facts.columns
        ]
        lines += ["  columns", *_indented(_indented(aligned(table)))]
    if facts.notes:
        lines += ["  notes", *(f"    - {note}" for note in facts.notes)]
    return lines


def _geometry(facts: "LayerFacts") -> str:
    looked_at = facts.rows if facts.looked_at is None else facts.looked_at
    empty = looked_at - sum(facts.geometry.values())
    of = "" if looked_at == facts.rows else f" (of the first {looked_at:,} rows)"
    parts = [f"{count:,} {name}" for name, count in facts.geometry.items()]
    return ", ".join([*parts, *([f"{empty:,} without"] if empty else [])]) + of or "none"


def _position(facts: "LayerFacts", *, outlined: bool) -> list[str]:
    from gridgov.layers.placement import SHARE, candidate_lines

    if facts.doubt is None and facts.crs is not None:
        return [facts.crs, *_web_map(facts)]
    said = facts.doubt or "not stated (--crs)"
    could = f"by its numbers it could be ({SHARE[outlined]})"
    return [said, could, *candidate_lines(facts.candidates)]


def _web_map(facts: "LayerFacts") -> list[str]:
    """Web maps export shifted degrees under the name of WGS 84; nothing in the numbers shows it."""
    from gridgov.datum import in_china

    extent = facts.extent
    if extent is None or not str(facts.crs).startswith("EPSG:4326") or not in_china(extent[0], extent[1]):
        return []
    return ["if it comes from a Chinese web map it is GCJ-02 whatever the file says: --crs gcj02"]


def _extent(facts: "LayerFacts") -> list[str]:
    if facts.extent is None:
        return []
    west, south, east, north = facts.extent
    digits = 4 if max(abs(edge) for edge in facts.extent) <= 360 else 0  # noqa: PLR2004 - degrees or metres
    lines = [f"x {west:.{digits}f} to {east:.{digits}f}, y {south:.{digits}f} to {north:.{digits}f}"]
    if facts.degrees is not None:
        west, south, east, north = facts.degrees
        lines.append(f"longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}")
    return lines


def _taken(facts: "LayerFacts", role: str) -> str:
    columns = facts.taken[role]
    unique = ", ".join(column.name for column in facts.columns if column.unique)
    if len(columns) == 1:
        return columns[0]
    if columns:
        return f"{' or '.join(columns)}? say which with --{role}"
    if role == "id" and unique:
        return f"none (--id); different in every row: {unique}"
    return {"owner": "none (--owner, or --attributes for a ledger)"}.get(role, f"none (--{role})")


def _with_previous(rows: list[tuple[str, str]]) -> list[tuple[tuple[str, str], str | None]]:
    return list(zip(rows, [None, *(label for label, _ in rows)], strict=False))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _contents(facts: "Sequence[LayerFacts]", unreadable: Sequence[object]) -> None:
    """After several files, how many there were."""
    if len(facts) + len(unreadable) > 1:
        files = len({each.file for each in facts})
        failed = f"; {len(unreadable)} could not be read" if unreadable else ""
        say(f"\n{len(facts)} layers and tables in {files} files{failed}.")
