"""The time that GDAL stamps files with."""

from collections.abc import Iterator
from contextlib import contextmanager

from gridgov.clock import stamp

__all__ = ["dated"]


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
