"""What came of people's decisions, in sentences, in both languages."""

from collections.abc import Mapping
from typing import Any, Final

from gridgov.language import Many, Messages, examples
from gridgov.told import said

__all__ = ["decision_lines", "list_lines"]

WORDS: Final = Messages(
    {
        "decided": (
            (
                "Decisions: {decided:conflict|conflicts} decided in {source}; {applied} applied, "
                "{nothing} changed nothing (leave, ignore, or merged so already)."
            ),
            (
                "决定：{source} 中已决定 {decided} 处冲突；执行 {applied} 处，{nothing} 处没有改变"
                "（维持、忽略，或合并结果本已如此）。"
            ),
        ),
        "refused": ("  {n} cannot be carried out: {which}.", "  {n} 处无法执行：{which}。"),
        "one refused": ("{id} ({why})", "{id}（{why}）"),
        "overruled": (
            "  {n} in part give way to a decision about the same spot that is listed before: {which}.",
            "  {n} 处部分让位于同一地点排在前面的决定：{which}。",
        ),
        "unknown": (
            "  {n:is of no conflict|are of no conflict} now: {which}.",
            "  {n} 处现在已没有对应的冲突：{which}。",
        ),
        "none known": (
            (
                "  None is of a conflict of this merge: is {source} the list of another network, or are "
                "departments called or ordered otherwise?"
            ),
            "  没有一条决定对应本次合并的冲突：{source} 是否为另一张网的清单，或部门的名称、次序有变？",
        ),
        "open": (
            "  Still to decide: {open}, of these {new} new (not in {source}).",
            "  仍待定：{open} 处，其中新出现 {new} 处（不在 {source} 中）。",
        ),
        "list": (
            (
                "List of conflicts: {open} to decide, {decided} decided, {notes:note|notes}; settled between "
                "{settled:group|groups} of grids."
            ),
            "冲突清单：待定 {open}，已决定 {decided}，提示 {notes}；已处理的涉及 {settled} 组网格。",
        ),
    }
)


def decision_lines(summary: Mapping[str, Any], *, language: str = "en") -> list[str]:
    """Say how many decisions were carried out, did nothing or fit nowhere; nothing if none were given.

    `summary` is that of a network.
    """
    told, say = summary.get("decisions"), WORDS.speaker(language)
    if told is None:
        return []
    counts = {name: Many(told[name]) for name in ("decided", "applied", "nothing")}
    lines = [say("decided", **counts, source=told["source"])]
    which = {
        "refused": [say("one refused", id=one, why=why) for one, why in _refused(told, language).items()],
        "overruled": list(told["overruled"]),
        "unknown": list(told["unknown"]),
    }
    lines += [say(name, n=Many(len(ids)), which=examples(ids)) for name, ids in which.items() if ids]
    if told["decided"] and len(told["unknown"]) == told["decided"]:
        lines.append(say("none known", source=told["source"]))
    return [*lines, say("open", open=Many(told["open"]), new=Many(told["new"]), source=told["source"])]


def _refused(told: Mapping[str, Any], language: str) -> dict[str, str]:
    """Why each decision cannot be carried out, in a language; an older network says it in its own."""
    messages = told.get("refused_messages", {})
    return {one: said(messages.get(one), language) or why for one, why in told["refused"].items()}


def list_lines(rows: Mapping[str, int], *, language: str = "en") -> list[str]:
    """Say how long the list of conflicts is; `rows` as `write_conflicts` answers."""
    counts = {name: Many(rows[name]) for name in ("open", "decided", "notes", "settled")}
    return [WORDS.speaker(language)("list", **counts)]
