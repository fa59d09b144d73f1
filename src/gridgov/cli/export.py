"""`gridgov export`."""

from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.cli import options
from gridgov.cli.command_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError
from gridgov.language import listed, spoken
from gridgov.outputs import check_not_input

if TYPE_CHECKING:
    from gridgov.network import Network


def export(
    network: options.exports.NetworkFile,
    department: options.exports.Department = None,
    weight_column: options.exports.WeightColumn = None,
    layer: options.exports.NetworkLayer = None,
    tables: options.exports.Tables = False,
    conflicts: options.decisions.ConflictsFile = None,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Give a department its own grids back, or planners their lists.

    Example: gridgov export network.gpkg --department police -o police.shp

    Grids and layers: -o .gpkg, .gdb, .geojson, .parquet, .shp, .shp.zip (short names, GB18030, a list of the
    fields). Tables: -o FOLDER (.csv) or .xlsx. The list for people to decide: --conflicts FILE.xlsx.
    """
    from gridgov.layers import read_network
    from gridgov.layers.grids_file import check_grids_output
    from gridgov.layers.lists_file import check_lists_output

    if sum(chosen is not None for chosen in (department, layer, conflicts)) + tables != 1:
        raise ArgumentError(WORDS("say_what"))
    if weight_column is not None and department is None:
        raise ArgumentError(WORDS("weight_with"))
    if conflicts is not None:
        _conflicts(network, conflicts, output, overwrite=overwrite)
        return
    if output is None:
        raise ArgumentError(WORDS("say_where", example="tables.xlsx" if tables else "grids.gpkg"))
    check_not_input(output, [network])
    (check_lists_output if tables else check_grids_output)(output, overwrite=overwrite)
    merged = read_network(network)
    if tables:
        _tables(merged, output, overwrite=overwrite)
    elif department is not None:
        _department(merged, department, weight_column, output, overwrite=overwrite)
    else:
        _layer(merged, str(layer), output, overwrite=overwrite)
    say(WORDS("written_from", output=output, version=merged.version))


def _department(
    network: "Network", department: str, weight_column: str | None, output: Path, *, overwrite: bool
) -> None:
    from gridgov.departments import department_grids
    from gridgov.layers import write_grids
    from gridgov.summary import grids_lines

    grids = department_grids(network, department=department, weight_column=weight_column)
    notes = write_grids(grids, output, overwrite=overwrite)
    _say([*grids_lines(grids, weight_column=weight_column), *(f"  - {note}" for note in notes)])


def _layer(network: "Network", name: str, output: Path, *, overwrite: bool) -> None:
    from gridgov.layers import write_grids

    layers = {"cells": network.cells, "grids": network.grids, "conflicts": network.conflicts}
    layers |= network.rungs
    if name not in layers:
        there = listed(layers)
        raise ArgumentError(WORDS("no_layer", name=name, there=there))
    notes = write_grids(layers[name], output, name=name, overwrite=overwrite)
    _say([WORDS("layer_rows", name=name, n=len(layers[name])), *(f"  - {note}" for note in notes)])


def _tables(network: "Network", output: Path, *, overwrite: bool) -> None:
    from gridgov.layers.lists_file import write_lists
    from gridgov.summary import lists_lines
    from gridgov.tables.decisions_file import check_decisions_kept

    # People may have decided in these lists as well, which are read by the same columns.
    check_decisions_kept(output / "conflicts.csv" if output.is_dir() else output, network.conflicts)
    _say(lists_lines(write_lists(network, output, overwrite=overwrite)))


def _conflicts(network: Path, conflicts: Path, output: Path | None, *, overwrite: bool) -> None:
    from gridgov.layers import read_network
    from gridgov.summary import list_lines
    from gridgov.tables.conflicts_file import check_conflicts_output, write_conflicts

    if output is not None:
        raise ArgumentError(WORDS("conflicts_where", conflicts=conflicts, output=output))
    check_not_input(conflicts, [network])
    check_conflicts_output(conflicts, overwrite=overwrite)
    merged = read_network(network)
    rows = write_conflicts(merged, conflicts, overwrite=overwrite)
    _say(list_lines(rows, language=spoken()))
    say(WORDS("written_from", output=conflicts, version=merged.version))


def _say(lines: list[str]) -> None:
    for line in lines:
        say(line)
