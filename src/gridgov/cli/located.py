"""What `gridgov locate` says about one point, in a few plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gridgov.schema import cell_rungs

if TYPE_CHECKING:
    from gridgov.located import Located, Nearest
    from gridgov.locator import Locator

__all__ = ["located_lines"]

_DATUM_WORDS = {"gcj02": "GCJ-02", "bd09": "BD-09", "wgs84": "WGS 84", "cgcs2000": "CGCS2000"}

#: Distances below this are said to be so; more digits would claim what no survey holds.
_FINEST_M = 0.01
#: Farther from every cell than this, it is hardly a place just beyond the border.
_ELSEWHERE_M = 100_000

#: Up to here in centimetres, from here in kilometres.
_NEAR_M, _FAR_M = 10, 10_000


def located_lines(
    found: "Located",
    locator: "Locator",
    *,
    nearest: "Nearest | None",
    other: "Located | None",
    category: str | None,
    with_rules: bool,
    assumed: bool,
    border_m: float,
    not_given: Sequence[str],
) -> list[str]:
    """Sentences on where a point lies, whose it is, who acts, and what another datum would make of it."""
    lines = [_where(found, locator, assumed=assumed, nearest=nearest)]
    lines += _departments(found)
    lines += _candidates(found, locator, border_m=border_m)
    if with_rules and found.status != "outside":
        lines += _handler(found, category, not_given)
    if other is not None:
        lines.append(_elsewhere(locator, other))
    return lines


def _where(found: "Located", locator: "Locator", *, assumed: bool, nearest: "Nearest | None") -> str:
    datum = _DATUM_WORDS.get(found.crs, found.crs)
    said = f"taken as {datum}, because --crs was not given" if assumed else datum
    point = f"{_plain(found.lon)}, {_plain(found.lat)} ({said})"
    if found.status == "outside":
        away = f"; the nearest is {nearest.cell_id}, {_metres(nearest.distance_m)} away" if nearest else ""
        doubt = " Are longitude and latitude exchanged, or is the --crs another?" if _is_far(nearest) else ""
        return f"{point} lies in no cell{away}.{doubt}"
    cell = _cell(found.cell_id, locator.cell(str(found.cell_id)))
    if found.status == "near":
        return f"{point} lies in no cell but {_metres(found.distance_m)} from {cell}."
    return f"{point} lies in {cell}."


def _is_far(nearest: "Nearest | None") -> bool:
    return nearest is not None and nearest.distance_m > _ELSEWHERE_M


def _departments(found: "Located") -> Iterator[str]:
    for department, grid in found.grids.items():
        if found.cell_id is None:
            return
        owner = found.owners[department] or "not known"
        yield f"  {department}: " + (f"grid {grid}, owner {owner}" if grid else "no grid here")


def _candidates(found: "Located", locator: "Locator", *, border_m: float) -> Iterator[str]:
    others = [
        pair for pair in zip(found.candidates, found.candidates_m, strict=True) if pair[0] != found.cell_id
    ]
    if not others:
        return
    if found.status == "overlap":
        yield "Other grids of this layer hold it too or lie at its border; the smallest is the answer:"
    else:
        yield f"It is at a border; within {border_m:g} m lie also:"
    for cell_id, away in others:
        yield f"  {_metres(away)}: {_cell(cell_id, locator.cell(cell_id))}"
    if found.review:
        yield "A person should look: there, other owners or another handler would act."
    elif found.status != "outside":
        yield "The owners and the handler are the same there."


def _handler(found: "Located", category: str | None, not_given: Sequence[str]) -> Iterator[str]:
    what = f"'{category}'" if category else "an incident without a category (--category)"
    if found.handler is None:
        yield f"No rule says who handles {what} here."
    else:
        carried = "".join(f", {n.removeprefix('rule_')} {v}" for n, v in found.carried.items() if v)
        yield f"{found.handler} handles {what} here ({found.handler_rule}{carried})."
    if not_given:
        options = " ".join(f"--condition {name}=..." for name in not_given)
        yield f"Some rules also ask for {', '.join(not_given)}: {options} may change who handles it."


def _elsewhere(locator: "Locator", other: "Located") -> str:
    datum = _DATUM_WORDS[other.crs]
    if other.cell_id is None:
        return f"If these numbers are {datum} (--crs {other.crs}), it lies in no cell."
    cell = _cell(other.cell_id, locator.cell(other.cell_id))
    handler = f"; {other.handler} would handle it" if other.handler else ""
    return f"If these numbers are {datum} (--crs {other.crs}), it lies in {cell}{handler}."


def _cell(cell_id: str | None, columns: Mapping[str, Any]) -> str:
    """A cell and its rungs by name, or a grid of an unmerged layer with its name."""
    named = [name.removesuffix("_name") for name in columns if name.endswith("_name")]
    place = " / ".join(str(columns[f"{one}_name"] or columns[one]) for one in named if columns[one])
    word = "cell" if cell_rungs(list(columns)) and "special" in columns else "grid"
    return f"{word} {cell_id}" + (f" ({place})" if place and place != cell_id else "")


def _plain(number: float | None) -> str:
    return f"{number:.9g}"


def _metres(metres: float | None) -> str:
    if metres is None or 0 < metres < _FINEST_M:
        return f"under {_FINEST_M} m"
    if metres >= _FAR_M:
        return f"{metres / 1000:,.0f} km"
    return f"{metres:.2f} m" if metres < _NEAR_M else f"{metres:,.0f} m"
