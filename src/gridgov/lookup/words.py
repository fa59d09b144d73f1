"""What is said of points that are looked up."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "metres_finite": (
            "{name} must be 0 m or more, and finite ({option}), not {width}",
            "{name} 应为不小于 0 的有限米数（{option}），不能是 {width}",
        ),
        "cells_type": (
            "cells must be a Network, its .cells or a read_grids() layer, not {name}",
            "cells 应为 Network、其 .cells 或 read_grids() 读入的图层，不能是 {name}",
        ),
        "cells_columns": (
            "cells have neither a column 'cell_id' (a merged network) nor 'grid_id' (a layer as read_grids() and make_grids() give it)",
            "单元既没有列“cell_id”（合并后的网络），也没有列“grid_id”（read_grids() 和 make_grids() 给出的图层）",
        ),
        "both_name": (
            "--lon and --lat both name '{column}'; a column of both is named with --lon alone",
            "--lon 和 --lat 都写了“{column}”；经纬度在同一列时只写 --lon",
        ),
        "not_points": ("rows that are not points: {rows}", "不是点的行：{rows}"),
        "columns_no": (
            "columns= (--columns): there is no {unknown}; choose among {known}",
            "columns=（--columns）：没有 {unknown}；可选 {known}",
        ),
        "rename_no": (
            "rename= (--rename) gives columns that are added, such as grid_id, another name; {strange} is none of them",
            "rename=（--rename）为新增的列（如 grid_id）改名；{strange} 不是新增的列",
        ),
        "called_twice": (
            "two columns would be called {twice}; rename one of them (--rename)",
            "会有两列同名：{twice}；请改其中一个的名称（--rename）",
        ),
        "already_has": (
            "the table already has columns {clashes}; give the new ones a prefix (prefix=, --prefix p_), other names (rename=, --rename), or choose fewer (columns=, --columns)",
            "表中已有列 {clashes}；请给新列加前缀（prefix=、--prefix p_）、改名（rename=、--rename），或少选几列（columns=、--columns）",
        ),
        "places_need": (
            "recorded places (place=, --place) need cells with districts: merge the layer with --within",
            "登记地点（place=、--place）需要有区县的单元：请用 --within 合并图层",
        ),
        "no_such_rung": (
            "the cells have no rung {strange}; they have {rungs}",
            "单元没有层级 {strange}；现有 {rungs}",
        ),
        "no_rung_left": (
            "--place: {rest} have no rung left; the cells have {rungs}",
            "--place：{rest} 没有可对应的层级；单元现有 {rungs}",
        ),
        "places_not_used": (
            "recorded places not used, because the cells have no such rung: {unused}",
            "未使用登记地点，因为单元没有这样的层级：{unused}",
        ),
        "border_m": (
            "border_m must be 0 m or more, and finite (--border-m), not {border_m}",
            "border_m 应为不小于 0 的有限米数（--border-m），不能是 {border_m}",
        ),
        "nearest_m": (
            "nearest_m must be 0 m or more (--nearest-m), not {nearest_m}",
            "nearest_m 应为不小于 0 的米数（--nearest-m），不能是 {nearest_m}",
        ),
        "control_and_crs": (
            "control= knows the system it leads to; leave crs= out",
            "control= 已知目标坐标系；请去掉 crs=",
        ),
        "one_length": (
            "lon and lat must be one-dimensional and of one length; their shapes are {said}",
            "lon 和 lat 应为长度相同的一维数组；现在的形状是 {said}",
        ),
        "agreeing": (
            " Share of points that fall where they were recorded: {agreeing}.",
            "落在登记地点的点所占比例：{agreeing}。",
        ),
        "which_datum": (
            "points in China need their datum: say crs= (--crs) gcj02 (Amap, Tencent, most apps; 600 m off), bd09 (Baidu; 1.3 km off), or cgcs2000 or wgs84 (surveys, satellite receivers).{hint}",
            "在中国，点的坐标基准必须写明：crs=（--crs）取 gcj02（高德、腾讯和多数手机应用；偏约 600 米）、bd09（百度；偏约 1.3 公里），或 cgcs2000、wgs84（测绘、卫星定位设备）。{hint}",
        ),
        "hardly": (
            " {best} and {next_best} can hardly be told apart by them.",
            "凭登记地点难以区分 {best} 和 {next_best}。",
        ),
        "fits_best": (
            " {best} fits best, {ahead:.1f} points ahead of {next_best}.",
            "{best} 最符合，比 {next_best} 高 {ahead:.1f} 个百分点。",
        ),
        "not_degrees": (
            "the points are not degrees but lie among the cells as {name}: say crs= (--crs) {name}",
            "这些点不是度，但按 {name} 落在单元之中：请写明 crs=（--crs）{name}",
        ),
    }
)
