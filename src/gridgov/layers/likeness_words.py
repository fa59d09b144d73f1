"""What a layer or table seems to be, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "incidents": ("incidents (rows with a coordinate)", "事件（各行带坐标）"),
        "rules": ("handler rules (a column of handlers)", "处置规则（有处置单位列）"),
        "network": (
            "a network merged by gridgov: cells of {departments}, within {rungs}",
            "gridgov 合并的网络：{departments} 的单元，行政层级为 {rungs}",
        ),
        "because": ("{what} ({why})", "{what}（{why}）"),
        "table_about": ("a table about {what}", "{what}的表"),
        "a_rung": ("{what} (a rung)", "{what}层级"),
        "in_name": ("'{word}' in the name", "名称中有“{word}”"),
        "among_columns": ("'{word}' among its columns", "列名中有“{word}”"),
        "such.owner": ("owners such as '{example}'", "责任主体如“{example}”"),
        "such.name": ("names such as '{example}'", "名称如“{example}”"),
        "digits": ("ids of {n} digits", "编码为 {n} 位"),
        "like.police": ("police grids", "警务网格"),
        "like.urban": ("urban-management grids", "城管网格"),
        "like.comprehensive": ("comprehensive-governance grids", "综治网格"),
        "like.fire": ("fire-service grids", "消防网格"),
        "like.sanitation": ("sanitation grids", "环卫网格"),
        "like.special": ("special-purpose grids", "专属网格"),
        "like.zone": ("a development zone", "开发区（功能区）"),
        "like.community": ("communities", "社区"),
        "like.street": ("streets", "街道"),
        "like.district": ("districts", "区县"),
        "like.outline": ("the city's outline", "城市外边界"),
        "like.unit_grids": ("unit grids", "单元网格"),
        "like.departmental": ("departmental grids (CJ/T 349)", "专业网格（CJ/T 349）"),
    }
)
