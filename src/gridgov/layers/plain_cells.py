"""Cells made of columns and of the bytes of their polygons (WKB), where nothing about them is unusual.

Tables of cells are large; here none is made. What is in any way odd is left to those who make one, and know
what to say of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from gridgov.index import SavedPolygons, saved_polygons, shapes_hash
from gridgov.schema import cell_rungs
from gridgov.threads import each

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import CRS

__all__ = ["ONE_PART", "are_cells", "begins_plain", "plain_polygons"]

#: How the bytes begin of a polygon, of a multipolygon, and of one with one part.
_POLYGON: Final = b"\x01\x03\x00\x00\x00"
_PARTS: Final = b"\x01\x06\x00\x00\x00"
ONE_PART: Final = b"\x01\x06\x00\x00\x00\x01\x00\x00\x00"

#: Bytes of a polygon or multipolygon beside its rings, of a ring beside its corners, and of a corner.
_HEAD, _RING, _CORNER = 9, 4, 16

#: Polygons made and tested at a time: others are made while these are tested.
_AT_A_TIME: Final = 2_000


def are_cells(columns: Mapping[str, "NDArray[Any]"], needed: Iterable[str] = ()) -> bool:
    """Whether columns are those of a cells table as `schema_faults.check_cells` wants it, and some more."""
    if not {"cell_id", "special", "area_m2", *needed} <= columns.keys() or not cell_rungs(list(columns)):
        return False
    ids = columns["cell_id"].tolist()
    return all(isinstance(each, str) and each for each in ids) and all(a < b for a, b in pairwise(ids))


def begins_plain(shape: bytes, begin: int = 0) -> bool:
    """Whether bytes may be those of a polygon or multipolygon in two dimensions."""
    return shape.startswith((_POLYGON, _PARTS), begin)


def plain_polygons(
    shapes: Sequence[bytes], crs: "CRS", *, network: Path | None = None
) -> SavedPolygons | None:
    """The polygons that are these bytes: those of an index beside the network, else made and tested here.

    None if there are none, or one is no valid polygon, or was written otherwise than `shapely.to_wkb` does.
    """
    if not shapes or not all(map(begins_plain, shapes)):
        return None
    lengths = [len(shape) for shape in shapes]
    content = shapes_hash(shapes, lengths, crs.to_wkt())
    if network is not None and (saved := saved_polygons(network, lambda: (content, crs))):
        return saved
    polygons = _made(shapes)
    if polygons is None or _size(polygons) != sum(lengths):
        return None
    west, south, east, north = shapely.total_bounds(polygons).tolist()
    return SavedPolygons(lambda: polygons, None, content, crs, (west, south, east, north))


def _made(shapes: Sequence[bytes]) -> "NDArray[Any] | None":
    polygons = np.empty(len(shapes), dtype=object)

    def make(begin: int) -> bool:
        some = shapely.from_wkb(np.array(shapes[begin : begin + _AT_A_TIME], dtype=object))
        polygons[begin : begin + _AT_A_TIME] = some
        return bool(shapely.is_valid(some).all())

    try:
        valid = all(each(make, range(0, len(shapes), _AT_A_TIME), jobs=2))
    except shapely.errors.ShapelyError:
        return None
    return polygons if valid else None


def _size(polygons: "NDArray[Any]") -> int:
    """Bytes of all polygons as `shapely.to_wkb` writes them."""
    parts = shapely.get_parts(polygons)
    several = np.count_nonzero(shapely.get_type_id(polygons) == shapely.GeometryType.MULTIPOLYGON)
    rings = len(parts) + int(shapely.get_num_interior_rings(parts).sum())
    corners = int(shapely.get_num_coordinates(parts).sum())
    return (len(parts) + int(several)) * _HEAD + rings * _RING + corners * _CORNER
