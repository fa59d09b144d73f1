"""Units that were recorded, held against the units in which the points lie.

``units``      the units of a column of the cells, and what each label means
``forms``      labels in another form: digits only, without common words, in capitals
``tally``      agreement and mismatches, counted batch by batch
``trials``     the same points read in other datums, and shifted as a whole
``reasons``    why they may differ, by written rules
``report``     what was found
``check``      all of it for one table
"""

from gridgov.recorded.check import check_recorded
from gridgov.recorded.forms import FORMS
from gridgov.recorded.report import RecordedReport, TriedDatum
from gridgov.recorded.tally import Mismatches, RecordedTally

__all__ = ["FORMS", "Mismatches", "RecordedReport", "RecordedTally", "TriedDatum", "check_recorded"]
