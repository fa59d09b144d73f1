"""What each kind of problem or conflict means, in both languages."""

from collections.abc import Mapping
from typing import Final

from gridgov.schema import KINDS

__all__ = ["KIND_WORDS"]

_KIND_MEANS: Final = {
    "invalid": "图形自相交，已修复",
    "no_geometry": "该行没有图形",
    "duplicate_id": "几行共用一个编码，或编码为空",
    "duplicate_geometry": "几个网格的图形相同",
    "multipart": "网格分成几块",
    "no_owner": "网格没有责任主体",
    "overlap": "同一部门的两个网格重叠",
    "gap": "网格之间无主的窄条",
    "uncovered": "宽于容差、没有网格的地块",
    "outside": "网格的一部分在外边界之外",
    "sliver": "过小或过窄，不成网格",
    "crosses_rung": "网格跨几个区县、街道或社区",
    "nested": "网格位于本部门另一网格之内（专属网格）",
    "borders_apart": "两部门所指的同一界线画得不一致",
}

#: Key ``kind.<kind>`` -> (English, Chinese), for a table of messages.
KIND_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    f"kind.{kind}": (means, _KIND_MEANS[kind]) for kind, means in KINDS.items()
}
