"""Encodings found by decoding, on small files written here."""

import re
import warnings
import zipfile

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from gridgov.encodings import dbf_encoding, text_encoding
from gridgov.errors import EncodingError, FormatError, InputMissingError, RepairWarning

LINES = "事件编码,地址,小类\n1,航海东路与紫辰路交叉口,信号灯\n2,管城区南关街道,井盖\n"


def written(tmp_path, raw, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_a_text_file_is_found_in_its_encoding(tmp_path, encoding, found):
    path = written(tmp_path, LINES.encode(encoding))
    assert text_encoding(path) == found
    assert path.read_text(encoding=text_encoding(path)) == LINES


def test_plain_ascii_is_utf8(tmp_path):
    assert text_encoding(written(tmp_path, b"a,b\n1,2\n")) == "utf-8"


def test_an_empty_file_is_utf8(tmp_path):
    assert text_encoding(written(tmp_path, b"")) == "utf-8"


def test_the_whole_file_counts_not_its_beginning(tmp_path):
    path = written(tmp_path, b"a" * 3_000_000 + b"\n" + "管城区".encode("gb18030"))
    assert text_encoding(path) == "gb18030"


@pytest.mark.parametrize("shift", range(4))
def test_a_letter_cut_by_the_end_of_a_chunk_is_still_valid(tmp_path, shift):
    path = written(tmp_path, b"a" * ((1 << 20) - shift) + "网格𠀀".encode())
    assert text_encoding(path) == "utf-8"


def test_what_is_neither_is_refused_with_line_and_byte(tmp_path):
    with pytest.raises(EncodingError, match=re.escape("a.csv: it is neither UTF-8 (line 2, byte 5: ff 0a")):
        text_encoding(written(tmp_path, b"a,b\n1\xff\n"))


def test_a_mark_that_another_program_set_before_gbk_is_named(tmp_path):
    with pytest.raises(
        EncodingError, match=r"byte order mark says utf-8-sig, but line 1, byte 0: .*save it again"
    ):
        text_encoding(written(tmp_path, b"\xef\xbb\xbf" + "冲突编号,决定\n".encode("gbk")))


def test_the_error_names_the_option(tmp_path):
    with pytest.raises(EncodingError, match="--encoding"):
        text_encoding(written(tmp_path, b"\xff"))


def test_the_byte_is_counted_over_chunks(tmp_path):
    raw = ("网" * 400_000 + "\n").encode() + b"ok\xff\n"
    with pytest.raises(EncodingError, match=f"line 2, byte {len(raw) - 2:,}"):
        text_encoding(written(tmp_path, raw))


def test_utf8_that_breaks_late_is_damaged_not_gb18030(tmp_path):
    raw = LINES.encode() + "坏".encode("gb18030") + b"\n"
    with pytest.raises(EncodingError, match="it is UTF-8 up to line 4, byte"):
        text_encoding(written(tmp_path, raw))


def test_utf16_without_its_mark_is_named(tmp_path):
    with pytest.raises(EncodingError, match="utf-16-le"):
        text_encoding(written(tmp_path, b"a,b\r\n".decode().encode("utf-16-le")))


def test_a_declared_encoding_wins(tmp_path):
    path = written(tmp_path, "é,à".encode("cp1252"))
    assert text_encoding(path, declared="cp1252") == "cp1252"
    assert text_encoding(written(tmp_path, LINES.encode("gbk")), declared="GBK") == "gb18030"


def test_a_declared_utf8_with_a_mark_keeps_the_mark_out(tmp_path):
    assert text_encoding(written(tmp_path, LINES.encode("utf-8-sig")), declared="UTF-8") == "utf-8-sig"


def test_a_declared_encoding_is_checked(tmp_path):
    with pytest.raises(EncodingError, match="not utf-8 in line 1, byte 0"):
        text_encoding(written(tmp_path, LINES.encode("gbk")), declared="utf-8")


@pytest.mark.parametrize("name", ["gb18031", "hex", ""])
def test_an_encoding_that_does_not_exist_is_refused(tmp_path, name):
    with pytest.raises(EncodingError, match="is not an encoding"):
        text_encoding(written(tmp_path, b"a"), declared=name)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputMissingError, match=re.escape("no.csv")):
        text_encoding(tmp_path / "no.csv")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_utf8_text_is_never_read_as_anything_else(tmp_path_factory, text):
    raw = text.encode()
    if raw.count(0) <= 0.1 * len(raw) and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        assert text_encoding(written(tmp_path_factory.mktemp("t"), raw)) == "utf-8"


