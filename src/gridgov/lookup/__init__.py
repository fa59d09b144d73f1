"""What an assignment asks: the cells made ready, points read, recorded places, who handles.

``atlas``      cells of any kind (network, cells table, unmerged layer) ready to be asked
``points``     coordinates as they come, in the cells' own coordinate system, or a reason
``places``     recorded districts, streets, communities found among the cells' rungs
``accuracy``   how far around each point cells are candidates
``placing``    the cell of each point, its status and candidates
``handling``   handler rules applied to answers and to their candidates
``incidents``  what an incident table says of all this
``naming``     names of the columns added
``answers``    a column of answers
"""

from gridgov.lookup.accuracy import Widths, border_widths
from gridgov.lookup.answers import Answers, constant
from gridgov.lookup.atlas import Atlas
from gridgov.lookup.handling import CATEGORY, Handling, bind
from gridgov.lookup.incidents import (
    IncidentRules,
    incident_points,
    incident_rules,
    incident_widths,
    recorded_columns,
    recorded_places,
)
from gridgov.lookup.naming import added_names
from gridgov.lookup.places import find_places
from gridgov.lookup.placing import Placed, joined_ids, place_points
from gridgov.lookup.points import DEFAULT_CRS, Around, Points, read_points

__all__ = [
    "CATEGORY",
    "DEFAULT_CRS",
    "Answers",
    "Around",
    "Atlas",
    "Handling",
    "IncidentRules",
    "Placed",
    "Points",
    "Widths",
    "added_names",
    "bind",
    "border_widths",
    "constant",
    "find_places",
    "incident_points",
    "incident_rules",
    "incident_widths",
    "joined_ids",
    "place_points",
    "read_points",
    "recorded_columns",
    "recorded_places",
]
