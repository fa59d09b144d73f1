"""File to file: a table of incidents in, the same table with cells, grids, owners and handlers out.

``job``      the whole of it, batch by batch; ``many`` does it for many files
``files``    where a job reads and writes
``options``  what a caller may say
``asking``   the answers for some rows of a table, ``asked``; ``plainly`` those in the middle of a cell
``added``    answers as columns; ``behind`` as text behind the lines of a text table, ``coded`` as codes of
             words for Parquet
``aside``    rows of a text table gathered for a file of their own
``settling`` what is written is brought to the disk meanwhile
``batches``  the same between programs, without files
``written``  what is written; ``origin`` and ``sidecar`` tell where it comes from
``tally``    what is counted meanwhile
``result``   what a person is told afterwards
``rejects``  rows that could not be placed, as a file of their own that can be mended and fed again
``mismatches``  rows whose recorded unit is not the located one, as a list
``trust``    how far coordinates and answers go, counted batch by batch
"""

from gridgov.tag.batches import assign_batches
from gridgov.tag.files import TagFiles
from gridgov.tag.job import tag_file, tag_table
from gridgov.tag.many import ManyResult, Told, find_sources, tag_many
from gridgov.tag.mismatches import mismatches_path
from gridgov.tag.options import RecordedOptions, TagOptions
from gridgov.tag.rejects import RejectLimit, lists_called, rejects_path
from gridgov.tag.result import TagResult
from gridgov.tag.trust import Trusted

__all__ = [
    "ManyResult",
    "RecordedOptions",
    "RejectLimit",
    "TagFiles",
    "TagOptions",
    "TagResult",
    "Told",
    "Trusted",
    "assign_batches",
    "find_sources",
    "lists_called",
    "mismatches_path",
    "rejects_path",
    "tag_file",
    "tag_many",
    "tag_table",
]
