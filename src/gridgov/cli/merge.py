"""`gridgov merge`."""

from gridgov.cli import options
from gridgov.cli.inputs import LayerOptions, read_inputs
from gridgov.cli.words import answer_json, say
from gridgov.errors import ArgumentError


def merge(
    layers: options.Layers,
    within: options.Within = [],
    districts: options.Districts = None,
    output: options.Output = None,
    tolerance_m: options.ToleranceM = 25.0,
    min_area_m2: options.MinAreaM2 = 300.0,
    grid_id: options.Id = [],
    owner: options.Owner = [],
    name: options.Name = [],
    crs: options.LayerCrs = [],
    encoding: options.LayerEncoding = [],
    attributes: options.Attributes = [],
    header_row: options.HeaderRow = [],
    carry: options.Carry = [],
    overwrite: options.Overwrite = False,
    json: options.Json = False,
) -> None:
    """Merge departmental layers into one seamless network.

    Example: gridgov merge comprehensive=zz.gpkg police=jw.shp --within district=qx.geojson -o network.gpkg
    """
    from gridgov import merge_grids, write_network
    from gridgov.layers.network_file import check_network_ending
    from gridgov.outputs import check_not_input, check_output
    from gridgov.summary import network_lines

    if output is None:
        raise ArgumentError("say where to write the network: -o network.gpkg")
    # Before minutes of work: what could not be written after them.
    check_network_ending(output)
    check_output(output, overwrite=overwrite)
    inputs = read_inputs(
        LayerOptions(
            layers=layers,
            within=within,
            districts=districts,
            id=grid_id,
            owner=owner,
            name=name,
            crs=crs,
            encoding=encoding,
            attributes=attributes,
            header_row=header_row,
            carry=carry,
        )
    )
    check_not_input(output, inputs.paths)
    network = merge_grids(
        inputs.layers,
        within=inputs.rungs,
        tolerance_m=tolerance_m,
        min_area_m2=min_area_m2,
        carry=inputs.carry,
    )
    notes = write_network(network, output, overwrite=overwrite)
    for line in [*network_lines(network), *notes]:
        say(line)
    say(f"Written: {output} (network version {network.version})")
    if json:
        answer_json({"summary": dict(network.summary), "provenance": dict(network.provenance)})
