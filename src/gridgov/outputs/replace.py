"""Files that appear whole or not at all: written aside, then put in their place in one step."""

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from gridgov.errors import GridgovError
from gridgov.outputs.checks import check_output, check_together, locked
from gridgov.outputs.hidden import beside, remove, remove_beside
from gridgov.outputs.room import check_room, in_words

__all__ = ["replacing", "replacing_together"]


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
    temporary = beside(target)
    try:
        yield temporary
        check_room(beside(target))
        check_output(target, overwrite=overwrite)
        _replace(temporary, target)
    except GridgovError:
        raise
    except Exception as error:
        said = in_words(error, Path(path), temporary)
        if said is None:
            raise
        raise said from error
    finally:
        remove(temporary)
    # Read with the new file, the write-ahead log of the old one would damage it.
    remove_beside(target)


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
        check_room(aside / "room")
        check_together(paths, overwrite=overwrite)
        _exchange(paths, new, old)
        shutil.rmtree(old, ignore_errors=True)
    except GridgovError:
        raise
    except Exception as error:
        said = in_words(error, paths[0], aside)
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
        raise locked(blame or target) from error
