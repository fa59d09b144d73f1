"""Exact point location: which cell holds a point, which others lie near it."""

from gridgov.index.tree import CellIndex, Pairs

__all__ = ["CellIndex", "Pairs"]
