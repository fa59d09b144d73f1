"""Coordinates as people type them, made into numbers, with a reason wherever that is impossible.

``texts``  one text made into one number, or into a pair
``parse``  whole columns, and why a row has no usable coordinate
"""

from gridgov.coordinates.parse import Coordinates, parse_coordinates, parse_metres

__all__ = ["Coordinates", "parse_coordinates", "parse_metres"]
