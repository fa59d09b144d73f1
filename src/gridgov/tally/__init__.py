"""Tagged incidents counted: by cell, grid, department, handler, category or any column.

``keys``        what is counted by, and the columns that hold it
``rows``        each incident as it is counted: closed, hours elapsed, overdue, amounts
``times``       times as people and programs write them
``limits``      limits for handling (时限) in hours or days
``workdays``    the calendar by which working hours and days are counted
``units``       names, owners and areas of what is counted by, from the network
``duplicates``  pairs of incidents that are likely one
``summarize``   all of it together
"""

from gridgov.tally.duplicates import Nearness
from gridgov.tally.result import IncidentSummary
from gridgov.tally.summarize import summarize_incidents
from gridgov.tally.workdays import Workdays

__all__ = ["IncidentSummary", "Nearness", "Workdays", "summarize_incidents"]
