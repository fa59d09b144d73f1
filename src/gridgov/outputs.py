"""Outputs appear whole or not at all, and never over something that was there unasked."""

import errno
import glob
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gridgov.errors import (
    ArgumentError,
    GridgovError,
    InputMissingError,
    OutputExistsError,
    OutputLockedError,
)
from gridgov.words.files import WORDS

__all__ = ["alone", "check_not_input", "check_output", "check_together", "replacing", "replacing_together"]

#: Less room than this beside a file just written, and it may not be whole.
_SPARE_BYTES = 65_536
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL = ("no space left", "disk is full")

#: What SQLite leaves beside a GeoPackage when its writer is stopped, or while a reader has it open.
_BESIDE = ("-wal", "-shm", "-journal")


def check_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise if nothing could be written to `path`; to be called before long work begins.

    Parameters
    ----------
    path
        The file to be written.
    overwrite
        True when a file that is already there may be replaced.

    Raises
    ------
    InputMissingError
        The folder does not exist.
    OutputExistsError
        The file is there and `overwrite` is False.
    OutputLockedError
        The folder is read-only, or another program holds the file.
    ArgumentError
        `path` is a folder.
    """
    path = Path(path)
    _check_folder(path)
    if path.is_dir():
        raise ArgumentError(WORDS("output_folder", path=path))
    _check_free(path, overwrite=overwrite)


def check_together(paths: Sequence[Path], *, overwrite: bool = False) -> None:
    """Raise as :func:`check_output`, for several files or folders side by side; folders may be replaced."""
    _check_folder(paths[0])
    for path in paths:
        _check_free(path, overwrite=overwrite)


def check_not_input(output: str | Path, inputs: Iterable[str | Path]) -> None:
    """Raise ArgumentError if `output` is one of the files that are read, under whatever spelling."""
    for source in inputs:
        if _same(Path(output), Path(source)):
            raise ArgumentError(WORDS("output_is_input", output=output))


@contextmanager
def replacing(path: str | Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a new path beside `path`, with the same suffix, to write one file to.

    When the block ends well, that file takes the place of `path` in one step. After an error or Ctrl-C it
    is removed, and what was at `path` is as before.

    Raises
    ------
    OutputExistsError, OutputLockedError, InputMissingError, ArgumentError
        As :func:`check_output`, before and after the block.
    """
    check_output(path, overwrite=overwrite)
    # Through a link the file it points to is replaced, not the link.
    target = Path(os.path.realpath(path)) if Path(path).is_symlink() else Path(path)
    temporary = _beside(target)
    try:
        yield temporary
        _check_room(_beside(target))
        check_output(target, overwrite=overwrite)
        _replace(temporary, target)
    except GridgovError:
        raise
    except Exception as error:
        said = _in_words(error, Path(path), temporary)
        if said is None:
            raise
        raise said from error
    finally:
        _remove(temporary)
    # Read with the new file, the write-ahead log of the old one would damage it.
    _remove_beside(target)


@contextmanager
def alone(path: str | Path, *, beside: Iterable[Path] = ()) -> Iterator[None]:
    """Let one program at a time write to `path` and what belongs `beside` it.

    What a killed one left of these files, half written, is removed.

    Raises OutputLockedError if another is writing to it now.
    """
    path = Path(path)
    lock = path.with_name(f".{path.name}.lock")
    _check_folder(path)
    file = _locked_file(lock, path)
    try:
        for each in (path, *beside):
            for left in each.parent.glob(f".{glob.escape(each.stem)}-????????{glob.escape(each.suffix)}"):
                _remove(left)
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        file.close()


