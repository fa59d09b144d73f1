"""What is said of rules and what is wrong with them."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "they_have": ("they have {departments}", "现有 {departments}"),
        "have_none": ("they have none", "一个也没有"),
        "cells_no_department": (
            "row {rows}: the cells have no department '{department}' ({have}); correct it, or write the name of who acts under handler",
            "第 {rows} 行：单元没有部门“{department}”（{have}）；请改正，或在 handler 列写处置单位的名称",
        ),
        "incidents_no_column": (
            "the rules have a column '{name}', but the incidents do not: say with --category which column it is",
            "规则有列“{name}”，而事件没有：请用 --category 指明是哪一列",
        ),
        "nobody_has_column": (
            "the rules have a column '{name}', but neither the cells nor the incidents do; they have {present}; merge with --within {name}=FILE, or rename the column",
            "规则有列“{name}”，而单元和事件都没有；现有 {present}；请用 --within {name}=FILE 合并，或给该列改名",
        ),
        "no_columns": ("no columns", "没有列"),
        "tested_are": (
            "{rules}: tested are {tested}; carried along are {along}",
            "{rules}：参与匹配的列是 {tested}；随行带出的列是 {along}",
        ),
        "tested_against": (
            "the rules' column '{name}' is tested against '{column}'",
            "规则的列“{name}”与“{column}”匹配",
        ),
        "never_tested": (
            "the column '{name}' is never tested, though incidents have it too",
            "列“{name}”从不参与匹配，虽然事件中也有此列",
        ),
        "did_you_mean": ("; did you mean '{known}'?", "；是不是“{known}”？"),
        "looks_like": (
            "the rules' column '{name}' looks like a condition, but neither incidents nor cells have it: it is carried along as rule_{name}, not tested{guess}",
            "规则的列“{name}”像是条件，但事件和单元都没有此列：只作为 rule_{name} 带出，不参与匹配{guess}",
        ),
        "nobody_handles": (
            "nobody handles it{where}; add a rule for it, or one for the place alone",
            "没有处置单位{where}；请为它加一条规则，或只按地点加一条",
        ),
        "condition_is": ("{condition} is {said}", "{condition} 为 {said}"),
        "blank_or_other": ("blank or another", "空白或其他值"),
        "where_said": (" where {said}", "（{said}）"),
        "says": ("{label} says {handler}", "{label} 为 {handler}"),
        "give_other": (
            "{who}; give one another condition or an end date, or let both name the same",
            "{who}；请给其中一条加上别的条件或截止日期，或让两条写同一处置单位",
        ),
        "no_cell_meets": (
            "no cell meets its conditions of place together",
            "没有单元同时符合它的各项地点条件",
        ),
        "always_before": ("always decided before it by {first}{said}", "总是先由 {first} 决定{said}"),
        "same_handler": (", with the same handler", "，处置单位相同"),
        "none_has_value": (
            "no {whose} has {condition} '{value}'{said}",
            "没有{whose}的 {condition} 是“{value}”{said}",
        ),
        "did_you_mean_near": ("; did you mean {near}?", "；是不是 {near}？"),
        "ended_on": (
            "ended on {valid_to}; delete it, or give it a later valid_to",
            "已于 {valid_to} 截止；请删去，或改写更晚的 valid_to",
        ),
        "say_time": (
            "{source} has valid_from or valid_to: say with --time which column holds the time",
            "{source} 中有 valid_from 或 valid_to：请用 --time 指明时间列",
        ),
        "no_readable_time": (
            "{blind:incident has|incidents have} no readable time: only rules without dates apply there",
            "{blind} 条事件没有可识别的时间：只适用没有日期的规则",
        ),
        "such_pairs": (" ({n} such pairs in all)", "（共有 {n} 对）"),
        "give_another": (
            "{faults}{more}. Give one of them another condition, end one with valid_to, or let both name the same handler{untested}",
            "{faults}{more}。请给其中一条加上别的条件，用 valid_to 结束一条，或让两条写同一处置单位{untested}",
        ),
        "untested": (
            ". These columns of the rules are no conditions, because neither cells nor incidents have them: {names}",
            "。规则中这些列没有当作条件，因为单元和事件里都没有：{names}",
        ),
        "both_match": (
            "{named} both match {cases} ({like}) with equally many conditions",
            "{named} 同时符合 {cases}（{like}），条件数目相同",
        ),
        "cases.incident": ("{n:incident|incidents}", "{n} 条事件"),
        "cases.candidate cell": ("{n:candidate cell|candidate cells}", "{n} 个候选单元"),
        "rule_says": ("{label} ({said})", "{label}（{said}）"),
        "any": ("any", "任意"),
        "owner_of": ("owner of the {department} grid", "{department} 网格的责任主体"),
        "no_who": (
            "{source}: no column says who: name one 'handler' (处置单位) or 'department'; it has {names}",
            "{source}：没有写明由谁处置的列：请设“handler”（处置单位）或“department”列；现有 {names}",
        ),
        "holds_no_rule": ("it holds no rule", "其中没有规则"),
        "no_name": (
            "{source}: column {at} has values but no name; name it or empty it",
            "{source}：第 {at} 列有值但没有列名；请补上列名，或清空该列",
        ),
        "name_twice": (
            "{source}: the column name '{name}' is used twice; rename one",
            "{source}：列名“{name}”用了两次；请改一个",
        ),
        "no_handler": (
            "no handler and no department in row {rows}: fill one of them",
            "第 {rows} 行既没有处置单位也没有部门：请填写其一",
        ),
        "row_text": ("row {row} '{text}'", "第 {row} 行“{text}”"),
        "no_date": (
            "{name} is no date in {wrong}: write 2026-01-31",
            "{wrong} 的 {name} 不是日期：请写成 2026-01-31",
        ),
        "turned": (
            "valid_from is later than valid_to in row {turned}",
            "第 {turned} 行的 valid_from 晚于 valid_to",
        ),
    }
)
