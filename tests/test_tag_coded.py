"""Answers written to Parquet as codes of words are those of columns whose every value was made."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gridgov.lookup import Answers
from gridgov.lookup.answers import constant
from gridgov.owners import Rules
from gridgov.tables import Batch, write_table
from gridgov.tables.parquet_writer import ParquetWriter
from gridgov.tag import TagOptions, tag_file
from gridgov.tag.added import Added
from gridgov.tag.coded import AnswersCoded
from gridgov.tag.written import Written

RULES = Rules.from_table(
    pd.DataFrame(
        {"category": ["路灯", "井盖"], "district": ["410104", None], "handler": ["住建局", "城管局"]}
    )
)


def incidents(cells, rows=300):
    """Points in cells, on their borders, beside them, and without a place, with columns of many types."""
    random = np.random.default_rng(3)
    west, south, east, north = cells.to_crs(4490).total_bounds
    lon, lat = random.uniform(west, east, rows), random.uniform(south, north, rows)
    lon[::3], lon[1::7], lon[2::11] = (west + east) / 2, np.nan, lon[2::11] + 1
    return pa.table(
        {
            "编码": pa.array([f"{n:05}" for n in range(rows)], pa.large_string()),
            "lon": pa.array(lon, from_pandas=True),
            "lat": lat,
            "小类": pa.array(random.choice(["路灯", "井盖"], rows)).dictionary_encode(),
            "所属街道": ["北下街街道"] * rows,
            "时间": pa.array([pd.Timestamp("2026-03-05 08:12", tz="Asia/Shanghai")] * rows),
            "照片": [["a.jpg", None], []] * (rows // 2),
        }
    )


def plainly(self, asked):
    """How answers are set behind the columns of other tables."""
    added = self._added.columns(asked.answers, asked.incidents)
    return Batch(asked.incidents, asked.input_points, added, asked.lines)


@pytest.mark.parametrize("batch_rows", [1, 7, 1000])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"columns": ["cell_id"]},
        {"columns": ["special", "area_m2", "cell_candidates", "review", "cell_distance_m"], "prefix": "g_"},
        {"rules": RULES, "category": "小类", "place": {"street": "所属街道"}},
        {"nearest_m": 200_000.0, "border_m": 30.0},
    ],
    ids=["all", "cell_id", "further", "rules", "near"],
)
def test_files_hold_the_same(monkeypatch, tmp_path, four_cells, batch_rows, options):
    given = incidents(four_cells, 60 if batch_rows == 1 else 300)
    pq.write_table(given, tmp_path / "in.parquet")
    known = {"place": {}} if "street" not in four_cells else {}
    options = TagOptions(crs="cgcs2000", **{**options, **(known if "place" in options else {})})
    read = []
    for name in ("coded", "plain"):
        with monkeypatch.context() as patch:
            if name == "plain":
                patch.setattr(Written, "answered", plainly)
            path = tmp_path / f"{name}.parquet"
            tag_file(
                tmp_path / "in.parquet",
                path,
                four_cells,
                options=options,
                batch_rows=batch_rows,
                rejects=tmp_path / f"{name}.rejects.parquet",
            )
        read.append(pq.read_table(path))
    assert read[0].schema == read[1].schema
    assert read[0].schema.types[: given.num_columns] == given.schema.types
    assert read[0].equals(read[1])
    assert read[0].select(given.column_names).to_pylist() == given.to_pylist()


def columns(values, codes, rows=(), texts=()):
    answers = Answers(
        np.array(codes, dtype=np.int32),
        np.array([*values, None], dtype=object),
        np.array(rows, dtype=np.intp),
        np.array(texts, dtype=object),
    )
    return {"a": answers}


@pytest.mark.parametrize(
    "answers",
    [
        columns(["x", "y"], [0, 1, -1, 0]),
        columns(["x", "x", None, "y"], [0, 1, 2, 3, 4, -1]),
        columns(["x", "y", "x|y"], [0, 1, -1, 0], rows=[1, 2, 3], texts=["x|y", "new", "new"]),
        columns(["x"], [0, 0, 0], rows=[0, 2], texts=[None, "x"]),
        columns([None, None], [0, 1, -1]),
        columns([None, None], [0, 1, -1], rows=[1], texts=["found"]),
        columns([1.5, 2.5], [0, 1, -1]),
        columns([3, 4], [0, 1, 1]),
        columns(["", " "], [0, 1, -1]),
        columns(["x"], []),
        {"a": constant("v1", 3)},
        {"a": constant(None, 3)},
        {"a": np.array([True, False])},
        {"a": np.array([0.5, np.nan])},
        {"a": np.array([None, "x", None], dtype=object)},
        {"a": np.broadcast_to(np.array(None, dtype=object), 3)},
    ],
)
def test_columns_are_those_made_value_by_value(answers):
    added = Added({"a": "A"})
    (plain,) = added.columns(answers)
    coded = AnswersCoded(added, {"a": "A"}).of(answers)["A"]
    decoded = coded.dictionary_decode() if isinstance(coded, pa.DictionaryArray) else coded
    assert decoded.to_pylist() == plain.to_list()
    if isinstance(coded, pa.DictionaryArray):
        coded.validate(full=True)
        words = coded.dictionary.to_pylist()
        assert len({*words}) == len(words)


def test_the_words_of_another_list_are_not_those_of_the_last_one():
    coded = AnswersCoded(Added({"a": "A"}), {"a": "A"})
    assert coded.of(columns(["x", "y"], [0, 1]))["A"].to_pylist() == ["x", "y"]
    assert coded.of(columns(["z", "y"], [0, 1]))["A"].to_pylist() == ["z", "y"]


def test_a_constant_may_change_from_batch_to_batch():
    coded = AnswersCoded(Added({"a": "A"}), {"a": "A"})
    for version in ("v1", "v1", "v2", None, "v3"):
        assert coded.of({"a": constant(version, 2)})["A"].to_pylist() == [version] * 2


def lists_of_words(path):
    row_group = pq.ParquetFile(path).metadata.row_group(0)
    chunks = [row_group.column(number) for number in range(row_group.num_columns)]
    return {chunk.path_in_schema for chunk in chunks if chunk.has_dictionary_page}


def test_columns_whose_values_all_differ_have_no_list_of_them(tmp_path):
    path = tmp_path / "a.parquet"
    table = pd.DataFrame({"id": [f"{n}" for n in range(500)], "kind": "a", "x": np.arange(500.0), "no": None})
    write_table(table, path)
    assert lists_of_words(path) == {"kind", "no"}


def test_columns_within_columns_keep_their_lists(tmp_path):
    path = tmp_path / "a.parquet"
    writer = ParquetWriter(path)
    writer.write(Batch(pa.table({"id": list(range(500)), "photos": [["a.jpg"]] * 500})))
    writer.close()
    assert lists_of_words(path) == {"id", "photos.list.element"}
