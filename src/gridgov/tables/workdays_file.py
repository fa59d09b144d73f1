"""The calendar of workdays on disk."""

from pathlib import Path

from gridgov.tables.read import read_table
from gridgov.tally import Workdays

__all__ = ["read_workdays"]


def read_workdays(path: str | Path, *, encoding: str | None = None, sheet: str | None = None) -> Workdays:
    """Read which days and hours count as working time.

    Parameters
    ----------
    path
        .csv, .xlsx or any other table with the columns ``date`` (日期) and ``workday`` (是否工作日), as
        `Workdays.from_table` explains them.
    encoding, sheet
        As in `read_rules`.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError, ArgumentError
        The file cannot be read, or is no calendar.
    """
    table = read_table(path, encoding=encoding, sheet=sheet)
    return Workdays.from_table(table, source=Path(path).name)
