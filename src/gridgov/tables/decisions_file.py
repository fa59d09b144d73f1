"""Decisions on disk: the list of conflicts as people send it back, or a text table."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.decisions import DECISION_COLUMNS, Decisions
from gridgov.decisions.words import parse_decision
from gridgov.errors import DecisionsError, FormatError, GridgovError, InputMissingError, OutputExistsError
from gridgov.ids import fold_id
from gridgov.language import Many, examples
from gridgov.tables.excel import read_sheets
from gridgov.tables.text import read_text_rows
from gridgov.tables.words import WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_decisions_kept", "read_decisions"]

#: Names of the columns that are read, as one of the words of a heading; the first that is there counts.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "conflict_id": ("conflict_id", "冲突编号"),
    "decision": ("decision", "决定"),
    "decided_by": ("decided_by", "决定人"),
    "decided_on": ("decided_on", "决定日期", "日期", "date"),
    "note": ("decision_note", "备注", "note"),
}

_NEEDED: Final = frozenset(DECISION_COLUMNS[:2])

#: People set titles above the column names, but not more rows of them.
_ENDINGS: Final = (".xlsx", ".csv", ".tsv", ".txt")
_TITLE_ROWS: Final = 20


def read_decisions(path: str | Path, *, encoding: str | None = None) -> Decisions:
    """Decisions from the workbook of conflicts, or from a table of the same columns.

    Parameters
    ----------
    path
        ``.xlsx``: every sheet that has a column ``conflict_id`` (冲突编号) is read. ``.csv`` in UTF-8 or
        GB18030 (GBK). Only ``conflict_id, decision, decided_by, decided_on, note`` count; any order.
    encoding
        Text encoding, if it is neither UTF-8 nor GB18030.

    Raises
    ------
    InputMissingError, FormatError, EncodingError, SchemaError
        The file cannot be read.
    DecisionsError
        It has no such columns, or words that are no decisions; with sheet and row.
    """
    import pandas as pd

    path = Path(path)
    if not path.is_file():
        raise InputMissingError(WORDS("not_there", path=path))
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise FormatError(WORDS("decisions_kind", path=path))
    try:
        found = list(_of_workbook(path) if ending == ".xlsx" else _of_text(path, encoding))
    except PermissionError as error:
        said = WORDS("may_not")
        raise InputMissingError(WORDS("cannot_read", path=path, said=said)) from error
    if not found:
        raise DecisionsError(WORDS("no_decisions", path=path))
    return Decisions.from_table(pd.concat(found, ignore_index=True), source=path.name)


def check_decisions_kept(path: str | Path, decided: "pd.DataFrame | None") -> None:
    """Raise OutputExistsError if a list in the place of `path` would lose what people decided there.

    Parameters
    ----------
    path
        A workbook or CSV to be replaced; nothing is lost with one that is no list of conflicts, or not there.
    decided
        What the new list says is decided: columns ``conflict_id`` and ``decision``. None: nothing is.
    """
    before = dict[str, str]()
    if Path(path).is_file():
        try:
            workbook = Path(path).suffix.lower() == ".xlsx"
            tables = list(_of_workbook(Path(path)) if workbook else _of_text(Path(path), None))
        except GridgovError:
            return
        for table in tables:
            pairs = table[["conflict_id", "decision"]].dropna().itertuples(index=False)
            before |= {fold_id(str(one)): str(word).strip() for one, word in pairs}
    kept = dict[str, str]()
    if decided is not None:
        rows = decided.dropna(subset=["decision"])
        kept = dict(zip(rows["conflict_id"], rows["decision"], strict=True))
    # A word that is no decision is lost, too.
    lost = [one for one, word in before.items() if word and kept.get(one, "") != parse_decision(word)]
    if lost:
        n = Many(len(lost))
        raise OutputExistsError(WORDS("decisions_lost", path=path, n=n, lost=examples(lost)))


def _of_workbook(path: Path) -> "Iterator[pd.DataFrame]":
    for sheet, cells in read_sheets(path).items():
        for row, values in enumerate(cells.head(_TITLE_ROWS).iter_rows()):
            columns = _columns(values)
            if set(columns) >= _NEEDED:
                below = cells.slice(row + 1)
                taken = {name: below.to_series(at).to_list() for name, at in columns.items()}
                yield _table(taken, first_row=row + 2, sheet=WORDS("on_sheet", sheet=sheet))
                break


def _of_text(path: Path, encoding: str | None) -> "Iterator[pd.DataFrame]":
    rows, _, _ = read_text_rows(path, encoding=encoding, blank_rows=True)
    columns = _columns(rows.column_names)
    if set(columns) >= _NEEDED:
        yield _table({name: rows.column(at).to_pylist() for name, at in columns.items()}, first_row=2)


def _columns(headings: Sequence[str | None]) -> dict[str, int]:
    """Say where each column is; a heading may hold its name in two languages."""
    words = [unicodedata.normalize("NFKC", heading or "").casefold().split() for heading in headings]
    found = {}
    for role, names in _NAMES.items():
        places = (at for name in names for at, said in enumerate(words) if name in said)
        at = next(places, None)
        if at is not None:
            found[role] = at
    return found


def _table(columns: Mapping[str, list[Any]], *, first_row: int, sheet: str = "") -> "pd.DataFrame":
    import pandas as pd

    table = pd.DataFrame(dict(columns), dtype=object)
    return table.assign(
        where=[
            WORDS("sheet_row", sheet=sheet, number=number)
            for number in range(first_row, first_row + len(table))
        ]
    )
