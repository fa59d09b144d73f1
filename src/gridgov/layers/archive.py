"""A .zip as planners get it: packed Shapefiles and geodatabases, Chinese names from Windows."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridgov.errors import FormatError
from gridgov.layers.formats import find_files

__all__ = ["unpacked"]


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The readable files of a .zip in a temporary folder that goes away; of any other file, itself.

    Raises FormatError if the archive is damaged, locked by a password, or holds nothing to read.
    """
    if path.suffix.lower() != ".zip":
        yield [path]
        return
    with tempfile.TemporaryDirectory(prefix="gridgov-", ignore_cleanup_errors=True) as folder:
        _extract(path, Path(folder))
        files = find_files(Path(folder))
        if not files:
            raise FormatError(f"{path.name}: nothing in this .zip can be read.")
        yield files


def _extract(path: Path, folder: Path) -> None:
    try:
        # Windows packs names in the system's code page; only names marked as UTF-8 are.
        with zipfile.ZipFile(path, metadata_encoding="gb18030") as archive:
            archive.extractall(folder)
    except RuntimeError as error:
        raise FormatError(f"{path.name}: the .zip is locked by a password; unpack it first.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise FormatError(f"{path.name}: the .zip is damaged ({error}); pack or copy it again.") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"{path.name}: the names in the .zip cannot be read; unpack it first.") from error
