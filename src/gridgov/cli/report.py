"""`gridgov report`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError, FormatError
from gridgov.language import Many, spoken
from gridgov.outputs import check_not_input, check_output, replacing

if TYPE_CHECKING:
    from gridgov.report import Report
    from gridgov.report.overview import Advice

ENDINGS: Final = (".html", ".xlsx")


def report(
    network: options.exports.NetworkFile,
    output: options.outputs.Output = None,
    incidents: options.reports.TaggedIncidents = None,
    previous: options.reports.Previous = None,
    rung: options.reports.Rung = None,
    footer: options.reports.FooterLine = None,
    households: options.reports.Households = "300-500",
    grid_m2: options.reports.GridArea = [],
    encoding: options.points.PointsEncoding = None,
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Write the sheets that people sign, and the report for leaders.

    Example: gridgov report network.gpkg --incidents tagged.csv -o report.html

    .html: a page to sign per street and per pair of departments, with a map, the grids, open conflicts and
    boxes for signatures; then tables and figures. It prints from any browser, without a network. .xlsx: the
    data.
    """
    from gridgov.layers.arguments import split_path

    source, sheet = (None, None) if incidents is None else split_path(incidents)
    read = [network, *(path for path in (source, previous) if path is not None)]
    if output is None:
        raise ArgumentError(WORDS("report_where"))
    _check(output, read, overwrite=overwrite)
    made = _make(
        network,
        previous,
        incidents=None if source is None else _rows(source, sheet, encoding),
        rung=rung,
        footer=footer,
        advice=_advice(households, grid_m2),
    )
    content = made.workbook() if output.suffix.lower() == ".xlsx" else made.html().encode()
    with replacing(output, overwrite=overwrite) as partial:
        partial.write_bytes(content)
    _tell(made, output)


def _check(output: Path, read: list[Path], *, overwrite: bool) -> None:
    """Refuse before any work what could not be written after it."""
    if output.suffix.lower() not in ENDINGS:
        raise FormatError(WORDS("report_kinds", output=output, kinds=" or ".join(ENDINGS)))
    check_output(output, overwrite=overwrite)
    check_not_input(output, read)


def _make(network: Path, previous: Path | None, **wanted: Any) -> "Report":
    from gridgov.clock import now
    from gridgov.layers import read_network
    from gridgov.layers.network_read import made_on
    from gridgov.report import make_report

    return make_report(
        read_network(network),
        previous=None if previous is None else read_network(previous),
        made_on=made_on(network),
        printed_on=f"{now():%Y-%m-%d}",
        language=spoken(),
        **wanted,
    )


def _rows(source: Path, sheet: str | None, encoding: str | None) -> Any:
    from gridgov.tables import read_table

    return read_table(source, sheet=sheet, encoding=encoding)


def _advice(households: str, grid_m2: list[str]) -> "Advice":
    from gridgov.report.overview import Advice

    areas = {}
    for text in grid_m2:
        name, equals, numbers = text.partition("=")
        if not (name.strip() and equals):
            raise ArgumentError(WORDS("grid_m2_form", text=text))
        areas[name.strip()] = _range(numbers, f"--grid-m2 {text}")
    return Advice(households=_range(households, f"--households {households}"), area_m2=areas)


def _range(text: str, option: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise ArgumentError(WORDS("two_numbers", option=option)) from None


def _tell(made: "Report", output: Path) -> None:
    words = WORDS.speaker(made.language)
    for note in made.notes:
        say(words("note", words=note))
    units = sum(sheet.kind == "unit" for sheet in made.sheets)
    opened = int(made.tables["conflicts"]["decide"].sum())
    pairs = Many(len(made.sheets) - units)
    say(words("report_sheets", units=Many(units), pairs=pairs, open=Many(opened)))
    say(words("report_written", path=output, version=made.version))
    if output.suffix.lower() == ".html":
        say(words("report_print"))
