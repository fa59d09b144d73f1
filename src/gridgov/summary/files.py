"""What is in a file, in words: the paragraphs of ``gridgov info``."""

from collections.abc import Sequence
from typing import Final

from gridgov.alignment import aligned, shortened
from gridgov.datum import in_china
from gridgov.language import Many, listed
from gridgov.layers.facts import LayerFacts
from gridgov.layers.placement import candidate_lines, share_told
from gridgov.summary.files_words import WORDS

__all__ = ["facts_lines"]

#: Console columns that one value of a column may take.
_VALUE_COLUMNS: Final = 28


def facts_lines(facts: LayerFacts, *, outlined: bool = False) -> list[str]:
    """One layer or sheet as a paragraph; `outlined` says that shares were measured in an outline."""
    name = f"{facts.file}#{facts.layer}" if facts.layer else facts.file
    encoding = {"utf-8-sig": "UTF-8 (BOM)"}.get(facts.encoding or "", (facts.encoding or "").upper())
    text = WORDS("encoding", encoding=encoding) if encoding else ""
    rows = [(WORDS("label.looks like"), facts.looks_like or WORDS("no guess"))]
    if facts.geometry or facts.kind not in {"CSV", "Excel"}:
        rows.append((WORDS("label.geometry"), _geometry(facts)))
    if facts.extent is not None:
        rows += [(WORDS("label.position"), position) for position in _position(facts, outlined=outlined)]
        rows += [(WORDS("label.extent"), extent) for extent in _extent(facts)]
    rows += [(role, _taken(facts, role)) for role in facts.taken]
    rows = [(label if label != before else "", value) for (label, value), before in _with_previous(rows)]
    head = WORDS("head", name=name, kind=facts.kind, rows=Many(facts.rows), encoding=text)
    lines = [head, *_indented(aligned(rows))]
    if facts.columns:
        table = [
            (c.name, c.kind, " | ".join(shortened(v, _VALUE_COLUMNS) for v in c.sample))
            for c in facts.columns
        ]
        lines += [f"  {WORDS('label.columns')}", *_indented(_indented(aligned(table)))]
    if facts.notes:
        lines += [f"  {WORDS('label.notes')}", *(f"    - {note}" for note in facts.notes)]
    return lines


def _geometry(facts: LayerFacts) -> str:
    looked_at = facts.rows if facts.looked_at is None else facts.looked_at
    empty = looked_at - sum(facts.geometry.values())
    of = "" if looked_at == facts.rows else WORDS("looked at", n=looked_at)
    parts = [
        WORDS("shapes", n=Many(count), shape=WORDS.term(f"shape.{name}", otherwise=name))
        for name, count in facts.geometry.items()
    ]
    return listed([*parts, *([WORDS("without", n=empty)] if empty else [])]) + of or WORDS("no geometry")


def _position(facts: LayerFacts, *, outlined: bool) -> list[str]:
    if facts.doubt is None and facts.crs is not None:
        return [facts.crs, *_web_map(facts)]
    said = facts.doubt or WORDS("no crs")
    could = WORDS("could be", share=share_told(outlined=outlined))
    return [said, could, *candidate_lines(facts.candidates)]


def _web_map(facts: LayerFacts) -> list[str]:
    """Web maps export shifted degrees under the name of WGS 84; nothing in the numbers shows it."""
    extent = facts.extent
    if extent is None or not str(facts.crs).startswith("EPSG:4326") or not in_china(extent[0], extent[1]):
        return []
    return [WORDS("web map")]


def _extent(facts: LayerFacts) -> list[str]:
    if facts.extent is None:
        return []
    west, south, east, north = facts.extent
    largest = max(abs(edge) for edge in facts.extent)
    # Degrees, metres, or damaged numbers of up to 300 digits.
    form = ".4f" if largest <= 360 else ".0f" if largest < 1e9 else ".3g"  # noqa: PLR2004
    edges = {"west": west, "east": east, "south": south, "north": north}
    lines = [WORDS("extent", **{name: f"{edge:{form}}" for name, edge in edges.items()})]
    if facts.degrees is not None:
        west, south, east, north = facts.degrees
        lines.append(WORDS("degrees", west=west, east=east, south=south, north=north))
    return lines


def _taken(facts: LayerFacts, role: str) -> str:
    columns = facts.taken[role]
    unique = listed(column.name for column in facts.columns if column.unique)
    if len(columns) == 1:
        return columns[0]
    if columns:
        return WORDS("which", columns=WORDS("or").join(columns), role=role)
    if role == "id" and unique:
        return WORDS("unique", columns=unique)
    return WORDS("no owner") if role == "owner" else WORDS("not found", role=role)


def _with_previous(rows: list[tuple[str, str]]) -> list[tuple[tuple[str, str], str | None]]:
    return list(zip(rows, [None, *(label for label, _ in rows)], strict=False))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]
