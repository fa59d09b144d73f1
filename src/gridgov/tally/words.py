"""What a count says about itself, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["HEADINGS", "NOTES"]

#: What the columns of a count are called for people; columns of the table itself keep their names.
HEADINGS: Final = Messages(
    {
        "cell_id": ("cell", "单元编号"),
        "grid_id": ("grid", "网格编码"),
        "grid_id_name": ("grid name", "网格名称"),
        "grid_id_owner": ("grid owner", "网格责任主体"),
        "district": ("district", "区县代码"),
        "district_name": ("district name", "区县"),
        "street": ("street", "街道代码"),
        "street_name": ("street name", "街道"),
        "community": ("community", "社区代码"),
        "community_name": ("community name", "社区"),
        "handler": ("handler", "处置单位"),
        "category": ("category", "类别"),
        "month": ("month", "月份"),
        "incidents": ("incidents", "事件数"),
        "closed": ("closed", "办结数"),
        "closed_share": ("closed %", "办结率"),
        "hours_elapsed_median": ("median hours", "用时中位数（小时）"),
        "hours_elapsed_p90": ("90th percentile hours", "用时九成分位（小时）"),
        "judged": ("with a limit", "有时限且可判断"),
        "overdue": ("overdue", "超期数"),
        "overdue_share": ("overdue %", "超期率"),
        "area_m2": ("m2", "面积（平方米）"),
        "per_km2": ("per km2", "每平方公里"),
        "row_a": ("first row", "先报行号"),
        "row_b": ("later row", "后报行号"),
        "incident_a": ("first incident", "先报事件编码"),
        "incident_b": ("later incident", "后报事件编码"),
        "time_a": ("first time", "先报时间"),
        "time_b": ("later time", "后报时间"),
        "hours_between": ("hours between", "相隔（小时）"),
        "distance_m": ("metres apart", "相距（米）"),
        "note": ("note", "提示"),
        "measure": ("measure", "指标"),
        "value": ("value", "数值"),
    }
)

NOTES: Final = Messages(
    {
        "unreadable times": (
            "Column {column}: {rows:value is no time and was|values are no times and were} left out, e.g. {examples}.",
            "“{column}”列有 {rows:,} 个值不是时间，未计入，例如：{examples}。",
        ),
        "closed before reported": (
            "{rows:incident was|incidents were} closed before the report, which counts as closed, without hours.",
            "{rows:,} 条事件的办结时间早于上报时间：计为已办结，不计用时。",
        ),
        "unreadable limits": (
            "Column {column}: no limit can be read from {examples}; write 4小时, 3工作日 or 30分钟.",
            "“{column}”列中无法识别为时限的值：{examples}；请写成 4小时、3工作日 或 30分钟。",
        ),
        "limits not asked": (
            "Limits (column {column}) were not judged: --workdays FILE or --calendar-hours tells how.",
            "未判断是否超期（“{column}”列）：请用 --workdays 文件 或 --calendar-hours 说明时间如何计算。",
        ),
        "work limits": (
            "{rows:limit is|limits are} in working hours or days, which only --workdays FILE can judge.",
            "{rows:,} 个时限以工作时或工作日计，只有给出 --workdays 文件才能判断。",
        ),
        "beyond calendar": (
            "{rows:incident with a limit lies|incidents with a limit lie} outside the calendar ({first} to {last}): not judged.",
            "{rows:,} 条有时限的事件不在工作日历（{first} 至 {last}）之内，未判断。",
        ),
        "open not judged": (
            "{rows:open incident has|open incidents have} a limit; --as-of DATE judges as of that day.",
            "{rows:,} 条未办结的事件有时限；用 --as-of 日期 可按该日判断。",
        ),
        "other versions": (
            "Rows were tagged with network {versions}; the network given is {version}.",
            "部分行是用网络 {versions} 标注的；给出的网络版本是 {version}。",
        ),
        "unknown units": (
            "{rows:row names|rows name} {units:value|values} of {key} that the network does not have, e.g. {examples}.",
            "{rows:,} 行中的 {units:,} 个 {key} 值在网络中不存在，例如：{examples}。",
        ),
        "no numbers": (
            "Column {column}: {rows:value is no number and was|values are no numbers and were} not added, e.g. {examples}.",
            "“{column}”列有 {rows:,} 个值不是数字，未计入，例如：{examples}。",
        ),
        "default points": (
            "{rows} rows share {points:point|points} across categories: default coordinates, not compared.",
            "{rows:,} 行与其他类别的行共用 {points:,} 个坐标点，视为默认坐标，未比对。",
        ),
        "not compared": (
            "{rows:row lacks|rows lack} a coordinate, time or category: not compared.",
            "{rows:,} 行缺少坐标、时间或类别，未比对。",
        ),
    }
)
