"""What gridgov runs on: versions, what is missing, and what that means for the work."""

import locale
import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from typing import Any, Final

from gridgov.alignment import aligned
from gridgov.cli.environment_words import WORDS

__all__ = ["environment", "environment_lines"]

#: Not asked for directly, but what answers depend on.
_BENEATH: Final = ("numpy", "pandas")
_DRIVERS: Final = {
    "GPKG": "GeoPackage",
    "ESRI Shapefile": "Shapefile",
    "OpenFileGDB": "File Geodatabase",
    "MapInfo File": "MapInfo",
    "GeoJSON": "GeoJSON",
    "FlatGeobuf": "FlatGeobuf",
    "DXF": "DXF",
}
_REQUIREMENT: Final = re.compile(r"([\w.-]+)[^>;]*(?:>=\s*([\d.]+))?")
_MOST_SECONDS: Final = 60


def environment() -> dict[str, Any]:
    """Versions of everything, and what is missing, or not there and not needed; plain JSON values."""
    packages = _packages()
    libraries, drivers = _libraries()
    missing = [each["problem"] for each in packages if each["problem"] and not _spare(each)]
    return {
        "gridgov": metadata.version("gridgov"),
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "executable": sys.executable,
        "system": WORDS(
            "system_is",
            system=f"{platform.system()} {platform.release()} {platform.machine()}",
            cpus=os.cpu_count(),
        ),
        **libraries,
        "console": sys.stdout.encoding,
        "text_files": locale.getpreferredencoding(do_setlocale=False),
        "packages": packages,
        "missing": [*missing, *drivers],
        "spare": [each["problem"] for each in packages if _spare(each)],
    }


def environment_lines(found: dict[str, Any]) -> list[str]:
    """The same for people."""
    top = {
        "gridgov": found["gridgov"],
        "Python": WORDS("python_is", version=found["python"], executable=found["executable"]),
        WORDS("system"): found["system"],
        "GDAL": WORDS("libraries_are", gdal=found["gdal"], geos=found["geos"], proj=found["proj"]),
        WORDS("console"): WORDS("console_is", console=found["console"], text_files=found["text_files"]),
    }
    rows = [(each["name"], each["version"] or "-", each["use"]) for each in found["packages"]]
    head = (WORDS("package"), WORDS("version"), WORDS("used_for"))
    lines = [*aligned(list(top.items())), "", *aligned([head, *rows]), ""]
    if found["spare"]:
        lines += [WORDS("spare"), *(f"  - {sentence}" for sentence in found["spare"]), ""]
    if not found["missing"]:
        return [*lines, WORDS("nothing_missing")]
    return [*lines, WORDS("missing"), *(f"  - {sentence}" for sentence in found["missing"])]


def _spare(package: Mapping[str, Any]) -> bool:
    """Whether a package is for an extra that nobody asked for."""
    return package["version"] is None and package["extra"] is not None


def _packages() -> list[dict[str, Any]]:
    found = []
    for text in sorted([*(metadata.requires("gridgov") or []), *_BENEATH]):
        match = _REQUIREMENT.match(text)
        name, least = match.groups() if match else (text, None)
        extra = re.search(r"extra\s*==\s*['\"](\w+)", text)
        use = WORDS.term(f"use.{name.lower()}", otherwise="")
        found.append(_package(name, least, use, extra.group(1) if extra else None))
    return found


def _package(name: str, least: str | None, use: str, extra: str | None) -> dict[str, Any]:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = None
    problem = None
    if version is None:
        wanted = WORDS("only_for", use=use, extra=extra) if extra else WORDS("for", use=use)
        problem = WORDS("not_installed", name=name, wanted=wanted)
    elif least is not None and _numbers(version) < _numbers(least):
        problem = WORDS("too_old", name=name, version=version, least=least, use=use)
    elif name == "polars" and not _polars_runs():
        problem = WORDS("does_not_run", name=name, use=use)
    return {"name": name, "version": version, "use": use, "extra": extra, "problem": problem}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _polars_runs() -> bool:
    """Whether polars starts, tried in another process: without AVX2 it would take this one with it."""
    command = [sys.executable, "-c", "import polars; polars.DataFrame({'a': [1]}).height"]
    try:
        ran = subprocess.run(command, capture_output=True, check=False, timeout=_MOST_SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def _libraries() -> tuple[dict[str, str], list[str]]:
    import pyogrio
    import pyproj
    import shapely

    drivers = pyogrio.list_drivers()
    lacking = [WORDS("cannot_read", name=name) for driver, name in _DRIVERS.items() if driver not in drivers]
    versions = {
        "gdal": ".".join(str(part) for part in pyogrio.__gdal_version__),
        "geos": shapely.geos_version_string,
        "proj": pyproj.proj_version_str,
    }
    return versions, lacking
