"""What is said of weights and incidents that are counted."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "not_file_column": (
            "--weights '{text}' is not FILE:COLUMN, for example households.csv:户数",
            "--weights“{text}”不是 FILE:COLUMN，例如 households.csv:户数",
        ),
        "are_points": (
            "{path}: incidents are points; --weights counts polygons",
            "{path}：事件是点；按面计数请用 --weights",
        ),
        "row": ("row {row}", "第 {row} 行"),
        "lost_places": ("{n:row|rows} without a usable place: {rows}", "{n} 行没有可用的位置：{rows}"),
        "nothing_else": (
            ", taken because nothing else is said and the grids are not in China",
            "（没有其他说明，网格也不在中国，故如此处理）",
        ),
        "read_as": ("coordinates read as {crs}{why}", "坐标按 {crs} 读取{why}"),
        "several_points": (
            "several points in one row: {rows}; give each point its own row",
            "一行中有多个点：{rows}；请每点一行",
        ),
        "no_place": ("{where}: no row has a place", "{where}：没有一行有位置"),
        "row_note": ("row {row}: {note}", "第 {row} 行：{note}"),
        "mixed": (
            "{where}: weights are points or else polygons; {said}",
            "{where}：权重要么是点，要么是面；{said}",
        ),
        "repaired": ("{n:invalid polygon|invalid polygons} repaired", "已修复 {n} 个无效的面"),
        "totals": ("{n:row|rows} of totals left out: {rows}", "略去 {n} 行合计：{rows}"),
        "counts_one": (
            "each row counts one; a column of numbers is named like this: --weights {where}:COLUMN",
            "每行计 1；要用数值列请这样写：--weights {where}:COLUMN",
        ),
        "no_number": (
            "{n:row|rows} without a number in '{column}', counting nothing",
            "{n} 行的“{column}”没有数值，不计",
        ),
        "lost_weight": (
            "{n:row|rows} without a usable place ({weight:,.10g} in all): {rows}",
            "{n} 行没有可用的位置（合计 {weight:,.10g}）：{rows}",
        ),
        "no_count_column": (
            "{where}: there is no column '{column}' to count (--weights {where}:COLUMN); there are {names}",
            "{where}：没有可计数的列“{column}”（--weights {where}:COLUMN）；现有 {names}",
        ),
    }
)
