"""The list of conflicts: where layers disagree, and what the merge decided there.

``find``         the policy: what is listed place by place, what in one row per pair of grids
``ground``       a department's drawing laid over the cells: what was drawn there, what holds there now
``earlier``      what the departments before it drew there
``department``   the conflicts of one department
``rungs``        those of the rungs themselves
``strips``       strips between two drawings of one border
``bundles``      faces tied together by the grids they are about
``beside``       which grids lie along a gap
``listed``       rows of what people decide or should know
``rows``         rows of bundles
``words``        what the merge did, and by which rule
``consequence``  households and incidents there
``finish``       ids and order
``messages``     texts in English, and in any language where they are shown
``where``        the unit of a rung in which each is to be settled
"""

from gridgov.conflicts.find import find_conflicts
from gridgov.conflicts.messages import said_conflicts, unit_said
from gridgov.conflicts.where import units_near, units_of_conflicts

__all__ = ["find_conflicts", "said_conflicts", "unit_said", "units_near", "units_of_conflicts"]
