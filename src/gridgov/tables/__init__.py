"""Tables of incidents and rules on disk: CSV, Excel, Parquet, GeoPackage and GeoJSON points.

Every value is carried unchanged: as text from CSV and Excel, with its type from the others. ``load_table``
answers all that is needed to write the output the way the input was written; ``read_table`` only the rows.
"""

from gridgov.tables.points import with_coordinates
from gridgov.tables.read import ENDINGS, check_ending, load_table, read_table
from gridgov.tables.rules import read_rules
from gridgov.tables.table import MapPoints, Table, TextFormat
from gridgov.tables.write import check_table, save_table, write_table

__all__ = [
    "ENDINGS",
    "MapPoints",
    "Table",
    "TextFormat",
    "check_ending",
    "check_table",
    "load_table",
    "read_rules",
    "read_table",
    "save_table",
    "with_coordinates",
    "write_table",
]
