"""Where exceptions become words and exit codes."""

import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from gridgov.cli.help import UsageError, usage_lines
from gridgov.cli.words import say
from gridgov.errors import GridgovError, GridgovWarning
from gridgov.language import Messages

INTERRUPTED = 130
BUG = 1
USAGE = 2
LOCKED = 5

WORDS = Messages(
    {
        "note": ("Note: {words}", "提示：{words}"),
        "error": ("Error: {words}", "错误：{words}"),
        "interrupted": (
            "Interrupted; nothing was left half-written.",
            "已中断；没有留下写了一半的文件。",
        ),
        "in_step": (" (in the step: {step})", "（所在步骤：{step}）"),
        "memory": ("Error: not enough memory for this input.", "错误：内存不足，无法处理此输入。"),
        "bug": (
            "Error (a bug in gridgov): {words}. Run it with --debug and report it.",
            "错误（gridgov 的缺陷）：{words}。请加 --debug 再运行一次并反馈。",
        ),
    }
)


def _show_warning(message: Warning | str, category: type[Warning], *_where: object, **_more: object) -> None:
    if issubclass(category, GridgovWarning):
        say(WORDS("note", words=message), level="note")


@contextmanager
def ending(*, debug: bool) -> Iterator[None]:
    """Turn what a command raises into a sentence on stderr and the documented exit code."""
    if not debug:
        warnings.showwarning = _show_warning
    try:
        yield
    except GridgovError as error:
        if debug:
            traceback.print_exc()
        say(WORDS("error", words=f"{error}{_steps(error)}"), level="error")
        sys.exit(error.exit_code)
    except UsageError as error:
        _say_usage(error)
        sys.exit(USAGE)
    except (KeyboardInterrupt, SystemExit) as end:
        # Typer makes a silent exit of Ctrl-C inside a command.
        if isinstance(end, SystemExit) and end.code != INTERRUPTED:
            raise
        say(WORDS("interrupted"), level="error")
        sys.exit(INTERRUPTED)
    except MemoryError as error:
        say(WORDS("memory") + _steps(error), level="error")
        sys.exit(BUG)
    except Exception as error:
        if debug:
            raise
        say(WORDS("bug", words=f"{type(error).__name__}: {error}{_steps(error)}"), level="error")
        sys.exit(BUG)


def _steps(error: Exception) -> str:
    """Say in which steps of a merge it happened, the innermost first."""
    return "".join(WORDS("in_step", step=step) for step in getattr(error, "__notes__", []))


def _say_usage(error: Exception) -> None:
    *where, wrong = usage_lines(error)
    for line in where:
        say(line)
    say(WORDS("error", words=wrong), level="error")
