"""Coordinates that can be read but are hardly where something happened, named by written rules.

``shared``  points that very many rows have, counted in bounded memory
``extent``  where the cells lie, in the coordinates of the points
``rules``   the rules, counted batch by batch
``check``   all of it for one table
"""

from gridgov.doubts.check import check_coordinates
from gridgov.doubts.rules import DOUBTS, CoordinateDoubts, Doubt

__all__ = ["DOUBTS", "CoordinateDoubts", "Doubt", "check_coordinates"]
