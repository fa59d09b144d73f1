"""Tagged incidents, counted."""

from typing import Annotated

import typer

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="WHAT[,WHAT]",
        show_default=False,
        help="What to count by: cell, grid, handler, category, month, a rung, a department or any column; "
        "grid=COLUMN says where it stands.",
    ),
]
ReportTime = Annotated[
    str | None,
    typer.Option("--time", metavar="COLUMN", help="Column of the time of the report; found if not given."),
]
Closed = Annotated[
    str | None,
    typer.Option("--closed", metavar="COLUMN", help="Column of the time of closing; found if not given."),
]
LimitColumn = Annotated[
    str | None,
    typer.Option(
        "--limit-column", metavar="COLUMN", help="Column of the limit (时限: 4小时); found if not given."
    ),
]
CountedCategory = Annotated[
    str | None,
    typer.Option("--category", metavar="COLUMN", help="Column of the category; found if not given."),
]
WorkdaysFile = Annotated[
    str | None,
    typer.Option(
        "--workdays",
        metavar="FILE[#SHEET]",
        help="Judge limits by a calendar of workdays (columns date, workday; also from, to).",
    ),
]
CalendarHours = Annotated[
    bool, typer.Option("--calendar-hours", help="Judge limits by the clock: every hour of every day counts.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Judge open incidents too, as of then: 2025-07-01."),
]
Sums = Annotated[
    str | None,
    typer.Option("--sum", metavar="COLUMN[,COLUMN]", help="Columns of numbers to add up, such as 积分."),
]
Where = Annotated[
    list[str],
    typer.Option(
        "--where",
        metavar="COLUMN=VALUE[|VALUE]",
        show_default=False,
        help="Count only rows with one of these values: 类别=网格员.",
    ),
]
Duplicates = Annotated[
    bool, typer.Option("--duplicates", help="Look for pairs of incidents that are likely one.")
]
WithinM = Annotated[
    float,
    typer.Option("--within-m", metavar="METRES", help="With --duplicates: at most so many metres apart."),
]
WithinHours = Annotated[
    float,
    typer.Option("--within-hours", metavar="HOURS", help="With --duplicates: at most so many hours apart."),
]
Missing = Annotated[
    bool,
    typer.Option("--missing", help="List the units without any row: grids without anyone (--cells)."),
]
Most = Annotated[int, typer.Option("--most", min=1, metavar="N", help="Rows of the table to show.")]
CountedIncidents = Annotated[
    str,
    typer.Argument(
        metavar="INCIDENTS[#SHEET]",
        show_default=False,
        help="Tagged incidents, or any table: .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson (points).",
    ),
]
UnitCells = Annotated[
    str | None,
    typer.Option(
        "--cells",
        metavar="NETWORK",
        show_default=False,
        help="The network they were tagged with: areas, names, owners, and units without any row.",
    ),
]
