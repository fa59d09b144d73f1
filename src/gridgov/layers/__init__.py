"""Polygons on disk: departments' grids, rungs, and the merged network."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gridgov.layers.grids_file import write_grids
    from gridgov.layers.kept_cells import cells_to_keep
    from gridgov.layers.lists_file import write_lists
    from gridgov.layers.network_file import write_network
    from gridgov.layers.network_read import is_network, read_cells, read_network
    from gridgov.layers.read import Ledger, read_grids

__all__ = [
    "Ledger",
    "cells_to_keep",
    "is_network",
    "read_cells",
    "read_grids",
    "read_network",
    "write_grids",
    "write_lists",
    "write_network",
]

#: Name -> module: what is not asked for is not loaded.
_HOME: Final = {
    "Ledger": "read",
    "is_network": "network_read",
    "cells_to_keep": "kept_cells",
    "read_cells": "network_read",
    "read_grids": "read",
    "read_network": "network_read",
    "write_grids": "grids_file",
    "write_lists": "lists_file",
    "write_network": "network_file",
}


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'gridgov.layers' has no attribute '{name}'")
    return getattr(import_module(f"gridgov.layers.{home}"), name)
