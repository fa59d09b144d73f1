"""Lines carried as they came give the rows that parsing every value gives."""

import importlib.util
import io
import re

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridgov.coordinates import parse_coordinates
from gridgov.errors import FormatError
from gridgov.tables import Batch, Behind, TextFormat, line_blocks, text_lines
from gridgov.tables.byte_file import ByteFile
from gridgov.tables.text import open_text
from gridgov.tables.text_lines import TextLines, quotes_hold, split_rows
from gridgov.tables.text_writer import TextWriter

UTF8 = TextFormat()
HAS_NUMBA = importlib.util.find_spec("numba") is not None
LOOPS = pytest.param("loops", marks=pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed"))

#: Of tests about the compiled loops only.
LOOPS_ALONE = pytest.mark.parametrize("loops", [LOOPS], indirect=True)


@pytest.fixture(autouse=True, params=["arrow", "few", LOOPS])
def loops(request, monkeypatch):
    """Lines read and spliced with Arrow, spliced one by one, or both with the compiled loops."""
    for module in (line_blocks, text_lines):
        monkeypatch.setattr(module, "loaded", lambda: request.param == "loops")
    if request.param == "arrow":
        monkeypatch.setattr(text_lines, "_FEW_ROWS", -1)
    return request.param == "loops"


def opened(path, content, **more):
    path.write_bytes(content)
    return open_text(ByteFile.of(path), **more)


def whole(batches):
    return pl.concat([batch.frame() for batch in batches])


def carried(stream, columns):
    batches = stream.carried((), columns)
    return None if batches is None else list(batches)


def values(batch, name):
    """One column as text, whether it was read as text or as numbers; nothing for null."""
    if name not in batch.numbers:
        return batch.frame()[name].fill_null("")
    numbers = batch.numbers[name]
    texts = numbers.texts(np.arange(len(batch)))
    for text, number in zip(texts.to_list(), numbers.number.tolist(), strict=True):
        assert np.isnan(number) or number == float(text)
    return texts


def all_columns(batch):
    """Every column of a batch, parsed out of its lines if it has some."""
    if batch.lines is None:
        return batch.frame()
    return Batch(batch.lines.take(np.arange(len(batch))).table()).frame()


def written_behind(batches, form, names):
    """What a writer makes of lines with `x`, `"` or nothing behind them, and the same with values parsed."""
    fast, slow = io.BytesIO(), io.BytesIO()
    fast.close, slow.close = (lambda: None), (lambda: None)
    lines, frames = TextWriter(fast, form), TextWriter(slow, form)
    for batch in batches:
        added = pl.Series("+", ["x", 'a"b', None, "郑"] * len(batch), dtype=pl.String)[: len(batch)]
        frames.write(Batch(all_columns(batch), added=(added,)))
        if batch.lines is None:
            lines.write(Batch(batch.rows, added=(added,)))
            continue
        text = pl.DataFrame([pl.Series("", [None] * len(batch), dtype=pl.String), added]).write_csv(
            include_header=False, separator=form.separator
        )
        texts = split_rows(text.encode(form.encoding))
        behind = Behind(("+",), texts[:2], texts[2:], np.arange(len(batch)))
        lines.write(Batch(batch.rows, lines=batch.lines, behind=behind))
    return fast.getvalue(), slow.getvalue()


PLAIN = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters='\x00\r\n",'), max_size=5)
ANY = st.text(st.sampled_from('ab",;\n\r\t 郑𠮷'), max_size=6)


def quoted(value):
    return '"' + value.replace('"', '""') + '"'


ROWS = st.lists(st.tuples(*[st.one_of(PLAIN, ANY.map(quoted))] * 3).map(",".join) | st.just(""), max_size=40)


