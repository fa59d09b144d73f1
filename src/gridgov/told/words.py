"""Sentences of the tables of a network, in both languages.

Files hold their keys and the names of their values: neither is ever changed or taken away.
"""

from typing import Final

from gridgov.language import Messages
from gridgov.meanings import terms
from gridgov.schema import KINDS

__all__ = ["TOLD"]

_PLACES: Final = {
    "at_grid": ("at grid {grid}", "网格 {grid} 处"),
    "beside_grid": ("beside grid {grid}", "网格 {grid} 旁"),
    "at_grids": ("at grids {one} and {other}", "网格 {one} 与 {other} 处"),
    "between_grids": ("between grids {one} and {other}", "网格 {one} 与 {other} 之间"),
    "at_many": ("at grids {grids} and {more} more", "网格 {grids} 和另外 {more} 个网格处"),
    "among_grids": ("among grids {grids} and {more} more", "网格 {grids} 和另外 {more} 个网格之间"),
    "in_unit": ("{inside}, {at}", "{inside}，{at}"),
    "outside_every": ("outside every {rung}", "在各{rung}之外"),
}

_RESOLUTIONS: Final = {
    "repaired": ("repaired", "已修复"),
    "left_out": ("left out", "未纳入"),
    "left_out_outline": ("left out: beyond the outline", "未纳入：在外边界之外"),
    "one_grid": ("taken as one grid", "视为一个网格"),
    "kept": ("kept", "保留"),
    "kept_no_owner": ("kept without an owner", "保留，暂无责任主体"),
    "kept_special": ("kept as special-purpose grid", "保留为专属网格"),
    "kept_declared": (
        "kept: declared special-purpose (--special)",
        "保留：已声明为专属网格（--special）",
    ),
    "cut": ("cut at the border", "在界线处切开"),
    "left_no_grid": ("left with no grid", "暂不划入任何网格"),
    "given": ("given to {to}", "划归 {to}"),
    "given_declared": (
        "given to {to}, declared special-purpose (--special)",
        "划归 {to}（已声明为专属网格，--special）",
    ),
    "now_in": ("now in {to}", "现属 {to}"),
    "no_grid": ("no grid", "无网格"),
    "shares": (
        "{one} ({share} %) and {other} ({rest} %)",
        "{one}（占 {share}%）和 {other}（占 {rest}%）",
    ),
    "shares_none": (
        "{one} ({share} %) and no grid ({rest} %)",
        "{one}（占 {share}%），其余 {rest}% 暂无网格",
    ),
    "border_kept": ("{did}: the border of {of} is kept", "{did}：以 {of} 的边界为准"),
    "thin_joined": (
        "{did}: a thin piece joined its neighbour",
        "{did}：细碎部分并入相邻网格",
    ),
    "filled": (
        "filled with {grids}, the longest shared border",
        "以公共边界最长的相邻网格 {grids} 填补",
    ),
    "filled_each": (
        "filled with {grids}, the longest shared border in each unit",
        "以各区域内公共边界最长的相邻网格 {grids} 填补",
    ),
    "filled_but": (
        "{did}; {m2:,} m2 stay without a grid: no grid touches them in their unit",
        "{did}；另有 {m2:,} 平方米仍无网格：所在区域内没有网格与之相接",
    ),
    "crossing_declared": (
        "declared (--allow-cross): a cell in each unit, one grid",
        "已声明可以跨界（--allow-cross）：在各区域分别成单元，仍为一个网格",
    ),
    "one_unit": ("taken as one unit", "视为一个区域"),
    "unit_lowest": ("given to the unit of the lowest id", "划归编码最小的区域"),
    "one_of_two": ("given to one of the two", "划归其中之一"),
    "left_no_unit": ("left without a unit", "暂不划入任何区域"),
    "left_out_coarser": ("left out: beyond the coarser rung", "未纳入：在上级区域之外"),
    "piece_each": ("a piece in each of the coarser rung", "在各上级区域分别成块"),
    "unit_joined": (
        "joined to its neighbour, unless it is the only one",
        "并入相邻区域（只有这一块的除外）",
    ),
}

_DECISIONS: Final = {
    "cannot_be": (
        "{was}; '{decision}' cannot be carried out: {why_not}",
        "{was}；“{decision}”无法执行：{why_not}",
    ),
    "left_as_merged": ("decided: left as merged ({was})", "已决定：维持合并结果（{was}）"),
    "not_asked_again": ("decided: not to be asked again ({was})", "已决定：以后不再列出（{was}）"),
    "decided_split": ("decided: split", "已决定：拆分"),
    "decided_for": ("decided: {decision} ({named})", "已决定：{decision}（{named}）"),
    "takes_only": ("{kind} here takes only {words}", "此处的{kind}只能选 {words}"),
    "too_tangled": (
        "its shores are too tangled for a line between them",
        "两侧边界过于曲折，无法画出分界线",
    ),
    "no_such_grid": ("{department} has no grid {grid_id}", "{department} 没有网格 {grid_id}"),
    "no_place": ("the conflict has no place on the map", "该冲突在地图上没有位置"),
    "only_one": (
        "only one of its grids has ground of its own beside it",
        "只有一个网格在该处旁边另有地块",
    ),
    "no_other": (
        "{department} has no other grid beside the part beyond the border",
        "{department} 在界线外的部分旁边没有其他网格",
    ),
    "keep": ("keep {letter}", "保留{letter}"),
    "split": ("split", "拆分"),
    "leave": ("leave", "维持现状"),
    "ignore": ("ignore", "忽略"),
}

