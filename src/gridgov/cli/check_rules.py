"""`gridgov check-rules`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.words import answer, answer_json, say
from gridgov.language import Many

if TYPE_CHECKING:
    import pandas as pd

BEYOND_LIMIT = 4

RulesArgument = Annotated[
    str, typer.Argument(metavar="RULES", show_default=False, help="Who handles what, where (.csv, .xlsx).")
]


def check_rules(
    rules: RulesArgument,
    cells: options.cells.Cells,
    incidents: options.rules.RulesIncidents = None,
    category: options.rules.Category = None,
    encoding: options.points.PointsEncoding = None,
    cells_crs: options.cells.CellsCrs = None,
    cells_id: options.cells.CellsId = None,
    cells_owner: options.cells.CellsOwner = None,
    cells_encoding: options.cells.CellsEncoding = None,
    json: options.outputs.Json = False,
    strict: options.outputs.Strict = False,
) -> None:
    """Say which incidents nobody would handle, or two, and which rules never decide.

    Example: gridgov check-rules rules.csv --cells network.gpkg --incidents incidents.csv
    """
    from gridgov.cli.cells import read_cells
    from gridgov.layers.arguments import split_path
    from gridgov.owners import check_rules as check
    from gridgov.tables import read_rules, read_table

    path, sheet = split_path(rules)
    tested = read_rules(path, sheet=sheet)
    table = None
    if incidents is not None:
        path, sheet = split_path(incidents)
        table = read_table(path, sheet=sheet, encoding=encoding)
    found = check(
        tested,
        read_cells(
            cells, crs=cells_crs, grid_id=cells_id, owner=cells_owner, encoding=cells_encoding, table=True
        ),
        table,
        category=category,
    )
    _print(found, as_json=json)
    decide = int((found["severity"] == "decide").sum())
    if strict and decide:
        say(WORDS("strict_rules", n=Many(decide), code=BEYOND_LIMIT))
        raise typer.Exit(BEYOND_LIMIT)


def _print(found: "pd.DataFrame", *, as_json: bool) -> None:
    from gridgov.summary import rules_lines

    if as_json:
        answer_json(_as_json(found))
    else:
        for line in rules_lines(found):
            answer(line)


def _as_json(found: "pd.DataFrame") -> dict[str, Any]:
    """What was checked and every finding; what is not known is null."""
    rows = found.astype(object)
    findings = rows.where(rows.notna(), None).to_dict("records")
    return {**{str(name): value for name, value in found.attrs.items()}, "findings": findings}
