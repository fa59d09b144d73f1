"""``python -m gridgov`` is the same as ``gridgov`` (on Windows: ``py -m gridgov``)."""

from gridgov.cli.app import main

if __name__ == "__main__":
    main()
