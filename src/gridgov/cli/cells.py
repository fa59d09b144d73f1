"""The cells named on the command line: a merged network, its cells alone, or one unmerged layer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.cli.words import say
from gridgov.errors import ArgumentError, GridgovError, SchemaError, counted
from gridgov.schema import ATTRS, check_names

if TYPE_CHECKING:
    import geopandas as gpd

    from gridgov.layers.arguments import LayerArgument
    from gridgov.network import Network

__all__ = ["read_cells"]


def read_cells(
    cells: str,
    *,
    crs: str | None = None,
    grid_id: str | None = None,
    owner: str | None = None,
    encoding: str | None = None,
    quiet: bool = False,
) -> "Network | gpd.GeoDataFrame":
    """Read what `--cells` names and say on stderr what it is.

    Parameters
    ----------
    cells
        ``[NAME=]FILE[#LAYER]``: a network that `merge` wrote (.gpkg, or its cells as .parquet), or a layer as
        `read_grids` takes it.
    crs, grid_id, owner, encoding
        `--cells-crs, --cells-id, --cells-owner, --cells-encoding`: for an unmerged layer only.
    quiet
        Say nothing.

    Raises
    ------
    ArgumentError
        One of these options for a network, which knows better.
    InputMissingError, FormatError, SchemaError, CRSError, EncodingError
        As `read_network` and `read_grids`.
    """
    from gridgov.layers import is_network, read_network
    from gridgov.layers.arguments import parse_layer_argument

    argument = parse_layer_argument(cells)
    path, layer = argument.path, argument.layer
    stated = {"--cells-crs": crs, "--cells-id": grid_id, "--cells-owner": owner, "--cells-encoding": encoding}
    merged = layer in (None, "cells") and (is_network(path) or _is_cells_file(path))
    if merged and (wrong := [option for option, value in stated.items() if value is not None]):
        raise ArgumentError(f"{', '.join(wrong)}: {path.name} is a merged network and needs none of these")
    if not merged:
        layer_columns = {
            role: value for role, value in (("id", grid_id), ("owner", owner)) if value is not None
        }
        return _read_layer(argument, columns=layer_columns, crs=crs, encoding=encoding, quiet=quiet)
    if is_network(path):
        network = read_network(path)
        if not quiet:
            many = counted(len(network.cells), "cell")
            say(f"cells: {many} from {path.name}, network version {network.version}")
        return network
    return _read_cells_file(path, quiet=quiet)


def _is_cells_file(path: Path) -> bool:
    """Whether a Parquet file holds the cells of a network."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        return False
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return "cell_id" in parquet.read_schema(path).names
    except pa.ArrowInvalid:
        return False


def _read_cells_file(path: Path, *, quiet: bool) -> "gpd.GeoDataFrame":
    import geopandas as gpd

    from gridgov.schema import check_cells

    cells = gpd.read_parquet(path)
    check_cells(cells, where=path.name)
    if cells.empty:
        raise SchemaError(f"{path.name}: it holds no cell (--cells)")
    if not quiet:
        many = counted(len(cells), "cell")
        say(f"cells: {many} from {path.name}, which does not hold the network's version")
    return cells


def _read_layer(
    argument: "LayerArgument",
    *,
    columns: dict[str, str],
    crs: str | None,
    encoding: str | None,
    quiet: bool,
) -> "gpd.GeoDataFrame":
    from gridgov.datum import describe_crs
    from gridgov.layers import read_grids

    with _naming_our_options():
        grids = read_grids(
            argument.path,
            layer=argument.layer,
            department=_department(argument.name, argument.layer),
            columns=columns,
            crs=crs,
            encoding=encoding,
        )
    if grids.empty:
        raise SchemaError(f"{grids.attrs[ATTRS]['source']}: the layer is empty: it has no grid (--cells)")
    if not quiet:
        about = grids.attrs[ATTRS]
        said = f"cells: {counted(len(grids), 'grid')} of one unmerged layer from {about['source']}"
        say(f"{said}, {describe_crs(grids.crs)}")
        for note in about["notes"]:
            say(f"  - {_our_options(note)}")
    return grids


@contextmanager
def _naming_our_options() -> Iterator[None]:
    """Have errors about a layer name the options that state it here, where --crs is the points'."""
    try:
        yield
    except GridgovError as error:
        raise type(error)(_our_options(str(error))) from error


def _our_options(text: str) -> str:
    """`--crs police=EPSG:4547` is `--cells-crs EPSG:4547` here: there is but one layer."""
    return re.sub(r"(?<!\w)--(id|owner|crs|encoding)\b( [^\s=]+=(?=\S))?", _our_option, text)


def _our_option(found: "re.Match[str]") -> str:
    return f"--cells-{found[1]}{' ' if found[2] else ''}"


def _department(name: str, layer: str | None) -> str:
    """What to call the layer in columns: its own name if it can be one, else `grid`."""
    for candidate in (layer, name):
        try:
            check_names([candidate or ""])
        except ArgumentError:
            continue
        return str(candidate)
    return "grid"
