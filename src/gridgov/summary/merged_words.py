"""What a merge is told in, in both languages."""

from typing import Final

from gridgov.language import Messages
from gridgov.meanings import TERMS, terms
from gridgov.schema import KINDS

__all__ = ["WORDS"]

_NAMES: Final = {f"name.{kind}": (kind, TERMS.table[f"kind.{kind}"][1]) for kind in KINDS}

WORDS: Final = Messages(
    {
        **terms("kind-means"),
        **_NAMES,
        "comma": (", ", "、"),
        "and": (" and ", "、"),
        "far": (
            "Look at the borders first, they lie more than {m} m apart: {said}.",
            "请先看边界，相差超过 {m} 米：{said}。",
        ),
        "far one": ("{name} by up to {m} m", "{name} 最多 {m} 米"),
        "drawn": (
            "Grids: {drawn} (in order of precedence: the first wins). Rungs: {units}.",
            "网格：{drawn}（按优先次序，在前者为准）。行政层级：{units}。",
        ),
        "no rung": (
            "none was given, the layers' outline bounds the city",
            "未给出，以各图层的外轮廓为城市边界",
        ),
        "became": (
            (
                "They became {grids:unified grid|unified grids} and {cells:cell|cells} over {area}; "
                "every spot "
                "lies in exactly one cell (proved: no gap, no overlap, no cell across a rung)."
            ),
            (
                "合并为 {grids} 个统一网格、{cells} 个基础单元，共 {area}；每一点恰在一个单元内（"
                "已验证：无空隙、"
                "无重叠、单元不跨行政界线）。"
            ),
        ),
        "codes": (
            "Cell ids are codes of {scheme}, numbered inside their communities from north to south and west to east.",
            "单元编号用 {scheme} 编码，在社区内自北向南、自西向东编号。",
        ),
        "ids": (
            "Ids of the previous network ({previous}): {kept:cell keeps its id|cells keep their ids}, {retired:id is|ids are} retired for good, {new:id is|ids are} new (export --tables: register, succession).",
            "对照上一版网络（{previous}）：{kept} 个单元沿用原编号，{retired} 个编号作废、不再使用，新编 {new} 个（export --tables：编码登记、新旧编码）。",
        ),
        "unusual codes": (
            "Worth a look, though it may be right: {n:code|codes} of communities: {said}",
            "有 {n} 处社区编码值得核对（也可能正确）：{said}",
        ),
        "tolerance": (
            (
                "Borders that lie closer than the tolerance were taken as one line (--tolerance-m), "
                "pieces under "
                "{min_area_m2:,.10g} m2 joined a neighbour (--min-area-m2)."
            ),
            (
                "相距小于容差的边界视为同一条线（--tolerance-m），小于 {min_area_m2:,.10g} 平方米的碎块并入相邻网格"
                "（--min-area-m2）。"
            ),
        ),
        "special": (
            "Kept as special-purpose: {n:grid|grids} inside other grids.",
            "保留专属网格 {n} 个（位于其他网格之内）。",
        ),
        "special declared": (
            "Kept as special-purpose: {n:grid|grids} ({declared} declared with --special).",
            "保留专属网格 {n} 个（其中 {declared} 个由 --special 声明）。",
        ),
        "crossing": (
            "May lie in several units (--allow-cross): {n:grid|grids}, a cell in each unit they reach.",
            "允许跨界（--allow-cross）：{n} 个网格，在所到的每个区域各成单元。",
        ),
        "filled": (
            "{name}: {m2} without a grid filled (--on-gap fill).",
            "{name}：填补无网格地块 {m2}（--on-gap fill）。",
        ),
        "filled but": (
            (
                "{name}: {m2} without a grid filled (--on-gap fill); {left} stay without: no grid in "
                "the same "
                "{rung} touches them."
            ),
            "{name}：填补无网格地块 {m2}（--on-gap fill）；{left} 仍无网格：同一 {rung} 内没有网格与之相接。",
        ),
        "not filled": (
            "{name} is for a part of the city and was not filled.",
            "{name} 只覆盖城市的一部分，未填补。",
        ),
        "rung order": (
            (
                "Is the order of the rungs right? {fine} has fewer units than {coarse}; "
                "--within goes coarse to fine."
            ),
            "行政层级的次序对吗？{fine} 的区域比 {coarse} 少；--within 应由粗到细。",
        ),
        "besides": (
            " (besides {names}, for a part of the city)",
            "（只覆盖一部分的 {names} 除外）",
        ),
        "ground": (
            (
                "Of the city's {whole} m2, {by_all} m2 ({share}) have a grid of every department{besides}, "
                "{by_some} m2 of some, {by_none} m2 of none."
            ),
            (
                "全市 {whole} 平方米：各部门{besides}都有网格的 {by_all} 平方米（{share}），部分部门有的 "
                "{by_some} 平方米，都没有的 {by_none} 平方米。"
            ),
        ),
        "covers": ("covers {m2} m2 ({share});", "覆盖 {m2} 平方米（{share}）；"),
        "moved": ("{apart}; {m2} m2 moved", "{apart}；变动 {m2} 平方米"),
        "apart": (
            "borders differ by up to {m} m; tolerance {tolerance} m",
            "边界最多相差 {m} 米；容差 {tolerance} 米",
        ),
        "too few": (
            "too few borders lie near others to compare; tolerance {tolerance} m",
            "可比的边界太少；容差 {tolerance} 米",
        ),
        "shifted": (
            "{name} lies aside as a whole and was moved by {ways}.",
            "{name} 整体偏移，已平移 {ways}。",
        ),
        "east": ("{m} m east", "向东 {m} 米"),
        "west": ("{m} m west", "向西 {m} 米"),
        "north": ("{m} m north", "向北 {m} 米"),
        "south": ("{m} m south", "向南 {m} 米"),
        "lost grids": (
            (
                "{name}: {n:grid|grids} kept no cell (outside the city, covered by smaller ones, or "
                "smaller than "
                "--min-area-m2): {ids}."
            ),
            "{name}：{n} 个网格没有单元（在城市之外、被较小网格覆盖，或小于 --min-area-m2）：{ids}。",
        ),
        "lost units": (
            (
                "{name}: {n:unit|units} kept no cell (outside the city, covered by smaller ones, or "
                "smaller than "
                "--min-area-m2): {ids}."
            ),
            "{name}：{n} 个区域没有单元（在城市之外、被较小的覆盖，或小于 --min-area-m2）：{ids}。",
        ),
        "conflicts": (
            (
                "Conflicts: {decide:needs a decision|need a decision}, {settled:was|were} settled within the "
                "tolerance, {note:is a note|are notes}."
            ),
            "冲突：待定 {decide}，在容差内已处理 {settled}，提示 {note}。",
        ),
        "to decide": ("  to decide: {n} {kind} ({means})", "  待定：{n} 处 {kind}（{means}）"),
        "settled": (
            "  settled: {n:place|places}, one row for each pair of grids",
            "  已处理：{n} 处，每两个网格一行",
        ),
        "count.incidents": ("incidents {n}", "事件 {n}"),
        "count.weight": ("weight {n}", "户数 {n}"),
        "place noted": ("{place} ({note})", "{place}（{note}）"),
        "first": ("  first: {what}, {place}; {did}", "  首要：{what}，{place}；{did}"),
        "largest": ("  largest: {what}, {place}; {did}", "  最大：{what}，{place}；{did}"),
    }
)
