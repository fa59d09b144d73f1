"""What is in a file, in words: the paragraphs of ``gridgov info``."""

from collections.abc import Sequence
from typing import Final

from gridgov.alignment import aligned, shortened
from gridgov.datum import in_china
from gridgov.layers.facts import LayerFacts
from gridgov.layers.placement import candidate_lines, share_told

__all__ = ["facts_lines"]

#: Console columns that one value of a column may take.
_VALUE_COLUMNS: Final = 28


def facts_lines(facts: LayerFacts, *, outlined: bool = False) -> list[str]:
    """One layer or sheet as a paragraph; `outlined` says that shares were measured in an outline."""
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
            (c.name, c.kind, " | ".join(shortened(v, _VALUE_COLUMNS) for v in c.sample))
            for c in facts.columns
        ]
        lines += ["  columns", *_indented(_indented(aligned(table)))]
    if facts.notes:
        lines += ["  notes", *(f"    - {note}" for note in facts.notes)]
    return lines


def _geometry(facts: LayerFacts) -> str:
    looked_at = facts.rows if facts.looked_at is None else facts.looked_at
    empty = looked_at - sum(facts.geometry.values())
    of = "" if looked_at == facts.rows else f" (of the first {looked_at:,} rows)"
    parts = [f"{count:,} {name}" for name, count in facts.geometry.items()]
    return ", ".join([*parts, *([f"{empty:,} without"] if empty else [])]) + of or "none"


def _position(facts: LayerFacts, *, outlined: bool) -> list[str]:
    if facts.doubt is None and facts.crs is not None:
        return [facts.crs, *_web_map(facts)]
    said = facts.doubt or "not stated (--crs)"
    could = f"by its numbers it could be ({share_told(outlined=outlined)})"
    return [said, could, *candidate_lines(facts.candidates)]


def _web_map(facts: LayerFacts) -> list[str]:
    """Web maps export shifted degrees under the name of WGS 84; nothing in the numbers shows it."""
    extent = facts.extent
    if extent is None or not str(facts.crs).startswith("EPSG:4326") or not in_china(extent[0], extent[1]):
        return []
    return ["if it comes from a Chinese web map it is GCJ-02 whatever the file says: --crs gcj02"]


def _extent(facts: LayerFacts) -> list[str]:
    if facts.extent is None:
        return []
    west, south, east, north = facts.extent
    largest = max(abs(edge) for edge in facts.extent)
    # Degrees, metres, or damaged numbers of up to 300 digits.
    form = ".4f" if largest <= 360 else ".0f" if largest < 1e9 else ".3g"  # noqa: PLR2004
    lines = [f"x {west:{form}} to {east:{form}}, y {south:{form}} to {north:{form}}"]
    if facts.degrees is not None:
        west, south, east, north = facts.degrees
        lines.append(f"longitude {west:.4f} to {east:.4f}, latitude {south:.4f} to {north:.4f}")
    return lines


def _taken(facts: LayerFacts, role: str) -> str:
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
