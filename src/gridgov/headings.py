"""What columns are called in workbooks: in Chinese, with the name that programs know behind it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from gridgov.meanings import meaning

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMN_NAMES", "column_titles", "heading", "headings"]

#: Column of a table -> what it is called in Chinese.
COLUMN_NAMES: Final[Mapping[str, str]] = {
    # Whose, and which
    "department": "部门",
    "departments": "部门",
    "department_a": "本部门",
    "department_b": "对应部门",
    "grid_id": "网格编码",
    "grid_ids": "网格",
    "grid_a": "本部门网格",
    "grid_b": "对应部门网格",
    "cell_id": "单元编号",
    "name": "名称",
    "owner": "责任主体",
    "owners": "责任主体",
    "owner_a": "本部门责任主体",
    "owner_b": "对应部门责任主体",
    "special": "专属类型",
    "missing": "缺少部门",
    "covered_by": "已有部门",
    "now_in": "现属网格",
    "code_status": "状态",
    "since": "启用日期",
    "until": "作废日期",
    "ended_by": "作废原因",
    "old_id": "原编号",
    "new_id": "新编号",
    "change": "变化",
    "old_share": "占原单元比例",
    "new_share": "占新单元比例",
    # Conflicts
    "conflict_id": "冲突编号",
    "kind": "类型",
    "severity": "级别",
    "places": "处数",
    "place": "位置",
    "rule": "依据",
    "resolution": "合并结果",
    "decision": "决定",
    "decided_by": "决定人",
    "decided_on": "决定日期",
    "width_m": "宽度",
    "weight_changed": "涉及户数",
    "incidents_changed": "涉及事件",
    "lon": "经度 CGCS2000",
    "lat": "纬度 CGCS2000",
    "gcj02_lon": "经度 GCJ-02",
    "gcj02_lat": "纬度 GCJ-02",
    # Relations and shares
    "relation": "关系",
    "grid_share": "占网格比例",
    "cell_share": "占单元比例",
    "share_of_a": "占本部门网格比例",
    "share_of_b": "占对应部门网格比例",
    "weight": "数量",
    "weight_share_of_a": "数量占本部门网格比例",
    "weight_share_of_b": "数量占对应部门网格比例",
    # Counts
    "count": "处数",
    "cells": "单元数",
    "grids": "网格数",
    "grids_of_a": "本部门网格数",
    "grids_of_b": "对应部门网格数",
    "overlaps": "重叠处数",
    "grids_of_a_reaching_beyond_b": "超出对应部门范围的网格数",
    "weight_both": "两部门共有数量",
    "weight_only_a": "仅本部门数量",
    "weight_only_b": "仅对应部门数量",
    "weight_neither": "两部门均无数量",
    "weight_without_place": "无位置数量",
    "weight_total": "数量合计",
    # Ground
    "area_m2": "面积",
    "drawn_m2": "原绘面积",
    "outside_m2": "城市之外面积",
    "overlap_m2": "重叠面积",
    "moved_m2": "改变归属面积",
    "moved_in_m2": "划入面积",
    "moved_out_m2": "划出面积",
    "reaching_beyond_b_m2": "超出对应部门范围的面积",
    "both_m2": "两部门共有面积",
    "only_a_m2": "仅本部门面积",
    "only_b_m2": "仅对应部门面积",
    "outline_m2": "城市面积",
    "once_m2": "一个网格的面积",
    "twice_m2": "多个网格的面积",
    "special_m2": "专属网格面积",
    "missing_m2": "无网格面积",
    "once_percent": "一个网格 %",
    "twice_percent": "多个网格 %",
    "missing_percent": "无网格 %",
    "outside_percent": "城市之外 %",
    # Words
    "meaning": "含义",
    "note": "说明",
}


def heading(column: str) -> str:
    """Answer a column's heading in both languages; its last word is the column's name.

    The code and the name of a unit are called as its rung is; a column that is none of ours stays as it is.

    >>> heading("area_m2"), heading("street"), heading("street_name"), heading("户数")
    ('面积 area_m2', '街道代码 street', '街道 street_name', '户数')
    """
    if column in COLUMN_NAMES:
        return f"{COLUMN_NAMES[column]} {column}"
    rung = column.removesuffix("_name")
    chinese = meaning("rung", rung, "zh")
    if chinese == rung:
        return column
    return f"{chinese}{'代码' if rung == column else ''} {column}"


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Answer column -> heading.

    >>> headings(["cell_id", "note"])
    {'cell_id': '单元编号 cell_id', 'note': '说明 note'}
    """
    return {column: heading(column) for column in columns}


def column_titles(sheets: "Mapping[str, pd.DataFrame]") -> dict[str, str]:
    """Answer the headings of all columns of a workbook, as `write_workbook` takes them."""
    return headings(column for table in sheets.values() for column in table.columns)
