"""The planners' lists on disk: one workbook, or a folder of text tables."""

from pathlib import Path
from typing import Final

from gridgov.errors import FormatError
from gridgov.headings import column_titles
from gridgov.language import spoken
from gridgov.layers.written_words import WORDS
from gridgov.lists import LISTS, list_words, network_lists
from gridgov.meanings import terms_shown
from gridgov.network import Network
from gridgov.outputs import check_output, check_together, replacing, replacing_together
from gridgov.workbook import check_rows, write_workbook

__all__ = ["check_lists_output", "write_lists"]

WORKBOOK: Final = ".xlsx"

#: Sheets are called as planners call the lists; files in plain ASCII, which every system keeps.
SHEETS: Final = {
    "crosswalk": "对照表 crosswalk",
    "conflicts": "冲突清单 conflicts",
    "uncovered": "空白区 uncovered",
    "lost": "无单元网格 lost",
    "register": "编码登记 register",
    "succession": "新旧编码 succession",
    "grids": "各部门网格 grids",
}

#: Rows above the values: what the list holds, and the column names.
_ABOVE: Final = 2


def write_lists(network: Network, path: str | Path, *, overwrite: bool = False) -> dict[str, int]:
    """Write the lists of :func:`gridgov.lists.network_lists`, all or none, in the language spoken.

    Parameters
    ----------
    network
        From `merge_grids` or `read_network`.
    path
        ``.xlsx``: one sheet per list, with a sentence above it and ids as text. Else a folder, made if it is
        not there: one ``<list>.csv`` per list, UTF-8 with a byte order mark.
    overwrite
        Replace what is there; other files in the folder stay.

    Returns
    -------
    Rows per list.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError
        Another ending, or more rows than a sheet holds; it is there; it cannot be written.
    """
    path = Path(path)
    check_lists_output(path, overwrite=overwrite)
    lists = network_lists(network, language=spoken())
    if path.suffix.lower() == WORKBOOK:
        check_rows(lists, path, instead=WORDS("to_folder"), above=_ABOVE)
        sheets = {SHEETS[name]: terms_shown(table) for name, table in lists.items()}
        headings = {SHEETS[name]: words for name, words in list_words(spoken()).items()}
        with replacing(path, overwrite=overwrite) as partial:
            write_workbook(sheets, partial, headings=headings, titles=column_titles(sheets))
    else:
        with replacing_together(_targets(path), overwrite=overwrite) as folder:
            inner = folder if path.is_dir() else folder / path.name
            inner.mkdir(exist_ok=True)
            for name, table in lists.items():
                table.to_csv(inner / _file(name), index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return {name: len(table) for name, table in lists.items()}


def check_lists_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise what `write_lists` would raise of a path, before any work is done."""
    path = Path(path)
    if path.suffix.lower() == WORKBOOK:
        check_output(path, overwrite=overwrite)
    elif path.suffix and not path.is_dir():
        raise FormatError(WORDS("lists_kind", path=path))
    else:
        check_together(_targets(path), overwrite=overwrite)


def _targets(path: Path) -> list[Path]:
    """What is replaced: the files in a folder that is there, else the folder."""
    return [path / _file(name) for name in LISTS] if path.is_dir() else [path]


def _file(name: str) -> str:
    return f"{name}.csv"
