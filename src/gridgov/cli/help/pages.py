"""Help pages: usage, arguments, options and commands, in the language spoken."""

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import Any, Final, NamedTuple

from typer.core import TyperCommand, TyperGroup

from gridgov.cli.help.chinese import chinese
from gridgov.cli.help.lines import columns_of, in_lines, paragraphs
from gridgov.cli.help.words import WORDS
from gridgov.language import sentences, spoken

__all__ = ["Command", "Group"]

INDENT: Final = "  "
#: Longer names of options stand on a line of their own.
LONGEST_NAME: Final = 30
EXAMPLE: Final = "Example: "


class _Page:
    """What Typer asks a command to write, written in our own words."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_usage(self, ctx, formatter.width))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(_page(self, ctx, formatter.width))


class Command(_Page, TyperCommand):
    """A command whose help is in the language spoken."""


class Group(_Page, TyperGroup):
    """The program, whose help is in the language spoken."""


def _page(command: Any, context: Any, columns: int) -> str:
    parameters = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option"]
    commands = getattr(command, "commands", {}).items()
    parts = [
        _usage(command, context, columns),
        *_texts(command.help, columns),
        _list(WORDS("arguments"), map(_parameter, arguments), columns),
        _list(WORDS("options"), map(_parameter, options), columns),
        _list(
            WORDS("commands"),
            (Row(name, _told(paragraphs(each.help)[0])) for name, each in commands),
            columns,
        ),
        *_texts(command.epilog, columns),
    ]
    return "\n".join(part for part in parts if part)


def _usage(command: Any, context: Any, columns: int) -> str:
    """How the command is typed, without its options."""
    arguments = [each for each in command.get_params(context) if each.param_type_name == "argument"]
    pieces = [each.metavar if each.required else f"[{each.metavar}]" for each in arguments]
    if hasattr(command, "commands"):
        pieces.append(WORDS("any_command"))
    head = WORDS("usage_head") + context.command_path + " "
    lines = in_lines(" ".join([WORDS("any_options"), *pieces]), columns - columns_of(head))
    return _indented(lines, first=head, rest=" " * columns_of(head))


def _texts(text: str | None, columns: int) -> list[str]:
    """Paragraphs of a text, for the reader."""
    told = [_told(each) for each in paragraphs(cleandoc(text or ""))]
    return [_indented(in_lines(each, columns - len(INDENT)), first=INDENT, rest=INDENT) for each in told]


class Row(NamedTuple):
    """What stands in a list: what is typed, what it means, and a remark that is not broken."""

    name: str
    said: str
    remark: str = ""


def _list(heading: str, parts: Iterable[Row], columns: int) -> str:
    """A heading and what stands under it: names on the left, what they mean on the right."""
    rows = list(parts)
    if not rows:
        return ""
    left = min(LONGEST_NAME, max(columns_of(row.name) for row in rows)) + len(INDENT)
    lines = (line for row in rows for line in _row(row, left, columns))
    return "\n".join([heading, *lines, ""])


def _row(row: Row, left: int, columns: int) -> Iterator[str]:
    right = columns - left - len(INDENT)
    lines = in_lines(row.said, right)
    if row.remark and columns_of(f"{lines[-1]} {row.remark}") <= right:
        lines[-1] += f" {row.remark}"
    elif row.remark:
        lines.append(row.remark)
    name = row.name
    if columns_of(name) > left - len(INDENT):
        yield INDENT + name
        name = ""
    yield f"{INDENT}{name}{' ' * (left - columns_of(name))}{lines[0]}"
    yield from (f"{INDENT}{' ' * left}{line}" for line in lines[1:])


def _indented(lines: Iterable[str], *, first: str, rest: str) -> str:
    return first + f"\n{rest}".join(lines) + "\n"


def _name(parameter: Any) -> str:
    """What is typed: an argument's place, or an option and what follows it."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def _parameter(parameter: Any) -> Row:
    """What a parameter means, what is taken if it is not given, and what is allowed."""
    remarks = [*_default(parameter), *_least(parameter), *([WORDS("required")] if parameter.required else [])]
    return Row(_name(parameter), _told(parameter.help), f"[{sentences(remarks)}]" if remarks else "")


def _default(parameter: Any) -> list[str]:
    value = parameter.default
    if not parameter.show_default or value in (None, False, "", (), []):
        return []
    return [WORDS("default", value=f"{value:g}" if isinstance(value, float) else value)]


def _least(parameter: Any) -> list[str]:
    # Older versions of Typer keep it with the type.
    least = getattr(parameter, "min", getattr(getattr(parameter, "type", None), "min", None))
    return [] if least is None else [WORDS("at_least", least=least)]


def _told(text: str) -> str:
    """A text of ours in the language spoken; an example is the same in every language."""
    if text.startswith(EXAMPLE):
        return WORDS("example", line=text.removeprefix(EXAMPLE))
    return text if spoken() == "en" else chinese(text)
