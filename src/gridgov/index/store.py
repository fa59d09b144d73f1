"""An index on disk: one file of arrays, mapped into memory rather than read.

The file: 16 bytes that name it, the length of a header as 8 bytes, the header (JSON: what the arrays are and
where, and plain values), then the arrays, each beginning at a multiple of 64 bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from gridgov.errors import FormatError, InputMissingError
from gridgov.outputs import replacing
from gridgov.words.locating import WORDS

__all__ = ["Packed", "content_hash", "map_arrays", "packed", "shapes_hash", "write_arrays"]

_NAME: Final = b"gridgov index 5\n"
_ALIGNED: Final = 64

#: Polygons made of bytes at a time: their bytes are copied meanwhile.
_UNPACKED: Final = 1_000


def write_arrays(
    path: str | Path, arrays: Mapping[str, NDArray[Any]], values: Mapping[str, Any], *, overwrite: bool
) -> None:
    """Write arrays and plain values to one file, whole or not at all."""
    places, end = {}, 0
    for name, array in arrays.items():
        begin = -(-end // _ALIGNED) * _ALIGNED
        places[name] = {"dtype": _described(array.dtype), "shape": list(array.shape), "begin": begin}
        end = begin + array.nbytes
    header = json.dumps({"arrays": places, "bytes": end, "values": dict(values)}).encode()
    start = len(_NAME) + 8 + len(header)
    header += b" " * (-start % _ALIGNED)
    with replacing(path, overwrite=overwrite) as partial, partial.open("wb") as file:
        file.write(_NAME + len(header).to_bytes(8, "little") + header)
        at = 0
        for name, array in arrays.items():
            file.write(b"\0" * (places[name]["begin"] - at))
            file.write(np.ascontiguousarray(array).data)
            at = places[name]["begin"] + array.nbytes


def map_arrays(path: str | Path) -> tuple[dict[str, NDArray[Any]], Mapping[str, Any]]:
    """The arrays of a file, mapped into memory, and the plain values.

    Raises
    ------
    InputMissingError
        There is no such file.
    FormatError
        It is no index, not whole, or of another version of gridgov.
    """
    path = Path(path)
    if not path.is_file():
        raise InputMissingError(WORDS("not_there", path=path))
    with path.open("rb") as file:
        named = file.read(len(_NAME))
        size = int.from_bytes(file.read(8), "little")
        text = file.read(min(size, path.stat().st_size))
    start = len(_NAME) + 8 + size
    try:
        header = json.loads(text) if named == _NAME else {}
    except ValueError:
        header = {}
    if not header or path.stat().st_size != start + header["bytes"]:
        raise FormatError(WORDS("no_whole_index", path=path))
    # What is written to a copy of a page stays in memory: the file never changes.
    whole = np.memmap(path, mode="c", dtype=np.uint8)
    return {n: _array(whole, start, place) for n, place in header["arrays"].items()}, header["values"]


def _array(whole: NDArray[np.uint8], start: int, place: Mapping[str, Any]) -> NDArray[Any]:
    kind = place["dtype"]
    dtype = (
        np.dtype(kind) if isinstance(kind, str) else np.dtype([tuple(field) for field in kind], align=True)
    )
    begin = start + place["begin"]
    size = int(np.prod(place["shape"], dtype=np.int64)) * dtype.itemsize
    return np.asarray(whole[begin : begin + size]).view(dtype).reshape(place["shape"])


def _described(dtype: np.dtype[Any]) -> Any:
    return dtype.str if dtype.names is None else [[name, dtype[name].str] for name in dtype.names]


def packed(polygons: NDArray[Any]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Polygons as bytes (WKB one after the other, none for None), and where each begins."""
    shapes = _shapes(polygons)
    begin = np.cumsum([0, *map(len, shapes)], dtype=np.int64)
    return np.frombuffer(b"".join(shapes), dtype=np.uint8), begin


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """Polygons as `packed` made bytes of them, read when they are called for: all, or a few."""

    content: NDArray[np.uint8]
    begin: NDArray[np.int64]

    def __call__(self) -> NDArray[Any]:
        """All polygons."""
        polygons = np.empty(len(self.begin) - 1, dtype=object)
        for first in range(0, len(polygons), _UNPACKED):
            ends = (self.begin[first : first + _UNPACKED + 1] - self.begin[first]).tolist()
            some = self.content[self.begin[first] : self.begin[first] + ends[-1]].tobytes()
            polygons[first : first + _UNPACKED] = _read(some[a:b] for a, b in pairwise(ends))
        return polygons

    def some(self, rows: NDArray[np.integer[Any]]) -> NDArray[Any]:
        """The polygons of some rows."""
        ends = zip(self.begin[rows].tolist(), self.begin[rows + 1].tolist(), strict=True)
        return _read(self.content[a:b].tobytes() for a, b in ends)


def _read(shapes: Iterable[bytes]) -> NDArray[Any]:
    """Polygons of their bytes, None of none."""
    return np.asarray(shapely.from_wkb([shape or None for shape in shapes]), dtype=object)


def content_hash(polygons: NDArray[Any], crs: str) -> str:
    """Name of the content of polygons, in their order, and of where they stand."""
    shapes = _shapes(polygons)
    return shapes_hash(shapes, list(map(len, shapes)), crs)


def shapes_hash(shapes: Iterable[bytes | memoryview], lengths: Sequence[int], crs: str) -> str:
    """The same of polygons that are bytes already, as `packed` makes them."""
    name = hashlib.blake2b(crs.encode(), digest_size=16)
    name.update(np.cumsum([0, *lengths], dtype=np.int64).data)
    for shape in shapes:
        name.update(shape)
    return name.hexdigest()


def _shapes(polygons: NDArray[Any]) -> list[bytes]:
    return [shape or b"" for shape in shapely.to_wkb(polygons, byte_order=1)]
