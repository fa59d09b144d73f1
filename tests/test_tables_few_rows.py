"""Few rows of plain text are read without pyarrow as pyarrow reads them, or left to it."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov.errors import FormatError, SchemaError
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.few_rows import few_columns
from gridgov.tables.text import read_text_rows, text_columns
from gridgov.tables.text_scan import scan_text

VALUES = st.text(st.sampled_from("ab 路灯，é\t,;\"'\n\r\x0b\u2028\ufeff-1"), max_size=4)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width)))


def few(path, *, tabs=False):
    file = ByteFile.of(path)
    return few_columns(file, scan_text(file), tabs=tabs)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("few") / "rules.csv"


@given(
    rows=TABLES,
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_whatever_is_answered_pyarrow_answers_too(path, rows, ending, last, encoding):
    names = [f"c{at}" for at in range(len(rows[0]) if rows else 2)]
    lines = [",".join(row) for row in [names, *rows]]
    path.write_bytes((ending.join(lines) + ending * last).encode(encoding))
    try:
        found = few(path)
    except SchemaError:
        with pytest.raises(SchemaError):
            read_text_rows(path, blank_rows=True)
        return
    if found is not None:
        rows_read, _, _ = read_text_rows(path, blank_rows=True)
        assert found == rows_read.to_pydict()


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "category,handler\n路灯,住建局\n,街道办\n",
            {"category": ["路灯", None], "handler": ["住建局", "街道办"]},
        ),
        ("a;b\r\n1,5;2\r\n", {"a": ["1,5"], "b": ["2"]}),
        ("a\tb\n1\t 2", {"a": ["1"], "b": [" 2"]}),
        ("a,b\n", {"a": [], "b": []}),
        (",b\n1,2\n", {"column_1": ["1"], "b": ["2"]}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_tables_are_read_without_pyarrow(path, text, columns, encoding, monkeypatch):
    path.write_bytes(text.encode(encoding))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert text_columns(path) == columns


@pytest.mark.parametrize(
    "text", ['a,b\n"1",2\n', "a,b\n\n1,2\n", "a,b\n1\n", "a,b\n1,2,3\n", "a\n1\n", "a,b\n1,2\r", "a,b"]
)
def test_what_is_odd_is_left_to_pyarrow(path, text):
    path.write_text(text, "utf-8", newline="")
    assert few(path) is None


def test_large_and_wide_tables_are_left_to_pyarrow(path):
    path.write_text("a,b\n" + "1,2\n" * 300_000, "utf-8")
    assert few(path) is None
    path.write_text("a,b\n1,2\n", "utf-16")
    assert few(path) is None


def test_what_is_wrong_is_said_as_ever(path):
    path.write_text("a,a\n1,2\n", "utf-8")
    with pytest.raises(SchemaError, match="same name: a"):
        text_columns(path)
    path.write_text("a,b\n1,2,3\n", "utf-8")
    with pytest.raises(FormatError, match="line 2 has 3"):
        text_columns(path)
    path.write_bytes(b"")
    with pytest.raises(FormatError, match="is empty"):
        text_columns(path)
