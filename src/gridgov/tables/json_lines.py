"""Tables of one JSON object a line (NDJSON), values and numbers carried as they are written."""

import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from gridgov.errors import EncodingError, FormatError, GridgovError, GridgovWarning, SchemaError
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.table import BATCH_ROWS, Batch, TableStream
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import polars as pl

    #: A line as it stands, and its members as they are written.
    Row = tuple[str, dict[str, str]]

__all__ = ["JsonLinesWriter", "json_line_stream", "members", "open_json_lines"]

_BLANKS: Final = " \t\r\n"
_DECODER: Final = json.JSONDecoder()
#: Key under which the answer to a line that could not be read has its text.
_UNREAD: Final = "_line"


def open_json_lines(file: ByteFile, *, batch_rows: int = BATCH_ROWS) -> TableStream:
    """Rows of a file, every key of any of them a column of text: strings as they are, all else as JSON.

    Raises FormatError with the line for what is no JSON object, EncodingError for what is no UTF-8.
    """
    names: dict[str, None] = {}
    with file.open() as opened:
        for _, row in _rows(opened.stream, file.shown):
            names.update(dict.fromkeys(row))
    read = 0

    def batches() -> Iterator[Batch]:
        nonlocal read
        with file.open() as opened:
            rows = _rows(opened.stream, file.shown)
            some = list(islice(rows, batch_rows))
            yield _batch(some, tuple(names))
            while some := list(islice(rows, batch_rows)):
                read = opened.file.tell()
                yield _batch(some, tuple(names))

    return TableStream(file.path, tuple(names), batches(), done=lambda: read / max(file.size, 1), first_row=1)


def json_line_stream(stream: BinaryIO, *, shown: str) -> TableStream:
    """Rows as they come, one a batch; the keys of the first are the columns. For another program's lines.

    A later line that cannot be read is a row without values, which holds its text, and is warned of: the
    other program waits for an answer to each line. Of the first, raises as `open_json_lines`.
    """
    from pathlib import Path

    rows = _rows(iter(stream.readline, b""), shown, unread=_unread)
    first = next(rows, None)
    names = () if first is None else tuple(first[1])

    def batches() -> Iterator[Batch]:
        if first is None:
            yield _batch([], names)
            return
        yield _batch([first], names)
        for row in rows:
            yield _batch([row], names)

    return TableStream(Path(shown), names, batches(), first_row=1)


def members(text: str) -> dict[str, str]:
    """Keys of a JSON object and their values as they are written; raises ValueError for anything else.

    >>> members('{"code": "007", "n": 1.50, "at": [1, 2]}')
    {'code': '"007"', 'n': '1.50', 'at': '[1, 2]'}
    """
    found: dict[str, str] = {}
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise ValueError(WORDS("no_object"))
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        if text[at : at + 1] != '"':
            raise ValueError(WORDS("key_missing", at=at + 1))
        key, at = scanstring(text, at + 1)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise ValueError(WORDS("colon_missing", at=at + 1))
        begin = _skip(text, at + 1)
        _, end = _DECODER.raw_decode(text, begin)
        if key in found:
            raise SchemaError(WORDS("key_twice", key=key))
        found[key] = text[begin:end]
        at = _skip(text, end)
        if text[at : at + 1] not in {",", "}"} or not text[at : at + 1]:
            raise ValueError(WORDS("comma_missing", at=at + 1))
        if text[at] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "}":
                raise ValueError(WORDS("key_missing", at=at + 1))
    if text[at + 1 :].strip(_BLANKS):
        raise ValueError(WORDS("behind_object", at=at + 2))
    return found


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in _BLANKS and at < len(text):
        at += 1
    return at


def _rows(
    lines: Iterable[bytes], where: str, *, unread: "Callable[[bytes, GridgovError], Row] | None" = None
) -> "Iterator[Row]":
    """Each line that is not blank, and its members; behind the first, what `unread` makes of others."""
    rows = 0
    for number, raw in enumerate(lines, start=1):
        try:
            row = _row(raw, number, where)
        except (EncodingError, FormatError, SchemaError) as error:
            if unread is None or not rows:
                raise
            row = unread(raw, error)
        if row is not None:
            rows += 1
            yield row


