"""Codes of grids: what the schemes in use say, and numbers inside their parents.

``schemes``    the schemes, a code taken apart, and what is wrong with one
``numbering``  numbers from north to south and west to east, and the ids made of them
"""

from gridgov.codes.numbering import Numbering, number_cells
from gridgov.codes.schemes import SCHEMES, Code, Scheme, check_codes, parse_code, scheme_named

__all__ = [
    "SCHEMES",
    "Code",
    "Numbering",
    "Scheme",
    "check_codes",
    "number_cells",
    "parse_code",
    "scheme_named",
]
