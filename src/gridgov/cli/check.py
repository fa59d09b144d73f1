"""`gridgov check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.inputs import LayerOptions, read_inputs
from gridgov.cli.words import answer, answer_json, say
from gridgov.language import Many, listed, spoken
from gridgov.outputs import check_not_input, check_output

if TYPE_CHECKING:
    from gridgov.check import CheckReport

BEYOND_LIMIT = 4


def check(
    layers: options.layers.Layers,
    *,
    within: options.layers.Within = [],
    districts: options.layers.Districts = None,
    id_: options.layers.Id = [],
    owner: options.layers.Owner = [],
    name: options.layers.Name = [],
    crs: options.layers.LayerCrs = [],
    control: options.layers.LayerControl = [],
    encoding: options.layers.LayerEncoding = [],
    attributes: options.layers.Attributes = [],
    header_row: options.layers.HeaderRow = [],
    tolerance_m: options.merging.ToleranceM = 25.0,
    min_area_m2: options.merging.MinAreaM2 = 300.0,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
    json: options.outputs.Json = False,
    strict: options.outputs.Strict = False,
) -> None:
    """Say what is wrong with each department's grids, alone and against the rungs.

    Example: gridgov check police=jw.shp --within district=districts.gpkg -o problems.gpkg

    -o writes every place: .gpkg for QGIS, .xlsx for Excel (also .geojson, .csv).
    """
    from gridgov.check import check_grids

    if output is not None:
        check_output(output, overwrite=overwrite)
        _check_ending(output)
    typed = LayerOptions(
        layers=layers,
        within=within,
        districts=districts,
        id=id_,
        owner=owner,
        name=name,
        crs=crs,
        control=control,
        encoding=encoding,
        attributes=attributes,
        header_row=header_row,
    )
    inputs = read_inputs(typed)
    if output is not None:
        check_not_input(output, inputs.paths)
    say()
    report = check_grids(inputs.layers, within=inputs.rungs, tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    _write(report, output, overwrite=overwrite)
    _print(report, output, as_json=json)
    if strict and report.undecided:
        say(WORDS("strict", n=Many(report.undecided), code=BEYOND_LIMIT))
        raise typer.Exit(BEYOND_LIMIT)


def _check_ending(output: Path) -> None:
    """Refuse before minutes of work what could not be written after them."""
    from gridgov.errors import FormatError
    from gridgov.layers.problems_file import PROBLEM_FILES

    if output.suffix.lower() not in PROBLEM_FILES:
        raise FormatError(WORDS("problem_kinds", output=output, kinds=listed(PROBLEM_FILES)))


def _write(report: "CheckReport", output: Path | None, *, overwrite: bool) -> None:
    from gridgov.layers.problems_file import write_problems

    if output is not None:
        write_problems(report, output, overwrite=overwrite)


def _print(report: "CheckReport", output: Path | None, *, as_json: bool) -> None:
    from gridgov.summary import check_lines

    if as_json:
        answer_json(_as_json(report))
    else:
        for line in check_lines(report, language=spoken()):
            answer(line)
    if output is not None:
        say(WORDS("every_place", output=output))
    elif len(report.problems) and not as_json:
        say(WORDS("to_see_places"))


def _as_json(report: "CheckReport") -> dict[str, Any]:
    """The whole report but the shapes; what is not known is null."""
    problems = report.problems.drop(columns="geometry").astype(object)
    return {
        "tolerance_m": report.tolerance_m,
        "min_area_m2": report.min_area_m2,
        "departments": list(report.departments),
        "rungs": list(report.rungs),
        "undecided": report.undecided,
        "notes": list(report.notes),
        "coverage": report.coverage.to_dict("records"),
        "problems": problems.where(problems.notna(), None).to_dict("records"),
    }
