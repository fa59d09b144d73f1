"""What is said of names, tolerances and the merge."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "no_department": (
            "the network has no department '{department}'; its departments are {departments} (--department)",
            "网络中没有部门“{department}”；现有部门：{departments}（--department）",
        ),
        "lost_left_out": (
            "{many:grid that kept no cell is|grids that kept no cell are} left out: {lost} (export --tables lists them)",
            "略去没有分得单元的网格 {many} 个：{lost}（export --tables 会列出）",
        ),
        "on_gap_is": (
            "on_gap (--on-gap) is {choices}, not {text!r}",
            "on_gap（--on-gap）只能是 {choices}，不能是 {text!r}",
        ),
        "counted_as_0": ("{column}: {ids}; counted as 0", "{column}：{ids}；按 0 计"),
        "lost_counted_0": (
            "{column}: not known of grids that kept no cell; counted as 0",
            "{column}：没有分得单元的网格不详，按 0 计",
        ),
        "grids_have_none": ("{n:grid has|grids have} none ({grids})", "{n} 个网格没有数值（{grids}）"),
        "no_weight_column": (
            "{department}: the network has no column '{column}' of its grids (--weight-column); merge again with --carry {department}={column}",
            "{department}：网络中没有其网格的列“{column}”（--weight-column）；请用 --carry {department}={column} 重新合并",
        ),
        "value_of_grid": ("'{value}' of {grid}", "网格 {grid} 的“{value}”"),
        "no_number_of_0": (
            "{department}: '{column}' is no number of 0 or more: {said} (--weight-column)",
            "{department}：“{column}”应为不小于 0 的数：{said}（--weight-column）",
        ),
        "nothing_to_merge": (
            "nothing to merge: give at least one layer",
            "没有可合并的内容：至少给出一个图层",
        ),
        "carry_no_layer": (
            "--carry names '{name}', which is not one of the layers: {layers}",
            "--carry 写了“{name}”，它不是图层；现有图层：{layers}",
        ),
        "carry_no_column": (
            "{name}: no column '{missing}' to carry (--carry); there are: {there} (its id, name and owner are in the network in any case)",
            "{name}：没有可带入的列“{missing}”（--carry）；现有列：{there}（编码、名称、责任主体总在网络中）",
        ),
        "without_within": (
            "{error}: without --within the whole city is one '{whole}'. Name the rungs, or call the layer otherwise",
            "{error}：没有 --within 时，全市为一个“{whole}”。请指定行政层级，或给图层另起名称",
        ),
        "two_columns_called": (
            "two columns of the cells would be called {names} (upper and lower case count as one): call a layer otherwise, or carry fewer columns (--carry)",
            "单元会有两列同名：{names}（不分大小写）：请给图层另起名称，或少带几列（--carry）",
        ),
        "none": ("none", "无"),
        "holds_none": ("it holds none", "其中没有网格"),
        "none_holds_any": ("none of them holds any", "其中都没有网格"),
        "no_grid_to_merge": (
            "no grid to merge: {drawn}: {said}, or none larger than 1 cm",
            "没有可合并的网格：{drawn}：{said}，或都不大于 1 厘米",
        ),
        "none_lies_in": (
            "not one grid of {drawn} lies in any {name}; is one of the coordinate systems wrong? State it: --crs NAME=EPSG:N, or name the right file: --within",
            "{drawn} 没有一个网格落在任何 {name} 内；是不是有坐标系不对？请写明：--crs NAME=EPSG:N，或指定正确的文件：--within",
        ),
        "is_not_valid": ("is not valid", "无效"),
        "does_not_meet": ("does not meet its neighbours in common vertices", "与相邻面没有公共顶点"),
        "has_no_cell": ("has no cell", "没有单元"),
        "is_not_filled": ("is not filled by its cells", "没有被其单元填满"),
        "merged_polygon": (
            "a merged polygon {what}, at {at}; please report this with the input layers",
            "合并后的面{what}，位置 {at}；请连同输入图层一起反馈此问题",
        ),
        "not_one_grid": ("there is not one grid: every layer is empty", "一个网格也没有：所有图层都是空的"),
        "not_one_polygon": (
            "{name}: not one polygon; a rung must have some (--within {name}=FILE)",
            "{name}：一个面也没有；行政层级必须有面（--within {name}=FILE）",
        ),
        "too_large": (
            "{name}: grid {grids} does not fit into {crs}, in which areas are measured: it is larger than {most_km:,.0f} km or on the other side of the Earth. Correct it, or state where the layer lies: --crs {name}=EPSG:N",
            "{name}：网格 {grids} 放不进量算面积所用的 {crs}：大于 {most_km:,.0f} 公里，或位于地球另一侧。请改正，或写明图层位置：--crs {name}=EPSG:N",
        ),
        "reaches_m": (
            "reaches_m must hold metres of 0 or more, not {reaches_m}",
            "reaches_m 应为不小于 0 的米数，不能是 {reaches_m}",
        ),
        "name_form": (
            "the name '{name}' must begin with a letter and hold only letters, digits and _",
            "名称“{name}”必须以字母开头，只含字母、数字和 _",
        ),
        "name_taken": (
            "the name '{name}' is a column of gridgov's own tables; choose another",
            "名称“{name}”是 gridgov 自己的列名；请另起一个",
        ),
        "name_twice": (
            "the name '{name}' is used twice (upper and lower case count as one)",
            "名称“{name}”用了两次（不分大小写）",
        ),
        "name_column": ("the name '{name}' is also a column of '{other}'", "名称“{name}”也是“{other}”的列"),
        "not_sorted": ("rows are not sorted by cell_id", "行没有按 cell_id 排序"),
        "no_rung": (
            "no rung: a column <rung> with <rung>_name",
            "没有行政层级：需要列 <rung> 和 <rung>_name",
        ),
        "column_missing": ("column '{column}' is missing", "缺少列“{column}”"),
        "must_be_text": ("'{column}' must be text in every row", "“{column}”的每一行都必须是文本"),
        "repeats": ("'{column}' repeats: {ids}", "“{column}”有重复：{ids}"),
        "no_geometry_column": ("it has no geometry column", "没有图形列"),
        "no_crs": ("it has no coordinate system", "没有坐标系"),
        "rows_no_polygon": ("rows without a polygon: {rows}", "没有面的行：{rows}"),
        "rows_invalid": ("rows with an invalid polygon: {rows}", "面无效的行：{rows}"),
        "option_no_layer": (
            "{option} names '{name}', which is not one of the layers: {layers}",
            "{option} 写了“{name}”，它不是图层；现有图层：{layers}",
        ),
        "say_which_value": (
            "{option} {where}:{column}: say which value: {option} {where}:{column}=VALUE",
            "{option} {where}:{column}：请写明是哪个值：{option} {where}:{column}=VALUE",
        ),
        "no_grid_has": (
            "{where}: no grid has '{value}' in '{column}' ({option} {where}:{column}={value}); the values there are {there}",
            "{where}：“{column}”列没有“{value}”（{option} {where}:{column}={value}）；其中的值有 {there}",
        ),
        "all_blank": ("all blank", "全部为空"),
        "jobs_is": (
            "jobs (--jobs) is how many things are done at the same time, 1 or more, not {jobs}",
            "jobs（--jobs）是同时进行的项数，应不小于 1，不能是 {jobs}",
        ),
        "tolerance_no_layer": (
            "--tolerance-m: no layer is called '{name}'; the layers are {known}",
            "--tolerance-m：没有名为“{name}”的图层；现有图层：{known}",
        ),
        "tolerance_m": (
            "tolerance_m must be a number of metres, {least} or more (--tolerance-m), not {value!r}",
            "tolerance_m 应为不小于 {least} 的米数（--tolerance-m），不能是 {value!r}",
        ),
        "overlap_border": (
            "polygons overlap along a border: rows {rows} at {at}",
            "面沿边界重叠：第 {rows} 行，位置 {at}",
        ),
        "too_far_apart": (
            "the layers lie too far apart to be laid on each other: more than 2**31 grid steps",
            "图层相距太远，无法叠加：超过 2**31 个格距",
        ),
        "border_too_long": (
            "a border is too long to be laid on others: more than 2**29 grid steps",
            "边界太长，无法叠加：超过 2**29 个格距",
        ),
        "tolerance_metres": (
            "tolerance_m must be a number of metres, {least} or more (--tolerance-m), not {tolerance}",
            "tolerance_m 应为不小于 {least} 的米数（--tolerance-m），不能是 {tolerance}",
        ),
        "min_area": (
            "min_area_m2 must be a number of m2, 0 or more (--min-area-m2), not {min_area_m2}",
            "min_area_m2 应为不小于 0 的平方米数（--min-area-m2），不能是 {min_area_m2}",
        ),
        "border_open": ("the border of a region is open", "区域的边界没有闭合"),
        "faces_overlap": ("the faces of a region overlap", "区域的面互相重叠"),
        "hole_outside": ("a region has a hole outside itself", "区域的洞在区域之外"),
        "list.crosswalk": (
            "对照表. Which grid, as its department drew it, lies in which cell of the network. grid_share: part of the grid, sums to 1 for each grid. cell_share: part of the cell. A row without a cell lies outside the city; 'sliver' is too thin to count.",
            "对照表：各部门原绘网格落在网络的哪些单元。grid_share 为占该网格的比例，每个网格合计为 1；cell_share 为占该单元的比例。没有单元的行位于城市之外；“sliver”过窄，不计。",
        ),
        "list.conflicts": (
            "冲突清单. Where layers disagree and what the merge did there. severity 'decide': people must say what is right; 'settled': within the tolerance; 'note': good to know.",
            "冲突清单：各图层不一致之处，以及合并时的处理。severity 为“decide”的须由人员决定，“settled”的在容差之内、已处理，“note”为提示。",
        ),
        "list.uncovered": (
            "空白区清单. Cells that lack a grid of some department, those without any first. missing: departments without a grid there.",
            "空白区清单：缺少某些部门网格的单元，完全没有网格的在前。missing 为在此没有网格的部门。",
        ),
        "list.lost": (
            "Grids that kept no cell: hidden under smaller ones, too small, or outside the city. now_in: the grid of the same department that has most of their ground now.",
            "没有分得单元的网格：被较小的网格覆盖、面积过小，或在城市之外。now_in 为其大部分地块现在所属的本部门网格。",
        ),
        "list.register": (
            "编码登记. Every cell id that was ever given. code_status: in force or retired for good; since, until: days, blank where not known or not yet; ended_by: what ended it. A retired id is never given again.",
            "编码登记：曾经使用的全部单元编号。code_status 为有效或作废；since、until 为起止日期，不详或未止为空；ended_by 为作废原因。作废的编号不再使用。",
        ),
        "list.succession": (
            "新旧编码. What became of the cells of the previous network (merge --previous): which new cell has how much of which old one. Blank without a previous network.",
            "新旧编码：上一版网络（merge --previous）的单元如今归入哪些新单元、各占多少。没有上一版时为空。",
        ),
        "list.grids": (
            "Every department's grids on the common borders, in square metres. {columns}.",
            "各部门网格落在共同边界上的面积，单位平方米。{columns}。",
        ),
        "list.column": ("{column}: {words}", "{column}：{words}"),
        "list.column_end": (". ", "；"),
        "balance.drawn_m2": ("as the department drew it", "部门原绘面积"),
        "balance.outside_m2": ("of this, outside the city: left out", "其中在城市之外，未纳入"),
        "balance.overlap_m2": (
            "of this, also drawn as another of its grids, which has it now",
            "其中与本部门其他网格重叠，现归该网格",
        ),
        "balance.moved_out_m2": (
            "of this, now in another grid that was not drawn there, or in none",
            "其中划出：现归原图不在此处的其他网格，或不归任何网格",
        ),
        "balance.moved_in_m2": (
            "ground of the grid that was drawn as another grid, or as none",
            "划入：原属其他网格或不属任何网格，现归本网格",
        ),
        "balance.area_m2": ("as the grid is now, on the common borders", "现面积，以共同边界计"),
        "no_owner_column": ("no owner column found", "没有找到责任主体列"),
    }
)
