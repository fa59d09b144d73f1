"""What recorded units against located ones are told in, in both languages."""

from typing import Final

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS: Final = Messages(
    {
        "head": (
            "Recorded unit ({column}) against located unit ({against}){form}:",
            "登记区域（{column}）与定位区域（{against}）对照{form}：",
        ),
        "form": (", compared by --normalise {form}", "，按 --normalise {form} 比较"),
        "nothing": (
            "{head} nothing to compare: {rows:row|rows} with a label, none of them with a usable coordinate too.",
            "{head}无从比较：{rows} 行有登记，但都没有可用坐标。",
        ),
        "compared": ("{head} {rows:row|rows} with both", "{head}两者都有的共 {rows} 行"),
        "reason": ("Likely reason: {words}", "可能的原因：{words}"),
        "agree": ("agree", "一致"),
        "candidate": ("agree, or the recorded unit is a candidate", "一致，或登记区域为候选"),
        "within": (
            "lie at most {m:g} m outside the recorded unit",
            "在登记区域之内，或距其不超过 {m:g} 米",
        ),
        "other": ("agree with {name}", "与 {name} 一致"),
        "differ": ("{rows:row differs|rows differ}{where}", "不一致的 {rows} 行{where}"),
        "all in": (", all in {file}", "，全部列于 {file}"),
        "pair": (
            "recorded {recorded}, located in {located}",
            "登记为 {recorded}，定位在 {located}",
        ),
        "more pairs": ("in {n:more pair|more pairs}", "另外 {n} 组"),
        "unknown": ("recorded a label that no unit has: {labels}", "登记的区域不存在：{labels}"),
        "quoted": ("'{text}'", "“{text}”"),
        "datums": (
            "Read in other datums{on}, these agree:",
            "改按其他坐标基准读取{on}，一致的占：",
        ),
        "tried on": (", tried on {rows:row|rows}", "（以 {rows} 行试算）"),
        "more": ("{points} points more than the next", "比其次高 {points} 个百分点"),
        "less": ("{points} points less than the best", "比最高低 {points} 个百分点"),
        "chance": (", which may be chance", "，可能出于偶然"),
        "stated": ("{name} (as stated)", "{name}（已声明）"),
    }
)
