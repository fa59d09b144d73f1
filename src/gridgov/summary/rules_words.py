"""What a check of handler rules is told in, in both languages."""

from typing import Final

from gridgov.language import Messages
from gridgov.owners.findings import FINDINGS

__all__ = ["WORDS"]

#: The meanings of `owners.FINDINGS`, in Chinese.
_FINDINGS: Final = {
    "no_handler": "有类别在某些地方没有任何规则指派",
    "two_handlers": "条件同样多的规则指派了不同的处置部门",
    "unreachable": "永远轮不到的规则",
    "unknown_value": "规则写了从未出现的值",
    "expired": "已过截止日期的规则",
}

WORDS: Final = Messages(
    {
        **{f"finding.{name}": (means, _FINDINGS[name]) for name, means in FINDINGS.items()},
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
            "没有其他要改的：每个类别在每一处都有且只有一个处置部门，每条规则都起作用。",
        ),
        "none to decide": ("Nothing needs a decision.", "没有需要决定的。"),
        "decide": (
            "{n:finding|findings} to decide: correct the rules and check them again.",
            "{n} 处待决定：请改正规则后再检查。",
        ),
    }
)
