"""`gridgov locate`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridgov.cli import options
from gridgov.cli.point_words import WORDS
from gridgov.cli.words import answer, answer_json
from gridgov.errors import ArgumentError, CoordinateError
from gridgov.language import listed
from gridgov.schema import CHINA_CRS
from gridgov.summary.tagged_words import WORDS as TAGGED

if TYPE_CHECKING:
    from gridgov.located import Located
    from gridgov.locator import Locator


def locate(
    point: Annotated[
        list[str],
        typer.Argument(
            metavar="LON LAT", show_default=False, help='The point: 113.73 34.72, or "113.73,34.72".'
        ),
    ],
    cells: options.cells.Cells,
    crs: options.points.PointCrs = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="WORD", help="What the incident is, as rules call it.")
    ] = None,
    rules: options.rules.RulesFile = None,
    condition: Annotated[
        list[str],
        typer.Option(
            "--condition",
            metavar="COLUMN=VALUE",
            show_default=False,
            help="Anything else the rules ask for.",
        ),
    ] = [],
    border_m: options.points.BorderM = 1.0,
    nearest_m: options.points.NearestM = 0.0,
    cells_crs: options.cells.CellsCrs = None,
    cells_id: options.cells.CellsId = None,
    cells_owner: options.cells.CellsOwner = None,
    cells_encoding: options.cells.CellsEncoding = None,
    json: options.outputs.Json = False,
) -> None:
    """Say which cell a point lies in, whose it is, and who must act there.

    Example: gridgov locate 113.73 34.72 --cells network.gpkg --crs cgcs2000
    """
    lon, lat = _point(point)
    from gridgov.cli.cells import read_cells
    from gridgov.layers.arguments import split_path
    from gridgov.locator import Locator
    from gridgov.tables import read_rules

    if rules is None and category is not None:
        raise ArgumentError(WORDS("category_rules"))
    rules_path, rules_sheet = (None, None) if rules is None else split_path(rules)
    locator = Locator(
        read_cells(
            cells, crs=cells_crs, grid_id=cells_id, owner=cells_owner, encoding=cells_encoding, quiet=json
        ),
        rules=None if rules_path is None else read_rules(rules_path, sheet=rules_sheet),
        border_m=border_m,
        nearest_m=nearest_m,
    )
    asked = {"category": category, **_conditions(condition, locator.conditions)}
    found = locator.one(lon=lon, lat=lat, crs=crs or _assumed_crs(lon, lat), **asked)
    if found.status == "reject":
        raise CoordinateError(_refusal(lon, lat, str(found.reason)))
    other = _elsewhere(locator, lon, lat, found, asked)
    nearest = locator.nearest(lon=lon, lat=lat, crs=found.crs) if found.status == "outside" else None
    if json:
        plain = {"cell_id": nearest.cell_id, "distance_m": nearest.distance_m} if nearest else None
        answer_json(
            {**found.as_dict(), "nearest": plain, "under_other_datum": other.as_dict() if other else None}
        )
        return
    from gridgov.cli.located import located_lines

    for line in located_lines(
        found,
        locator,
        nearest=nearest,
        other=other,
        category=category,
        with_rules=rules is not None,
        assumed=crs is None,
        border_m=border_m,
        not_given=[name for name in locator.conditions if name not in asked],
    ):
        answer(line)


def _point(words: list[str]) -> tuple[str, str | None]:
    """Longitude and latitude as typed; both in the first if only one was."""
    unknown = [
        word for word in words if word.startswith("-") and not word[1:2].isdigit() and word[1:2] != "."
    ]
    if unknown:
        raise ArgumentError(WORDS("no_option", option=unknown[0]))
    stripped = [word.strip(" ,;") for word in words]
    if len(stripped) > 2:  # noqa: PLR2004 (a longitude and a latitude)
        raise ArgumentError(WORDS("one_point", n=len(words)))
    if len(stripped) == 1:
        if not any(sign in words[0] for sign in ",; ，"):
            raise ArgumentError(WORDS("no_point", text=words[0]))
        return words[0], None
    return stripped[0], stripped[1]


def _conditions(given: list[str], known: tuple[str, ...]) -> dict[str, str]:
    conditions = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ArgumentError(WORDS("condition_form", text=text))
        if name.strip() not in known:
            said = WORDS("asks_for", known=listed(known)) if known else WORDS("asks_for_none")
            raise ArgumentError(WORDS("condition_said", name=name.strip(), said=said))
        conditions[name.strip()] = value.strip()
    return conditions


def _assumed_crs(lon: str, lat: str | None) -> str | None:
    """The datum of degrees in China when none was said: one point is answered under two, and says so."""
    from gridgov.coordinates import parse_coordinates
    from gridgov.datum import in_china

    given = parse_coordinates([lon], None if lat is None else [lat])
    return CHINA_CRS if in_china(given.lon, given.lat)[0] else None


def _refusal(lon: str, lat: str | None, reason: str) -> str:
    typed = lon if lat is None else f"{lon} {lat}"
    hint = WORDS("longitude_first") + (WORDS("locate_turned", lat=lat, lon=lon) if lat else "")
    return WORDS(
        "point_refused",
        typed=typed,
        reason=TAGGED(f"reason.{reason}"),
        hint=hint if reason == "swapped" else "",
    )


def _elsewhere(
    locator: "Locator", lon: str, lat: str | None, found: "Located", asked: dict[str, Any]
) -> "Located | None":
    """The answer under the other datum that such degrees may be in, if it differs."""
    from gridgov.datum import in_china, parse_crs

    known = parse_crs(found.crs)
    if (
        found.lon is None
        or found.lat is None
        or not known.crs.is_geographic
        or not in_china([found.lon], [found.lat])[0]
    ):
        return None
    other = locator.one(lon=lon, lat=lat, crs="gcj02" if known.offset is None else CHINA_CRS, **asked)
    same = (other.cell_id, other.handler) == (found.cell_id, found.handler)
    return None if same else other
