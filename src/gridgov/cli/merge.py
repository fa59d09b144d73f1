"""`gridgov merge`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.inputs import LayerOptions, read_inputs
from gridgov.cli.points import PointOptions, points_path, read_points
from gridgov.cli.progress import Progress
from gridgov.cli.words import answer_json, say
from gridgov.errors import ArgumentError
from gridgov.language import spoken
from gridgov.steps import telling_steps

if TYPE_CHECKING:
    from gridgov.network import Network


def merge(
    layers: options.layers.Layers,
    within: options.layers.Within = [],
    districts: options.layers.Districts = None,
    output: options.outputs.Output = None,
    tolerance_m: options.merging.LayerToleranceM = [],
    min_area_m2: options.merging.MinAreaM2 = 300.0,
    grid_id: options.layers.Id = [],
    owner: options.layers.Owner = [],
    name: options.layers.Name = [],
    crs: options.layers.LayerCrs = [],
    control: options.layers.LayerControl = [],
    encoding: options.layers.LayerEncoding = [],
    attributes: options.layers.Attributes = [],
    header_row: options.layers.HeaderRow = [],
    carry: options.layers.Carry = [],
    on_gap: options.merging.OnGap = "leave",
    special: options.merging.SpecialGrids = [],
    allow_cross: options.merging.AllowCross = [],
    weights: options.crosswalks.Weights = None,
    weights_crs: options.crosswalks.WeightsCrs = None,
    weights_lon: options.crosswalks.WeightsLon = None,
    weights_lat: options.crosswalks.WeightsLat = None,
    weights_encoding: options.crosswalks.WeightsEncoding = None,
    incidents: options.crosswalks.IncidentsFile = None,
    incidents_crs: options.crosswalks.IncidentsCrs = None,
    incidents_lon: options.crosswalks.IncidentsLon = None,
    incidents_lat: options.crosswalks.IncidentsLat = None,
    incidents_encoding: options.crosswalks.IncidentsEncoding = None,
    conflicts: options.decisions.ConflictsFile = None,
    decisions: options.decisions.DecisionsFile = None,
    codes: options.codes.Codes = None,
    parents: options.codes.Parents = None,
    previous: options.codes.PreviousNetwork = None,
    jobs: options.merging.Jobs = 1,
    overwrite: options.outputs.Overwrite = False,
    json: options.outputs.Json = False,
) -> None:
    """Merge departmental layers into one seamless network.

    Example: gridgov merge comprehensive=zz.gpkg police=jw.shp --within district=qx.geojson -o network.gpkg
    """
    from gridgov import merge_grids
    from gridgov.filling import OnGap
    from gridgov.layers.network_file import check_network_ending
    from gridgov.outputs import check_not_input, check_output
    from gridgov.summary import decision_lines, network_lines
    from gridgov.tables.decisions_file import check_decisions_kept, read_decisions
    from gridgov.threads import check_jobs

    if output is None:
        raise ArgumentError(WORDS("network_where"))
    # Before minutes of work: what could not be written after them.
    check_network_ending(output)
    check_output(output, overwrite=overwrite)
    _check_list(conflicts, decisions, output, overwrite=overwrite)
    OnGap.parse(on_gap)
    check_jobs(jobs)
    counted = {
        "weights": PointOptions(
            option="weights",
            file=weights,
            crs=weights_crs,
            lon=weights_lon,
            lat=weights_lat,
            encoding=weights_encoding,
        ),
        "incidents": PointOptions(
            option="incidents",
            file=incidents,
            crs=incidents_crs,
            lon=incidents_lon,
            lat=incidents_lat,
            encoding=incidents_encoding,
        ),
    }
    for each in counted.values():
        each.check()
    decided = None if decisions is None else read_decisions(decisions)
    if conflicts is not None:
        check_decisions_kept(conflicts, None if decided is None else decided.rows)
    naming = _naming(codes, parents, previous, output)
    inputs = read_inputs(
        LayerOptions(
            layers=layers,
            within=within,
            districts=districts,
            id=grid_id,
            owner=owner,
            name=name,
            crs=crs,
            control=control,
            encoding=encoding,
            attributes=attributes,
            header_row=header_row,
            carry=carry,
            special=special,
            allow_cross=allow_cross,
            tolerance_m=tolerance_m,
        )
    )
    paths = [*inputs.paths, *(path for each in counted.values() for path in points_path(each))]
    for written in (output, conflicts):
        if written is not None:
            check_not_input(written, paths)
    points = {name: read_points(each, inputs.layers) for name, each in counted.items()}
    with Progress() as progress, telling_steps(progress.step):
        network = merge_grids(
            inputs.layers,
            within=inputs.rungs,
            tolerance_m=inputs.tolerance_m,
            min_area_m2=min_area_m2,
            carry=inputs.carry,
            on_gap=on_gap,
            special=inputs.special,
            allow_cross=inputs.allow_cross,
            decisions=decided,
            weights=points["weights"],
            incidents=points["incidents"],
            jobs=jobs,
            **naming,
        )
    notes = _write(network, output, conflicts, overwrite=overwrite)
    for line in [
        *network_lines(network, language=spoken()),
        *decision_lines(network.summary, language=spoken()),
        *notes,
    ]:
        say(line)
    say(WORDS("network_written", output=output, version=network.version))
    if conflicts is not None:
        say(WORDS("written", output=conflicts))
    if json:
        answer_json({"summary": dict(network.summary), "provenance": dict(network.provenance)})


def _naming(codes: str | None, parents: str | None, previous: Path | None, output: Path) -> dict[str, Any]:
    """What cells are to be called, read before the layers are."""
    from gridgov.cell_ids import check_naming
    from gridgov.layers import read_network
    from gridgov.outputs import check_not_input
    from gridgov.tables.parents_file import read_parents
    from gridgov.weights import split_weights

    check_naming(codes, parents)
    listed = None if parents is None else split_weights(parents)
    check_not_input(
        output, [*([] if listed is None else [listed.path]), *([] if previous is None else [previous])]
    )
    return {
        "codes": codes,
        "parents": None
        if listed is None
        else read_parents(listed.path, column=listed.column, sheet=listed.layer),
        "previous": None if previous is None else read_network(previous),
    }


def _check_list(conflicts: Path | None, decisions: Path | None, output: Path, *, overwrite: bool) -> None:
    """Raise what writing the list of conflicts would raise, and unless its three files are three."""
    from gridgov.outputs import check_not_input
    from gridgov.tables.conflicts_file import check_conflicts_output

    if decisions is not None:
        check_not_input(output, [decisions])
    if conflicts is not None:
        check_conflicts_output(conflicts, overwrite=overwrite)
        check_not_input(conflicts, [] if decisions is None else [decisions])


def _write(network: "Network", output: Path, conflicts: Path | None, *, overwrite: bool) -> list[str]:
    """Write the network, and the list of conflicts with it or neither; answer what is worth saying."""
    from gridgov.layers import write_network
    from gridgov.outputs import replacing
    from gridgov.summary import list_lines
    from gridgov.tables.conflicts_file import fill_conflicts

    if conflicts is None:
        return write_network(network, output, overwrite=overwrite)
    with replacing(conflicts, overwrite=overwrite) as partial:
        rows = fill_conflicts(network, partial)
        notes = write_network(network, output, overwrite=overwrite)
    return [*notes, *list_lines(rows, language=spoken())]
