"""Nothing of Python is left in the threads of pyarrow: letting go of it as Python ends aborts the process."""

import io
import sys
import threading
import time
import weakref
from contextlib import closing, suppress
from pathlib import Path

import pyarrow as pa
import pytest

from gridgov.tables import TableStream, open_table, text_batches
from gridgov.tables.table import TextFormat

ROWS = "编号,lon,lat\n" + "甲,113.7,34.7\n" * 20_000


class Recorded(io.BytesIO):
    """A stream that remembers the pieces it gave."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.pieces: list[bytes] = []

    def read(self, size: int | None = -1) -> bytes:
        self.pieces.append(super().read(size))
        return self.pieces[-1]


def begun(stream, encoding):
    return text_batches.text_batches(
        stream, TextFormat(encoding), [], quotes=False, blank_rows=False, block_bytes=1 << 16
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_reader_given_up_does_not_hold_the_stream(encoding):
    stream = Recorded(ROWS.encode(encoding))
    with closing(begun(stream, encoding)) as batches:
        next(batches)
    held = weakref.ref(stream)
    del stream
    assert held() is None


def test_blocks_that_wait_are_copies():
    stream = Recorded(ROWS.encode())
    with closing(begun(stream, "utf-8")) as batches:
        next(batches)
        while stream.pieces[-1]:
            time.sleep(0.01)
        # Held by the list, by `piece`, and by the call.
        assert {sys.getrefcount(piece) for piece in stream.pieces if len(piece) > 1} == {3}


def test_threads_that_let_go_late_are_waited_for(monkeypatch):
    def late(given, **_):
        """A reader whose thread holds the stream a while longer."""
        threading.Thread(target=lambda: (time.sleep(0.1), id(given))).start()
        return iter(["a batch"])

    monkeypatch.setattr(text_batches, "_utf8", lambda given, _: given)
    monkeypatch.setattr("pyarrow.csv.open_csv", late)
    before = threading.active_count()
    with closing(begun(io.BytesIO(), "utf-8")) as batches:
        assert next(batches) == "a batch"
        assert threading.active_count() == before + 1
    assert threading.active_count() == before


@pytest.mark.parametrize("text", ["lon,lat", "a,b\n1,2\n1,2,3\n", '"' + "x\n" * 200_000])
def test_a_table_that_cannot_be_read_is_let_go_at_once(text):
    begins = time.monotonic()
    with suppress(pa.ArrowInvalid), closing(begun(io.BytesIO(text.encode()), "utf-8")) as batches:
        list(batches)
    assert time.monotonic() - begins < text_batches._PATIENCE_S / 2


def test_a_table_that_is_refused_after_it_was_opened_is_let_go(four_cells, tmp_path, monkeypatch):
    from gridgov.errors import SchemaError
    from gridgov.tag import tag_file

    source, closed = tmp_path / "in.csv", []
    source.write_text("lon,lat,cell_id\n0.5,0.5,there\n")

    def opened(path: Path, **options: object) -> TableStream:
        stream = open_table(path, **options)
        inner = stream.close
        stream.close = lambda: (closed.append(path), inner())
        return stream

    monkeypatch.setattr("gridgov.tag.opening.open_table", opened)
    with pytest.raises(SchemaError, match="already has columns cell_id"):
        tag_file(source, tmp_path / "out.csv", four_cells)
    assert closed == [source]
