"""Codes of grids: taken apart, checked, and numbered inside their parents."""

import numpy as np
import pytest

from gridgov import ArgumentError, CodeError, check_codes, parse_code, read_parents
from gridgov.codes import SCHEMES, Numbering, number_cells
from gridgov.errors import FormatError, SchemaError

UNIT15 = Numbering(SCHEMES["unit15"])
PARENT = "410104009003"


def placed(count, parents=PARENT):
    """Cells in one row from west to east, in one or in several parents."""
    x, y = np.arange(count) * 10.0, np.zeros(count)
    names = np.array([parents] * count if isinstance(parents, str) else parents, dtype=object)
    return {"parents": names, "x": x, "y": y, "area_m2": np.full(count, 100.0)}


def numbered(case, **more):
    return number_cells(case["parents"], x=case["x"], y=case["y"], area_m2=case["area_m2"], **more).tolist()


@pytest.mark.parametrize(
    ("text", "scheme", "parts"),
    [
        ("410104009003012", "unit15", "410104 009 003 012"),
        ("010203410104009003007", "department20", None),
        ("01020341010400900307", "department20", "010203 410104 009 003 07"),
        ("01020341010400900300", "department20", "010203 410104 009 003 00"),
        ("410104560001", "parent12", "410104 560 001"),
    ],
)
def test_a_code_is_taken_apart(text, scheme, parts):
    if parts is None:
        with pytest.raises(CodeError, match=r"has 21 digits; department20 has 20: 6 object class"):
            parse_code(text, scheme=scheme)
        return
    code = parse_code(text, scheme=scheme)
    assert " ".join(code.parts.values()) == parts
    assert "".join(code.parts.values()) == code.text == text
    assert len(code.parent) == 12
    assert code.parent in text
    assert code.number == (int(parts.split()[-1]) if scheme != "parent12" else None)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "the code is blank"),
        (410104009003012, "410104009003012 is of type int, not text"),
        (4.10104009003012e14, "is of type float, not text"),
        (None, "the code is blank"),
        (float("nan"), "the code is blank"),
        ("41010400900301", "has 14 digits; unit15 has 15: 6 district + 3 street + 3 community + 3 number"),
        ("410104009003O12", "'O' at place 13 is no digit"),
        ("４10104009003012", "'４' at place 1 is no digit"),
        (" 410104009003012", "' ' at place 1 is no digit"),
        ("4.10104009003E+14", "'.' at place 2 is no digit"),
        ("410104009003000", "ends with 000: numbers begin with 1"),
        ("410104009004001", "410104009004 is not in the list of communities"),
    ],
)
def test_a_reason_is_given_for_what_is_no_code(code, reason):
    with pytest.raises(CodeError) as raised:
        parse_code(code, scheme="unit15", parents={PARENT})
    assert reason in str(raised.value)
    assert check_codes([code], scheme="unit15", parents={PARENT})["reason"].tolist() == [str(raised.value)]


@pytest.mark.parametrize("scheme", ["unit14", "", "UNIT15"])
def test_schemes_are_named(scheme):
    with pytest.raises(ArgumentError, match="there are unit15, department20, parent12"):
        parse_code("1", scheme=scheme)
    with pytest.raises(ArgumentError, match="there are unit15"):
        check_codes([], scheme=scheme)


def test_unusual_ranges_are_advice_and_no_fault():
    assert parse_code("410104561001001", scheme="unit15").advice == ()
    code = parse_code("990104612601001", scheme="unit15")
    assert [said.split(":")[0].split(" (")[0] for said in code.advice] == [
        "no province begins with 99",
        "street part 612 is outside the usual ranges",
        "community part 601",
    ]
    assert check_codes(["990104612601001"], scheme="unit15").empty


def test_codes_that_are_there_twice_are_faults_of_the_later_row():
    codes = [f"{PARENT}001", f"{PARENT}002", f"{PARENT}001", "x", f"{PARENT}001"]
    faults = check_codes(codes, scheme="unit15")
    assert faults["row"].tolist() == [2, 3, 4]
    assert "in row 0 already" in faults["reason"][0]


