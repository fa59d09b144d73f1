"""Few rows are written as polars writes them, and a short job is done without polars, with the same bytes."""

import math
import subprocess
import sys

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridgov import write_network
from gridgov.coordinates import parse_coordinates
from gridgov.tables import plain_rows

TEXTS = st.one_of(st.none(), st.text(alphabet="a,;\t\"' \n\r\ufeff网=1", max_size=5))
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=True), st.floats(0, 1e6).map(lambda x: round(x, 2)))
COLUMNS = {
    "text": (TEXTS, pl.String),
    "number": (NUMBERS, pl.Float64),
    "whole": (st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), pl.Int64),
    "flag": (st.one_of(st.none(), st.booleans()), pl.Boolean),
}


def none_if_nan(value):
    return None if isinstance(value, float) and math.isnan(value) else value


@given(st.data(), st.sampled_from(",;\t"))
def test_rows_are_those_of_polars(data, separator):
    rows = data.draw(st.integers(1, 5))
    columns = {k: data.draw(st.lists(v, min_size=rows, max_size=rows)) for k, (v, _) in COLUMNS.items()}
    frame = pl.DataFrame(
        [pl.Series(k, [none_if_nan(x) for x in columns[k]], kind) for k, (_, kind) in COLUMNS.items()]
    )
    written = plain_rows(columns.values(), separator)
    if written is None:
        assert any(x and 0 < abs(x) < 1e-4 for x in columns["number"])
    else:
        ours = "".join(f"{row}\n" for row in written)
        assert ours == frame.write_csv(include_header=False, separator=separator)


@given(st.lists(st.text(alphabet='a,"\n\r ;', max_size=4), min_size=2, max_size=4, unique=True))
def test_a_header_is_that_of_polars(names):
    (row,) = plain_rows([[name] for name in names], ",")
    assert f"{row}\n" == pl.DataFrame(schema=dict.fromkeys(names, pl.String)).write_csv()


def test_values_of_several_kinds_are_left_to_polars():
    assert plain_rows([["a", 1]], ",") is None
    assert plain_rows([[1, 1.5]], ",") is None
    assert plain_rows([[b"a"]], ",") is None


NUMERALS = [
    "113.7",
    "-1",
    "1e2",
    "+3",
    " 4 ",
    "5.",
    ".5",
    "inf",
    "nan",
    "１１３",
    "1,5",
    "113°30'",
    "x",
    "",
    "1_0",
]


@given(
    st.lists(
        st.one_of(st.none(), st.sampled_from(NUMERALS), st.floats().map(repr), st.text(max_size=4)),
        max_size=6,
    )
)
def test_coordinates_are_read_without_pandas_as_with_polars(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "pandas", raising=False)
        given_ = np.array([*texts, None], dtype=object)[:-1]
        few = parse_coordinates(given_, given_)
        assert "pandas" not in sys.modules
    many = parse_coordinates(*[pl.Series(texts, dtype=pl.String)] * 2)
    for name in ("lon", "lat", "code"):
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name))


TABLES = {
    "plain": "编码,经度,纬度\n1,113.72762983,34.71536639\n2,,\n3,113.72817566,34.71536761\n",
    "quoted": '编码,"备,注",经度,纬度\n1,"甲\n""乙""",113.72762983,34.71536639\n2," ",x,34\n3,,,\n',
    "none": "编码,经度,纬度\n",
    "odd numbers": "编码,经度,纬度\n1,113°43′39.4674″,34.71536639\n2,１１３．７２７６,34.715 \n3,1e2,+34\n",
    "place": "编码,经度,纬度,所属区县\n1,113.72762983,34.71536639,east\n2,,,east\n",
    "both": '编码,坐标\n1,"113.72762983,34.71536639"\n2,\n',
}
#: Forms, and tables, for which it may be loaded: no line is carried, or there is none.
HEAVY = {"utf_16", "none"}
FORMS = {
    "utf_8": lambda text: text.encode(),
    "gb18030": lambda text: text.encode("gb18030"),
    "mark": lambda text: text.encode("utf-8-sig"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "no end": lambda text: text.rstrip("\n").encode(),
    "utf_16": lambda text: text.encode("utf-16"),
}
#: Runs the program on each file of a folder, and says what it had to load.
RUN = """
import sys
from pathlib import Path
{before}
from gridgov.cli.app import main
paths = sorted(Path({folder!r}).glob("*.csv"))
for path in sorted(paths, key=lambda path: bool({heavy!r} & {{*path.stem.split("-")}})):
    sys.argv = ["gridgov", "assign", str(path), "--cells", {cells!r}, "--crs", "cgcs2000"]
    sys.argv += ["-o", str(Path({output!r}, path.name)), "--overwrite"]
    try:
        main()
    except SystemExit as end:
        assert not end.code, (path, end.code)
    if not {heavy!r} & {{*path.stem.split("-")}} and not {before!r}:
        assert not {{"polars", "pandas"}} & sys.modules.keys(), path
"""


def test_a_short_job_is_done_without_polars_and_with_the_same_bytes(stored_network, tmp_path):
    cells = tmp_path / "network.gpkg"
    write_network(stored_network, cells)
    given_, outputs = tmp_path / "in", [tmp_path / "few", tmp_path / "many"]
    for folder in (given_, *outputs):
        folder.mkdir()
    for name, text in TABLES.items():
        for form, encode in FORMS.items():
            (given_ / f"{form}-{name}.csv").write_bytes(encode(text))
    for output, before in zip(outputs, ("", "import polars"), strict=True):
        code = RUN.format(
            before=before, folder=str(given_), cells=str(cells), output=str(output), heavy=HEAVY
        )
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
    few, many = ({p.name: p.read_bytes() for p in sorted(o.glob("*.csv"))} for o in outputs)
    assert few == many
    assert len(few) > len(TABLES) * len(FORMS), "some rows are rejected"
