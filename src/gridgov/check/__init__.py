"""What is wrong with a layer, alone and against the rungs.

`report` holds `check_grids`, the policy; `ground` what a layer is judged against; `overlaps`, `gaps`,
`crossings` and `grid_faults` find the kinds of problems; `coverage` the ledger of the outline;
`problems` makes the table, `places` says in words where each is.
"""

from gridgov.check.ground import Drawn, Ground, drawn_on, ground_of
from gridgov.check.overlaps import nested_grids
from gridgov.check.report import CheckReport, check_grids, layer_problems

__all__ = [
    "CheckReport",
    "Drawn",
    "Ground",
    "check_grids",
    "drawn_on",
    "ground_of",
    "layer_problems",
    "nested_grids",
]