def again(path, encoding):
    return whole(open_text(ByteFile.of(path), encoding=encoding).batches)


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    sizes=st.tuples(st.integers(200, 400), st.integers(1, 5)),
)
def test_lines_hold_the_rows_that_are_parsed(tmp_path, rows, line_end, encoding, sizes):
    text = line_end.join(["a,b,c", *rows]) + (line_end if len(rows) % 2 else "")
    content = text.encode(encoding)
    # pyarrow takes an empty value at the very end of a file for a quoted one if the one before it is.
    slow = whole(
        opened(
            tmp_path / "t.csv", (text.rstrip("\r\n") + line_end).encode(encoding), encoding=encoding
        ).batches
    )
    (tmp_path / "t.csv").write_bytes(content)
    stream = open_text(
        ByteFile.of(tmp_path / "t.csv"), encoding=encoding, batch_rows=sizes[1], block_bytes=sizes[0]
    )
    batches = carried(stream, ["b"])
    assert batches is not None
    assert pl.concat([values(batch, "b") for batch in batches]).equals(slow["b"].fill_null(""))
    assert whole([Batch(all_columns(batch)) for batch in batches]).equals(slow)
    fast, parsed = written_behind(batches, stream.text, stream.names)
    (tmp_path / "fast.csv").write_bytes(fast)
    (tmp_path / "parsed.csv").write_bytes(parsed)
    assert again(tmp_path / "fast.csv", encoding).equals(again(tmp_path / "parsed.csv", encoding))


def rows_or_error(path, batches_of):
    try:
        batches = batches_of(open_text(ByteFile.of(path)))
        return batches and whole([Batch(all_columns(batch)) for batch in batches]).rows()
    except FormatError as error:
        return str(error)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from('a",\n\r;'), max_size=30))
def test_of_any_text_lines_hold_the_rows_that_are_parsed_or_none_are_carried(tmp_path, text):
    content = b"a,b\n" + text.encode() + b"\n"
    (tmp_path / "t.csv").write_bytes(content)
    slow = rows_or_error(tmp_path / "t.csv", lambda stream: stream.batches)
    fast = rows_or_error(tmp_path / "t.csv", lambda stream: stream.carried(["a"], ["b"]))
    assert fast in (slow, None)


@LOOPS_ALONE
def test_rows_that_lack_values_are_told_and_no_numbers_are_looked_for(monkeypatch):
    from gridgov.tables import line_loops

    # Where such a row has no field, what the memory held before is no place in the text.
    monkeypatch.setattr(line_loops, "put_numbers", lambda *_: pytest.fail("looked anywhere in memory"))
    content = np.frombuffer(b"\na,b,c\n1\n2,3\n4,5,6\n", dtype=np.uint8)
    *_, alike = line_loops.rows_read.py_func(content, np.uint8(ord(",")), 1, 3, np.array([1, 2]))
    assert not alike


@pytest.mark.parametrize(
    ("content", "hold"),
    [
        (b'a,b\n"1",2\n', True),
        (b'a,b\n"1\n2","x ""y"""\n', True),
        (b'a,b\n"",""\n', True),
        (b'a,b\n"""","\n"\n', True),
        (b'a,b\n5" pipe,2\n', False),
        (b'a,b\n"1" ,2\n', False),
        (b'a,b\n1, "2"\n', False),
        (b'a;b\n1;"2,"\n', True),
        (b'a,b\n1;"2"\n', False),
        (b'a,b\n1,"2\n', False),
    ],
)
def test_quotes_hold_where_each_opens_or_closes_a_value(tmp_path, content, hold):
    (tmp_path / "t.csv").write_bytes(content)
    form = TextFormat(separator=";" if b"a;b" in content else ",")
    assert quotes_hold(ByteFile.of(tmp_path / "t.csv"), form) is hold


def test_quotes_hold_over_pieces(tmp_path):
    row = b'"' + b"x\n" * 400_000 + b'",1\n'
    (tmp_path / "t.csv").write_bytes(b"a,b\n" + row * 4)
    assert quotes_hold(ByteFile.of(tmp_path / "t.csv"), UTF8)
    (tmp_path / "t.csv").write_bytes(b"a,b\n" + row * 3 + row[1:])
    assert not quotes_hold(ByteFile.of(tmp_path / "t.csv"), UTF8)


