"""Handler rules on disk."""

import sys

import pytest

from gridgov import FormatError, Locator, read_rules
from gridgov.datum import transform_points


@pytest.fixture
def rules_csv(tmp_path):
    path = tmp_path / "rules.csv"
    rows = ["category,district,handler,时限", "路灯,管城回族区,市政所,3天", ",,网格中心,"]
    path.write_text("\n".join(rows), encoding="gb18030")
    return path


def test_rules_name_their_file_and_row(rules_csv):
    rules = read_rules(rules_csv)
    assert list(rules.categories) == ["路灯"]
    assert rules.label(0) == "rules.csv:2"


def test_rules_and_one_answer_need_no_polars(rules_csv, four_network, monkeypatch):
    monkeypatch.setitem(sys.modules, "polars", None)  # any import of it fails now
    locator = Locator(four_network, rules=read_rules(rules_csv))
    lon, lat = transform_points([475_050.0], [3_843_050.0], source=4547, target=4490)
    found = locator.one(lon=float(lon[0]), lat=float(lat[0]), category="路灯", crs="cgcs2000")
    assert (found.cell_id, found.handler) == ("a", "市政所")


def test_a_map_layer_is_no_table_of_rules(tmp_path):
    with pytest.raises(FormatError, match="rules are a table"):
        read_rules(tmp_path / "rules.gpkg")
