"""What GDAL stamps files with: the time, and numbers that tell one file from another."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from gridgov.clock import stamp

__all__ = ["dated"]


@contextmanager
def dated() -> Iterator[None]:
    """Let GDAL stamp files with the time of `now`, and put its settings back.

    With SOURCE_DATE_EPOCH the parts of a File Geodatabase are numbered likewise each time, else at random.
    """
    import pyogrio

    settings: dict[str, str | None] = {"OGR_CURRENT_DATE": stamp().replace("Z", ".000Z")}
    if os.environ.get("SOURCE_DATE_EPOCH"):
        settings["OPENFILEGDB_REPRODUCIBLE_UUID"] = "YES"
    before = {name: pyogrio.get_gdal_config_option(name) for name in settings}
    pyogrio.set_gdal_config_options(settings)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)
