"""File to file: a table of incidents in, the same table with cells, grids, owners and handlers out.

``job``      the whole of it, batch by batch
``options``  what a caller may say
``asking``   the answers for some rows of a table
``tally``    what is counted meanwhile
``result``   what a person is told afterwards
``rejects``  rows that could not be placed, as a file of their own that can be mended and fed again
``mismatches``  rows whose recorded unit is not the located one, as a list
``trust``    how far coordinates and answers go, counted batch by batch
"""

from gridgov.tag.job import check_list_path, check_tag_paths, tag_file
from gridgov.tag.mismatches import mismatches_path
from gridgov.tag.options import RecordedOptions, TagOptions
from gridgov.tag.rejects import RejectLimit, rejects_path
from gridgov.tag.result import TagResult
from gridgov.tag.trust import Trusted

__all__ = [
    "RecordedOptions",
    "RejectLimit",
    "TagOptions",
    "TagResult",
    "Trusted",
    "check_list_path",
    "check_tag_paths",
    "mismatches_path",
    "rejects_path",
    "tag_file",
]
