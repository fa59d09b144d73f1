"""The time that files are stamped with: SOURCE_DATE_EPOCH, so that the same input gives the same bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

__all__ = ["dated", "now", "stamp"]


def now() -> datetime:
    """Answer the time of SOURCE_DATE_EPOCH, else now; UTC, to the second."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return when.replace(microsecond=0)


def stamp() -> str:
    """Answer the time of `now` as ISO text."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def dated() -> Iterator[None]:
    """Let GDAL stamp files with the time of `now`, and put its setting back."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp().replace("Z", ".000Z")})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
