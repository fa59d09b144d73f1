from gridgov.datum import Candidate
from gridgov.layers.facts import ColumnFacts, LayerFacts
from gridgov.summary import facts_lines


def lines(**known):
    facts = LayerFacts(**{"file": "a.shp", "layer": None, "kind": "Shapefile", "rows": 2, **known})
    return [" ".join(line.split()) for line in facts_lines(facts)]


def test_the_first_line_names_file_kind_rows_and_encoding():
    assert lines(encoding="gb18030")[0] == "a.shp Shapefile, 2 rows, text in GB18030"


def test_two_columns_for_one_role_are_a_question_with_its_option():
    assert "id 编码 or 代码? say which with --id" in lines(taken={"id": ["编码", "代码"]})


def test_without_an_id_the_columns_that_could_be_one_are_named():
    columns = (ColumnFacts("WARD", "text", unique=True, sample=("1", "2")),)
    assert "id none (--id); different in every row: WARD" in lines(taken={"id": []}, columns=columns)


def test_rows_without_geometry_are_counted():
    assert "geometry 1 Polygon, 1 without" in lines(geometry={"Polygon": 1})


def test_an_unknown_position_shows_candidates_with_shares():
    candidate = Candidate("EPSG:4547", "CGCS2000 3-degree zone, CM 114E", 0.985)
    shown = lines(extent=(1.0, 2.0, 3.0, 4.0), candidates=(candidate,))
    assert "position not stated (--crs)" in shown
    assert "98.5% EPSG:4547 CGCS2000 3-degree zone, CM 114E" in shown


def test_columns_line_up_below_each_other_in_chinese_too():
    columns = (ColumnFacts("编码", "text", True, ("1",)), ColumnFacts("ab", "text", False, ("2",)))
    facts = LayerFacts(file="a.shp", layer=None, kind="Shapefile", rows=2, columns=columns)
    assert facts_lines(facts)[-2:] == ["    编码  text  1", "    ab    text  2"]