_NOTES: Final = {
    "smaller_than": ("smaller than {min_area_m2:,.10g} m2", "小于 {min_area_m2:,.10g} 平方米"),
    "nowhere_wide": ("nowhere {tolerance_m:g} m wide", "各处宽度均不足 {tolerance_m:g} 米"),
    "pieces": (
        "{n} pieces, all but the largest are {size}",
        "共 {n} 块，除最大的一块外合计{size}",
    ),
    "m2": ("{m2:,} m2", " {m2:,} 平方米"),
    "under_1_m2": ("under 1 m2", "不足 1 平方米"),
    "none_has_owner": (
        "none of the {n} grids has an owner: name its column or add a ledger",
        "{n} 个网格都没有责任主体：请指明责任主体列，或附上台账",
    ),
    "lies_in": (
        "{share} % of {grid} lies in {host}: special-purpose",
        "{grid} 有 {share}% 位于 {host} 之内：按专属网格处理",
    ),
    "share_of": ("{share} % of {grid}", "占 {grid} 的 {share}%"),
    "and": ("{one} and {other}", "{one}，{other}"),
    "unit_share": ("{unit} {share} %", "{unit} {share}%"),
    "and_more": ("{units} and {n} more", "{units}，另有 {n} 个"),
    "whole_units": ("made of whole units of {rung}: {units}", "由几个完整的{rung}组成：{units}"),
    "in_units": ("{rung}: {units}", "{rung}：{units}"),
    "part_of_city": ("the layer is for a part of the city", "该图层只覆盖全市的一部分"),
    "same_each_time": ("the same polygon each time", "各行图形相同"),
    "joined_to_one": ("different polygons, joined to one grid", "各行图形不同，已合为一个网格"),
    "rows_how": ("{n} rows: {how}", "共 {n} 行：{how}"),
    "owners_differ": (
        "{said}; its owners differ ({owners}), the first counts",
        "{said}；责任主体不一致（{owners}），以第一个为准",
    ),
    "one_polygon": ("{n} grids, one polygon", "{n} 个网格同为一个图形"),
    "row_no_id": ("row {row} has no id", "第 {row} 行没有编码"),
    "row_no_geometry": ("the row has no geometry", "该行没有图形"),
    "not_numbers": ("some of its coordinates are not numbers", "有的坐标不是数字"),
    "no_place_on_earth": ("some of its coordinates are no place on Earth", "有的坐标不在地球上"),
    "row_has_a": ("the row has a {kind}, not a polygon", "该行是{kind}，不是面"),
    "no_area": ("the polygon has no area ({fault})", "面没有面积（{fault}）"),
    "after_repair": (
        "{fault}; {was:,.1f} m2 as drawn, {now:,.1f} m2 after the repair",
        "{fault}；原面积 {was:,.1f} 平方米，修复后 {now:,.1f} 平方米",
    ),
}

#: What GEOS says is wrong with a polygon, and what kinds of geometry there are beside polygons.
_GEOMETRY: Final = {
    "fault.self-intersection": ("self-intersection", "自相交"),
    "fault.ring self-intersection": ("ring self-intersection", "边线自相接"),
    "fault.hole lies outside shell": ("hole lies outside shell", "洞在外环之外"),
    "fault.holes are nested": ("holes are nested", "洞中有洞"),
    "fault.nested holes": ("nested holes", "洞中有洞"),
    "fault.nested shells": ("nested shells", "外环相套"),
    "fault.interior is disconnected": ("interior is disconnected", "内部不连通"),
    "fault.duplicate rings": ("duplicate rings", "环重复"),
    "fault.too few points in geometry component": (
        "too few points in geometry component",
        "折点太少",
    ),
    "fault.invalid coordinate": ("invalid coordinate", "坐标无效"),
    "fault.ring is not closed": ("ring is not closed", "环未闭合"),
    "geometry.Point": ("Point", "点"),
    "geometry.MultiPoint": ("MultiPoint", "多点"),
    "geometry.LineString": ("LineString", "线"),
    "geometry.LinearRing": ("LinearRing", "闭合线"),
    "geometry.MultiLineString": ("MultiLineString", "多线"),
    "geometry.GeometryCollection": ("GeometryCollection", "图形集合"),
}

TOLD: Final = Messages(
    {
        **_PLACES,
        **_RESOLUTIONS,
        **_DECISIONS,
        **_NOTES,
        **_GEOMETRY,
        **{
            f"kind.{kind}": (kind, chinese)
            for kind, (_, chinese) in zip(KINDS, terms("kind").values(), strict=True)
        },
        **terms("rung"),
    }
)
