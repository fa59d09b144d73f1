"""Files of incidents as programs hand them on."""

from typing import Annotated

import typer

InputFormat = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        metavar="csv|tsv|ndjson|xlsx|parquet|gpkg|geojson",
        show_default=False,
        help="Kind of the input, if its name does not say so; needed for - (standard input).",
    ),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        "--output-format",
        metavar="csv|tsv|ndjson|xlsx|parquet|gpkg|geojson",
        show_default=False,
        help="Kind of the output, if its name does not say so.",
    ),
]
Flush = Annotated[
    bool,
    typer.Option("--flush", help="Answer each line at once: for another program that feeds ndjson."),
]
Fill = Annotated[
    bool,
    typer.Option("--fill", help="Keep columns of the input that are called so; fill them where empty."),
]
Bom = Annotated[
    bool, typer.Option("--bom", help="Write text as UTF-8 with a byte order mark, which Excel reads.")
]
SafeCsv = Annotated[
    bool,
    typer.Option(
        "--safe-csv", help="Set an apostrophe before text that a spreadsheet would take for a formula."
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Of many files skip those that are done with the same input and options."),
]
LogFormat = Annotated[
    str,
    typer.Option("--log-format", metavar="text|json", help="What is said on stderr, for people or programs."),
]
