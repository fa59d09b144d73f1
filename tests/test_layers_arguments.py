import pytest

from gridgov.errors import ArgumentError
from gridgov.layers.arguments import parse_layer_argument, split_path, split_settings


def test_a_name_ends_at_the_first_equals_sign():
    argument = parse_layer_argument("police=a=b.shp")
    assert (argument.name, str(argument.path)) == ("police", "a=b.shp")


def test_a_layer_begins_at_the_last_hash():
    argument = parse_layer_argument("police=a#b.gpkg#jw")
    assert (str(argument.path), argument.layer) == ("a#b.gpkg", "jw")


def test_a_path_that_exists_is_taken_whole(tmp_path):
    (tmp_path / "old#2.gpkg").touch()
    argument = parse_layer_argument(f"police={tmp_path}/old#2.gpkg")
    assert (argument.path, argument.layer) == (tmp_path / "old#2.gpkg", None)


def test_a_bare_path_with_an_equals_sign_that_exists_is_a_path(tmp_path):
    (tmp_path / "a=b.gpkg").touch()
    assert parse_layer_argument(f"{tmp_path}/a=b.gpkg").name == "a=b"


@pytest.mark.parametrize(
    ("path", "name"), [("jw.shp", "jw"), ("警务.gpkg#层", "警务"), ("jw.shp.zip", "jw"), ("city.gdb", "city")]
)
def test_a_bare_path_takes_its_stem_as_name(path, name):
    assert parse_layer_argument(path).name == name


@pytest.mark.parametrize("text", ["=a.shp", "police=", "police= ", "police=a.gpkg#", "police=#x"])
def test_half_an_argument_is_refused(text):
    with pytest.raises(ArgumentError):
        parse_layer_argument(text)


def test_a_sheet_may_hold_spaces():
    assert split_path("台账.xlsx#Sheet 1")[1] == "Sheet 1"


def test_a_bare_setting_is_for_departments_and_not_for_rungs():
    settings = split_settings(["code"], option="--id")
    assert settings.value("police") == "code"
    assert settings.value("district", rung=True) is None


def test_a_named_setting_also_reaches_rungs():
    assert split_settings(["district=XZQ"], option="--id").value("district", rung=True) == "XZQ"


def test_names_of_settings_ignore_case():
    assert split_settings(["Police=JW"], option="--id").value("police") == "JW"


@pytest.mark.parametrize("values", [["a=1", "A=2"], ["x", "y"], ["a="], ["=b"], [" "]])
def test_settings_given_twice_or_empty_are_refused(values):
    with pytest.raises(ArgumentError, match="--id"):
        split_settings(values, option="--id")


def test_a_setting_for_an_unknown_layer_names_the_layers_there_are():
    with pytest.raises(ArgumentError, match=r"'polcie'.*police, urban"):
        split_settings(["polcie=x"], option="--id").check_known(["police", "urban"])
