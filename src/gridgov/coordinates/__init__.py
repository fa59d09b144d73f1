"""Coordinates as people type them, made into numbers, with a reason wherever that is impossible.

``texts``  one text made into one number, or into a pair
``parse``  whole columns, and why a row has no usable coordinate
``plain``  columns of which most were read already
"""

from gridgov.coordinates.parse import Coordinates, all_usable, parse_coordinates, parse_metres
from gridgov.coordinates.plain import PlainNumbers

__all__ = ["Coordinates", "PlainNumbers", "all_usable", "parse_coordinates", "parse_metres"]
