"""What is said of what a check found."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "border_strips": (
            "{rung}: {strips:narrow strip|narrow strips} ({m2} m2), {wide:grid|grids} wider than the tolerance",
            "{rung}：窄条 {strips} 处（{m2} 平方米），宽于容差的网格 {wide} 个",
        ),
        "no_layer": (
            "no layer to check: name at least one, e.g. police=FILE",
            "没有可检查的图层：至少给出一个，例如 police=FILE",
        ),
        "outline_is": ("The outline is that of all units of {rung}.", "外边界取全部{rung}的外边界。"),
        "no_rung_given": (
            "No rung was given: the outline is each layer's own, with its holes; name one with --within.",
            "没有给出行政层级：外边界取各图层自身的外边界（含其中的洞）；可用 --within 指定。",
        ),
        "reaches_over": (
            "{department} reaches over borders, and a merge cuts it there. {said}.",
            "{department} 的网格越过行政界线，合并时将在界线处切开。{said}。",
        ),
    }
)
