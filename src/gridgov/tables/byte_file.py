"""The bytes of a file, unpacked if it is packed: read once or again, in pieces."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from gridgov.errors import FormatError, InputMissingError
from gridgov.tables.words import WORDS

__all__ = ["PACKINGS", "ByteFile", "Opened", "packed", "unpacked"]

#: Last ending of a packed file -> how it is packed.
PACKINGS: Final = {".gz": "gzip", ".zst": "zstd"}

#: What a packed file begins with.
_BEGINS: Final = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}

_PIECE: Final = 1 << 22

#: A line longer than this is cut, so that a file without lines does not fill the memory.
_LONGEST_LINE: Final = 1 << 26


class Opened(NamedTuple):
    """The unpacked bytes as a stream, and the file they come from."""

    stream: BinaryIO
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class ByteFile:
    """A file on disk; `packing` is gzip, zstd or None; `shown` is what messages call it."""

    path: Path
    packing: str | None = None
    shown: str = ""

    @classmethod
    def of(cls, path: str | Path) -> "ByteFile":
        """A file, packed as its ending says."""
        return cls(Path(path), PACKINGS.get(Path(path).suffix.lower()), str(path))

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return self.path.stat().st_size

    @contextmanager
    def open(self) -> Iterator[Opened]:
        """The unpacked bytes from their beginning.

        Raises InputMissingError, and FormatError (also later, while reading) for a packed file that is
        damaged or none at all.
        """
        try:
            with self.path.open("rb") as file:
                yield Opened(_unpacked(file, self.packing), file)
        except FileNotFoundError as error:
            raise InputMissingError(WORDS("not_there", path=self.shown)) from error
        except PermissionError as error:
            said = WORDS("may_not")
            raise InputMissingError(WORDS("cannot_read", path=self.shown, said=said)) from error
        except (EOFError, OSError, zlib.error) as error:
            if self.packing is None or getattr(error, "errno", None) is not None:
                raise
            raise FormatError(self._damage(self.packing, error)) from error

    def _damage(self, packing: str, error: BaseException) -> str:
        """Say what is wrong with a packed file that cannot be unpacked."""
        told = {"path": self.shown, "packing": packing, "error": error}
        if lines := self._lines_read():
            return WORDS("cut_off", line=lines, **told)
        with self.path.open("rb") as file:
            begin = file.read(len(_BEGINS[packing]))
        return WORDS("cut_off_at_once" if _BEGINS[packing].startswith(begin) else "not_packed", **told)

    def _lines_read(self) -> int:
        """Lines of a damaged packed file that are read before the damage shows."""
        lines = 0
        with self.path.open("rb") as file, suppress(EOFError, OSError, zlib.error):
            stream = _unpacked(file, self.packing)
            while piece := stream.read1(_PIECE):
                lines += piece.count(b"\n")
        return lines

    def cuts(self) -> Iterator[bytes]:
        """The unpacked bytes in pieces of 4 MB, cut anywhere: a third of what :meth:`pieces` takes."""
        with self.open() as opened:
            while piece := opened.stream.read(_PIECE):
                yield piece

    def pieces(self) -> Iterator[bytes]:
        """The unpacked bytes in pieces of about 4 MB, cut at the ends of lines if there are any."""
        with self.open() as opened:
            while piece := opened.stream.read(_PIECE):
                yield piece + opened.stream.readline(_LONGEST_LINE)

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """Only the unpacked bytes of :meth:`open`."""
        with self.open() as opened:
            yield opened.stream

    def head(self, size: int) -> bytes:
        """The first bytes, unpacked."""
        with self.open() as opened:
            return opened.stream.read(size)


def _unpacked(file: BinaryIO, packing: str | None) -> Any:
    if packing == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=file)
    if packing == "zstd":
        import io

        import pyarrow as pa

        return io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd"))
    return file


def packed(path: Path, packing: str | None) -> Any:
    """A new file to write bytes to, which are packed on their way."""
    if packing == "gzip":
        import gzip

        file = path.open("wb")
        # No time and no name of the temporary file inside: equal content, equal bytes.
        answer = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0)
        answer.myfileobj = file  # type: ignore[assignment]  # closed with it
        return answer
    if packing == "zstd":
        import pyarrow as pa

        return pa.CompressedOutputStream(pa.OSFile(str(path), "wb"), "zstd")
    return path.open("wb")


def unpacked(path: str | Path) -> Path:
    """What a file is called once it is unpacked.

    >>> unpacked("tagged.csv.gz").name, unpacked("tagged.csv").name
    ('tagged.csv', 'tagged.csv')
    """
    path = Path(path)
    return path.with_suffix("") if path.suffix.lower() in PACKINGS else path