def _locked_file(lock: Path, path: Path) -> IO[bytes]:
    """The lock file, locked until it is closed, also by the end of this program however it ends."""
    while True:
        file = lock.open("ab")
        try:
            _lock(file)
            # Whoever had it before may have removed it meanwhile: then it locks nobody out.
            if os.path.lexists(lock) and os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                return file
        except BlockingIOError as error:
            file.close()
            raise OutputLockedError(WORDS("being_written", path=path)) from error
        except FileNotFoundError:
            pass
        file.close()


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def replacing_together(paths: Sequence[Path], *, overwrite: bool = False) -> Iterator[Path]:
    """Give a new, empty folder to write several files or folders to that belong together.

    When the block ends well, what it wrote under the names of `paths` takes their places, all or none. What
    is at a path whose name the block did not write is removed: it belonged to what was there before. After
    an error or Ctrl-C everything is as before.

    Parameters
    ----------
    paths
        Files or folders side by side in one folder.
    overwrite
        True when those that are there may be replaced.

    Raises
    ------
    OutputExistsError, OutputLockedError, InputMissingError
        As :func:`check_output`, before and after the block.
    """
    check_together(paths, overwrite=overwrite)
    aside = paths[0].with_name(f".{paths[0].stem}-{secrets.token_hex(4)}")
    new, old = aside / "new", aside / "old"
    try:
        for folder in (aside, new, old):
            folder.mkdir()
        yield new
        _check_room(aside / "room")
        check_together(paths, overwrite=overwrite)
        _exchange(paths, new, old)
        shutil.rmtree(old, ignore_errors=True)
    except GridgovError:
        raise
    except Exception as error:
        said = _in_words(error, paths[0], aside)
        if said is None:
            raise
        raise said from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        # What could not be put back must not be lost: these remove empty folders only.
        for folder in (old, aside):
            with suppress(OSError):
                folder.rmdir()


def _exchange(paths: Sequence[Path], new: Path, old: Path) -> None:
    """Move what is at `paths` to `old` and what is in `new` to `paths`; undo it all if one step fails."""
    steps: list[tuple[Path, Path]] = []
    try:
        for path in paths:
            for source, target in ((path, old / path.name), (new / path.name, path)):
                if os.path.lexists(source):
                    steps.append((source, target))
                    _replace(source, target, blame=path)
    except BaseException:
        for source, target in reversed(steps):
            if os.path.lexists(target) and not os.path.lexists(source):
                target.rename(source)
        raise


def _replace(temporary: Path, target: Path, *, blame: Path | None = None) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        raise _locked(blame or target) from error


def _check_folder(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise InputMissingError(WORDS("no_output_folder", path=path, folder=folder))
    if not os.access(folder, os.W_OK):
        raise OutputLockedError(WORDS("folder_read_only", path=path, folder=folder))


def _check_free(path: Path, *, overwrite: bool) -> None:
    if path.exists():
        if not overwrite:
            raise OutputExistsError(WORDS("output_exists", path=path))
        if not path.is_dir():
            _check_writable(path)


def _check_writable(path: Path) -> None:
    # Windows refuses this while Excel or QGIS holds the file; better said now than after an hour.
    try:
        with path.open("r+b"):
            pass
    except PermissionError as error:
        raise _locked(path) from error


def _locked(path: Path) -> OutputLockedError:
    return OutputLockedError(WORDS("output_locked", path=path))


def _beside(target: Path) -> Path:
    """A new hidden name beside a file, which `alone` knows."""
    return target.with_name(f".{target.stem}-{secrets.token_hex(4)}{target.suffix}")


def _check_room(probe: Path) -> None:
    """Raise OSError on a full disk: GDAL's GeoJSON then lacks its last lines, and no error is given."""
    try:
        with probe.open("wb") as file:
            file.write(secrets.token_bytes(_SPARE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def _is_full(error: Exception, temporary: Path) -> bool:
    """Tell whether writing failed for want of room; SQLite and GDAL say so in words, or not at all."""
    if getattr(error, "errno", None) in _NO_ROOM or any(words in str(error).lower() for words in _FULL):
        return True
    if isinstance(error, OSError):
        return False
    with suppress(OSError):
        written = temporary.stat().st_size if temporary.is_file() else 0
        return shutil.disk_usage(temporary.parent).free < written + _SPARE_BYTES
    return False


def _in_words(error: Exception, path: Path, temporary: Path) -> OutputLockedError | None:
    if _is_full(error, temporary):
        return OutputLockedError(WORDS("no_space", path=path, folder=path.parent))
    if isinstance(error, PermissionError) and error.filename == str(temporary):
        return OutputLockedError(WORDS("folder_read_only", path=path, folder=path.parent))
    return None


def _remove(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink(missing_ok=True)
    _remove_beside(temporary)


def _remove_beside(path: Path) -> None:
    for ending in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return os.path.normcase(one.absolute()) == os.path.normcase(other.absolute())