# Shapefiles ---------------------------------------------------------------------------------------------


def dbf(fields, rows, *, code_page=0):
    """Bytes of a .dbf with text fields [(raw name, width)] and rows of raw values."""
    width = 1 + sum(size for _, size in fields)
    header = bytearray(32)
    header[0] = 3
    header[4:8] = len(rows).to_bytes(4, "little")
    header[8:10] = (33 + 32 * len(fields)).to_bytes(2, "little")
    header[10:12] = width.to_bytes(2, "little")
    header[29] = code_page
    described = b"".join(
        name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([size]) + bytes(15) for name, size in fields
    )
    records = b"".join(
        b" " + b"".join(value.ljust(size) for value, (_, size) in zip(row, fields, strict=True))
        for row in rows
    )
    return bytes(header) + described + b"\r" + records + b"\x1a"


def shapefile(tmp_path, values, *, encoding="gb18030", cpg=None, code_page=0, width=30, field=b"NAME"):
    rows = [[value if isinstance(value, bytes) else value.encode(encoding)] for value in values]
    written(tmp_path, b"", "a.shp")
    written(tmp_path, dbf([(field, width)], rows, code_page=code_page), "a.dbf")
    if cpg is not None:
        written(tmp_path, cpg.encode(), "a.cpg")
    return tmp_path / "a.shp"


def test_a_dbf_in_gbk_without_cpg_is_gb18030(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["管城区", "南关"])) == "gb18030"


def test_a_dbf_in_utf8_without_cpg_is_utf8(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["管城区", "南关"], encoding="utf-8")) == "utf-8"


def test_a_dbf_of_ascii_is_utf8(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["a", "b"])) == "utf-8"


def test_the_cpg_says_it(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["管城"], encoding="big5", cpg="BIG5")) == "big5"


@pytest.mark.parametrize("cpg", ["936", "GBK", "CP936", "ANSI 936", "gb2312\r\n", "GB18030"])
def test_every_name_of_gbk_in_a_cpg_is_gb18030(tmp_path, cpg):
    assert dbf_encoding(shapefile(tmp_path, ["管城区"], cpg=cpg)) == "gb18030"


def test_field_names_alone_can_decide(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["1"], field="网格编码".encode("gbk"))) == "gb18030"


def test_a_letter_cut_at_the_end_of_a_full_field_is_no_fault(tmp_path):
    cut = "管城区南关".encode()[:10]
    assert dbf_encoding(shapefile(tmp_path, [cut], width=10)) == "utf-8"


def test_a_letter_cut_inside_a_field_is_a_fault(tmp_path):
    cut = "管城区南关".encode()[:10]
    with pytest.raises(EncodingError):
        dbf_encoding(shapefile(tmp_path, [*["管城区南关".encode()] * 2, cut + b"\xff"], width=30))


def test_a_cpg_that_the_bytes_contradict_is_said(tmp_path):
    with pytest.warns(RepairWarning, match="its .cpg says utf-8; its text is read as gb18030"):
        assert dbf_encoding(shapefile(tmp_path, ["管城区"], cpg="UTF-8")) == "gb18030"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_western_cpg_over_chinese_text_is_said(tmp_path, encoding):
    with pytest.warns(RepairWarning, match="iso8859-1"):
        found = dbf_encoding(shapefile(tmp_path, ["管城区", "南关"], cpg="ISO-8859-1", encoding=encoding))
    assert found == encoding


def test_a_western_cpg_over_western_text_stands(tmp_path):
    path = shapefile(tmp_path, ["Montréal", "Orléans"], encoding="latin-1", cpg="ISO-8859-1")
    assert dbf_encoding(path) == "iso8859-1"


