"""What is said of coordinate systems."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "shifted.gcj02": (
            "GCJ-02, the shifted degrees of Amap and Tencent maps",
            "GCJ-02，高德、腾讯地图使用的加密经纬度",
        ),
        "shifted.bd09": (
            "BD-09, the shifted degrees of Baidu maps",
            "BD-09，百度地图使用的加密经纬度",
        ),
        "datum.Xian 1980": ("Xian 1980", "1980 西安坐标系"),
        "datum.Beijing 1954": ("Beijing 1954", "1954 北京坐标系"),
        "datum.New Beijing": ("New Beijing", "新 1954 北京坐标系"),
        "nameless": ("a system without name on {ground}", "基于 {ground} 的无名坐标系"),
        "in_degrees": ("{name}, degrees", "{name}，经纬度"),
        "zone.3": (" 3-degree zone", " 3 度带"),
        "zone.6": (" 6-degree zone", " 6 度带"),
        "zone.numbered": ("{zone} {number}", "{zone}第 {number} 带"),
        "zone.meridian": ("{zone}, CM {degrees}E", "{zone}，中央子午线 {degrees}°"),
        "swapped_hint": (
            "; x and y stand exchanged in the data: put the easting or longitude first",
            "；数据中 x、y 颠倒：请把东坐标或经度放在前面",
        ),
        "alike": ("; position alone cannot tell it from {alike}", "；仅凭位置无法与 {alike} 区分"),
        "exchanged": ("x and y stand exchanged: give the easting as x", "x、y 颠倒：请以东坐标为 x"),
        "other_file": ("are they of another file?", "是不是另一个文件的控制点？"),
        "far_from_control": (
            "{where}: it does not lie near the control points of {source}; {hint}",
            "{where}：不在 {source} 的控制点附近；{hint}",
        ),
        "beyond_control": (
            "{share:.0%} of it lies beyond the control points by more than their extent",
            "其中 {share:.0%} 超出控制点范围，超出的距离大于控制点范围本身",
        ),
        "not_proved": (
            "{said}: what four parameters do there is not proved",
            "{said}：四参数在那里的效果未经验证",
        ),
        "control_to": (
            "{n:control point|control points} of {source} to {crs}",
            "{n} 个控制点，{source} 转换到 {crs}",
        ),
        "shift": (
            "shift {east:,.3f} m east, {north:,.3f} m north",
            "平移：东 {east:,.3f} 米，北 {north:,.3f} 米",
        ),
        "rotation": (
            "rotation {rotation:.2f} arc seconds, scale {scale:.7f}",
            "旋转 {rotation:.2f} 角秒，尺度 {scale:.7f}",
        ),
        "residuals": (
            "residuals up to {worst:.3f} m, {mean:.3f} m in the mean square",
            "残差最大 {worst:.3f} 米，中误差 {mean:.3f} 米",
        ),
        "residual": (
            "  {name}  {away:.3f} m  (east {east:+.3f}, north {north:+.3f})",
            "　{name}　{away:.3f} 米（东 {east:+.3f}，北 {north:+.3f}）",
        ),
        "control_points": ("control points", "控制点"),
        "four_numbers": (
            "{source}: control points without four numbers: {wrong}",
            "{source}：控制点缺少四个数值：{wrong}",
        ),
        "three_needed": (
            "{source}: {n:control point|control points}; at least three different ones are needed, as two always fit and prove nothing",
            "{source}：只有 {n} 个控制点；至少需要三个不同的点，因为两个点总能吻合，证明不了什么",
        ),
        "control_degrees": (
            "{source}: x and y look like degrees; four parameters lead from metres to metres",
            "{source}：x、y 看起来是度；四参数是米到米的转换",
        ),
        "no_such_places": (
            "{source}: X and Y are no such places: {misfit}",
            "{source}：X、Y 不是这样的位置：{misfit}",
        ),
        "in_all": (" ({n} in all)", "（共 {n} 个）"),
        "control_misses": (
            "control points miss their places by more than {most_m:g} m: {shown}{more}.",
            "控制点偏差超过 {most_m:g} 米：{shown}{more}。",
        ),
        "control_exchanged": (
            " With x and y exchanged they fit: surveys call the northing X; give the easting as x and as X.",
            "对调 x、y 后吻合：测量中 X 指北坐标；请以东坐标为 x 和 X。",
        ),
        "control_mistyped": (
            " Without {name} the others fit within {worst:.2f} m: is it mistyped?",
            "去掉 {name} 后，其余偏差在 {worst:.2f} 米以内：是不是输错了？",
        ),
        "control_in_line": (
            "{source}: the control points lie in one line (or all in one spot): they fit as well with x and y exchanged, so they prove nothing beside the line; add one to the side",
            "{source}：控制点在一条直线上（或挤在一处）：对调 x、y 也同样吻合，因此证明不了直线两侧；请在旁边补一个点",
        ),
        "control_same": (
            " Are x, y and X, Y of the same places, and all x, y in one system?",
            "x、y 与 X、Y 是同一批点吗？所有 x、y 属于同一坐标系吗？",
        ),
        "metres_or_feet": ("metres or feet", "米或英尺"),
        "cannot_be": (
            "{numbers} cannot be {stated}; they look like {guess}",
            "{numbers}不可能是 {stated}；看起来是 {guess}",
        ),
        "numbers": (
            "the numbers (x {low_x} to {high_x}, y {low_y} to {high_y})",
            "数值（x {low_x} 至 {high_x}，y {low_y} 至 {high_y}）",
        ),
        "others": (", {apart} others", "，另有 {apart} 种"),
        "one_of": (
            "one of {listed}{more}, or metres or feet elsewhere (the outline of the districts would tell)",
            "{listed}{more} 之一，或别处的米、英尺坐标（有区县外轮廓即可判断）",
        ),
        "nothing_placed": (
            "there is nothing whose place could choose a coordinate system in metres: the layer is empty",
            "没有可用来选择米制坐标系的位置：图层是空的",
        ),
        "crs_unknown": (
            "{prefix}the coordinate system is not known; say it with --crs, e.g. --crs EPSG:4547",
            "{prefix}坐标系未知；请用 --crs 写明，例如 --crs EPSG:4547",
        ),
        "no_crs": (
            "{prefix}'{value}' is not a coordinate system; --crs takes {datums} or a number such as EPSG:4547",
            "{prefix}“{value}”不是坐标系；--crs 可用 {datums}，或 EPSG:4547 这样的编号",
        ),
        "cannot_convert": (
            "cannot convert from {start} to {end}: {error}",
            "不能从 {start} 转换到 {end}：{error}",
        ),
        "local_system": (
            "'{crs}' is a local coordinate system that says nothing about where on Earth it is; have the surveying office convert the data to CGCS2000, or give control points (--control)",
            "“{crs}”是独立坐标系，没有说明位于地球何处；请测绘部门把数据转换为 CGCS2000，或提供控制点（--control）",
        ),
        "corners_cannot": (
            "corners that cannot lie in {start}: {places}; is the coordinate system right (--crs)?",
            "有的角点不可能位于 {start}：{places}；坐标系对吗（--crs）？",
        ),
        "legacy": (
            "{start} cannot be converted to {end}: no shift between {old} and other datums is published, and leaving it out would put everything about 70 m off. Have the surveying office convert the data to CGCS2000 (EPSG:4490, 4547 ...), or give control points (--control)",
            "不能把 {start} 转换为 {end}：{old} 与其他基准之间的转换参数没有公开，略去它会使所有位置偏约 70 米。请测绘部门把数据转换为 CGCS2000（EPSG:4490、4547 等），或提供控制点（--control）",
        ),
    }
)
