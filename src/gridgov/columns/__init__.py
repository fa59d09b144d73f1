"""Which column is meant: ranked names for layers, ledgers and incident tables.

``roles``   names that columns have, by the role they play
``ranks``   the columns that a table has for a role, the best rank of names first
``choice``  the one column that plays a role, or is named by the user
``free``    names for columns that other columns leave free
"""

from gridgov.columns.choice import find_column, stated_column
from gridgov.columns.free import free_names, numbered_name
from gridgov.columns.ranks import alias_hits, best_columns, fold_name
from gridgov.columns.roles import ROLES

__all__ = [
    "ROLES",
    "alias_hits",
    "best_columns",
    "find_column",
    "fold_name",
    "free_names",
    "numbered_name",
    "stated_column",
]
