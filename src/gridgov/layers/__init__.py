"""Polygons on disk: departments' grids, rungs, and the merged network."""

from gridgov.layers.grids_file import write_grids
from gridgov.layers.lists_file import write_lists
from gridgov.layers.network_file import is_network, read_cells, read_network, write_network
from gridgov.layers.read import Ledger, read_grids

__all__ = [
    "Ledger",
    "is_network",
    "read_cells",
    "read_grids",
    "read_network",
    "write_grids",
    "write_lists",
    "write_network",
]
