"""`gridgov assign`."""

from typing import Annotated

import typer

from gridgov.cli import options
from gridgov.cli.point_words import WORDS
from gridgov.cli.saving import save, typed_settings
from gridgov.cli.words import log_as
from gridgov.errors import ArgumentError
from gridgov.memory import keep_freed

Incidents = Annotated[
    list[str],
    typer.Argument(
        metavar="INCIDENTS[#SHEET]...",
        show_default=False,
        help="Table of incidents: .csv, .tsv, .txt, .ndjson, .xlsx, .parquet, .gpkg or .geojson (points); "
        "- is standard input. Several, a folder or '*.csv': -o is a folder.",
    ),
]


def assign(
    context: typer.Context,
    incidents: Incidents,
    cells: options.cells.Cells,
    output: options.outputs.Output = None,
    lon: options.points.Lon = None,
    lat: options.points.Lat = None,
    crs: options.points.PointsCrs = None,
    control: options.points.PointsControl = None,
    encoding: options.points.PointsEncoding = None,
    border_m: options.points.BorderM = 1.0,
    nearest_m: options.points.NearestM = 0.0,
    accuracy_m: options.points.AccuracyM = None,
    accuracy_column: options.points.AccuracyColumn = None,
    place: options.points.Place = None,
    rules: options.rules.RulesFile = None,
    category: options.rules.Category = None,
    time: options.rules.Time = None,
    check_column: options.recorded.CheckColumn = None,
    against: options.recorded.Against = None,
    normalise: options.recorded.Normalise = None,
    vintage: options.recorded.Vintage = None,
    vintage_id: options.recorded.VintageId = None,
    vintage_crs: options.recorded.VintageCrs = None,
    vintage_encoding: options.recorded.VintageEncoding = None,
    mismatches: options.recorded.MismatchesFile = None,
    columns: options.added.AddedColumns = None,
    prefix: options.added.Prefix = "",
    rename: options.added.Rename = None,
    rejects: options.added.Rejects = None,
    max_rejects: options.added.MaxRejects = None,
    save_job: options.outputs.SaveJob = None,
    overwrite: options.outputs.Overwrite = False,
    input_format: options.batches.InputFormat = None,
    output_format: options.batches.OutputFormat = None,
    flush: options.batches.Flush = False,
    fill: options.batches.Fill = False,
    bom: options.batches.Bom = False,
    safe_csv: options.batches.SafeCsv = False,
    resume: options.batches.Resume = False,
    log_format: options.batches.LogFormat = "text",
    cells_crs: options.cells.CellsCrs = None,
    cells_control: options.cells.CellsControl = None,
    cells_id: options.cells.CellsId = None,
    cells_owner: options.cells.CellsOwner = None,
    cells_encoding: options.cells.CellsEncoding = None,
) -> None:
    """Give every incident its cell, grid, owners and handler; rows, order and values stay as they are.

    Example: gridgov assign incidents.csv --cells network.gpkg --crs gcj02 -o tagged.csv
    """
    log_as(log_format)
    keep_freed()
    from gridgov.cli.assigning import Batch, assign_all
    from gridgov.cli.cells import read_cells
    from gridgov.cli.control import read_points_control
    from gridgov.cli.recorded import RecordedTyped, read_recorded
    from gridgov.layers.arguments import parse_layer_argument, split_path
    from gridgov.tables import read_rules
    from gridgov.tag import RejectLimit, TagOptions

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
            raise ArgumentError(WORDS("needs_rules", option=option, value=value))
    limit = None if max_rejects is None else RejectLimit.parse(max_rejects)
    # Before the cells are read: a name that cannot be written to is said at once.
    rules_path, rules_sheet = (None, None) if rules is None else split_path(rules)
    tables = [split_path(file)[0] for file in (control, cells_control) if file is not None]
    inputs = [parse_layer_argument(cells).path, rules_path, typed.vintage_path(), *tables]
    batch = Batch(
        incidents=incidents,
        output=output,
        input_format=input_format,
        output_format=output_format,
        rejects=rejects,
        mismatches=mismatches,
        checked=check_column is not None,
        overwrite=overwrite,
        flush=flush,
        resume=resume,
        others=[path for path in inputs if path is not None],
    )
    kept = {} if save_job is None else typed_settings(context, save_job, incidents[0])
    batch.check()
    if save_job is not None and (batch.files is None or incidents[0] == "-"):
        raise ArgumentError(WORDS("save_job_one"))
    tag_options = TagOptions(
        lon=lon,
        lat=lat,
        crs=crs if control is None else None,
        control=read_points_control(control, crs),
        encoding=encoding,
        sheet=batch.sheet,
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
        fill=fill,
        bom=bom,
        safe_csv=safe_csv,
    )
    network = read_cells(
        cells,
        crs=cells_crs,
        control=cells_control,
        grid_id=cells_id,
        owner=cells_owner,
        encoding=cells_encoding,
    )
    ended = assign_all(batch, network, options=tag_options, max_rejects=limit)
    if save_job is not None and ended.result is not None:
        save(save_job, incidents[0], kept, ended.result)
    if ended.code:
        raise typer.Exit(ended.code)


def _names(text: str | None, option: str) -> list[str] | None:
    """Names of a comma list."""
    if text is None:
        return None
    names = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    if not names:
        raise ArgumentError(WORDS("name_a_column", option=option))
    return names


def _renames(texts: list[str] | None) -> dict[str, str]:
    """Added column -> its new name, from ``NEW=ADDED``."""
    renames: dict[str, str] = {}
    for text in [each for texts_ in texts or [] for each in _names(texts_, "--rename") or []]:
        new, equals, added = (part.strip() for part in text.partition("="))
        if not (new and equals and added):
            raise ArgumentError(WORDS("rename_form", text=text))
        if added in renames:
            raise ArgumentError(WORDS("rename_twice", added=added, old=renames[added], new=new))
        renames[added] = new
    return renames
