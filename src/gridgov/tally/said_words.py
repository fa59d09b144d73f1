"""What is said of counts and calendars."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "more_than_0": (
            "duplicates lie within more than 0 m and 0 h (--within-m, --within-hours)",
            "疑似重复的范围必须大于 0 米和 0 小时（--within-m、--within-hours）",
        ),
        "say_by": (
            "say what to count by: --by district, or cell, grid, handler, category, a column",
            "请写明按什么统计：--by district，或 cell、grid、handler、category、某一列",
        ),
        "named_twice": ("--by {by}: one thing is named twice", "--by {by}：同一项写了两次"),
        "no_by_column": (
            "{where}: there is no column '{column}' to count by (--by {unit}); --by {unit}=COLUMN says another one. Its columns: {columns}",
            "{where}：没有可统计的列“{column}”（--by {unit}）；可用 --by {unit}=COLUMN 指定另一列。现有列：{columns}",
        ),
        "need_columns": (
            "{source}: likely duplicates need a time, a category and coordinates ({options})",
            "{source}：查找疑似重复需要时间、类别和坐标（{options}）",
        ),
        "month_needs": ("--by month needs a column of times (--time)", "--by month 需要时间列（--time）"),
        "need_report_time": (
            "{source}: --closed and --limit-column need the time of the report (--time)",
            "{source}：--closed 和 --limit-column 需要上报时间（--time）",
        ),
        "limits_need": (
            "{source}: to judge limits, name the columns: {options}",
            "{source}：判断是否超期，请指定这些列：{options}",
        ),
        "as_of_needs": (
            "--as-of judges limits: say how time counts, --workdays FILE or --calendar-hours",
            "--as-of 用于判断超期：请写明时间怎么算，--workdays FILE 或 --calendar-hours",
        ),
        "no_where_column": (
            "there is no column {lacking} (--where). The columns: {columns}",
            "没有列 {lacking}（--where）。现有列：{columns}",
        ),
        "not_both": (
            "time counts by --workdays or by --calendar-hours, not by both",
            "时间按 --workdays 或 --calendar-hours 计算，不能同时用",
        ),
        "no_times": (
            "column '{column}' holds no times, but {shown} (--time, --closed)",
            "列“{column}”中不是时间，而是 {shown}（--time、--closed）",
        ),
        "no_sum_column": (
            "there is no column '{column}' to add up (--sum). Its columns: {columns}",
            "没有可求和的列“{column}”（--sum）。现有列：{columns}",
        ),
        "no_sum_numbers": (
            "column '{column}' holds no numbers, but {shown} (--sum)",
            "列“{column}”中不是数值，而是 {shown}（--sum）",
        ),
        "two_columns": (
            "the answer would have two columns {twice}; rename that of the table (--by, --sum)",
            "结果会有两列 {twice}；请给表中的该列改名（--by、--sum）",
        ),
        "other_network": (
            "{where}: rows were tagged with network {others}, and cells have other numbers in {version}; tag them again with gridgov assign, or count by grid",
            "{where}：各行是用网络 {others} 标注的，而单元在 {version} 中编号不同；请用 gridgov assign 重新标注，或按网格统计",
        ),
        "days_twice": (
            "{source}: days that are there twice: {twice} (--workdays)",
            "{source}：有重复的日期：{twice}（--workdays）",
        ),
        "no_day_of": (
            "{source}: no day of {gaps} is listed (--workdays)",
            "{source}：没有列出 {gaps} 的任何一天（--workdays）",
        ),
        "every_day": (
            "{source}: with from and to every day must be listed; missing: {lacking} (--workdays)",
            "{source}：有 from 和 to 时必须列出每一天；缺少 {lacking}（--workdays）",
        ),
        "needs_from": (
            "{source}: {day} needs from and to, such as 08:30 and 17:30 (--workdays)",
            "{source}：{day} 需要 from 和 to，例如 08:30 和 17:30（--workdays）",
        ),
        "calendar_needs": (
            "{source}: a calendar needs the column {missing} (--workdays)",
            "{source}：工作日历需要列 {missing}（--workdays）",
        ),
        "both_columns": (
            "{source}: give both columns from and to, or neither (--workdays)",
            "{source}：from 和 to 两列要么都有，要么都没有（--workdays）",
        ),
        "no_day": ("{source}: there is no day in it (--workdays)", "{source}：其中没有日期（--workdays）"),
        "such_a_day": ("a day such as 2025-10-01", "2025-10-01 这样的日期"),
        "one_or_zero": ("1 or 0, 是 or 否", "1 或 0，是 或 否"),
        "column_wants": (
            "{source}: column {column} wants {want}, not {wrong} (--workdays)",
            "{source}：列 {column} 应为{want}，不能是 {wrong}（--workdays）",
        ),
    }
)