def test_a_line_keeps_every_byte(tmp_path):
    content = '编码,内容\n"007","郑""州"\n , x \n'.encode()
    stream = opened(tmp_path / "t.csv", content)
    batches = carried(stream, ["编码"])
    fast, _ = written_behind(batches, stream.text, stream.names)
    assert fast == '编码,内容,+\n"007","郑""州",x\n , x ,"a""b"\n'.encode()


def test_rows_whose_line_ends_differ_are_parsed(tmp_path):
    stream = opened(tmp_path / "t.csv", b"a,b\n1,2\n3,4\r\n5,6\n")
    (batch,) = carried(stream, ["b"])
    assert batch.lines is None
    assert batch.frame().rows() == [("1", "2"), ("3", "4"), ("5", "6")]


@pytest.mark.parametrize("content", [b"a\n1\n\n2\n", "a,b\n1,2\n".encode("utf-16")])
def test_where_a_row_ends_is_not_certain_without_separators_or_in_wide_letters(tmp_path, content):
    assert carried(opened(tmp_path / "t.csv", content), ["a"]) is None


def test_a_row_of_another_width_is_told_as_ever(tmp_path):
    content = b"a,b\n" + b"1,2\n" * 50 + b"3\n"
    with pytest.raises(FormatError, match="line 52 has 1"):
        carried(opened(tmp_path / "t.csv", content, block_bytes=64), ["a"])


def test_rows_are_split_at_line_ends_outside_of_quotes():
    assert split_rows(b'a\n"b\nc"\n\n').to_pylist() == [b"a", b'"b\nc"', b""]
    assert split_rows(b"").to_pylist() == []


def test_lines_with_texts_behind_are_whole_lines():
    rows = pa.array([b"\r\na,1", b"\r\nb,2"], pa.large_binary())
    lines = TextLines(rows, ("n", "m"), TextFormat(line_end="\r\n"))

    def behind(*at):
        one, other = pa.array([b",x", b""], pa.large_binary()), pa.array([b",y"], pa.large_binary())
        return Behind((), one, other, np.array(at, dtype=np.int64))

    assert b"".join(lines.slice(1, 1).with_behind(behind(0))) == b"b,2,x\r\n"
    assert b"".join(lines.with_behind(behind(2, 1))) == b"a,1,y\r\nb,2\r\n"
    assert b"".join(lines.slice(0, 0).with_behind(behind())) == b""


@pytest.mark.parametrize("least", [1, 7, 1000])
def test_lines_are_whole_however_many_pieces_they_come_in(monkeypatch, least):
    monkeypatch.setattr(text_lines, "_PIECE_BYTES", least)
    rows = [b"\n" + b"a" * (number % 9) for number in range(50)]
    lines = TextLines(pa.array(rows, pa.large_binary()), ("n", "m"), UTF8)
    one, other = pa.array([b",x", b""], pa.large_binary()), pa.array([b",yyyyyy"], pa.large_binary())
    at = np.arange(50, dtype=np.int64) % 3
    written = b"".join(bytes(piece) for piece in lines.with_behind(Behind((), one, other, at)))
    behind = [b",x", b"", b",yyyyyy"]
    assert written == b"".join(row[1:] + behind[k] + b"\n" for row, k in zip(rows, at, strict=True))


PLAIN_NUMBERS = ["113.73", "-0.5", "0", "-0", "007.10", "123456789012345", "1234567890123.45", "0.0000000001"]
OTHER_TEXTS = [
    ".5",
    "5.",
    "-",
    "",
    "+1",
    "1e3",
    "1.2.3",
    "--1",
    "1-",
    "1234567890123456",
    "１",
    "113,5",
    "nan",
]