def test_an_unknown_word_in_the_cpg_is_passed_over(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["管城区"], cpg="OEM")) == "gb18030"


def test_the_code_page_of_the_header_is_advice_only(tmp_path):
    assert dbf_encoding(shapefile(tmp_path, ["管城区"], encoding="utf-8", code_page=0x4D)) == "utf-8"


def test_the_code_page_counts_where_nothing_else_fits(tmp_path):
    path = shapefile(tmp_path, ["Montré", "Orlé"], encoding="cp1252", code_page=0x03, width=20)
    with pytest.warns(RepairWarning, match="code page in its header is cp1252"):
        assert dbf_encoding(path) == "cp1252"


def test_what_fits_nothing_names_row_field_and_option(tmp_path):
    with pytest.raises(EncodingError, match=r"row 2, field 4e 41 4d 45 'NAME'.*--encoding"):
        dbf_encoding(shapefile(tmp_path, [b"a", b"\xff\xff"]))


def test_one_broken_row_among_utf8_is_not_called_gb18030(tmp_path):
    rows = [f"管城区{number}".encode() for number in range(20)] + ["管城".encode("gbk")]
    with pytest.raises(EncodingError, match="UTF-8 but for row 21"):
        dbf_encoding(shapefile(tmp_path, rows))


def test_a_stated_encoding_is_checked_on_the_dbf(tmp_path):
    path = shapefile(tmp_path, ["管城区"])
    assert dbf_encoding(path, declared="gbk") == "gb18030"
    with pytest.raises(EncodingError, match="it is not utf-8: row 1"):
        dbf_encoding(path, declared="utf-8")


def test_deleted_rows_do_not_count(tmp_path):
    path = shapefile(tmp_path, ["管城区", b"\xff\xff"])
    raw = bytearray(path.with_suffix(".dbf").read_bytes())
    raw[-1 - 31] = ord("*")
    path.with_suffix(".dbf").write_bytes(raw)
    assert dbf_encoding(path) == "gb18030"


def test_a_shapefile_without_dbf_has_no_text(tmp_path):
    assert dbf_encoding(written(tmp_path, b"", "a.shp")) == "utf-8"


def test_upper_case_suffixes_are_found(tmp_path):
    path = shapefile(tmp_path, ["管城"], encoding="big5", cpg="BIG5")
    for suffix in (".shp", ".dbf", ".cpg"):
        path.with_suffix(suffix).rename(tmp_path / f"B{suffix.upper()}")
    assert dbf_encoding(tmp_path / "B.SHP") == "big5"


def test_a_zipped_shapefile_is_looked_into(tmp_path):
    path = shapefile(tmp_path, ["管城区"])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for suffix in (".shp", ".dbf"):
            archive.write(path.with_suffix(suffix), f"folder/a{suffix}")
    assert dbf_encoding(tmp_path / "a.zip") == "gb18030"


@pytest.mark.parametrize("raw", [b"", b"no table at all", bytes(40)])
def test_a_damaged_dbf_is_named(tmp_path, raw):
    written(tmp_path, raw, "a.dbf")
    with pytest.raises(FormatError, match=re.escape("a.dbf")):
        dbf_encoding(written(tmp_path, b"", "a.shp"))


def test_a_dbf_cut_off_in_its_rows_is_read_as_far_as_it_goes(tmp_path):
    path = shapefile(tmp_path, ["管城区"] * 3)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[:-20])
    assert dbf_encoding(path) == "gb18030"


def test_gdal_reads_what_was_found(tmp_path):
    path = tmp_path / "警务.shp"
    frame = gpd.GeoDataFrame(
        {"网格编码": ["一"], "责任单位": ["南关派出所"]}, geometry=[box(0, 0, 1, 1)], crs=4547
    )
    frame.to_file(path, encoding="gb18030")
    path.with_suffix(".cpg").unlink()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        back = gpd.read_file(path, encoding=dbf_encoding(path))
    assert list(back.columns[:2]) == ["网格编码", "责任单位"]
    assert back["责任单位"].tolist() == ["南关派出所"]
