"""What is said of points, cells and their index."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "other_index": (
            "{path} is the index of other cells and is not used; make it again (gridgov index)",
            "{path} 是其他单元的索引，未使用；请重新制作（gridgov index）",
        ),
        "unreadable_index": (
            "{path} is no index of this gridgov, or not whole, and is not used; make it again (gridgov index)",
            "{path} 不是本版 gridgov 的索引，或不完整，未使用；请重新制作（gridgov index）",
        ),
        "no_cells_index": ("there are no cells to make an index of", "没有可做索引的单元"),
        "one_length": (
            "lon and lat must be one-dimensional and of one length, not {shape} and {shape2}",
            "lon 和 lat 应为长度相同的一维数组，不能是 {shape} 和 {shape2}",
        ),
        "numba": (
            "numba is installed but does not start ({error}); numpy locates the points instead",
            "已安装 numba 但无法启动（{error}）；改由 numpy 定位",
        ),
        "no_index": (
            "{path}: not an index of this gridgov; make it again (gridgov index)",
            "{path}：不是本版 gridgov 的索引；请重新制作（gridgov index）",
        ),
        "not_there": ("{path} is not there", "{path} 不存在"),
        "no_whole_index": (
            "{path}: not an index of this gridgov, or not whole; make it again (gridgov index)",
            "{path}：不是本版 gridgov 的索引，或不完整；请重新制作（gridgov index）",
        ),
        "no_cell": ("there is no cell '{cell_id}'", "没有单元“{cell_id}”"),
        "rules_ask_for": ("they ask for {asked}", "规则要用的有 {asked}"),
        "no_more_asked": ("no more than category and place", "只有类别和地点"),
        "no_rules": ("there are none (rules=)", "没有规则（rules=）"),
        "rules_do_not_ask": ("the rules do not ask for {unknown}: {said}", "规则不用 {unknown}：{said}"),
        "one_value": (
            "one value for all {size} points is needed, or one for each, not {values}",
            "需要一个值用于全部 {size} 个点，或每点一个值，现有 {values} 个",
        ),
        "accuracy_values": (
            "accuracy_m needs one value, or one per point ({points}), not {accuracy_m}",
            "accuracy_m 需要一个值，或每点一个值（{points} 个），现有 {accuracy_m} 个",
        ),
        "assumed": (
            "the datum of the point was not said, so it was taken as {crs}: say crs=, or points_crs= once for the locator, with gcj02, bd09, cgcs2000 or wgs84",
            "没有写明点的坐标基准，按 {crs} 处理：请用 crs=（或为定位器一次写明 points_crs=）写明 gcj02、bd09、cgcs2000 或 wgs84",
        ),
    }
)
