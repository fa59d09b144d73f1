"""Tables of incidents and rules on disk: CSV, Excel, Parquet, GeoPackage and GeoJSON points.

Every value is carried unchanged: as text from CSV and Excel, with its type from the others. ``load_table``
answers all that is needed to write the output the way the input was written; ``read_table`` only the rows.
"""

from gridgov.tables.points import with_coordinates
from gridgov.tables.read import ENDINGS, check_ending, load_table, read_table
from gridgov.tables.rules import read_rules
from gridgov.tables.table import Points, Table, TextFormat
from gridgov.tables.write import output_names, save_table, write_table

__all__ = [
    "ENDINGS",
    "Points",
    "Table",
    "TextFormat",
    "check_ending",
    "load_table",
    "output_names",
    "read_rules",
    "read_table",
    "save_table",
    "with_coordinates",
    "write_table",
]
