"""The table of incidents that a job reads, and whether what is written has room for its rows."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from gridgov.tables import BATCH_ROWS, TableStream, json_line_stream, open_table, spooled
from gridgov.tables.excel_writer import check_sheet
from gridgov.tag.files import TagFiles
from gridgov.tag.options import TagOptions
from gridgov.workbook import MOST_ROWS

__all__ = ["check_room", "opened", "rows_surely"]

#: Rows of a text table are hardly longer, in bytes.
_LONG_ROW: Final = 200

#: A table may have so many times the rows that it seems to have by the length of its first ones; a packed one
#: is longer than it is on the disk.
_LONGER, _PACKED = 2, 20


def rows_surely(files: TagFiles) -> int:
    """So many rows a text table has before it is opened, unless they are very long; 0 for others."""
    if isinstance(files.source, Path) and files.input_form.text and files.input_form.packing is None:
        return files.source.stat().st_size // _LONG_ROW
    return 0


@contextmanager
def opened(files: TagFiles, options: TagOptions, batch_rows: int) -> Iterator[TableStream]:
    """The table that is read, in batches of so many rows."""
    more: dict[str, Any] = {"encoding": options.encoding, "sheet": options.sheet, "batch_rows": batch_rows}
    if isinstance(files.source, Path):
        with closing(open_table(files.source, form=files.input_form, **more)) as stream:
            yield stream
    elif files.flush:
        yield json_line_stream(files.source, shown=str(files.source_name))
    else:
        # Its encoding and columns are known only once all of it was read.
        folder = files.output.parent if isinstance(files.output, Path) else None
        with (
            spooled(files.source, folder) as path,
            closing(open_table(path, form=files.input_form, shown=str(files.source_name), **more)) as stream,
        ):
            stream.path = files.source_name
            yield stream


def check_room(files: TagFiles, options: TagOptions, stream: TableStream) -> None:
    """Raise FormatError if a workbook is to be written that has no room for all rows.

    Before they are asked: a workbook of a million rows takes minutes. Rows are counted where a file looks as
    if there might be so many.
    """
    likely = stream.rows_about * (_PACKED if files.input_form.packing else _LONGER)
    if files.output_form.kind != "xlsx" or likely < MOST_ROWS:
        return
    rows, columns = 0, len(stream.names)
    if files.input_form.kind == "parquet":
        check_sheet(files.output_name, rows=stream.rows_about, columns=columns)
    elif isinstance(files.source, Path):
        with opened(files, options, BATCH_ROWS) as counted, closing(counted.batches) as batches:  # type: ignore[type-var]
            for batch in batches:
                rows += len(batch)
                check_sheet(files.output_name, rows=rows, columns=columns)
