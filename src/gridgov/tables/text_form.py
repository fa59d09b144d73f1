"""How a text table is written, seen from its beginning: separator, line ends, names of the columns."""

import codecs
import csv
from collections.abc import Sequence
from typing import Final

from gridgov.errors import FormatError, SchemaError
from gridgov.language import examples
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import TextFormat
from gridgov.tables.words import WORDS

__all__ = ["name_columns", "text_form"]

_SEPARATORS: Final = (",", "\t", ";")
_HEAD_BYTES: Final = 1 << 16
_HEAD_ROWS: Final = 50


def text_form(file: ByteFile, encoding: str, *, tabs: bool = False) -> TextFormat:
    """How a file is written that is in `encoding`; raises FormatError for one that is empty.

    With `tabs` the separator is not looked for.
    """
    head = file.head(_HEAD_BYTES)
    bom = encoding.endswith("-sig") or encoding in {"utf-16", "utf-32"}
    name = "gb18030" if encoding.lower() in {"gbk", "gb2312", "cp936"} else encoding.removesuffix("-sig")
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    if not text.strip("\ufeff\r\n \t"):
        key = "blanks" if len(head) == _HEAD_BYTES else "only_blanks"
        raise FormatError(WORDS(key, file=file.shown, most=_HEAD_BYTES))
    separator = "\t" if tabs else _separator(text)
    return TextFormat(name, bom, separator, "\r\n" if "\r\n" in text else "\n")


def _separator(text: str) -> str:
    """The separator that cuts the first rows into equal numbers of values, most of them if several do."""
    lines = text.splitlines(keepends=True)[:_HEAD_ROWS]

    def quality(separator: str) -> tuple[bool, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        # The last row may be cut off by the end of the head.
        equal = len(set(widths[:-1] or widths)) == 1
        return equal and widths[0] > 1, widths[0] if widths else 0

    return max(_SEPARATORS, key=quality)


def name_columns(where: object, given: Sequence[str]) -> tuple[list[str], list[str]]:
    """Column names of a header row, those without a name called column_<n>, and a note on these.

    Raises SchemaError if names repeat; `where` is what its message calls the table.
    """
    names = [name if name.strip() else f"column_{number}" for number, name in enumerate(given, start=1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise SchemaError(WORDS("same_names", where=where, repeated=examples(repeated)))
    made = [name for name, said in zip(names, given, strict=True) if name != said]
    return names, [WORDS("unnamed", made=examples(made))] if made else []
