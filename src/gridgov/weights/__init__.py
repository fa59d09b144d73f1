"""Households, people, addresses and incidents from a file: what is counted.

``arguments``  ``PATH[#LAYER][:COLUMN]`` as it is typed
``read``       a file as points or polygons with their weight
``incidents``  a file of incidents as points
``places``     where its rows lie
``words``      errors in the words of the option
"""

from gridgov.weights.arguments import WeightFile, split_weights
from gridgov.weights.incidents import read_incidents
from gridgov.weights.read import read_weights

__all__ = ["WeightFile", "read_incidents", "read_weights", "split_weights"]
