"""What is said of decisions that are read and carried out."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "takes_only": ("{kind} here takes only {words}", "{kind} 此处只能取 {words}"),
        "cannot_be": (
            "{was}; '{decision}' cannot be carried out: {why_not}",
            "{was}；“{decision}”无法执行：{why_not}",
        ),
        "left_as_merged": ("decided: left as merged ({was})", "已决定：保持合并结果（{was}）"),
        "not_asked_again": ("decided: not to be asked again ({was})", "已决定：以后不再询问（{was}）"),
        "decided_split": ("decided: split", "已决定：平分"),
        "decided_for": ("decided: {decision} ({named})", "已决定：{decision}（{named}）"),
        "too_tangled": (
            "its shores are too tangled for a line between them",
            "两侧边界过于曲折，无法画出分界线",
        ),
        "no_such_grid": ("{department} has no grid {grid_id}", "{department} 没有网格 {grid_id}"),
        "no_place": ("the conflict has no place on the map", "该冲突在地图上没有位置"),
        "only_one": (
            "only one of its grids has ground of its own beside it",
            "其中只有一个网格在旁边有自己的地面",
        ),
        "no_other": (
            "{department} has no other grid beside the part beyond the border",
            "{department} 在界外部分旁边没有别的网格",
        ),
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
