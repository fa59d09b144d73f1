"""What a check of handler rules is told in, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "finding.no_handler": (
            "a category and place that no rule sends to anybody",
            "有类别在某些地方没有任何规则指派",
        ),
        "finding.two_handlers": (
            "rules with equally many conditions name different handlers",
            "条件同样多的规则指派了不同的处置单位",
        ),
        "finding.unreachable": ("a rule that can never decide", "永远轮不到的规则"),
        "finding.unknown_value": ("a rule names a value that does not occur", "规则写了从未出现的值"),
        "finding.expired": ("a rule whose last day is over", "已过截止日期的规则"),
        "name.no_handler": ("no_handler", "无处置单位"),
        "name.two_handlers": ("two_handlers", "处置单位冲突"),
        "name.unreachable": ("unreachable", "规则不起作用"),
        "name.unknown_value": ("unknown_value", "取值不存在"),
        "name.expired": ("expired", "已过期"),
        "everywhere": ("everywhere", "全市"),
        "column.rules": ("rules", "规则行"),
        "column.category": ("category", "类别"),
        "column.place": ("place", "地点"),
        "column.cells": ("cells", "单元数"),
        "column.incidents": ("incidents", "事件数"),
        "column.words": ("words", "说明"),
        "checked": (
            (
                "{rules:rule|rules} of {source} for {categories:category|categories}, checked on "
                "{cells:cell|cells} ({places:place|places} that the rules tell apart){incidents}"
            ),
            "{source} 的 {rules} 条规则、{categories} 个类别，对照 {cells} 个单元（规则区分 {places} 处）{incidents}",
        ),
        "incidents": (", {n:incident|incidents}", "、{n} 件事件"),
        "unnamed": (
            "Categories that no rule names, so that only a fallback of the place handles them: {shown}",
            "没有规则提到的类别，只能由所在地的兜底规则处置：{shown}",
        ),
        "found": ("{finding}: {n:,}, {means}", "{finding}：{n:,} 处，{means}"),
        "more": ("  and {n:,} more; --json lists all of them", "  另有 {n:,} 处；--json 全部列出"),
        "all well": (
            "Nothing else is to mend: each category has one handler everywhere, and every rule can decide.",
            "没有其他要改的：每个类别在每一处都有且只有一个处置单位，每条规则都起作用。",
        ),
        "none to decide": ("Nothing needs a decision.", "没有需要决定的。"),
        "decide": (
            "{n:finding|findings} to decide: correct the rules and check them again.",
            "{n} 处待决定：请改正规则后再检查。",
        ),
    }
)
