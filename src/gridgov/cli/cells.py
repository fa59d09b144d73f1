"""The cells named on the command line: a merged network, its cells alone, or one unmerged layer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.cli.point_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError, GridgovError, SchemaError
from gridgov.language import Many, listed
from gridgov.schema import ATTRS
from gridgov.schema_faults import check_names

if TYPE_CHECKING:
    import geopandas as gpd

    from gridgov.layers.arguments import LayerArgument
    from gridgov.network import Network, NetworkCells, StoredCells

__all__ = ["read_cells"]


def read_cells(
    cells: str,
    *,
    crs: str | None = None,
    control: str | None = None,
    grid_id: str | None = None,
    owner: str | None = None,
    encoding: str | None = None,
    quiet: bool = False,
    option: str = "--cells",
    table: bool = False,
) -> "Network | NetworkCells | StoredCells | gpd.GeoDataFrame":
    """Read what `--cells` names and say on stderr what it is.

    Parameters
    ----------
    cells
        ``[NAME=]FILE[#LAYER]``: a network that `merge` wrote (.gpkg, or its cells as .parquet), or a layer as
        `read_grids` takes it.
    crs, control, grid_id, owner, encoding
        The options ``--cells-crs`` and so on: for an unmerged layer only.
    quiet
        Say nothing.
    option
        Option that names the file; those that state its columns begin with it.
    table
        Whether the cells are needed as a table: to locate points they are not.

    Raises
    ------
    ArgumentError
        One of these options for a network, which knows better.
    InputMissingError, FormatError, SchemaError, CRSError, EncodingError
        As `read_network` and `read_grids`.
    """
    from gridgov.layers import is_network
    from gridgov.layers.arguments import parse_layer_argument
    from gridgov.layers.parquet_cells import is_parquet_cells

    argument = parse_layer_argument(cells)
    path, layer = argument.path, argument.layer
    stated = {"crs": crs, "control": control, "id": grid_id, "owner": owner, "encoding": encoding}
    stated = {f"{option}-{name}": value for name, value in stated.items()}
    merged = layer in (None, "cells") and (is_network(path) or is_parquet_cells(path))
    if merged and (wrong := [option for option, value in stated.items() if value is not None]):
        raise ArgumentError(WORDS("needs_none", options=listed(wrong), path=path.name))
    if not merged:
        layer_columns = {
            role: value for role, value in (("id", grid_id), ("owner", owner)) if value is not None
        }
        return _read_layer(
            argument,
            columns=layer_columns,
            crs=crs,
            control=control,
            encoding=encoding,
            quiet=quiet,
            option=option,
        )
    network = is_network(path)
    read = _read_network(path, table=table) if network else _read_cells_file(path, table=table, option=option)
    if not quiet:
        told = {"said": option.removeprefix("--"), "n": Many(_number(read)), "path": path.name}
        kind, told = ("network_cells", told | {"version": read.version}) if network else ("cells_file", told)
        say(WORDS(kind, **told))
    return read


def _read_network(path: Path, *, table: bool) -> "Network | NetworkCells | StoredCells":
    from gridgov.layers import read_cells, read_network

    return read_network(path) if table else read_cells(path)


def _number(cells: Any) -> int:
    """How many cells there are."""
    return len(cells.cells if hasattr(cells, "cells") else cells)


def _read_cells_file(path: Path, *, table: bool, option: str) -> "gpd.GeoDataFrame | StoredCells":
    from gridgov.layers.parquet_cells import parquet_cells

    if not table and (plain := parquet_cells(path)) is not None:
        return plain
    import geopandas as gpd

    from gridgov.schema_faults import check_cells

    cells = gpd.read_parquet(path)
    check_cells(cells, where=path.name)
    if cells.empty:
        raise SchemaError(WORDS("holds_no_cell", path=path.name, option=option))
    return cells


def _read_layer(
    argument: "LayerArgument",
    *,
    columns: dict[str, str],
    crs: str | None,
    control: str | None,
    encoding: str | None,
    quiet: bool,
    option: str,
) -> "gpd.GeoDataFrame":
    from gridgov.datum import describe_crs
    from gridgov.layers import read_grids

    with _naming_our_options(option):
        grids = read_grids(
            argument.path,
            layer=argument.layer,
            department=_department(argument.name, argument.layer),
            columns=columns,
            crs=crs,
            control=control,
            encoding=encoding,
        )
    if grids.empty:
        source = grids.attrs[ATTRS]["source"]
        raise SchemaError(WORDS("layer_empty", source=source, option=option))
    if not quiet:
        about = grids.attrs[ATTRS]
        name = option.removeprefix("--")
        said = WORDS("unmerged", name=name, n=Many(len(grids)), source=about["source"])
        say(f"{said}, {describe_crs(grids.crs)}")
        for note in about["notes"]:
            say(f"  - {_our_options(note, option)}")
    return grids


@contextmanager
def _naming_our_options(option: str) -> Iterator[None]:
    """Have errors about a layer name the options that state it here, where --crs is the points'."""
    try:
        yield
    except GridgovError as error:
        raise type(error)(_our_options(str(error), option)) from error


def _our_options(text: str, option: str) -> str:
    """`--crs police=EPSG:4547` is `--cells-crs EPSG:4547` here: there is but one layer."""
    pattern = r"(?<!\w)--(id|owner|crs|control|encoding)\b( [^\s=]+=(?=\S))?"
    return re.sub(pattern, lambda found: f"{option}-{found[1]}{' ' if found[2] else ''}", text)


def _department(name: str, layer: str | None) -> str:
    """What to call the layer in columns: its own name if it can be one, else `grid`."""
    for candidate in (layer, name):
        try:
            check_names([candidate or ""])
        except ArgumentError:
            continue
        return str(candidate)
    return "grid"
