"""Who overlaps whom: the grids of the departments and the cells, and the departments with each other.

``cells``      grid -> cell, as a merge answers it
``relations``  which overlaps count, and what they are called
"""

from gridgov.crosswalk.cells import crosswalk_of

__all__ = ["crosswalk_of"]
