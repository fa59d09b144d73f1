"""Headings and remarks of help pages, and what is wrong with a command line."""

from collections.abc import Mapping
from typing import Final

from gridgov.language import Messages

__all__ = ["USAGE_CHINESE", "WORDS"]

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

#: What Typer says of a command line, as patterns, and the same in Chinese with what the pattern found.
USAGE_CHINESE: Final[Mapping[str, str]] = {
    r"Missing option (.+?)\.": "缺少选项 {0}",
    r"Missing argument (.+)\.": "缺少参数 {0}",
    r"Missing command\.": "缺少命令",
    r"No such command (.+?)\.": "没有命令 {0}",
    r"No such command (.+?)\. Did you mean (.+)\?": "没有命令 {0}；是不是要用 {1}？",
    r"No such option: (\S+)": "没有选项 {0}",
    r"No such option: (\S+) (?:\(Possible options: (.+)\)|Did you mean (.+)\?)": "没有选项 {0}；是不是要用 {1}？",
    r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)": "多出的参数：{0}",
    r"Option (.+) requires an argument\.": "选项 {0} 后面缺少值",
    r"Option (.+) does not take a value\.": "选项 {0} 后面不带值",
    r"Invalid value for (.+?): (.+)": "{0} 的值无效：{1}",
    r"Input should be a valid number, .+|'.*' is not a valid float\.": "应为数",
    r"Input should be a valid integer, .+|'.*' is not a valid integer\.": "应为整数",
    r"Input should be greater than or equal to (.+)": "应不小于 {0}",
    r".+ is not in the range x>=(.+)\.": "应不小于 {0}",
}
