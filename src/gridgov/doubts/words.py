"""What is said of coordinates to doubt: `said.` of rows that a rule names one by one, after their number."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "said.degrees": (
            "degrees, not metres, which need a --crs of their own",
            "是度而不是米，需要另写 --crs",
        ),
        "said.swapped": (
            "longitude and latitude (x and y) exchanged; feed them alone, with --lon and --lat the other way round",
            "经度和纬度（x 和 y）颠倒，请单独输入，并对调 --lon 与 --lat",
        ),
        "said.sign": ("among the cells if a sign were another", "换一个正负号就落在单元之中"),
        "said.zero": (
            "a coordinate of 0, which is a default and no place",
            "坐标为 0，是默认值而不是地点",
        ),
        "said.null_island": (
            "within a degree of 0,0, in the sea off Africa",
            "距 0,0 不到一度，在非洲以西的海上",
        ),
        "such_as": (
            "{rows:row|rows}: {said}, such as {lon}, {lat}.",
            "{rows} 行：{said}，例如 {lon}, {lat}。",
        ),
        "in_no_cell": (
            "{rows:,} of {points:,} points lie in no cell",
            "{points:,} 个点中有 {rows:,} 个不在任何单元内",
        ),
        "right_crs": (
            "{said}: is their coordinate system (--crs) right, and are these the cells of their city?",
            "{said}：它们的坐标系（--crs）对吗？这些是它们所在城市的单元吗？",
        ),
        "no_lon_lat": (
            "{rows:,} of {all_rows} have numbers that are no longitude and latitude",
            "{all_rows}中有 {rows:,} 行的数值不是经纬度",
        ),
        "if_metres": (
            "if they are metres, say in which system, --crs EPSG:N",
            "如果是米，请写明坐标系：--crs EPSG:N",
        ),
        "exchanged": (", x and y exchanged,", "（x、y 颠倒）"),
        "alone": (" in a file of their own", "单独作为一个文件"),
        "and_others": (" and others", "等"),
        "or_others": (" (or {others}: numbers cannot tell)", "（或 {others}：仅凭数值无法区分）"),
        "among_cells": ("{share} of them lie among the cells", "其中 {share} 落在单元之中"),
        "as_metres": (
            "as metres of {system}{alike}{exchanged} {within}; feed them{alone} with --crs {code}",
            "若按米制的 {system}{alike}{exchanged}，{within}；请{alone}输入，并写明 --crs {code}",
        ),
        "rows_share": ("{rows:,} rows ({share})", "{rows:,} 行（{share}）"),
        "one_point": ("{said} have one and the same point, ", "{said}的坐标完全相同："),
        "at_least": ("at least {many}", "至少 {many}"),
        "perhaps_default": (
            "{said}{x:.10g}, {y:.10g}: perhaps a default, not a place.",
            "{said}{x:.10g}, {y:.10g}：可能是默认值，不是真实位置。",
        ),
        "rows_of": ("{rows:,} of {usable:row|rows}", "{usable} 行中的 {rows:,} 行"),
        "two_decimals": (
            "{said} have coordinates of two decimals only, which is about 1 km.",
            "{said}的坐标只有两位小数，约合 1 公里。",
        ),
        "all_rows": ("{n:row|rows}", "{n} 行"),
    }
)
