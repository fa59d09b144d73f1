"""What `gridgov locate` says about one point, in a few plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gridgov.cli.point_words import WORDS
from gridgov.language import listed
from gridgov.schema import cell_rungs

if TYPE_CHECKING:
    from gridgov.located import Located, Nearest
    from gridgov.locator import Locator

__all__ = ["located_lines"]

#: Names that are the same in every language.
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
    said = WORDS("taken_as", datum=datum) if assumed else datum
    point = WORDS("point", lon=_plain(found.lon), lat=_plain(found.lat), datum=said)
    if found.status == "outside":
        away = WORDS("nearest_is", cell=nearest.cell_id, away=_metres(nearest.distance_m)) if nearest else ""
        doubt = WORDS("doubt") if _is_far(nearest) else ""
        return WORDS("in_no_cell", point=point, away=away, doubt=doubt)
    cell = _cell(found.cell_id, locator.cell(str(found.cell_id)))
    if found.status == "near":
        return WORDS("in_no_cell_but", point=point, away=_metres(found.distance_m), cell=cell)
    return WORDS("lies_in", point=point, cell=cell)


def _is_far(nearest: "Nearest | None") -> bool:
    return nearest is not None and nearest.distance_m > _ELSEWHERE_M


def _departments(found: "Located") -> Iterator[str]:
    for department, grid in found.grids.items():
        if found.cell_id is None:
            return
        owner = found.owners[department] or WORDS("not_known")
        said = WORDS("grid_owner", grid=grid, owner=owner) if grid else WORDS("no_grid")
        yield "  " + WORDS("of_one", one=department, said=said)


def _candidates(found: "Located", locator: "Locator", *, border_m: float) -> Iterator[str]:
    others = [
        pair for pair in zip(found.candidates, found.candidates_m, strict=True) if pair[0] != found.cell_id
    ]
    if not others:
        return
    if found.status == "overlap":
        yield WORDS("other_grids")
    else:
        yield WORDS("at_border", border_m=border_m)
    for cell_id, away in others:
        yield "  " + WORDS("of_one", one=_metres(away), said=_cell(cell_id, locator.cell(cell_id)))
    if found.review:
        yield WORDS("look")
    elif found.status != "outside":
        yield WORDS("same_there")


def _handler(found: "Located", category: str | None, not_given: Sequence[str]) -> Iterator[str]:
    what = WORDS("category", category=category) if category else WORDS("no_category")
    if found.handler is None:
        yield WORDS("no_rule", what=what)
    else:
        carried = "".join(
            WORDS("carried", name=name.removeprefix("rule_"), value=value)
            for name, value in found.carried.items()
            if value
        )
        yield WORDS("handles", handler=found.handler, what=what, rule=found.handler_rule, carried=carried)
    if not_given:
        options = " ".join(f"--condition {name}=..." for name in not_given)
        yield WORDS("also_ask", not_given=listed(not_given), options=options)


def _elsewhere(locator: "Locator", other: "Located") -> str:
    datum = _DATUM_WORDS[other.crs]
    if other.cell_id is None:
        return WORDS("if_none", datum=datum, crs=other.crs)
    cell = _cell(other.cell_id, locator.cell(other.cell_id))
    handler = WORDS("would_handle", handler=other.handler) if other.handler else ""
    return WORDS("if_in", datum=datum, crs=other.crs, cell=cell, handler=handler)


def _cell(cell_id: str | None, columns: Mapping[str, Any]) -> str:
    """A cell and its rungs by name, or a grid of an unmerged layer with its name."""
    named = [name.removesuffix("_name") for name in columns if name.endswith("_name")]
    place = " / ".join(str(columns[f"{one}_name"] or columns[one]) for one in named if columns[one])
    key = "cell_called" if cell_rungs(list(columns)) and "special" in columns else "grid_called"
    return WORDS(key, id=cell_id) + (WORDS("in_place", place=place) if place and place != cell_id else "")


def _plain(number: float | None) -> str:
    return f"{number:.9g}"


def _metres(metres: float | None) -> str:
    if metres is None or 0 < metres < _FINEST_M:
        return WORDS("under", least=_FINEST_M)
    if metres >= _FAR_M:
        return WORDS("km", km=metres / 1000)
    return WORDS("metres", m=f"{metres:.2f}" if metres < _NEAR_M else f"{metres:,.0f}")
