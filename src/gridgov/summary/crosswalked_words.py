"""What a crosswalk is told in, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "head": (
            "{a} against {b}: of {n:{a} grid|{a} grids},",
            "{a} 对 {b}：{a} 的 {n} 个网格中，",
        ),
        "1:1 one": ("corresponds to one {b} grid", "与一个 {b} 网格对应"),
        "1:1 many": ("correspond to one {b} grid each", "各与一个 {b} 网格对应"),
        "1:n one": ("consists of whole {b} grids", "由若干整个 {b} 网格组成"),
        "1:n many": ("consist of whole {b} grids", "由若干整个 {b} 网格组成"),
        "n:1 one": ("lies in one {b} grid, beside others", "与其他网格同在一个 {b} 网格内"),
        "n:1 many": ("lie in one {b} grid, beside others", "与其他网格同在一个 {b} 网格内"),
        "n:m one": (
            "shares {b} grids with its neighbours, so a border crosses them",
            "与相邻网格分占 {b} 网格，边界从中穿过",
        ),
        "n:m many": (
            "share {b} grids with their neighbours, so borders cross them",
            "与相邻网格分占 {b} 网格，边界从中穿过",
        ),
        "none one": ("meets no {b} grid", "不与任何 {b} 网格相交"),
        "none many": ("meet no {b} grid", "不与任何 {b} 网格相交"),
        "line": ("{words} ({relation})", "{words}（{relation}）"),
        "named": (": {grids}", "：{grids}"),
        "slivers merged": (
            "{n:overlap|overlaps} of {area} together not counted: narrow or small (sliver)",
            "{n} 处重叠共 {area} 不计：过窄或过小（sliver）",
        ),
        "slivers drawn": (
            "{n:overlap|overlaps} of {area} together not counted: two drawings of one border (sliver)",
            "{n} 处重叠共 {area} 不计：同一边界的两次绘制（sliver）",
        ),
        "reaching": (
            "{n:reaches|reach} over {area} that no {b} grid covers (none)",
            "{n} 个伸入没有 {b} 网格的地方，共 {area}（none）",
        ),
        "weights": (
            "Weight in {a} and {b}: {total} in all; {parts}.",
            "{a} 与 {b} 的权重：共 {total}；{parts}。",
        ),
        "both": ("{n} in both", "两者都有 {n}"),
        "only": ("{n} only in {name}", "仅 {name} 有 {n}"),
        "neither": ("{n} in neither", "两者都没有 {n}"),
        "placeless": ("{n} without a place", "没有位置 {n}"),
        "limits merged": (
            "Areas are those on the common borders of the network.",
            "面积按一张网的共同边界计算。",
        ),
        "limits drawn": (
            (
                "Overlaps without a spot {tolerance_m:g} m wide (--tolerance-m), or under "
                "{min_area_m2:,.10g} m2 (--min-area-m2), do not count for the relations; they are listed last."
            ),
            (
                "最宽处不足 {tolerance_m:g} 米（--tolerance-m）或小于 {min_area_m2:,.10g} 平方米（--min-area-m2）的重叠"
                "不计入对应关系，列在最后。"
            ),
        ),
    }
)
