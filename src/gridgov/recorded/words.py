"""What is said of recorded units that differ."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "quoted": ("'{text}'", "“{text}”"),
        "none": ("none", "任何区域之外"),
        "and": (" and ", "、"),
        "east": ("east", "东"),
        "west": ("west", "西"),
        "north": ("north", "北"),
        "south": ("south", "南"),
        "other_boundaries": ("the other boundaries", "另一套界线"),
        "normalise_is": (
            "normalise= (--normalise) is one of {forms}, not '{form}'",
            "normalise=（--normalise）只能是 {forms}，不能是“{form}”",
        ),
        "no_pattern": (
            "No pattern shows: single rows may be recorded or placed wrongly; the list has each of them.",
            "没有明显规律：可能是个别行登记或定位有误；清单中列出了每一行。",
        ),
        "no_such_labels": (
            "{n:row|rows} carry labels that no unit has ({shown}",
            "{n} 行登记的区域不存在（{shown}",
        ),
        "other_form": (
            "{said}): they are written in another form. With --normalise {form} {named:,} of them name a unit, and {agreeing:,} agree.",
            "{said}）：写法不同。用 --normalise {form} 后，其中 {named:,} 行能对上区域，{agreeing:,} 行一致。",
        ),
        "other_units": (
            "{said}; units are {units}): they may be of other boundaries (--vintage FILE){names}, or no units at all.",
            "{said}；现有区域为 {units}）：可能是另一套界线的区域（--vintage FILE）{names}，也可能根本不是区域。",
        ),
        "nameless": (
            ", names, which count where the merge read them (--name {column}=COLUMN)",
            "，可能是网格名称（合并时读入名称才能比对：--name {column}=列名）",
        ),
        "there_here": ("{there}, {here} as {stated}", "{there}，而按 {stated} 为 {here}"),
        "exchanged": (
            "The points agree better with x and y exchanged ({found}): exchange --lon and --lat.",
            "对调 x、y 后更一致（{found}）：请对调 --lon 和 --lat。",
        ),
        "not_converted": (
            "The points agree better when they are not converted ({found}): the cells are {stated} too (--cells-crs {stated}), or the points are not (--crs wgs84).",
            "不转换坐标时更一致（{found}）：单元也是 {stated}（--cells-crs {stated}），或者点不是（--crs wgs84）。",
        ),
        "other_datum": (
            "The points agree better as {best} ({found}): is --crs {best} right?",
            "按 {best} 读取更一致（{found}）：--crs {best} 对吗？",
        ),
        "metres_to": ("{metres:.0f} m to the {word}", "向{word} {metres:.0f} 米"),
        "as_between": (
            "as between CGCS2000 and Beijing 54 or Xian 80",
            "相当于 CGCS2000 与北京 54、西安 80 之差",
        ),
        "as_another": ("as with another datum or a layer drawn aside", "像是坐标基准不同，或图层画偏"),
        "off_by_one": (
            "All points seem off by one vector, {like}: moved {ways}, {agreement} would agree.",
            "所有点似乎整体偏移，{like}：{ways}平移后，一致的占 {agreement}。",
        ),
        "by_boundaries": (
            "The units were recorded by the boundaries of {name}: {there} agree there, {here} here.",
            "区域是按 {name} 的界线登记的：按该界线一致的占 {there}，按现界线占 {here}。",
        ),
        "in_recorded_as": (
            "{rows:,} in {located} recorded as {recorded}",
            "{rows:,} 行位于 {located}，登记为 {recorded}",
        ),
        "too_far": (
            "{n:row|rows} lie more than {reach_m:g} m outside the unit recorded ({shown}): too many, or too much the same, to be mistakes; the boundaries may be of another year. --vintage FILE would tell.",
            "{n} 行距所登记区域超过 {reach_m:g} 米（{shown}）：数量太多或太集中，不像是差错；界线可能是另一年的。可用 --vintage FILE 核对。",
        ),
        "on_border": (
            "{near:,} of {n:row|rows} that differ lie within {border_m:g} m of the unit recorded, as points on the middle of a street that is the border: --border-m makes both units candidates.",
            "不一致的 {n} 行中，有 {near:,} 行距所登记区域不到 {border_m:g} 米，像是位于作为界线的道路中线上：加 --border-m 可使两个区域都成为候选。",
        ),
        "in_no_unit": (
            "{n:row|rows} lie in no unit, {most:,} of them recorded as {recorded}.",
            "{n} 行不在任何区域内，其中 {most:,} 行登记为 {recorded}。",
        ),
        "say_against": (
            "say which units were recorded, against= (--against): {usual}, or another column of the cells",
            "请用 against=（--against）指明登记的是哪一级区域：{usual}，或单元的其他列",
        ),
        "against_no": (
            "against= (--against): the cells have no {column}; they have {known}",
            "against=（--against）：单元没有 {column}；现有 {known}",
        ),
    }
)