def _row(raw: bytes, number: int, where: str) -> "Row | None":
    """A line and its members, None for a blank one."""
    try:
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip(_BLANKS)
        return (line, _of_whole_characters(line, members(line))) if line else None
    except UnicodeEncodeError as error:
        code = ascii(error.object[error.start])[1:-1]
        raise EncodingError(WORDS("line_half", where=where, number=number, code=code)) from error
    except UnicodeDecodeError as error:
        raise EncodingError(WORDS("line_not_utf8", where=where, number=number)) from error
    except SchemaError as error:
        raise SchemaError(WORDS("line_error", where=where, number=number, error=error)) from error
    except (ValueError, RecursionError) as error:
        raise FormatError(WORDS("line_no_object", where=where, number=number, error=error)) from error


def _unread(raw: bytes, error: GridgovError) -> "Row":
    """A row without values that holds the text of its line."""
    warnings.warn(WORDS("line_unread", error=error), GridgovWarning, stacklevel=2)
    text = raw.decode("utf-8", errors="replace").strip(_BLANKS)
    return json.dumps({_UNREAD: text}, ensure_ascii=False), {}


def _of_whole_characters(line: str, row: dict[str, str]) -> dict[str, str]:
    """The same members; raises UnicodeEncodeError for half a character that is escaped in a text."""
    if "\\u" in line:
        for text in (*row, *map(_text, row.values())):
            (text or "").encode()
    return row


def _batch(rows: "list[Row]", names: tuple[str, ...]) -> Batch:
    import polars as pl

    columns = [pl.Series(name, [_text(row.get(name)) for _, row in rows], dtype=pl.String) for name in names]
    return Batch(pl.DataFrame(columns), lines=[line for line, _ in rows])


def _text(written: str | None) -> str | None:
    if written is None or written == "null":
        return None
    return str(json.loads(written)) if written[0] == '"' else written


class JsonLinesWriter:
    """Write one JSON object a line; lines that came as such keep their text, and get the new keys behind."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, batch: Batch) -> None:
        """Add rows."""
        if not isinstance(batch.lines, list):
            batch.frame().write_ndjson(self._file)
            return
        added = _lines_of(batch.added, len(batch.lines))
        taken = {series.name for series in batch.added}
        for line, new in zip(batch.lines, added, strict=True):
            self._file.write(f"{_joined(line, new, taken, filled=batch.filled)}\n".encode())

    def flush(self) -> None:
        """Give on what was written."""
        self._file.flush()

    def describe(self, told: Mapping[str, Any]) -> None:
        """It has no place for that."""

    def close(self) -> list[str]:
        """End the file."""
        self._file.close()
        return []

    def abandon(self) -> None:
        """Let go of the file, whole or not."""
        self._file.close()


def _lines_of(columns: "tuple[pl.Series, ...]", rows: int) -> list[str]:
    import polars as pl

    if not columns or not rows:
        return ["{}"] * rows
    return pl.DataFrame(list(columns)).write_ndjson().splitlines()


def _joined(line: str, added: str, taken: set[str], *, filled: bool) -> str:
    """Two objects in one; a key that both have keeps its place and takes the new value.

    If it is only `filled`, a value that stays the same keeps how it is written: 7 does not become "7".
    """
    if "\\" in line or any(f'"{name}"' in line for name in taken):
        came, answered = members(line), members(added)
        if filled:
            shared = came.keys() & answered.keys()
            answered |= {name: came[name] for name in shared if _text(came[name]) == _text(answered[name])}
        both = {**came, **answered}
        return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{v}" for k, v in both.items()) + "}"
    body, new = line[1:-1].strip(_BLANKS), added[1:-1]
    return "{" + ",".join(part for part in (body, new) if part) + "}"
