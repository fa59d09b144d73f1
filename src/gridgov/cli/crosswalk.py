"""`gridgov crosswalk`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.inputs import LayerOptions, read_inputs
from gridgov.cli.points import PointOptions, points_path, read_points
from gridgov.cli.words import answer, answer_json, say
from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.outputs import check_not_input, check_output

if TYPE_CHECKING:
    from gridgov.crosswalk import DepartmentCrosswalk

LayersOrNetwork = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=f"{options.layers.LAYER}... | NETWORK",
        show_default=False,
        help="Departmental layers, e.g. police=jw.shp; or a merged network alone. With --cells, the names of "
        "its departments to compare.",
    ),
]


def crosswalk(
    layers: LayersOrNetwork = None,
    *,
    cells: options.crosswalks.NetworkCells = None,
    weights: options.crosswalks.Weights = None,
    weights_crs: options.crosswalks.WeightsCrs = None,
    weights_lon: options.crosswalks.WeightsLon = None,
    weights_lat: options.crosswalks.WeightsLat = None,
    weights_encoding: options.crosswalks.WeightsEncoding = None,
    id_: options.layers.Id = [],
    owner: options.layers.Owner = [],
    name: options.layers.Name = [],
    crs: options.layers.LayerCrs = [],
    control: options.layers.LayerControl = [],
    encoding: options.layers.LayerEncoding = [],
    attributes: options.layers.Attributes = [],
    header_row: options.layers.HeaderRow = [],
    tolerance_m: options.crosswalks.OverlapWidthM = None,
    min_area_m2: options.crosswalks.OverlapAreaM2 = None,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
    json: options.outputs.Json = False,
) -> None:
    """Say which grids of which department overlap which of the others (对照表), with shares both ways.

    Example: gridgov crosswalk police=jw.shp comprehensive=zz.gpkg -o 对照表.xlsx

    Households count too: --weights households.csv:户数. Of a network: gridgov crosswalk network.gpkg.
    """
    from gridgov.crosswalk import crosswalk_departments

    _check_output(output, overwrite=overwrite)
    counted = PointOptions(
        option="weights",
        file=weights,
        crs=weights_crs,
        lon=weights_lon,
        lat=weights_lat,
        encoding=weights_encoding,
    )
    counted.check()
    typed = LayerOptions(
        layers=layers or [],
        id=id_,
        owner=owner,
        name=name,
        crs=crs,
        control=control,
        encoding=encoding,
        attributes=attributes,
        header_row=header_row,
    )
    read, departments, paths = _departments(typed, cells)
    if output is not None:
        check_not_input(output, [*paths, *points_path(counted)])
    points = read_points(counted, read)
    say()
    result = crosswalk_departments(
        read, departments=departments, weights=points, tolerance_m=tolerance_m, min_area_m2=min_area_m2
    )
    _finish(result, output, overwrite=overwrite, as_json=json)


def _check_output(output: Path | None, *, overwrite: bool) -> None:
    """Refuse before minutes of work what could not be written after them."""
    from gridgov.errors import FormatError
    from gridgov.tables.crosswalk_file import CROSSWALK_FILES

    if output is None:
        return
    check_output(output, overwrite=overwrite)
    if output.suffix.lower() not in CROSSWALK_FILES:
        raise FormatError(WORDS("crosswalk_kinds", output=output, kinds=listed(CROSSWALK_FILES)))


def _departments(typed: LayerOptions, cells: str | None) -> tuple[Any, list[str] | None, Sequence[Path]]:
    """Read layers, or a network and which of its departments; answer the files too."""
    from gridgov.layers import is_network
    from gridgov.layers.arguments import parse_layer_argument

    if cells is not None:
        return _network(parse_layer_argument(cells).path, typed, list(typed.layers) or None)
    arguments = [parse_layer_argument(text) for text in typed.layers]
    networks = [each.path for each in arguments if each.layer is None and is_network(each.path)]
    if not networks:
        if not arguments:
            raise ArgumentError(WORDS("nothing_to_compare"))
        inputs = read_inputs(typed)
        return inputs.layers, None, inputs.paths
    if len(arguments) > 1:
        raise ArgumentError(WORDS("name_it_alone", name=networks[0].name))
    return _network(networks[0], typed, None)


def _network(
    path: Path, typed: LayerOptions, departments: list[str] | None
) -> tuple[Any, list[str] | None, Sequence[Path]]:
    from gridgov.layers import read_network

    fields = ("id", "owner", "name", "crs", "control", "encoding", "attributes", "header_row")
    if stated := [f"--{each.replace('_', '-')}" for each in fields if getattr(typed, each)]:
        raise ArgumentError(WORDS("needs_none", options=listed(stated), path=path.name))
    network = read_network(path)
    names = listed(network.departments)
    say(WORDS("cells_of", path=path.name, cells=len(network.cells), names=names, version=network.version))
    return network, departments, [path]


def _finish(result: "DepartmentCrosswalk", output: Path | None, *, overwrite: bool, as_json: bool) -> None:
    from gridgov.summary import crosswalk_lines
    from gridgov.tables.crosswalk_file import write_crosswalk

    if output is not None:
        write_crosswalk(result, output, overwrite=overwrite)
    if as_json:
        answer_json(_as_json(result))
    else:
        for line in crosswalk_lines(result):
            answer(line)
    if output is not None:
        say(WORDS("every_overlap", output=output))
    elif not as_json:
        say(WORDS("to_see_overlaps"))


def _as_json(result: "DepartmentCrosswalk") -> dict[str, Any]:
    """The counts and totals; the overlaps themselves go to -o."""
    return {
        "departments": list(result.departments),
        "merged": result.merged,
        "tolerance_m": result.tolerance_m,
        "min_area_m2": result.min_area_m2,
        "relations": result.relations.to_dict("records"),
        "totals": result.totals.to_dict("records"),
        "notes": list(result.notes),
    }
