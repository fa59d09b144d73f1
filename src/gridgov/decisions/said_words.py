"""What is said of decisions that are read and carried out."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_column": ("{source}: there is no column {missing}", "{source}：没有列 {missing}"),
        "row": ("row {number}", "第 {number} 行"),
        "no_decision": ("is no decision; allowed are {allowed}", "不是决定；可选 {allowed}"),
        "no_date": ("is no date; write 2026-11-20", "不是日期；请写成 2026-11-20"),
        "beside_no_id": (
            "{where}: '{said}' stands beside no conflict_id",
            "{where}：“{said}”旁边没有 conflict_id",
        ),
        "said_why": ("{where}: '{said}' {why}", "{where}：“{said}”{why}"),
        "said_where": ("'{decision}' ({where})", "“{decision}”（{where}）"),
        "two_decisions": (
            "{conflict} has two decisions: {said}; keep one",
            "{conflict} 有两个决定：{said}；请只留一个",
        ),
    }
)
