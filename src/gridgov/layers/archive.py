"""A .zip as planners get it: packed Shapefiles and geodatabases, Chinese names from Windows."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gridgov.errors import FormatError
from gridgov.layers.formats import find_files
from gridgov.layers.words import WORDS

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
            raise FormatError(WORDS("zip_empty", path=path.name))
        yield files


def _extract(path: Path, folder: Path) -> None:
    try:
        # Windows packs names in the system's code page; only names marked as UTF-8 are.
        with zipfile.ZipFile(path, metadata_encoding="gb18030") as archive:
            archive.extractall(folder)
    except RuntimeError as error:
        raise FormatError(WORDS("zip_locked", path=path.name)) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise FormatError(WORDS("zip_damaged", path=path.name, error=error)) from error
    except UnicodeDecodeError as error:
        raise FormatError(WORDS("zip_names", path=path.name)) from error
