"""The cells of a network as an index beside it keeps them, so that the network itself need not be read.

They are used only while the network's file is, byte for byte, what it was when they were kept.
"""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.index import Kept, kept_beside
from gridgov.network import StoredCells
from gridgov.threads import each

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["cells_to_keep", "kept_cells"]

#: Bytes of a file that are hashed by themselves, and that are read at a time.
_PART: Final = 1 << 24
_PIECE: Final = 1 << 20

#: What SQLite writes beside a database that is being changed.
_CHANGES: Final = ("-wal", "-journal")


def cells_to_keep(cells: object) -> Kept | None:
    """What an index is to keep of the cells of a network; None if they are unusual, or just being changed."""
    if not isinstance(cells, StoredCells) or not cells.file:
        return None
    content = _content(Path(cells.file))
    if content is None:
        return None
    arrays: dict[str, NDArray[Any]] = {}
    for number, values in enumerate(cells.columns.values()):
        arrays |= {f"{number}_{part}": array for part, array in _packed(values).items()}
    about = {
        "file": content,
        "version": cells.version,
        "epsg": cells.polygons.crs.to_epsg(),
        "columns": list(cells.columns),
    }
    return Kept(arrays, about, cells.polygons.content_hash)


def kept_cells(path: Path) -> StoredCells | None:
    """The cells of a network that an index beside it keeps; None if none keeps those of the file as it is."""
    from pyproj import CRS

    content = None
    for kept, polygons_in in kept_beside(path):
        about = kept.about
        if about["file"]["bytes"] != path.stat().st_size:
            continue
        content = content or _content(path)
        if about["file"] == content:
            columns = {name: _unpacked(kept.arrays, number) for number, name in enumerate(about["columns"])}
            polygons = polygons_in(CRS.from_epsg(about["epsg"]))
            return StoredCells(columns, polygons, about["version"], file=str(path.absolute()))
    return None


def _content(path: Path) -> dict[str, Any] | None:
    """Size and name of a file's bytes; None if a program may be writing others."""
    for beside in (Path(f"{path}{ending}") for ending in _CHANGES):
        if beside.exists() and beside.stat().st_size:
            return None
    size = path.stat().st_size

    def part(begin: int) -> bytes:
        digest = hashlib.sha256()
        with path.open("rb") as file:
            file.seek(begin)
            for _ in range(0, min(_PART, size - begin), _PIECE):
                digest.update(file.read(_PIECE))
        return digest.digest()

    parts = each(part, range(0, size, _PART), jobs=2)
    return {"bytes": size, "sha256_of_parts": hashlib.sha256(b"".join(parts)).hexdigest()}


def _packed(values: "NDArray[Any]") -> "dict[str, NDArray[Any]]":
    """A column as arrays of numbers: texts as the different ones in JSON, and which of them each is."""
    if values.dtype != object:
        return {"numbers": values}
    words: dict[str | None, int] = {}
    codes = [words.setdefault(text, len(words)) for text in values.tolist()]
    text = json.dumps(list(words)).encode()
    return {"codes": np.array(codes, dtype=np.int32), "words": np.frombuffer(text, dtype=np.uint8)}


def _unpacked(arrays: "Mapping[str, NDArray[Any]]", number: int) -> "NDArray[Any]":
    if f"{number}_numbers" in arrays:
        return np.array(arrays[f"{number}_numbers"])
    words = np.array(json.loads(arrays[f"{number}_words"].tobytes()), dtype=object)
    texts: NDArray[Any] = words[arrays[f"{number}_codes"]]
    return texts
