"""The list of communities that there are, on disk."""

from pathlib import Path

from gridgov.codes import check_codes
from gridgov.codes.schemes import PARENT, check_parents
from gridgov.errors import FormatError, SchemaError
from gridgov.ids import text_values
from gridgov.language import listed
from gridgov.tables.formats import TableFormat
from gridgov.tables.read import read_table
from gridgov.tables.words import WORDS

__all__ = ["read_parents"]


def read_parents(
    path: str | Path, *, column: str | None = None, encoding: str | None = None, sheet: str | None = None
) -> frozenset[str]:
    """Read the 12-digit codes of all communities that there are.

    Parameters
    ----------
    path
        .csv, .xlsx or any other table.
    column
        Column of the codes; None: the only one that holds nothing else.
    encoding, sheet
        As in `read_rules`.

    Raises
    ------
    SchemaError
        There is no such column; none or several hold such codes.
    CodeError
        The column holds something else.
    InputMissingError, FormatError, EncodingError
        The file cannot be read.
    """
    if TableFormat.of(Path(path)).spatial:
        raise FormatError(WORDS("parents_kind", path=path))
    table, name = read_table(path, encoding=encoding, sheet=sheet), Path(path).name
    values = {
        each: [v for v in text_values(table[each].to_list()) if v is not None] for each in table.columns
    }
    if column is None:
        found = [
            each for each, codes in values.items() if codes and check_codes(set(codes), scheme=PARENT).empty
        ]
        if len(found) != 1:
            key = "parents_two" if found else "parents_none"
            raise SchemaError(WORDS(key, name=name, columns=listed(found or table.columns)))
        column = found[0]
    if column not in values:
        raise SchemaError(WORDS("parents_column", name=name, column=column, columns=listed(table.columns)))
    return check_parents(values[column], source=f"{name}:{column}")
