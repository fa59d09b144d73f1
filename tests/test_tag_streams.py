"""`gridgov assign` among other programs: streams, JSON lines, many files, and what is told of all this."""

import csv
import errno
import gzip
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import polars as pl
import pyarrow.parquet as pq
import pytest

from gridgov.cli.progress import progress_line
from gridgov.tables import read_table
from gridgov.tag import many

ASK = ("--cells", "network.gpkg", "--crs", "cgcs2000")
IN, OUT, PLACE = 0, 2, 3  # rows of the city's incidents: inside, outside, with a place only


@pytest.fixture
def here(city, tmp_path, monkeypatch):
    """A folder with the city's network and its incidents as CSV and as JSON lines."""
    (tmp_path / "network.gpkg").write_bytes((city / "network.gpkg").read_bytes())
    text = (city / "事件 导出.csv").read_bytes().decode("gb18030")
    (tmp_path / "incidents.csv").write_text(text, encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) for row in csv.DictReader(io.StringIO(text))]
    (tmp_path / "incidents.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def piped(*words, given, folder):
    """Run as another program runs it; answers exit code and both streams."""
    ended = subprocess.run(
        [sys.executable, "-m", "gridgov", "assign", *words],
        input=given,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


# Streams ------------------------------------------------------------------------------------------------


def test_a_table_goes_through_the_two_streams(here, gridgov):
    assert gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv").code == 0
    given = (here / "incidents.csv").read_bytes()
    code, out, err = piped("-", *ASK, "--input-format", "csv", given=given, folder=here)
    assert (code, out) == (0, (here / "out.csv").read_text("utf-8"))
    assert "4 rows from standard input" in err
    assert sorted(path.name for path in here.iterdir()) == [
        "incidents.csv",
        "incidents.ndjson",
        "network.gpkg",
        "out.csv",
        "out.csv.json",
        "out.rejects.csv",
    ]


def test_a_stream_in_gb18030_is_answered_in_gb18030(here):
    given = (here / "incidents.csv").read_text("utf-8").encode("gb18030")
    command = [sys.executable, "-m", "gridgov", "assign", "-", *ASK, "--input-format", "csv"]
    ended = subprocess.run(command, input=given, cwd=here, capture_output=True, check=True)
    assert "管城回族区" in ended.stdout.decode("gb18030")


def test_what_is_on_a_stream_must_be_said(here, gridgov):
    ended = gridgov("assign", "-", *ASK, "-o", "out.csv")
    assert (ended.code, "--input-format csv|tsv|ndjson" in ended.err) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("kind", ["csv", "ndjson"])
def test_a_stream_to_a_full_disk_is_said(here, kind):
    command = [sys.executable, "-m", "gridgov", "assign", "incidents.csv", *ASK, "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*command, "--output-format", kind], cwd=here, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (ended.returncode, b"no space left where standard output goes" in ended.stderr) == (5, True)


def test_a_workbook_cannot_go_to_a_stream(here, gridgov):
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "-", "--output-format", "xlsx")
    assert (ended.code, "-o FILE" in ended.err) == (2, True)


def test_the_kind_of_a_file_may_be_stated(here, gridgov):
    (here / "incidents.dat").write_bytes((here / "incidents.csv").read_bytes())
    words = ("--input-format", "csv", "--output-format", "parquet")
    assert gridgov("assign", "incidents.dat", *ASK, "-o", "out.dat", *words).code == 0
    assert pq.read_table("out.dat").num_rows == 4


def test_another_program_is_answered_line_by_line(here):
    words = ("-", *ASK, "--input-format", "ndjson", "--flush", "--columns", "cell_id,cell_status")
    with subprocess.Popen(
        [sys.executable, "-m", "gridgov", "assign", *words],
        cwd=here,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as asked:
        answers = []
        for line in (here / "incidents.ndjson").read_bytes().splitlines(keepends=True):
            asked.stdin.write(line)
            asked.stdin.flush()
            answers.append(json.loads(asked.stdout.readline()))  # before the next one is given
        asked.stdin.close()
        asked.stderr.read()
    assert [answer["cell_status"] for answer in answers] == ["inside", "border", "outside", "reject"]
    assert asked.returncode == 0


BAD = [b"{broken", b"[1]", b'{"a": 1, "a": 2}', b'{"code": "\xff"}', b'{"code": "\\ud800"}']


def fed(here, lines):
    """How the program ends that is given these lines, each to be answered at once."""
    words = ("-", *ASK, "--input-format", "ndjson", "--flush", "--max-rejects", "0")
    command = [sys.executable, "-m", "gridgov", "assign", *words]
    return subprocess.run(command, cwd=here, input=b"\n".join(lines), capture_output=True, check=False)


def test_a_line_that_cannot_be_read_is_answered_and_so_are_the_others(here):
    good = (here / "incidents.ndjson").read_bytes().splitlines()[0]
    ended = fed(here, [good, *BAD, b"", good])
    first, *between, last = [json.loads(line) for line in ended.stdout.splitlines()]
    assert (first["cell_status"], last) == ("inside", first)
    assert [answer["_line"] for answer in between] == [bad.decode("utf-8", errors="replace") for bad in BAD]
    assert {(answer["cell_status"], answer["cell_id"]) for answer in between} == {("reject", None)}
    said = ended.stderr.decode()
    assert said.count("it is answered as a row without values") == len(BAD)
    assert [int(number) for number in re.findall(r"line (\d+)", said)] == [2, 3, 4, 5, 6]
    assert ended.returncode == 4, "they count as rows without an answer"


def test_a_first_line_that_cannot_be_read_names_no_columns(here):
    ended = fed(here, BAD[:1])
    assert (ended.returncode, ended.stdout) == (3, b"")
    assert b"line 1 is no JSON object" in ended.stderr


def test_flush_is_for_json_lines_only(here, gridgov):
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv", "--flush")
    assert (ended.code, "ndjson in and out" in ended.err) == (2, True)


# JSON lines ---------------------------------------------------------------------------------------------

HARD = '{"code": "007", "n": 1.50, "big": 41010400100100123, "经度": 113.7280, '
HARD += '"纬度": "34.7155", "x": [1, {"y": null}]}'


def test_json_lines_keep_every_letter_and_get_the_answers_behind(here, gridgov):
    (here / "in.ndjson").write_text(f"{HARD}\n\n{{}}\n", encoding="utf-8")
    assert gridgov("assign", "in.ndjson", *ASK, "-o", "out.ndjson", "--columns", "district,review").code == 0
    assert (here / "out.ndjson").read_text("utf-8").splitlines() == [
        f'{HARD[:-1]},"district":"410104","review":false}}',
        '{"district":null,"review":false}',
    ]


def test_json_lines_become_columns_of_a_text_table(here, gridgov):
    (here / "in.ndjson").write_text(f'{HARD}\n{{"late": true}}\n', encoding="utf-8")
    assert gridgov("assign", "in.ndjson", *ASK, "-o", "out.csv", "--columns", "district").code == 0
    assert read_table("out.csv").rows() == [
        ("007", "1.50", "41010400100100123", "113.7280", "34.7155", '[1, {"y": null}]', None, "410104"),
        (None, None, None, None, None, None, "true", None),
    ]


def test_a_key_that_is_replaced_keeps_its_place(here, gridgov):
    (here / "in.ndjson").write_text(HARD, encoding="utf-8")
    words = ("--columns", "district", "--rename", "n=district")
    assert gridgov("assign", "in.ndjson", *ASK, "-o", "out.ndjson", *words).code == 0
    assert list(json.loads((here / "out.ndjson").read_text("utf-8"))) == [*json.loads(HARD)]
    assert json.loads((here / "out.ndjson").read_text("utf-8"))["n"] == "410104"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"a": 1', "line 2 is no JSON object"),
        ("[1]", "line 2 is no JSON object"),
        ('{"a": 1, "a": 2}', "line 2: the key 'a' is there twice"),
    ],
)
def test_a_line_that_is_no_object_is_said_with_its_number(here, gridgov, line, said):
    (here / "in.ndjson").write_text(f"{HARD}\n{line}\n", encoding="utf-8")
    ended = gridgov("assign", "in.ndjson", *ASK, "-o", "out.ndjson")
    assert (ended.code, said in ended.err) == (3, True)
    assert not (here / "out.ndjson").exists()


def test_a_text_table_becomes_json_lines(here, gridgov):
    assert gridgov("assign", "incidents.csv", *ASK, "-o", "out.ndjson", "--columns", "district").code == 0
    first = json.loads((here / "out.ndjson").read_text("utf-8").splitlines()[0])
    assert (first["事件编码"], first["district"]) == ("000", "410104")


# Many files ---------------------------------------------------------------------------------------------


@pytest.fixture
def folder(here):
    """Three exports in a folder, one of them damaged; and a list that is none of them."""
    (here / "in").mkdir()
    text = (here / "incidents.csv").read_text("utf-8")
    for name in ("a.csv", "b.csv"):
        (here / "in" / name).write_text(text, encoding="utf-8")
    (here / "in" / "bad.csv").write_text(text + "too,few\n", encoding="utf-8")
    (here / "in" / "old.rejects.csv").write_text("_row,_reason\n", encoding="utf-8")
    return here


def test_one_bad_file_does_not_stop_the_others_and_the_exit_code_says_so(folder, gridgov):
    ended = gridgov("assign", "in", *ASK, "-o", "out")
    assert ended.code == 3
    assert "in/bad.csv: refused." in ended.err.replace("\\", "/")
    assert "2 files written to out, 1 file refused" in ended.err
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "a.csv",
        "a.csv.json",
        "a.rejects.csv",
        "b.csv",
        "b.csv.json",
        "b.rejects.csv",
        "gridgov-job.json",
    ]


