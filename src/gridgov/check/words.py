"""What is said of what a check found."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "and_more": (" and {n} more", "，另有 {n} 个"),
        "whole_units": ("made of whole units of {rung}: {words}", "由整个{rung}组成：{words}"),
        "smaller_than": ("smaller than {min_area_m2:g} m2", "小于 {min_area_m2:g} m2"),
        "nowhere_wide": ("nowhere {tolerance_m:g} m wide", "没有一处宽达 {tolerance_m:g} 米"),
        "pieces": (
            "{n} pieces, all but the largest are {size_words}",
            "{n} 块，除最大的一块外为 {size_words}",
        ),
        "none_has_owner": (
            "none of the {n} grids has an owner: name its column or add a ledger",
            "{n} 个网格都没有责任主体：请指定其列，或加上台账",
        ),
        "lies_in": (
            "{share:.0f} % of {grid} lies in {host}: special-purpose",
            "{grid} 的 {share:.0f} % 在 {host} 内：专属网格",
        ),
        "share_of": ("{share} of {grid}", "{grid} 的 {share}"),
        "outside_every": ("outside every {rung}", "在所有{rung}之外"),
        "part_of_city": ("the layer is for a part of the city", "该图层只覆盖全市的一部分"),
        "no_layer": (
            "no layer to check: name at least one, e.g. police=FILE",
            "没有可检查的图层：至少给出一个，例如 police=FILE",
        ),
        "outline_is": ("The outline is that of all units of {rung}.", "外轮廓取全部{rung}的外轮廓。"),
        "no_rung_given": (
            "No rung was given: the outline is each layer's own, with its holes; name one with --within.",
            "没有给出行政层级：外轮廓取各图层自己的外轮廓（含其中的洞）；可用 --within 指定。",
        ),
        "reaches_over": (
            "{department} reaches over borders, and a merge cuts it there. {said}.",
            "{department} 的网格越过行政界线，合并时将在界线处切开。{said}。",
        ),
    }
)
