"""What is said of codes."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_scheme": (
            "there is no code scheme '{name}'; there are {there} (--codes)",
            "没有编码规则“{name}”；可用：{there}（--codes）",
        ),
        "no_text": (
            "{code} is of type {kind}, not text: a number has lost leading zeros, and digits beyond the 15th",
            "{code} 的类型是 {kind}，不是文本：数字会丢失前导零和第 15 位以后的数字",
        ),
        "blank": ("the code is blank", "编码为空"),
        "no_digit": (
            "{code}: '{letter}' at place {place} is no digit",
            "{code}：第 {place} 位的“{letter}”不是数字",
        ),
        "length": (
            "{code} has {n} digits; {scheme} has {digits}: {form}",
            "{code} 有 {n} 位；{scheme} 为 {digits} 位：{form}",
        ),
        "part.object": ("object class", "位部件类别"),
        "part.district": ("district", "位区县"),
        "part.street": ("street", "位街道"),
        "part.community": ("community", "位社区"),
        "part.number": ("number", "位顺序号"),
        "number_zero": (
            "{code} ends with {digits}: numbers begin with 1",
            "{code} 以 {digits} 结尾：顺序号从 1 开始",
        ),
        "no_parent": (
            "{code}: {parent} is not in the list of communities (--parents)",
            "{code}：{parent} 不在社区编码清单中（--parents）",
        ),
        "twice": ("{code} is in row {row} already", "{code} 已在第 {row} 行出现"),
        "bad_parents": (
            "{source} is no list of 12-digit codes of communities (--parents): {faults}",
            "{source} 不是 12 位社区编码的清单（--parents）：{faults}",
        ),
        "no_province": ("no province begins with {digits}", "没有以 {digits} 开头的省级代码"),
        "unusual_street": (
            "street part {digits} is outside the usual ranges ({usual})",
            "街道段 {digits} 不在通常的号段内（{usual}）",
        ),
        "street.subdistrict": ("subdistricts", "街道"),
        "street.town": ("towns", "镇"),
        "street.township": ("townships", "乡"),
        "street.zone": ("zones and the like", "开发区等"),
        "several_communities": (
            "community part {digits}: 601 and up are used where several communities are one",
            "社区段 {digits}：601 及以上用于多个社区合并编码",
        ),
        "too_many": (
            "{parent} has {wanted} cells to number, {used} numbers were used before, and {scheme} has {most}: make fewer cells (a larger --min-area-m2, fewer layers), have the community divided, or leave --codes away, whose numbers are as long as they need be",
            "{parent} 有 {wanted} 个单元待编号，已用过 {used} 个号，而 {scheme} 只有 {most} 个号：请减少单元（加大 --min-area-m2 或减少图层），或由主管部门划分社区，或不用 --codes（顺序号位数不受限制）",
        ),
        "codes_no_rung": (
            "--codes {scheme} numbers cells inside communities, and there are no rungs: give --within community=FILE with 12-digit codes",
            "--codes {scheme} 在社区内编号，但没有行政层级：请用 --within community=文件 给出 12 位社区编码",
        ),
        "codes_parts": (
            "--codes {scheme} needs the 12-digit code of a community for every cell, and the rungs {rungs} give {given}: {reason}. Name the column that holds the codes (--id {finest}=COLUMN), give the missing rung (--within), or leave --codes away",
            "--codes {scheme} 要求每个单元都有 12 位社区编码，而层级 {rungs} 给出 {given}：{reason}。请指明编码所在列（--id {finest}=列名），或补上缺少的层级（--within），或不用 --codes",
        ),
        "codes_not_listed": (
            "{n:community is|communities are} not in the list (--parents): {given}. Correct the list or the rung's codes, or leave --parents away",
            "{n} 个社区不在清单中（--parents）：{given}。请更正清单或行政层级的编码，或不用 --parents",
        ),
        "codes_no_unit": (
            "--codes {scheme}: {n:place lies|places lie} in no {rung}, so cells there can have no code: {places}. Draw the {rung} there, or leave --codes away",
            "--codes {scheme}：有 {n} 处不在任何 {rung} 内，其中的单元无法编码：{places}。请补画 {rung}，或不用 --codes",
        ),
        "codes_for_cells": (
            "--codes {scheme}: cells get codes of unit15; {scheme} is for other things",
            "--codes {scheme}：单元使用 unit15 编码；{scheme} 用于其他对象",
        ),
        "parents_without": (
            "--parents lists the communities for --codes: say which codes, --codes unit15",
            "--parents 是 --codes 的社区清单：请写明编码规则，如 --codes unit15",
        ),
        "previous_no_cells": (
            "the previous network (--previous) has no cell where the new one has any: is it of another city?",
            "以前的网络（--previous）与新网络没有任何重叠：是否属于另一个城市？",
        ),
    }
)
