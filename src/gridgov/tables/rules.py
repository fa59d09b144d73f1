"""Handler rules on disk."""

from pathlib import Path

from gridgov.errors import FormatError
from gridgov.owners import Rules
from gridgov.tables.formats import TableFormat
from gridgov.tables.read import load_table
from gridgov.tables.text import text_columns
from gridgov.tables.words import WORDS

__all__ = ["read_rules"]


def read_rules(path: str | Path, *, encoding: str | None = None, sheet: str | None = None) -> Rules:
    """Handler rules from a table (.csv in UTF-8 or GB18030, .xlsx, .parquet).

    Parameters
    ----------
    path
        File of rules: one row says who acts on what, where. See ``docs/files.md``.
    encoding
        Text encoding, if it is neither UTF-8 nor GB18030.
    sheet
        Sheet of a workbook that has several.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError
        The file cannot be read.
    RulesError
        A rule says nobody, or its dates are none.

    Notes
    -----
    Text tables are read without polars, so that `locate` answers on machines where it cannot run;
    plain ones of less than 1 MB without pyarrow too, which takes longer to load.
    """
    path = Path(path)
    form = TableFormat.of(path)
    if form.spatial:
        raise FormatError(WORDS("rules_kind", path=path))
    if form.text and path.is_file() and sheet is None:
        return Rules.from_columns(text_columns(path, encoding=encoding), source=path.name)
    import polars as pl

    table = load_table(path, encoding=encoding, sheet=sheet, blank_rows=True)
    columns = {column.name: column.cast(pl.String).to_list() for column in table.data}
    return Rules.from_columns(columns, source=path.name, first_row=table.first_row)
