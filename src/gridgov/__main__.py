"""Start the program; Ctrl-C while its parts are still being loaded ends it without a traceback."""

import gc
import os
import sys

INTERRUPTED = 130
#: For products of matrices: numba's loops of this program have none.
BLAS = "scipy.linalg.cython_blas"
#: So many new objects are looked at for garbage.
GARBAGE = 50_000


def main() -> None:
    """Load the command line and run it."""
    if "--debug" not in sys.argv:
        # A workbook that a full disk stopped shows a traceback when it is cleaned up, after all was said.
        sys.unraisablehook = _quiet
    # What is imported, and the cells, are many objects that stay: looking for garbage among them takes a
    # fifth of a short command.
    gc.set_threshold(GARBAGE)
    # Nothing here multiplies large matrices: threads for that only cost time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # numba would load scipy's linear algebra, where there is one: a third of what it takes to load it.
    sys.modules.setdefault(BLAS, None)  # type: ignore[arg-type]
    try:
        from gridgov.cli.app import main as run
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    try:
        run()
    finally:
        # Nor does Python look for garbage among them at its end: all that was written is closed.
        gc.freeze()


def _quiet(_: object) -> None:
    """Say nothing."""


if __name__ == "__main__":
    main()