def test_a_pattern_is_opened_by_the_program_itself(folder, gridgov):
    assert gridgov("assign", "in/[ab].csv", *ASK, "-o", "out", "--output-format", "parquet").code == 0
    assert sorted(path.name for path in (folder / "out").glob("*.parquet")) == ["a.parquet", "b.parquet"]


def test_resume_does_only_what_is_not_done(folder, gridgov):
    assert gridgov("assign", "in", *ASK, "-o", "out").code == 3
    before = (folder / "out" / "a.csv").stat().st_mtime_ns
    (folder / "in" / "bad.csv").write_bytes((folder / "in" / "b.csv").read_bytes())
    with (folder / "in" / "b.csv").open("a", encoding="utf-8") as file:
        file.write("9,,,,金水区\n")
    ended = gridgov("assign", "in", *ASK, "-o", "out", "--resume")
    assert ended.code == 0, ended.err
    assert "2 files written to out, 1 file done before" in ended.err
    assert (folder / "out" / "a.csv").stat().st_mtime_ns == before
    assert read_table("out/b.csv").height == 5


def test_with_other_options_nothing_counts_as_done(folder, gridgov):
    (folder / "in" / "bad.csv").unlink()
    assert gridgov("assign", "in", *ASK, "-o", "out").code == 0
    ended = gridgov("assign", "in", *ASK, "-o", "out", "--resume", "--border-m", "5")
    assert "2 files written to out." in ended.err


