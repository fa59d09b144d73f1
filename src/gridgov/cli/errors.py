"""Where exceptions become words and exit codes."""

import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from gridgov.cli.words import say
from gridgov.errors import GridgovError, GridgovWarning

INTERRUPTED = 130
BUG = 1
LOCKED = 5


def _show_warning(message: Warning | str, category: type[Warning], *_where: object, **_more: object) -> None:
    if issubclass(category, GridgovWarning):
        say(f"Note: {message}")


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
        say(f"Error: {error}")
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, SystemExit) as end:
        # Typer makes a silent exit of Ctrl-C inside a command.
        if isinstance(end, SystemExit) and end.code != INTERRUPTED:
            raise
        say("Interrupted; nothing was left half-written.")
        sys.exit(INTERRUPTED)
    except MemoryError:
        say("Error: not enough memory for this input.")
        sys.exit(BUG)
    except Exception as error:
        if debug:
            raise
        say(f"Error (a bug in gridgov): {type(error).__name__}: {error}. Run it with --debug and report it.")
        sys.exit(BUG)
