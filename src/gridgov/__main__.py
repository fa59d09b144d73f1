"""Start the program; Ctrl-C while its parts are still being loaded ends it without a traceback."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    if "--debug" not in sys.argv:
        # A workbook that a full disk stopped shows a traceback when it is cleaned up, after all was said.
        sys.unraisablehook = _quiet
    try:
        from gridgov.cli.app import main as run
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    run()


def _quiet(_: object) -> None:
    """Say nothing."""


if __name__ == "__main__":
    main()