@pytest.mark.parametrize("name", ["a.csv", "a.csv.json", "a.rejects.csv"])
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "changed"])
def test_resume_makes_anew_what_is_gone_or_changed(folder, gridgov, name, gone):
    (folder / "in" / "bad.csv").unlink()
    assert gridgov("assign", "in", *ASK, "-o", "out").code == 0
    written = folder / "out" / name
    before = written.read_bytes()
    if gone:
        written.unlink()
    else:
        # As long as it was.
        written.write_bytes(before[:-2] + b"#\n")
    ended = gridgov("assign", "in", *ASK, "-o", "out", "--resume")
    assert "1 file written to out, 1 file done before" in ended.err
    if name != "a.csv.json":
        assert written.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(folder, gridgov, monkeypatch):
    def mkdir(self, **_):
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    ended = gridgov("assign", "in", *ASK, "-o", "out")
    said = "-o out cannot be made (Read-only file system)"
    assert (ended.code, said in ended.err) == (5, True)


def test_what_was_done_before_is_held_against_the_limit(folder, gridgov):
    (folder / "in" / "bad.csv").unlink()
    assert gridgov("assign", "in", *ASK, "-o", "out").code == 0
    ended = gridgov("assign", "in", *ASK, "-o", "out", "--resume", "--max-rejects", "0")
    assert (ended.code, "a.csv: done before (more than --max-rejects allows)" in ended.err) == (4, True)
    assert gridgov("assign", "in", *ASK, "-o", "out", "--resume", "--max-rejects", "99%").code == 0


