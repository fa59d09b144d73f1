"""`gridgov assign`."""

from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.saving import save, typed_settings
from gridgov.cli.words import say
from gridgov.errors import ArgumentError

BEYOND_LIMIT = 4

Incidents = Annotated[
    str,
    typer.Argument(
        metavar="INCIDENTS[#SHEET]",
        show_default=False,
        help="Table of incidents: .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson (points).",
    ),
]


def assign(
    context: typer.Context,
    incidents: Incidents,
    cells: options.Cells,
    output: options.Output = None,
    lon: options.Lon = None,
    lat: options.Lat = None,
    crs: options.PointsCrs = None,
    encoding: options.PointsEncoding = None,
    border_m: options.BorderM = 1.0,
    nearest_m: options.NearestM = 0.0,
    accuracy_m: options.AccuracyM = None,
    accuracy_column: options.AccuracyColumn = None,
    place: options.Place = None,
    rules: options.RulesFile = None,
    category: options.Category = None,
    time: options.Time = None,
    check_column: options.CheckColumn = None,
    against: options.Against = None,
    normalise: options.Normalise = None,
    vintage: options.Vintage = None,
    vintage_id: options.VintageId = None,
    vintage_crs: options.VintageCrs = None,
    vintage_encoding: options.VintageEncoding = None,
    mismatches: options.MismatchesFile = None,
    columns: options.AddedColumns = None,
    prefix: options.Prefix = "",
    rename: options.Rename = None,
    rejects: options.Rejects = None,
    max_rejects: options.MaxRejects = None,
    save_job: options.SaveJob = None,
    overwrite: options.Overwrite = False,
    cells_crs: options.CellsCrs = None,
    cells_id: options.CellsId = None,
    cells_owner: options.CellsOwner = None,
    cells_encoding: options.CellsEncoding = None,
) -> None:
    """Give every incident its cell, grid, owners and handler; rows, order and values stay as they are.

    Example: gridgov assign incidents.csv --cells network.gpkg --crs gcj02 -o tagged.csv
    """
    if output is None:
        raise ArgumentError("say where to write with -o, for example -o tagged.csv")
    from gridgov.cli.cells import read_cells
    from gridgov.cli.recorded import RecordedTyped, read_recorded
    from gridgov.layers.arguments import parse_layer_argument, split_path
    from gridgov.outputs import check_not_input
    from gridgov.summary import tag_lines
    from gridgov.tables import read_rules
    from gridgov.tag import RejectLimit, TagOptions, check_tag_paths, tag_file

    typed = RecordedTyped(
        column=check_column,
        against=against,
        normalise=normalise,
        vintage=vintage,
        vintage_id=vintage_id,
        vintage_crs=vintage_crs,
        vintage_encoding=vintage_encoding,
        mismatches=mismatches,
    )
    typed.check()
    for option, value in (("--category", category), ("--time", time)):
        if value is not None and rules is None:
            raise ArgumentError(f"{option} {value} is what rules ask for; name them: --rules FILE")
    kept = {} if save_job is None else typed_settings(context, save_job, incidents)
    limit = None if max_rejects is None else RejectLimit.parse(max_rejects)
    source, sheet = split_path(incidents)
    # Before the cells are read: a name that cannot be written to is said at once.
    rules_path, rules_sheet = (None, None) if rules is None else split_path(rules)
    inputs = [parse_layer_argument(cells).path, rules_path, typed.vintage_path()]
    others = [path for path in inputs if path is not None]
    rejects_file = check_tag_paths(source, output, rejects, overwrite=overwrite)
    for path in (output, rejects_file, *([] if mismatches is None else [mismatches])):
        check_not_input(path, others)
    tag_options = TagOptions(
        lon=lon,
        lat=lat,
        crs=crs,
        encoding=encoding,
        sheet=sheet,
        border_m=border_m,
        nearest_m=nearest_m,
        accuracy_m=accuracy_m,
        accuracy_column=accuracy_column,
        place=_names(place, "--place"),
        rules=None if rules_path is None else read_rules(rules_path, sheet=rules_sheet),
        category=category,
        time=time,
        recorded=read_recorded(typed),
        columns=_names(columns, "--columns"),
        prefix=prefix,
        rename=_renames(rename),
    )
    network = read_cells(cells, crs=cells_crs, grid_id=cells_id, owner=cells_owner, encoding=cells_encoding)
    result = tag_file(
        source,
        output,
        network,
        options=tag_options,
        rejects=rejects_file,
        mismatches=mismatches,
        max_rejects=limit,
        overwrite=overwrite,
    )
    for line in tag_lines(result):
        say(line)
    if save_job is not None:
        save(save_job, incidents, kept, result)
    if result.beyond_limit:
        raise typer.Exit(BEYOND_LIMIT)


def _names(text: str | None, option: str) -> list[str] | None:
    """Names of a comma list."""
    if text is None:
        return None
    names = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    if not names:
        raise ArgumentError(f"{option}: name at least one column")
    return names


def _renames(texts: list[str] | None) -> dict[str, str]:
    """Added column -> its new name, from ``NEW=ADDED``."""
    renames: dict[str, str] = {}
    for text in [each for texts_ in texts or [] for each in _names(texts_, "--rename") or []]:
        new, equals, added = (part.strip() for part in text.partition("="))
        if not (new and equals and added):
            raise ArgumentError(f"--rename {text}: write NEW=COLUMN, for example 所属网格编码=grid_id")
        if added in renames:
            raise ArgumentError(f"--rename gives {added} two names: {renames[added]} and {new}")
        renames[added] = new
    return renames
