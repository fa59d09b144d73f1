"""Questions that the files leave open, written so that removing one ``#`` answers them."""

from collections.abc import Sequence
from typing import Final

from gridgov.datum import Candidate
from gridgov.jobs.draft.sent import Sent
from gridgov.jobs.draft.text import assignment, comment
from gridgov.layers.facts import LayerFacts

__all__ = [
    "QUESTION",
    "column_questions",
    "common_candidates",
    "crs_lines",
    "crs_question",
    "default_crs_question",
    "needs_crs",
]

#: What each question begins with, so that an editor's search finds it.
QUESTION: Final = "问题 QUESTION"

_SHOWN: Final = 5
_DATUMS: Final = (
    ("gcj02", "高德、腾讯、多数手机应用 Amap, Tencent, most apps"),
    ("bd09", "百度 Baidu"),
    ("cgcs2000", "测绘、采集终端 surveys, collectors' devices"),
    ("wgs84", "卫星定位 satellite receivers"),
)
_ROLES: Final = {
    "id": ("网格编码", "the grid id"),
    "name": ("名称", "the name"),
    "owner": ("责任主体", "the owner"),
}


def needs_crs(each: Sent) -> bool:
    """Whether a layer's coordinate system is open: the file states none."""
    return each.facts.crs is None


def crs_question(each: Sent) -> list[str]:
    """A layer's coordinate system, if its file states none or one that cannot be."""
    facts = each.facts
    if facts.crs is not None and facts.doubt is None:
        return _web_map(facts)
    why_zh = "文件没有说明坐标系" if facts.doubt is None else "文件所写的坐标系与坐标不符"
    why = "the file states no coordinate system" if facts.doubt is None else facts.doubt
    return [
        *comment(
            f"{QUESTION}: {why_zh}。请向制图单位问清，然后删去下面一行前的 #。",
            f"{why.rstrip('.')}. Ask who made it, then remove the # before one line.",
        ),
        *crs_lines("crs", facts.candidates),
    ]


def crs_lines(key: str, candidates: Sequence[Candidate]) -> list[str]:
    """One line for each system that the numbers could be in, with the share of rows that it puts in place."""
    apart = _apart(candidates)
    if not apart:
        return [assignment(key, "EPSG:4547", remark="已知的坐标系都不符 none that is known fits", open_=True)]
    return [
        assignment(key, one.name, remark=f"{one.share:.0%} {one.label}", open_=True) for one in apart[:_SHOWN]
    ]


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that can be stated, without systems that position alone cannot tell from one before."""
    apart: list[Candidate] = []
    for one in candidates:
        if not one.swapped and not any(one.name in other.alike for other in apart):
            apart.append(one)
    return apart


def _web_map(facts: LayerFacts) -> list[str]:
    """Web maps export shifted degrees under the name of WGS 84; nothing in the numbers shows it."""
    from gridgov.datum import in_china

    extent = facts.extent
    if (
        extent is None
        or not str(facts.crs).startswith("EPSG:4326")
        or not in_china(extent[0], extent[1]).any()
    ):
        return []
    remark = "若来自国内网络地图 if it comes from a Chinese web map"
    return [assignment("crs", "gcj02", remark=remark, open_=True)]


def common_candidates(layers: Sequence[Sent]) -> list[Candidate]:
    """Systems that every one of several layers could be in, with the smallest of their shares."""
    first, *others = [{one.name: one for one in _apart(each.facts.candidates)} for each in layers]
    return [
        Candidate(one.name, one.label, min([one.share, *(other[name].share for other in others)]))
        for name, one in first.items()
        if all(name in other for other in others)
    ]


def default_crs_question(names: Sequence[str], candidates: Sequence[Candidate]) -> list[str]:
    """One question for all files that state no coordinate system."""
    listed = "、".join(names)
    return [
        *comment(
            f"{QUESTION}: 这些文件没有说明坐标系：{listed}。若同属一个，问清后删去一行前的 #；",
            "不同的，在各自的节里写 crs。These files state no coordinate system. If it is one for all,",
            "ask who made them, remove the # before one line; where one differs, write crs in its section.",
        ),
        *crs_lines("default_crs", candidates),
    ]


def column_questions(each: Sent, *, with_ledger: bool, rung: bool) -> list[str]:
    """Which column is the id, name or owner, where several may be or none is found."""
    lines: list[str] = []
    if each.facts.kind == "DXF":
        return lines
    for role, (zh, en) in _ROLES.items():
        found = each.facts.taken.get(role)
        if rung and role == "owner":
            continue
        if found is not None and len(found) > 1:
            lines += comment(
                f"{QUESTION}: 哪一列是{zh}？删去一行前的 #。",
                f"Which column is {en}? Remove the # before one line.",
            )
            lines += _columns(each, role, found)
        elif not found and role == "id":
            lines += comment(
                f"{QUESTION}: 没有找到{zh}列，哪一列是？删去一行前的 #。",
                f"No column looks like {en}; which is it? Remove the # before one line.",
            )
            lines += _columns(each, role, _likely_ids(each))
        elif not found and role == "owner" and not with_ledger:
            lines += comment(
                f'没有{zh}列；可写 owner = "列名"，或用台账 attributes。No column of owners was found.'
            )
    return lines


def _likely_ids(each: Sent) -> list[str]:
    """Columns that differ in every row first."""
    unique = [column.name for column in each.facts.columns if column.unique]
    return unique or each.names


def _columns(each: Sent, role: str, names: Sequence[str]) -> list[str]:
    samples = {column.name: ", ".join(column.sample) for column in each.facts.columns}
    return [assignment(role, name, remark=samples.get(name, ""), open_=True) for name in names[: 2 * _SHOWN]]


def datum_question(shares: dict[str, float]) -> list[str]:
    """The datum of incidents in degrees; `shares` of points that fall where they were recorded, if known."""
    lines = comment(
        f"{QUESTION}: 经纬度是哪种坐标？差 600 米到 1.3 公里。问清后删去一行前的 #。",
        "Which datum are these degrees? It makes 600 m to 1.3 km. Remove the # before one line.",
    )
    ranked = sorted(_DATUMS, key=lambda datum: -shares.get(datum[0], 0.0))
    for name, label in ranked:
        said = (
            f"{shares[name]:.1%} 落在所登记的区县 fall where they were recorded; " if name in shares else ""
        )
        lines.append(assignment("crs", name, remark=f"{said}{label}", open_=True))
    return lines
