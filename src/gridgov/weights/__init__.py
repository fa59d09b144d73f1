"""Households, people or addresses from a file: what a crosswalk counts.

``arguments``  ``PATH[#LAYER][:COLUMN]`` as it is typed
``read``       a file as points or polygons with their weight
``places``     where its rows lie
"""

from gridgov.weights.arguments import WeightFile, split_weights
from gridgov.weights.read import read_weights

__all__ = ["WeightFile", "read_weights", "split_weights"]