def test_a_source_that_changes_after_it_was_read_does_not_count_as_done(folder, gridgov, monkeypatch):
    (folder / "in" / "bad.csv").unlink()
    inner = many.tag_table

    def tag_table(files, *rest, **options):
        result = inner(files, *rest, **options)
        with files.source.open("a", encoding="utf-8") as file:
            file.write("9,,,,金水区\n")
        return result

    with monkeypatch.context() as patch:
        patch.setattr(many, "tag_table", tag_table)
        assert gridgov("assign", "in", *ASK, "-o", "out").code == 0
    assert "2 files written to out." in gridgov("assign", "in", *ASK, "-o", "out", "--resume").err


@pytest.mark.parametrize("text", ["{", "[]", '{"outputs": [1]}', '{"outputs": {"a.csv": 1}}'])
def test_a_damaged_record_is_said(folder, gridgov, text):
    (folder / "out").mkdir()
    (folder / "out" / many.RECORD).write_text(text, encoding="utf-8")
    ended = gridgov("assign", "in", *ASK, "-o", "out", "--resume")
    assert (ended.code, "is no record of a job, or damaged; remove it" in ended.err) == (3, True)


def test_an_entry_that_says_too_little_is_not_done(folder, gridgov):
    (folder / "in" / "bad.csv").unlink()
    (folder / "out").mkdir()
    (folder / "out" / many.RECORD).write_text('{"outputs": {"a.csv": {}}}', encoding="utf-8")
    assert "2 files written to out." in gridgov("assign", "in", *ASK, "-o", "out", "--resume").err


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)], ids=["new", "overwrite"])
def test_files_of_one_stem_have_lists_of_their_own(folder, gridgov, overwrite):
    (folder / "in" / "bad.csv").unlink()
    data = read_table("in/a.csv")
    data.write_excel("in/a.xlsx")
    data.filter(data["经度"].is_not_null()).write_parquet("in/a.parquet")
    ended = gridgov("assign", "in", *ASK, "-o", "out", *overwrite)
    assert ended.code == 0, ended.err
    lists = sorted(path.name for path in (folder / "out").glob("*.rejects.csv"))
    assert lists == ["a.csv.rejects.csv", "a.parquet.rejects.csv", "a.xlsx.rejects.csv", "b.rejects.csv"]
    assert "4 files done before" in gridgov("assign", "in", *ASK, "-o", "out", "--resume").err


def test_rejects_of_a_packed_table_are_called_after_the_table(folder, gridgov):
    (folder / "in" / "a.csv.gz").write_bytes(gzip.compress((folder / "in" / "a.csv").read_bytes()))
    assert gridgov("assign", "in/a.csv.gz", *ASK, "-o", "a.csv.gz").code == 0
    assert (folder / "a.rejects.csv").is_file()
    assert not (folder / "a.csv.rejects.csv").exists()
    (folder / "in" / "bad.csv").unlink()
    assert gridgov("assign", "in", *ASK, "-o", "out").code == 0
    lists = sorted(path.name for path in (folder / "out").glob("*.rejects.csv"))
    assert lists == ["a.csv.gz.rejects.csv", "a.csv.rejects.csv", "b.rejects.csv"]
    assert "3 files done before" in gridgov("assign", "in", *ASK, "-o", "out", "--resume").err
    again = gridgov("assign", "out", *ASK, "-o", "again")
    assert "3 files refused" in again.err, "they are tagged already, and no list is taken for a table"


def test_without_resume_outputs_that_are_there_stay(folder, gridgov):
    gridgov("assign", "in", *ASK, "-o", "out")
    ended = gridgov("assign", "in", *ASK, "-o", "out")
    assert (ended.code, "--overwrite" in ended.err) == (5, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("in", "-o", "in"), 2, "folder of the inputs"),
        (("in", "-o", "out", "--rejects", "r.csv"), 2, "--rejects is for one table"),
        (("in/*.txt", "-o", "out"), 3, "is not there"),
        (("incidents.csv", "-o", "o.csv", "--resume"), 2, "--resume is for many files"),
        (("in/a.csv", "incidents.csv", "incidents.csv", "in/./a.csv", "-o", "out"), 0, "2 files written"),
    ],
)
def test_many_files_that_cannot_be_are_explained(folder, gridgov, words, code, said):
    ended = gridgov("assign", *words, *ASK)
    assert (ended.code, said in ended.err) == (code, True), ended.err