def test_numbers_run_north_to_south_and_west_to_east_inside_each_parent():
    x, y = np.array([0.0, 10.0, 0.0, 10.0]), np.array([0.0, 0.0, 10.0, 10.0])
    parents = np.array([PARENT, PARENT, PARENT, "410104009004"], dtype=object)
    codes = number_cells(parents, x=x, y=y, area_m2=np.full(4, 100.0), numbering=UNIT15)
    assert codes.tolist() == [f"{PARENT}002", f"{PARENT}003", f"{PARENT}001", "410104009004001"]
    assert check_codes(codes, scheme="unit15").empty


def test_a_parent_holds_999_and_says_what_helps_beyond():
    assert numbered(placed(999), numbering=UNIT15)[-1] == f"{PARENT}999"
    with pytest.raises(CodeError, match=r"has 1000 cells .* unit15 has 999: make fewer cells"):
        numbered(placed(1000), numbering=UNIT15)
    with pytest.raises(CodeError, match="1 numbers were used before"):
        numbered(placed(999), numbering=UNIT15, used=[f"{PARENT}500"])
    assert numbered(placed(10_000), numbering=None)[-1] == f"{PARENT}-10000"


def test_used_numbers_are_not_given_again_and_kept_ones_stay():
    kept = np.array([None, f"{PARENT}007", None], dtype=object)
    used = [f"{PARENT}001", f"{PARENT}003", "410104009004002", "410104-0002", "?", "001"]
    assert numbered(placed(3), numbering=UNIT15, kept=kept, used=used) == [
        f"{PARENT}002",
        f"{PARENT}007",
        f"{PARENT}004",
    ]
    kept = np.array([None, "410104-0007", None], dtype=object)
    used = ["410104-0001", "410104-99999", "410105-0002"]
    assert numbered(placed(3, "410104"), kept=kept, used=used) == [
        "410104-00002",
        "410104-0007",
        "410104-00003",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_numbers_are_those_of_a_slow_count(seed):
    random = np.random.default_rng(seed)
    count = int(random.integers(1, 60))
    parents = random.choice(["410104009001", "410104009002", "410104009003"], count).astype(object)
    used = [f"{random.choice(parents)}{n:03}" for n in random.integers(1, 80, 30)]
    codes = number_cells(
        parents,
        x=random.uniform(0, 100, count),
        y=np.zeros(count),
        area_m2=np.full(count, 1.0),
        numbering=UNIT15,
        used=used,
    )
    for parent in set(parents):
        free = [n for n in range(1, 200) if f"{parent}{n:03}" not in used]
        mine = sorted(code for code in codes if code.startswith(parent))
        assert mine == [f"{parent}{n:03}" for n in free[: len(mine)]]


def test_parents_are_read_from_the_only_column_of_codes(tmp_path):
    path = tmp_path / "社区.csv"
    path.write_text("社区编码,名称,序号\n410104009003,一,1\n410104009004,二,2\n,三,3\n", "gb18030")
    assert read_parents(path) == {"410104009003", "410104009004"}
    assert read_parents(path, column="社区编码") == {"410104009003", "410104009004"}
    with pytest.raises(SchemaError, match="has no column '编码'"):
        read_parents(path, column="编码")
    with pytest.raises(CodeError, match="is no list of 12-digit codes"):
        read_parents(path, column="序号")


def test_parents_that_cannot_be_told_are_refused(tmp_path):
    two, none = tmp_path / "two.csv", tmp_path / "none.csv"
    two.write_text("a,b\n410104009003,410104009004\n", "utf-8")
    none.write_text("a\n1\n", "utf-8")
    with pytest.raises(SchemaError, match="several columns hold 12-digit codes: a, b"):
        read_parents(two)
    with pytest.raises(SchemaError, match="no column holds 12-digit codes"):
        read_parents(none)
    with pytest.raises(FormatError, match="is a table"):
        read_parents(tmp_path / "x.gpkg")


def test_a_departmental_grid_of_several_communities_is_proved_by_its_street():
    parents = {"410104009003", "410104009004"}
    assert parse_code("01020341010400960101", scheme="department20", parents=parents).number == 1
    with pytest.raises(CodeError, match="410104008601 is not in the list"):
        parse_code("01020341010400860101", scheme="department20", parents=parents)
    with pytest.raises(CodeError, match="410104009601 is not in the list"):
        parse_code("410104009601001", scheme="unit15", parents=parents)
