"""What an export is told in, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "list.crosswalk": ("crosswalk", "对照表 crosswalk"),
        "list.conflicts": ("conflicts", "冲突清单 conflicts"),
        "list.uncovered": ("uncovered", "空白区 uncovered"),
        "list.lost": ("lost", "无单元网格 lost"),
        "list.register": ("register", "编码登记 register"),
        "list.succession": ("succession", "新旧编码 succession"),
        "list.grids": ("grids", "各部门网格 grids"),
        "grids": (
            "{department}: {n:grid|grids} on the common borders, {area}",
            "{department}：{n} 个网格已落在共同边界上，共 {area}",
        ),
        "balance": (
            (
                "  of {drawn} drawn, {outside} lies outside the city, {twice} was drawn twice, "
                "{out} ({out_share}) moved out; {into} ({into_share}) moved in"
            ),
            (
                "  原绘 {drawn}，其中 {outside} 在城市之外，{twice} 重复绘制，"
                "划出 {out}（{out_share}）；划入 {into}（{into_share}）"
            ),
        ),
        "weights": (
            "  {column}: moved in {into:,.0f}, moved out {out:,.0f}, by area",
            "  {column}：划入 {into:,.0f}，划出 {out:,.0f}（按面积折算）",
        ),
        "most": (
            "  most: grid {grid}, {into} in, {out} out, now {area}",
            "  变化最大：网格 {grid}，划入 {into}，划出 {out}，现为 {area}",
        ),
        "rows": ("{name}: {n:row|rows}", "{name}：{n} 行"),
    }
)