# What is told -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ndjson", ".geojson", ".parquet", ".gpkg"])
def test_every_output_tells_where_it_comes_from(here, gridgov, ending):
    output = f"out{ending}"
    assert gridgov("assign", "incidents.csv", *ASK, "--border-m", "2", "-o", output).code == 0
    if ending == ".parquet":
        told = json.loads(pq.read_metadata(output).metadata[b"gridgov"])
    elif ending == ".gpkg":
        rows = gpd.read_file(output, layer="provenance")
        told = {key: json.loads(value) for key, value in zip(rows["key"], rows["value"], strict=True)}
    else:
        told = json.loads((here / f"{output}.json").read_text("utf-8"))
        assert told["gridgov_output"] == output
    assert told["options"] == {"crs": "cgcs2000", "border_m": 2.0}
    assert (told["rows"], told["statuses"]["inside"]) == (4, 1)
    assert told["source"]["name"] == "incidents.csv"
    assert len(told["source"]["sha256"]) == 64
    assert told["network_version"]


def test_somebody_elses_json_beside_the_output_is_not_overwritten(here, gridgov):
    (here / "out.csv.json").write_text("{}")
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv")
    assert (ended.code, (here / "out.csv.json").read_text()) == (5, "{}")
    assert not (here / "out.csv").exists()


def test_the_log_may_be_lines_of_json(here, gridgov):
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv", "--log-format", "json")
    lines = [json.loads(line) for line in ended.err.splitlines()]
    assert all({"at", "level"} <= set(line) for line in lines)
    done = lines[-1]
    assert (done["event"], done["rows"], done["output"], done["rejects"]) == (
        "done",
        4,
        "out.csv",
        "out.rejects.csv",
    )
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv", "--log-format", "json")
    assert [json.loads(line)["level"] for line in ended.err.splitlines()] == ["error"]


def test_progress_is_for_terminals_only(here, gridgov, monkeypatch):
    monkeypatch.setattr("gridgov.cli.progress._PATIENCE_S", 0)
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv")
    assert "rows/s" not in ended.err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    ended = gridgov("assign", "incidents.csv", *ASK, "-o", "out.csv", "--overwrite")
    assert "\rincidents.csv: 4 rows" in ended.err
    assert "rows/s" in ended.err


def test_progress_says_how_long_it_will_take():
    assert progress_line("a", rows=10, share=0.001, seconds=1).endswith("about 17 min left")
    assert progress_line("a", rows=10, share=1, seconds=1) == "a: 10 rows (100 %), 10 rows/s"


# How it is written --------------------------------------------------------------------------------------


def test_fill_writes_only_where_a_column_is_empty(here, gridgov):
    text = (here / "incidents.csv").read_text("utf-8").replace("所属区县", "district")
    text = text.replace("管城回族区", "by hand", 1).replace("管城回族区", " ").replace("金水区", "")
    (here / "in.csv").write_text(text, encoding="utf-8")
    words = ("--fill", "--columns", "district,cell_status")
    assert gridgov("assign", "in.csv", *ASK, "-o", "out.csv", *words).code == 0
    written = read_table("out.csv")
    assert written["district"].to_list() == ["by hand", "410104", " ", None]
    assert written.columns == ["事件编码", "经度", "纬度", "小类", "district", "cell_status"]


@pytest.mark.parametrize("blank", ["", " ", '""'])
def test_fill_leaves_what_has_no_answer_as_it_is(here, gridgov, blank):
    (here / "in.csv").write_text(f"lon,lat,district\n,,{blank}\n", encoding="utf-8")
    assert gridgov("assign", "in.csv", *ASK, "-o", "out.csv", "--fill", "--columns", "district").code == 0
    assert (here / "out.csv").read_text("utf-8") == f"lon,lat,district\n,,{blank}\n"


def test_fill_takes_a_table_that_was_assigned_before(here, gridgov):
    assert gridgov("assign", "incidents.csv", *ASK, "-o", "once.parquet").code == 0
    assert gridgov("assign", "once.parquet", *ASK, "-o", "twice.parquet", "--fill").code == 0
    once, twice = pl.read_parquet("once.parquet"), pl.read_parquet("twice.parquet")
    assert once.with_columns(pl.col(pl.Categorical).cast(pl.String)).equals(
        twice.with_columns(pl.col(pl.Categorical).cast(pl.String))
    )


