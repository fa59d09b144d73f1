"""Few rows of a plain text table, read without pyarrow, which takes longer to load than they do."""

from typing import Final

from gridgov.tables.byte_file import ByteFile
from gridgov.tables.text_form import name_columns, text_form
from gridgov.tables.text_scan import TextScan

__all__ = ["few_columns"]

#: More bytes than this are read by pyarrow, which does so many times as fast.
_MOST_BYTES: Final = 1 << 20

#: In others a line end may be part of a letter.
_ENCODINGS: Final = frozenset({"utf-8", "utf-8-sig", "gb18030"})


def few_columns(file: ByteFile, scan: TextScan, *, tabs: bool) -> dict[str, list[str | None]] | None:
    """Columns of text by name, as `gridgov.tables.text` reads them; an empty value is None.

    None for what is large or in any way odd: quotes, empty lines, rows of another length, one column only.
    Then pyarrow reads it, and what is wrong is said.

    Raises
    ------
    SchemaError
        Names of columns repeat.
    """
    if file.packing or file.size > _MOST_BYTES or scan.quotes or scan.encoding not in _ENCODINGS:
        return None
    text = file.head(_MOST_BYTES).decode(scan.encoding).replace("\r\n", "\n")
    if "\r" in text or "\n" not in text:
        return None
    separator = text_form(file, scan.encoding, tabs=tabs).separator
    rows = [line.split(separator) for line in text.removesuffix("\n").split("\n")]
    if len(rows[0]) == 1 or any(len(row) != len(rows[0]) for row in rows):
        return None
    names, _ = name_columns(file.shown, rows[0])
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [()] * len(names)
    return {name: [value or None for value in column] for name, column in zip(names, columns, strict=True)}