@pytest.mark.parametrize("written", [str, quoted])
def test_plain_numbers_are_read_with_the_lines(tmp_path, loops, written):
    texts = [*PLAIN_NUMBERS, *OTHER_TEXTS]
    given = [text for text in texts if written is quoted or "," not in text]
    content = "x,y\n" + "".join(f"{number},{written(text)}\n" for number, text in enumerate(given))
    (batch,) = carried(opened(tmp_path / "t.csv", content.encode()), ["y", "x"])
    assert values(batch, "y").to_list() == given
    if loops:
        assert (~np.isnan(batch.numbers["y"].number)).tolist() == [text in PLAIN_NUMBERS for text in given]


DIGITS = st.text(st.sampled_from("0123456789"), max_size=12)


@LOOPS_ALONE
@given(
    st.lists(st.tuples(st.sampled_from(["", "-"]), DIGITS, st.sampled_from(["", "."]), DIGITS), max_size=30)
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_digits_read_at_once_are_the_numbers_that_python_reads(tmp_path, given):
    texts = ["".join(parts) for parts in given]
    content = "y,x\n" + "".join(f"{text},{number}\n" for number, text in enumerate(texts))
    (batch, *_) = carried(opened(tmp_path / "t.csv", content.encode()), ["x", "y"])
    plain = [bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)) for text in texts]
    short = [len(re.sub(r"^-?[0.]*|\.", "", text)) <= 15 for text in texts]
    expected = [
        float(text) if few and number else np.nan
        for text, few, number in zip(texts, short, plain, strict=True)
    ]
    found = batch.numbers["y"].number
    # What is no number has a sign that says nothing; that of zero counts.
    found[np.isnan(found)] = np.nan
    assert found.tobytes() == np.array(expected, dtype=np.float64).tobytes()


@LOOPS_ALONE
def test_a_byte_that_is_no_digit_makes_no_number():
    from gridgov.tables.number_loops import numbers_in

    others = [bytes([byte]) for byte in range(1, 256) if byte not in b'0123456789.,"\r\n']
    texts = [
        b"113.7" + b"3" * before + other + b"3" * (6 - before) for other in others for before in range(7)
    ]
    content = np.frombuffer(b"".join(texts), dtype=np.uint8)
    numbers = numbers_in(content, np.arange(len(texts) + 1, dtype=np.int64) * len(texts[0]))
    assert [text for text, number in zip(texts, numbers, strict=True) if not np.isnan(number)] == []


@pytest.mark.parametrize("size", [1, 31, 32, 33, 63, 64, 65, 500])
def test_rows_of_any_length_are_spliced_up_to_the_last_byte(size):
    rows = [b"\n" + bytes([97 + number]) * (size - 1) for number in range(5)]
    texts = [b"," + b"x" * (size - 1), b",y"]
    lines = TextLines(pa.array(rows, pa.large_binary()), ("n", "m"), UTF8)
    behind = Behind((), pa.array(texts[:1], pa.large_binary()), pa.array(texts[1:], pa.large_binary()), AT)
    written = b"".join(bytes(piece) for piece in lines.with_behind(behind))
    assert written == b"".join(row[1:] + texts[k] + b"\n" for row, k in zip(rows, AT, strict=True))


AT = np.array([0, 1, 0, 0, 1], dtype=np.int64)
ANY_NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.decimals(-200, 200, places=7)


@given(st.lists(ANY_NUMBERS, max_size=30))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_read_with_the_lines_are_those_read_as_texts(tmp_path, given):
    content = "x,y\n" + "".join(f"{number},{number:f}\n" for number in given)
    batches = carried(opened(tmp_path / "t.csv", content.encode()), ["x", "y"])
    texts = whole(opened(tmp_path / "t.csv", content.encode()).batches)
    for name in ("x", "y") if batches[0].numbers else ():
        found = parse_coordinates(batches[0].numbers[name], batches[0].numbers["x"], geographic=False)
        asked = parse_coordinates(texts[name], texts["x"], geographic=False)
        assert found.numbers[0].tobytes() == asked.numbers[0].tobytes()
        assert (found.code == asked.code).all()