@pytest.mark.parametrize("kind", [pl.Float32, pl.Float64])
def test_fill_keeps_numbers_and_their_type(here, gridgov, kind):
    first = pl.when(pl.int_range(pl.len()) == 0).then(7.5)
    data = read_table("incidents.csv").with_columns(cell_distance_m=first.cast(kind))
    data.write_parquet("in.parquet")
    words = ("--fill", "--columns", "cell_distance_m,cell_status")
    assert gridgov("assign", "in.parquet", *ASK, "-o", "out.parquet", *words).code == 0
    written = pl.read_parquet("out.parquet")
    inside = written["cell_status"].cast(pl.String) == "inside"
    assert written.schema["cell_distance_m"] == kind
    assert written["cell_distance_m"][0] == 7.5
    assert set(written.filter(inside)["cell_distance_m"][1:]) <= {0.0, 7.5}


def test_fill_leaves_values_of_json_lines_as_they_are_written(here, gridgov):
    lines = ['{"lon":113.7,"lat":34.7,"district":7}', '{"lon":null,"lat":null,"district":""}', '{"lon":null}']
    (here / "in.ndjson").write_text("\n".join(lines), encoding="utf-8")
    words = ("--fill", "--columns", "district")
    assert gridgov("assign", "in.ndjson", *ASK, "-o", "out.ndjson", *words).code == 0
    assert (here / "out.ndjson").read_text("utf-8").splitlines() == [
        '{"lon":113.7,"lat":34.7,"district":7}',
        '{"lon":null,"lat":null,"district":""}',
        '{"lon":null,"district":null}',
    ]


def test_half_a_character_in_json_is_said_with_its_line(here, gridgov):
    text = '{"lon":113.7,"lat":34.7,"x":"\\ud83d\\ude00"}\n{"lon":113.7,"lat":34.7,"x":"\\ud83d"}\n'
    (here / "in.ndjson").write_text(text, encoding="utf-8")
    ended = gridgov("assign", "in.ndjson", *ASK, "-o", "out.ndjson")
    assert (ended.code, "line 2 holds half of a character (\\ud83d)" in ended.err) == (3, True)


def test_fill_refuses_a_column_of_numbers(here, gridgov):
    data = read_table("incidents.csv").with_columns(district=pl.lit(5))
    data.write_parquet("in.parquet")
    ended = gridgov("assign", "in.parquet", *ASK, "-o", "out.parquet", "--fill")
    assert (ended.code, "--fill: column 'district' holds no text" in ended.err) == (3, True)


def test_bom_makes_utf8_that_excel_reads(here, gridgov):
    given = (here / "incidents.csv").read_text("utf-8")
    (here / "gbk.csv").write_bytes(given.encode("gb18030"))
    assert gridgov("assign", "gbk.csv", *ASK, "-o", "out.csv", "--bom").code == 0
    assert (here / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "管城回族区" in (here / "out.csv").read_text("utf-8-sig")


def test_safe_csv_makes_formulas_inert_and_leaves_numbers(here, gridgov):
    rows = ["=cmd|'/c'!A1", "+1", "-77.04", "-x", "@a", "a=b", ""]
    text = "=code,lon,lat\n" + "".join(f"{row},113.7280,34.7155\n" for row in rows)
    (here / "in.csv").write_text(text, encoding="utf-8")
    assert gridgov("assign", "in.csv", *ASK, "-o", "out.csv", "--safe-csv").code == 0
    written = read_table("out.csv")
    assert written.columns[0] == "'=code"
    assert written["'=code"].to_list() == ["'=cmd|'/c'!A1", "+1", "-77.04", "'-x", "'@a", "a=b", None]
    assert gridgov("assign", "in.csv", *ASK, "-o", "plain.csv").code == 0
    assert read_table("plain.csv")["=code"].to_list() == [*rows[:-1], None]


def test_packed_in_and_packed_out(here, gridgov):
    with gzip.open("in.csv.gz", "wb") as file:
        file.write((here / "incidents.csv").read_bytes())
    assert gridgov("assign", "in.csv.gz", *ASK, "-o", "out.csv.zst").code == 0
    assert gridgov("assign", "incidents.csv", *ASK, "-o", "plain.csv").code == 0
    assert read_table("out.csv.zst").equals(read_table("plain.csv"))
