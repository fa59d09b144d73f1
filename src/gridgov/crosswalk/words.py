"""What is said of crosswalks and weights."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "weight_no_weights": (
            "weight='{weight}' names a column, but there are no weights",
            "weight=“{weight}”是列名，但没有给出权重",
        ),
        "of_source": (" of {source}", "（{source}）"),
        "weight": ("Weight: {column}{source}", "权重：{column}{source}"),
        "the_rows": ("the rows", "行数"),
        "spread_evenly": (
            "{what} ({n:polygon|polygons}), spread evenly over the area of each: the shares are estimates.",
            "{what}（{n} 个面），按各自面积均匀分摊：比例为估算。",
        ),
        "counted_exactly": (
            "{what} ({n:point|points}), counted exactly: in the smallest grid there, on a border in the lowest id.",
            "{what}（{n} 个点），准确计数：落在所在的最小网格，在边界上时归编码最小者。",
        ),
        "kept_no_cell": ("kept no cell in the merge", "合并中没有分得单元"),
        "covered": ("covered by smaller ones, or empty", "被较小的网格覆盖，或是空的"),
        "without_ground": (
            "{name}: {n:grid|grids} without ground ({why}), listed with 0 m2: {grids}.",
            "{name}：{n} 个网格没有地面（{why}），按 0 平方米列出：{grids}。",
        ),
        "no_department_called": (
            "no department is called '{unknown}'; there are {there}",
            "没有名为“{unknown}”的部门；现有 {there}",
        ),
        "there_is_only": ("there is only {name}", "只有 {name}"),
        "there_is_none": ("there is none", "一个也没有"),
        "needs_two": (
            "a crosswalk needs two departments, and {have}: police=FILE urban=FILE",
            "对照表需要两个部门，而{have}：police=FILE urban=FILE",
        ),
        "weights_type": (
            "weights must be a GeoDataFrame of points or polygons, as read_weights() gives it",
            "权重应为点或面的 GeoDataFrame，如 read_weights() 所给",
        ),
        "weights_no_column": (
            "the weights have no column '{column}'; there are {there}",
            "权重没有列“{column}”；现有 {there}",
        ),
        "weights_mixed": (
            "weights are points or else polygons, and this table holds {found}",
            "权重要么是点，要么是面，而此表中有 {found}",
        ),
        "weights_no_crs": (
            "the weights have no coordinate system: set_crs() says it (--weights-crs)",
            "权重没有坐标系：用 set_crs() 写明（--weights-crs）",
        ),
        "in_row": ("'{given}' in row {label}", "第 {label} 行的“{given}”"),
        "must_hold_numbers": (
            "'{where}' must hold numbers, 0 or more, and has {said}",
            "“{where}”应为不小于 0 的数，而其中有 {said}",
        ),
    }
)
