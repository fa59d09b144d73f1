"""Which files hold polygons, and in words why another does not."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gridgov.errors import FormatError, InputMissingError
from gridgov.language import examples

__all__ = ["POLYGON_FILES", "TABLE_FILES", "check_input", "find_files", "kind_of"]

#: What each ending is called. ``.gdb`` is a folder; all others are files.
POLYGON_FILES: Final[Mapping[str, str]] = {
    ".gpkg": "GeoPackage",
    ".shp": "Shapefile",
    ".gdb": "File Geodatabase",
    ".tab": "MapInfo TAB",
    ".mif": "MapInfo MIF",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".kml": "KML",
    ".kmz": "KML",
    ".parquet": "GeoParquet",
    ".geoparquet": "GeoParquet",
    ".dxf": "DXF",
}
TABLE_FILES: Final[Mapping[str, str]] = {".xlsx": "Excel", ".xlsm": "Excel", ".csv": "CSV", ".tsv": "CSV"}

_SHAPEFILE = "it is part of a Shapefile: name the .shp, with its other parts beside it"
_MAPINFO = "it is part of a MapInfo table: name the .tab (or .mif), with its other parts beside it"
_PACKED = "it is packed: unpack it, or pack it as .zip"
_PROJECT = "it holds only colours and links to the data: name the data file itself"
_EXCEL = "save it as .xlsx"
_ACCESS = "save it as a File Geodatabase (.gdb)"
_REFUSED: Final[Mapping[str, str]] = {
    ".dwg": "AutoCAD's DWG cannot be read: save it as DXF 2007 or later (text, not binary)",
    ".mdb": f"a personal geodatabase cannot be read: {_ACCESS}",
    ".accdb": f"an Access database cannot be read: {_ACCESS}",
    ".xls": f"the old Excel format cannot be read: {_EXCEL}",
    ".et": f"WPS tables cannot be read: {_EXCEL}",
    ".ods": f"OpenDocument tables cannot be read: {_EXCEL}",
    **dict.fromkeys((".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx"), _SHAPEFILE),
    **dict.fromkeys((".dat", ".map", ".id", ".ind", ".mid"), _MAPINFO),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz"), _PACKED),
    **dict.fromkeys((".lyr", ".lyrx", ".mxd", ".aprx", ".qgs", ".qgz", ".qlr"), _PROJECT),
}


def kind_of(path: Path) -> str:
    """The kind of a file by its ending; raise FormatError in words for what cannot be read.

    >>> kind_of(Path("jw.SHP"))
    'Shapefile'
    """
    suffix = path.suffix.lower()
    kind = {**POLYGON_FILES, **TABLE_FILES}.get(suffix)
    if kind is not None:
        return kind
    why = _REFUSED.get(suffix)
    if why is not None:
        raise FormatError(f"{path.name}: {why}.")
    known = ", ".join([*POLYGON_FILES, *TABLE_FILES, ".zip"])
    raise FormatError(f"{path.name}: '{suffix or 'no ending'}' is not read; these are: {known}.")


def check_input(path: Path) -> None:
    """Raise InputMissingError or FormatError unless `path` is a file (or a ``.gdb`` folder) to read."""
    if not path.exists():
        raise InputMissingError(f"there is no file '{path}'{_similar(path)}")
    if path.is_dir():
        if path.suffix.lower() != ".gdb":
            raise FormatError(_not_a_file(path))
    elif path.suffix.lower() != ".zip":
        kind_of(path)
        if path.stat().st_size == 0:
            raise FormatError(f"{path.name}: the file is empty (0 bytes).")


def find_files(folder: Path) -> list[Path]:
    """Files (and ``.gdb`` folders) below a folder that can be read, sorted; parts and hidden ones left out.

    Office's lock files (``~$ledger.xlsx``) are left out too.
    """
    known = {*POLYGON_FILES, *TABLE_FILES, ".zip"}
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$", "__MACOSX")):
            continue
        if path.is_dir() and path.suffix.lower() != ".gdb":
            found += find_files(path)
        elif path.suffix.lower() in known:
            found.append(path)
    return found


def _similar(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f" (nor a folder '{folder}')"
    names = {p.name.casefold(): p.name for p in folder.iterdir()}
    near = difflib.get_close_matches(path.name.casefold(), list(names), n=1)
    return f"; did you mean '{names[near[0]]}'?" if near else ""


def _not_a_file(folder: Path) -> str:
    if any(folder.glob("*.gdbtable")):
        return f"'{folder}' holds a File Geodatabase: rename the folder so that it ends in .gdb."
    names = [path.relative_to(folder).as_posix() for path in find_files(folder)]
    inside = f"it holds {examples(names)}: name one of them" if names else "nothing in it can be read"
    return f"'{folder}' is a folder; {inside}."
