"""TOML as people save it: read, or answered with the line and the mend."""

import pytest

from gridgov.errors import JobError
from gridgov.jobs.toml_text import parse_toml, read_toml

TEXT = """\
# 作业
results = "结果"

[layer.police]
file = "jw.shp"
carry = [
  "电话",
  "户数",
]
crs = "EPSG:4547"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_it_is_read_in_the_encodings_that_editors_write(tmp_path, encoding):
    (tmp_path / "job.toml").write_bytes(TEXT.encode(encoding))
    assert read_toml(tmp_path / "job.toml").values["results"] == "结果"


def test_windows_line_ends_are_read():
    read = parse_toml(TEXT.replace("\n", "\r\n"), name="job.toml")
    assert read.line(("layer", "police", "crs")) == 10


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("results",), 2),
        (("layer", "police"), 4),
        (("layer", "police", "file"), 5),
        (("layer", "police", "carry"), 6),
        (("layer", "police", "crs"), 10),
        (("layer", "police", "owner"), 4),
        (("merge", "on_gap"), 1),
    ],
)
def test_each_key_knows_the_line_on_which_it_begins(path, line):
    assert parse_toml(TEXT, name="job.toml").line(path) == line


def test_bare_chinese_keys_and_sections_are_read():
    read = parse_toml('[layer.警务]\nfile = "a"\n[assign.随手拍.x]\n文件 = "b"\n', name="job.toml")
    assert read.values == {"layer": {"警务": {"file": "a"}}, "assign": {"随手拍": {"x": {"文件": "b"}}}}
    assert read.line(("assign", "随手拍", "x", "文件")) == 4


def test_text_that_only_looks_like_a_bare_chinese_key_stays_as_it_is():
    read = parse_toml('a = """\n[层.一]\n键 = 1\n"""\n[层]\n', name="job.toml")
    assert read.values["a"] == "[层.一]\n键 = 1\n"


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ('\nfile = "D:\\数据\\jw.shp"', 2, "write paths with / or between single quotes"),
        ('file = "D:\\data\\"', 1, "write paths with / or between single quotes"),
        ("a = 1\ncrs = gcj02", 2, 'text stands between quotes, as in crs = "EPSG:4547"'),
        ('crs ＝ "gcj02"', 1, 'marks typed full-width; write\n  crs = "gcj02"'),
        ("crs = “gcj02”", 1, 'marks typed full-width; write\n  crs = "gcj02"'),
        ('crs = "a"\ncrs = "b"', 2, "'crs' stands twice in this section; put a # before one of them"),
        ("[layer.a]\n[layer.a]", 2, "this section stands twice"),
        ("a = [1\n", 2, "a list [...] is not closed"),
        ("a = {b = 1", 1, "a table {...} is not closed"),
        ("<xml>", 1, "a line is key = value, [section] or # comment"),
        ("a 1", 1, "a line is key = value"),
        ("a = 'b", 1, "a quote is missing"),
        ('a = "b\nc = 1', 1, "a quote is missing"),
        ("[layer", 1, "a section is not closed: write [name]"),
        ("a = [b]", 1, "this is no value"),
        ("a = 2026-02-31", 1, "there is no such date"),
        ("a = {b = 1, b = 2}", 1, "no TOML (duplicate inline table key 'b')"),
    ],
)
def test_what_is_no_toml_is_said_with_its_line_and_the_mend(text, line, mend):
    with pytest.raises(JobError) as error:
        parse_toml(text, name="job.toml")
    assert str(error.value).startswith(f"job.toml, line {line}: ")
    assert mend in str(error.value)
