"""What the machine words of gridgov's tables mean, in English and Chinese: the one place where they are said.

Kinds and severities of conflicts, rules of the merge, statuses of incidents, reasons of rejects, relations
of a crosswalk. The English is that of :mod:`gridgov.schema`. Workbook, map, sheets and summaries take their
words from :data:`TERMS`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gridgov.language import LANGUAGES, Messages
from gridgov.schema import (
    CHANGES,
    CODE_STATUSES,
    DEPARTMENT_RELATIONS,
    ENDINGS,
    KINDS,
    REJECT_REASONS,
    RULES,
    SEVERITIES,
    STATUSES,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TERMS", "kind_shown", "meaning", "rung_name", "term_shown", "terms", "terms_shown"]

#: Name of each kind, and what it means.
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "invalid": ("图形错误", "图形自相交或自相接，读入时已修复"),
    "no_geometry": ("没有图形", "该行没有图形"),
    "duplicate_id": ("编码重复", "几行编码相同，或编码为空"),
    "duplicate_geometry": ("图形重复", "几个网格的图形相同"),
    "multipart": ("多块", "网格由几块组成"),
    "no_owner": ("无责任主体", "网格没有责任主体"),
    "overlap": ("重叠", "同一部门的两个网格重叠"),
    "gap": ("空隙", "网格之间无人负责的窄条"),
    "uncovered": ("空白区", "宽于容差、没有网格的地块"),
    "outside": ("超出外边界", "网格的一部分在外边界之外"),
    "sliver": ("碎片", "过小或过窄，不成网格"),
    "crosses_rung": ("跨界", "网格跨几个区县、街道或社区"),
    "nested": ("专属网格", "网格位于本部门另一网格之内（专属网格）"),
    "borders_apart": ("边界不一致", "两部门所指为同一界线，但画得不一致"),
}

_SEVERITIES: Final[Mapping[str, tuple[str, str]]] = {
    "decide": ("to decide", "待定"),
    "settled": ("settled", "已处理"),
    "note": ("good to know", "提示"),
}

#: Name of each rule, and what it did.
_RULES: Final[Mapping[str, tuple[str, str]]] = {
    "hard border": ("行政界线", "单元不跨行政界线和城市外边界"),
    "precedence": ("优先次序", "同一界线画法不一致时，以排序在前的部门为准"),
    "smallest grid": ("面积最小", "同一部门的网格重叠处，归面积最小的网格"),
    "best match": (
        "归属最一致",
        "细碎地块并入与前几个部门归属一致的相邻网格；两个网格略有重叠的，归面积更接近原图的一方",
    ),
    "longest border": ("公共边界最长", "没有网格的地块并入公共边界最长的相邻网格"),
    "left open": ("留待确定", "范围过宽，不自动划给任何一方，暂无网格"),
    "lowest id": ("编码最小", "图形相同的网格，归编码最小者"),
    "declared": ("事先声明", "网格已由人员声明（--special、--allow-cross）"),
    "one id": ("同一编码", "编码相同的各行视为一个网格"),
    "repair": ("读入修复", "读入时已修复"),
    "as drawn": ("保持原样", "未作改动"),
}

#: Name of each status, and what it means exactly, with the widths that were asked for.
_STATUSES: Final[Mapping[str, tuple[str, str]]] = {
    "inside": ("单元内", "在一个单元内，距其他单元超过 border_m"),
    "border": ("边界", "在一个单元内，border_m之内另有单元"),
    "overlap": ("重叠", "在未合并图层的多个网格内，取最小的一个"),
    "near": ("就近", "不在任何单元内，取nearest_m之内最近的单元"),
    "place": ("按地名", "坐标不可用，但登记了所属区域"),
    "outside": ("范围外", "不在任何单元内"),
    "reject": ("未定位", "坐标不可用，也没有登记所属区域"),
}

#: The same where nobody says which widths those were.
_STATUSES_PLAINLY: Final[Mapping[str, tuple[str, str]]] = {
    "inside": ("in one cell, and near no other", "在一个单元内，附近没有其他单元"),
    "border": ("in one cell, another is very near", "在一个单元内，紧邻另一单元"),
    "overlap": ("in several grids; the smallest is the answer", "在几个网格内，取最小者"),
    "near": ("in no cell; the nearest is the answer", "不在任何单元内，取最近者"),
    "place": ("no usable coordinate, but a recorded place", "坐标不可用，但登记了所属区域"),
    "outside": ("in no cell", "不在任何单元内"),
    "reject": ("no usable coordinate and no recorded place", "坐标不可用，也没有登记所属区域"),
}

_REASONS: Final[Mapping[str, str]] = {
    "blank": "没有坐标",
    "half": "两个坐标只有一个",
    "text": "不是数字",
    "zero": "0,0（默认值，不是地点）",
    "swapped": "经度和纬度似乎颠倒",
    "range": "不是经纬度",
    "outside": "不在任何单元内",
}

_RELATIONS: Final[Mapping[str, str]] = {
    "1:1": "本部门一个网格与对应部门一个网格相互对应，互不涉及其他网格",
    "1:n": "本部门一个网格由对应部门的几个网格组成，后者不涉及其他网格",
    "n:1": "本部门几个网格同在对应部门的一个网格之内",
    "n:m": "网格与对应部门的几个网格相交，并与相邻网格共用其中一些",
    "none": "没有对应部门的网格",
    "sliver": "窄于容差或小于 min-area：同一界线的两种画法",
}

#: Names of what is said of cell ids.
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "code_status": {"current": "有效", "retired": "作废"},
    "ended_by": {
        "divided": "拆分",
        "joined": "并入其他单元",
        "moved": "改属其他社区",
        "recoded": "改用其他编码规则",
        "gone": "撤销",
    },
    "change": {"kept": "沿用", "renamed": "改号", "part": "部分划入", "gone": "无后继", "new": "新增"},
}

#: Rungs that cities call so; any other name stays as it is.
_RUNGS: Final[Mapping[str, str]] = {"district": "区县", "street": "街道", "community": "社区"}

#: ``kind.<kind>``, ``severity.<severity>``, ``rule.<rule>`` and ``status.<status>`` are names;
#: ``kind-means``, ``rule-means``, ``status-means``, ``status-plainly``, ``reason`` and ``relation`` meanings;
#: ``code_status``, ``ended_by`` and ``change`` what is said of cell ids: meanings in English, Chinese names;
#: ``rung.<rung>`` names of rungs.
TERMS: Final = Messages(
    {
        **{f"kind.{kind}": (kind.replace("_", " "), _KINDS[kind][0]) for kind in KINDS},
        **{f"kind-means.{kind}": (means, _KINDS[kind][1]) for kind, means in KINDS.items()},
        **{f"severity.{severity}": _SEVERITIES[severity] for severity in SEVERITIES},
        **{f"rule.{rule}": (rule, _RULES[rule][0]) for rule in RULES},
        **{f"rule-means.{rule}": (means, _RULES[rule][1]) for rule, means in RULES.items()},
        **{f"status.{status}": (status, _STATUSES[status][0]) for status in STATUSES},
        **{f"status-means.{status}": (means, _STATUSES[status][1]) for status, means in STATUSES.items()},
        **{f"status-plainly.{status}": _STATUSES_PLAINLY[status] for status in STATUSES},
        **{f"reason.{reason}": (means, _REASONS[reason]) for reason, means in REJECT_REASONS.items()},
        **{f"relation.{name}": (means, _RELATIONS[name]) for name, means in DEPARTMENT_RELATIONS.items()},
        **{
            f"{group}.{word}": (means, _CODES[group][word])
            for group, words in (("code_status", CODE_STATUSES), ("ended_by", ENDINGS), ("change", CHANGES))
            for word, means in words.items()
        },
        **{f"rung.{rung}": (rung, chinese) for rung, chinese in _RUNGS.items()},
    }
)


def terms(*groups: str) -> dict[str, tuple[str, str]]:
    """Answer the terms of some groups (``kind``, ``rule-means`` ...), to be part of another table.

    >>> terms("severity")["severity.decide"]
    ('to decide', '待定')
    """
    return {key: texts for key, texts in TERMS.table.items() if key.partition(".")[0] in groups}


def meaning(group: str, word: object, language: str) -> str:
    """Answer the term of a machine word in a language; the word itself where it is none of ours.

    >>> meaning("kind", "overlap", "zh"), meaning("rung", "ward", "zh")
    ('重叠', 'ward')
    """
    texts = TERMS.table.get(f"{group}.{word}")
    return str(word) if texts is None else texts[LANGUAGES.index(language)]


def kind_shown(kind: str) -> str:
    """Write a kind in both languages, as the workbooks do.

    >>> kind_shown("overlap")
    '重叠 overlap'
    """
    return term_shown("kind", kind)


def term_shown(group: str, word: str) -> str:
    """Write a machine word in Chinese and as it is: '优先次序 precedence'; unknown ones as they are."""
    return f"{meaning(group, word, 'zh')} {word}" if f"{group}.{word}" in TERMS.table else word


def terms_shown(table: "pd.DataFrame") -> "pd.DataFrame":
    """Answer a table whose machine words stand in both languages, as in :func:`term_shown`."""
    shown = table.copy()
    for group in ("kind", "severity", "rule", "code_status", "ended_by", "change"):
        if group in table.columns:
            shown[group] = [word if word is None else term_shown(group, word) for word in table[group]]
    return shown


def rung_name(rung: str, language: str) -> str:
    """Answer what a rung is called in a language.

    >>> rung_name("street", "zh"), rung_name("street", "en"), rung_name("镇街", "en")
    ('街道', 'street', '镇街')
    """
    return meaning("rung", rung, language)
