"""`gridgov summarize`."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.words import answer, answer_json, say
from gridgov.errors import ArgumentError
from gridgov.language import listed, spoken
from gridgov.outputs import check_not_input
from gridgov.schema import SEPARATOR

if TYPE_CHECKING:
    from gridgov.network import Network
    from gridgov.tally import IncidentSummary, Nearness


def summarize(
    incidents: options.counting.CountedIncidents,
    by: options.counting.By,
    cells: options.counting.UnitCells = None,
    time: options.counting.ReportTime = None,
    closed: options.counting.Closed = None,
    limit_column: options.counting.LimitColumn = None,
    category: options.counting.CountedCategory = None,
    workdays: options.counting.WorkdaysFile = None,
    calendar_hours: options.counting.CalendarHours = False,
    as_of: options.counting.AsOf = None,
    sums: options.counting.Sums = None,
    where: options.counting.Where = [],
    duplicates: options.counting.Duplicates = False,
    within_m: options.counting.WithinM = 50.0,
    within_hours: options.counting.WithinHours = 24.0,
    lon: options.points.Lon = None,
    lat: options.points.Lat = None,
    missing: options.counting.Missing = False,
    most: options.counting.Most = 20,
    encoding: options.points.PointsEncoding = None,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
    json: options.outputs.Json = False,
) -> None:
    """Count tagged incidents by cell, grid, district, department, handler, category or any column.

    Example: gridgov summarize tagged.csv --by district --cells network.gpkg -o counts.xlsx

    Closed, hours, overdue, per km2, per month, likely duplicates, sums (--sum 积分 --by cell,志愿者); grids
    without anyone: gridgov summarize team.csv --by grid --missing --cells network.gpkg.
    """
    from gridgov.layers import read_network
    from gridgov.layers.arguments import split_path
    from gridgov.tables.tally_file import check_summary_output
    from gridgov.tally import Nearness, summarize_incidents

    source, sheet = split_path(incidents)
    if missing and cells is None:
        raise ArgumentError(WORDS("missing_needs"))
    if output is not None:
        check_summary_output(output, overwrite=overwrite)
        check_not_input(output, [source, *([] if cells is None else [cells])])
    nearness = Nearness(within_m, within_hours) if duplicates else None
    network: Network | None = None if cells is None else read_network(Path(cells))
    result = summarize_incidents(
        _rows(source, sheet, encoding),
        _names(by),
        network=network,
        time=time,
        closed=closed,
        limit=limit_column,
        category=category,
        workdays=None if workdays is None else _calendar(workdays),
        calendar_hours=calendar_hours,
        as_of=None if as_of is None else _time(as_of),
        sums=_names(sums or ""),
        where=dict(map(_condition, where)),
        duplicates=nearness,
        lon=lon,
        lat=lat,
        language=spoken(),
        source=source.name,
    )
    if missing and result.missing is None:
        raise ArgumentError(WORDS("missing_lists", by=by))
    written = _write(result, output, missing=missing, overwrite=overwrite)
    if json:
        answer_json(result.as_dict())
    else:
        _tell(result, source.name, nearness, missing=missing, most=most)
    words = WORDS.speaker(spoken())
    if written:
        say(words("count_written", paths=listed(written)))


def _rows(source: Path, sheet: str | None, encoding: str | None) -> Any:
    from gridgov.tables import read_table

    return read_table(source, sheet=sheet, encoding=encoding)


def _calendar(argument: str) -> Any:
    from gridgov.layers.arguments import split_path
    from gridgov.tables.workdays_file import read_workdays

    path, sheet = split_path(argument)
    return read_workdays(path, sheet=sheet)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]


def _condition(text: str) -> tuple[str, list[str]]:
    column, equals, values = text.partition("=")
    if not (column.strip() and equals and values.strip()):
        raise ArgumentError(WORDS("where_form", text=text))
    return column.strip(), [value.strip() for value in values.split(SEPARATOR)]


def _time(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentError(WORDS("as_of_form", text=text)) from None


def _write(result: "IncidentSummary", output: Path | None, *, missing: bool, overwrite: bool) -> list[Path]:
    from gridgov.tables.tally_file import write_summary

    if output is None:
        return []
    return write_summary(result, output, language=spoken(), missing=missing, overwrite=overwrite)


def _tell(
    result: "IncidentSummary", source: str, nearness: "Nearness | None", *, missing: bool, most: int
) -> None:
    from gridgov.summary import missing_lines, tally_lines

    language = spoken()
    if missing:
        lines = missing_lines(result, source=source, language=language, most=most)
    else:
        lines = tally_lines(result, source=source, nearness=nearness, language=language, most=most)
    for line in lines:
        answer(line)
    words = WORDS.speaker(language)
    for note in result.notes:
        say(words("note", words=note))
