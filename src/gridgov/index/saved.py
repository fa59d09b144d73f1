"""Indexes written to a file and read from it; where they stand beside a network."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from glob import escape
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from gridgov import datum
from gridgov.errors import FormatError
from gridgov.index.borders import Borders
from gridgov.index.grid import Grid
from gridgov.index.raster import Raster
from gridgov.index.ready import Drawn
from gridgov.index.shapes import Shapes
from gridgov.index.store import Packed, map_arrays, packed, write_arrays
from gridgov.index.systems import Systems
from gridgov.words.locating import WORDS

__all__ = [
    "INDEX_ENDING",
    "Kept",
    "SavedPolygons",
    "index_beside",
    "index_name",
    "kept_beside",
    "read_index",
    "saved_polygons",
    "write_index",
]

INDEX_ENDING: Final = ".idx"

_RASTER: Final = ("code", "units", "begin", "piece")
_BORDERS: Final = ("corners", "pieces")
_KEPT: Final = "kept_"
_GRID: Final = ("west", "south", "columns_per_x", "rows_per_y", "width", "height", "pixel_m")


class SavedPolygons(NamedTuple):
    """Polygons that a saved index holds, read from it when they are first needed; or others as ready to use.

    Attributes
    ----------
    polygons, rank
        The polygons, and the order in which they are the answer, None where that is not known yet.
    content_hash
        Name of their content.
    crs, bounds
        Where they stand; (min x, min y, max x, max y).
    """

    polygons: Callable[[], NDArray[Any]]
    rank: NDArray[np.int64] | None
    content_hash: str
    crs: CRS
    bounds: tuple[float, float, float, float]


class Kept(NamedTuple):
    """What an index keeps of the cells of a network beside their polygons.

    Attributes
    ----------
    arrays, about
        Arrays by name, and plain values; whose they are is known to who keeps them.
    content_hash
        Name of the content of these cells' polygons.
    """

    arrays: Mapping[str, NDArray[Any]]
    about: Mapping[str, Any]
    content_hash: str


def kept_beside(network: Path) -> Iterator[tuple[Kept, Callable[[CRS], SavedPolygons]]]:
    """What the indexes beside a network keep; each with what gives the polygons, if told where they stand."""
    for arrays, values in _beside(network):
        if about := values.get("kept"):
            own = {
                name.removeprefix(_KEPT): array for name, array in arrays.items() if name.startswith(_KEPT)
            }
            content = values["content_hash"]
            yield Kept(own, about, content), partial(_polygons, arrays, values, content)


def saved_polygons(network: Path, name_content: Callable[[], tuple[str, CRS] | None]) -> SavedPolygons | None:
    """The polygons of a network as an index beside it holds them, if one has the content that is named.

    The content, and where it stands, is named only if there is an index.
    """
    named = None
    for arrays, values in _beside(network):
        named = name_content() if named is None else named
        if named is not None and values.get("content_hash") == named[0]:
            return _polygons(arrays, values, *named)
    return None


def _beside(network: Path) -> Iterator[tuple[dict[str, NDArray[Any]], Mapping[str, Any]]]:
    """Arrays and values of the indexes beside a network."""
    for path in sorted(network.parent.glob(f"{escape(network.stem)}.*{INDEX_ENDING}")):
        with suppress(FormatError):  # Who asks this index is told.
            yield map_arrays(path)


def _polygons(
    arrays: Mapping[str, NDArray[Any]], values: Mapping[str, Any], content_hash: str, crs: CRS
) -> SavedPolygons:
    polygons = Packed(arrays["polygons"], arrays["polygons_begin"])
    return SavedPolygons(polygons, arrays["rank"], content_hash, crs, tuple(values["bounds"]))


def index_name(network: str | Path, points_crs: object) -> Path:
    """Where the index of a network for such points stands: ``network.gcj02.idx``."""
    points = datum.parse_crs(points_crs)
    name = "".join(letter if letter.isalnum() else "_" for letter in points.name)
    return Path(network).with_name(f"{Path(network).stem}.{name}{INDEX_ENDING}")


def index_beside(network: Path, systems: Systems) -> Path | None:
    """The index beside a network for such points, if there is one."""
    path = index_name(network, systems.points)
    return path if path.is_file() else None


def write_index(
    path: str | Path, ready: Drawn, systems: Systems, *, overwrite: bool, kept: Kept | None = None
) -> None:
    """Write all that answers, and what is to be kept of the same cells."""
    content, begin = packed(ready.shapes.polygons)
    arrays: dict[str, NDArray[Any]] = {
        **{f"raster_{name}": getattr(ready.raster, name) for name in _RASTER},
        **{f"border_{name}": getattr(ready.borders, name) for name in _BORDERS},
        "rank": ready.shapes.rank,
        "polygons_begin": begin,
        "polygons": content,
    }
    values: dict[str, Any] = {
        "content_hash": ready.shapes.content_hash,
        "bounds": shapely.total_bounds(ready.shapes.polygons).tolist(),
        "grid": {name: getattr(ready.raster.grid, name) for name in _GRID},
        "doubt": ready.raster.doubt,
        "reach": ready.raster.reach,
        "own": ready.drawn is not systems,
        "systems": [_described(system) for system in (systems.points, systems.cells, systems.metres)],
    }
    if kept is not None and kept.content_hash == values["content_hash"]:
        arrays |= {f"{_KEPT}{name}": array for name, array in kept.arrays.items()}
        values["kept"] = dict(kept.about)
    write_arrays(path, arrays, values, overwrite=overwrite)


def read_index(path: str | Path) -> tuple[Drawn, Systems]:
    """What `write_index` wrote, mapped into memory."""
    arrays, values = map_arrays(path)
    try:
        return _read(arrays, values)
    except (KeyError, TypeError, ValueError) as error:
        raise FormatError(WORDS("no_index", path=path)) from error


def _read(arrays: dict[str, NDArray[Any]], values: Any) -> tuple[Drawn, Systems]:
    points, cells, metres = (_system(each) for each in values["systems"])
    same, measured = (
        values["systems"][0] == values["systems"][1],
        values["systems"][2] == values["systems"][1],
    )
    systems = Systems(cells if same else points, cells, cells if measured else metres)
    shapes = Shapes(
        Packed(arrays["polygons"], arrays["polygons_begin"]),
        systems,
        rank=arrays["rank"],
        content_hash=values["content_hash"],
    )
    raster = {name: arrays[f"raster_{name}"] for name in _RASTER}
    drawn = Drawn(
        shapes,
        systems.own() if values["own"] else systems,
        Raster(Grid(**values["grid"]), **raster, doubt=values["doubt"], reach=values["reach"]),
        Borders(**{name: arrays[f"border_{name}"] for name in _BORDERS}),
    )
    return drawn, systems


def _described(system: datum.PointCRS) -> list[str | None]:
    return [system.name, system.crs.to_wkt(), system.offset]


def _system(described: list[Any]) -> datum.PointCRS:
    name, wkt, offset = described
    return datum.PointCRS(str(name), CRS.from_wkt(wkt), offset)
