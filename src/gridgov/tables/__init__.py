"""Tables of incidents and rules on disk: CSV, Excel, Parquet, GeoPackage and GeoJSON points.

Every value is carried unchanged: as text from CSV and Excel, with its type from the others. ``open_table``
gives a table batch by batch with all that is needed to write the output the way the input was written, and
``open_writer`` takes it so; ``load_table``, ``read_table`` and ``write_table`` read and write whole tables.

``table``        what is read: batches, points, how a text was written
``formats``      which kind of table a file is
``read``         one adapter for all kinds, and ``write`` likewise
``text``         CSV: ``text_scan``, ``text_form``, ``text_faults``, ``text_writer``; ``byte_file`` unpacks
``line_blocks``  CSV as the lines it came as, ``text_lines``
``line_loops``   the same with numba, ``number_loops``, ``raw_bytes``
``plain_rows``   few rows as text, without polars, and ``few_rows`` few rows of text, without pyarrow
``excel``        workbooks, and ``excel_writer``
``parquet``, ``points``, ``geometry``   what has types and points; ``plain_columns`` its numbers
``row_groups``   Parquet as the bytes it is; ``compact`` its footer, ``parquet_writer``
``rules``, ``decisions_file``, ``conflicts_file``, ``crosswalk_file``   tables with a meaning of their own
"""

from gridgov.tables.byte_file import unpacked
from gridgov.tables.formats import ENDINGS, TableFormat
from gridgov.tables.geometry import with_coordinates
from gridgov.tables.json_lines import json_line_stream
from gridgov.tables.plain_columns import plain_numbers
from gridgov.tables.plain_rows import plain_rows
from gridgov.tables.read import check_source, load_table, open_table, read_table
from gridgov.tables.row_groups import GroupPart
from gridgov.tables.rules import read_rules
from gridgov.tables.spool import spooled
from gridgov.tables.table import (
    BATCH_ROWS,
    Batch,
    Behind,
    MapPoints,
    Table,
    TableStream,
    TextFormat,
    arrow_column,
)
from gridgov.tables.text_lines import TextLines, split_rows
from gridgov.tables.write import (
    TableWriter,
    check_columns,
    open_writer,
    stream_writer,
    text_form_of,
    write_table,
)

__all__ = [
    "BATCH_ROWS",
    "ENDINGS",
    "Batch",
    "Behind",
    "GroupPart",
    "MapPoints",
    "Table",
    "TableFormat",
    "TableStream",
    "TableWriter",
    "TextFormat",
    "TextLines",
    "arrow_column",
    "check_columns",
    "check_source",
    "json_line_stream",
    "load_table",
    "open_table",
    "open_writer",
    "plain_numbers",
    "plain_rows",
    "read_rules",
    "read_table",
    "split_rows",
    "spooled",
    "stream_writer",
    "text_form_of",
    "unpacked",
    "with_coordinates",
    "write_table",
]
