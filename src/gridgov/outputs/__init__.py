"""Outputs appear whole or not at all, and never over something that was there unasked.

``checks``   whether something may be written to a path, said before long work begins
``replace``  files written aside, then put in their place in one step
``locks``    one program at a time writes to a path
``room``     room on the disk
``hidden``   hidden files beside an output while it is written
"""

from gridgov.outputs.checks import check_not_input, check_output, check_together
from gridgov.outputs.locks import alone
from gridgov.outputs.replace import replacing, replacing_together

__all__ = ["alone", "check_not_input", "check_output", "check_together", "replacing", "replacing_together"]
