"""Headings and remarks of help pages, and what is wrong with a command line."""

from collections.abc import Mapping
from typing import Final

from gridgov.language import Messages

__all__ = ["USAGE", "WORDS"]

WORDS = Messages(
    {
        "usage_head": ("Usage: ", "用法："),
        "any_options": ("[OPTIONS]", "[选项]"),
        "any_command": ("COMMAND [ARGS]...", "命令 [参数]..."),
        "arguments": ("Arguments:", "参数："),
        "options": ("Options:", "选项："),
        "commands": ("Commands:", "命令："),
        "example": ("Example: {line}", "示例：{line}"),
        "default": ("default: {value}", "默认 {value}"),
        "at_least": ("at least {least:g}", "不小于 {least:g}"),
        "required": ("required", "必填"),
        "try_help": ("Try '{command} {option}' for help.", "查看帮助：{command} {option}"),
    }
)

#: What Typer says of a command line, as patterns, and the same in English and in Chinese with what the
#: pattern found; None: as Typer says it.
USAGE: Final[Mapping[str, tuple[str | None, str]]] = {
    r"Missing option (.+?)\.": (None, "缺少选项 {0}"),
    r"Missing argument (.+)\.": (None, "缺少参数 {0}"),
    r"Missing command\.": (None, "缺少命令"),
    r"No such command (.+?)\.": (None, "没有命令 {0}"),
    r"No such command (.+?)\. Did you mean (.+)\?": (None, "没有命令 {0}；是不是要用 {1}？"),
    r"No such option: (\S+)": (None, "没有选项 {0}"),
    r"No such option: (\S+) (?:\(Possible options: (.+)\)|Did you mean (.+)\?)": (
        None,
        "没有选项 {0}；是不是要用 {1}？",
    ),
    r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)": (None, "多出的参数：{0}"),
    r"Option (.+) requires an argument\.": (None, "选项 {0} 后面缺少值"),
    r"Option (.+) does not take a value\.": (None, "选项 {0} 后面不带值"),
    r"Invalid value for (.+?): (.+)": ("Invalid value for {0}: {1}", "{0} 的值无效：{1}"),
    r"Input should be a valid number, .+|'.*' is not a valid float\.": ("must be a number", "应为数"),
    r"Input should be a valid integer, .+|'.*' is not a valid integer\.": (
        "must be a whole number",
        "应为整数",
    ),
    r"Input should be greater than or equal to (.+)|.+ is not in the range x>=(.+)\.": (
        "must be {0} or more",
        "应不小于 {0}",
    ),
}
