"""What is said of decisions."""

from gridgov.summary import decision_lines, list_lines

TOLD = {
    "source": "冲突清单.xlsx",
    "decided": 9,
    "applied": 4,
    "nothing": 2,
    "refused": {"c1": "police has no grid P9"},
    "overruled": ["c2"],
    "unknown": [f"gone{n}" for n in range(7)],
    "open": 3,
    "new": 1,
}

WHY = "leave, ignore, or merged so already"


def test_a_merge_without_decisions_says_nothing_of_them():
    assert decision_lines({}) == []


def test_every_count_is_said_with_examples():
    assert decision_lines({"decisions": TOLD}) == [
        f"Decisions: 9 conflicts decided in 冲突清单.xlsx; 4 applied, 2 changed nothing ({WHY}).",
        "  1 cannot be carried out: c1 (police has no grid P9).",
        "  1 in part give way to a decision about the same spot that is listed before: c2.",
        "  7 are of no conflict now: gone0, gone1, gone2, gone3, gone4 (7 in all).",
        "  Still to decide: 3, of these 1 new (not in 冲突清单.xlsx).",
    ]


def test_a_list_of_another_network_is_suspected_when_none_of_its_conflicts_is_there():
    other = {**TOLD, "decided": 7, "applied": 0, "nothing": 0, "refused": {}, "overruled": []}
    lines = decision_lines({"decisions": other})
    assert lines[2].startswith(
        "  None is of a conflict of this merge: is 冲突清单.xlsx the list of another network"
    )
    assert not any("another network" in line for line in decision_lines({"decisions": TOLD}))


def test_the_length_of_the_list_is_said():
    rows = {"open": 12, "decided": 1, "notes": 1, "settled": 2345}
    assert list_lines(rows) == [
        "List of conflicts: 12 to decide, 1 decided, 1 note; settled between 2,345 groups of grids."
    ]


def test_decisions_are_told_in_chinese_with_the_same_numbers():
    lines = decision_lines({"decisions": TOLD}, language="zh")
    assert lines[0].startswith("决定：")
    assert len(lines) == len(decision_lines({"decisions": TOLD}))
    assert list_lines({"open": 3, "decided": 1, "notes": 2, "settled": 1}, language="zh") == [
        "冲突清单：待定 3，已决定 1，提示 2；已处理的涉及 1 组网格。"
    ]
