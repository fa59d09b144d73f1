"""Who overlaps whom: the grids of the departments and the cells, and the departments with each other.

``cells``        grid -> cell, as a merge answers it
``departments``  department <-> department: the policy
``divisions``    who covers a face and who a point, as drawn or as merged
``weights``      households and the like, counted or spread
``overlaps``     two departments laid on each other
``relations``    which overlaps count, and what they are called
``tables``       the answer as tables
"""

from gridgov.crosswalk.cells import crosswalk_of
from gridgov.crosswalk.departments import DepartmentCrosswalk, crosswalk_departments
from gridgov.crosswalk.weights import WEIGHT, weight_numbers

__all__ = ["WEIGHT", "DepartmentCrosswalk", "crosswalk_departments", "crosswalk_of", "weight_numbers"]
