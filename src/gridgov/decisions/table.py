"""Decisions as people wrote them: one row per conflict, checked word by word."""

import datetime as dt
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from gridgov.decisions.said_words import WORDS
from gridgov.decisions.words import IGNORE, LEAVE, SPLIT, parse_decision, shown
from gridgov.errors import DecisionsError
from gridgov.ids import fold_id
from gridgov.language import both, examples

__all__ = ["DECISION_COLUMNS", "Decisions", "parse_day"]

#: What is read of a file of decisions; all else in it is there for people.
DECISION_COLUMNS: Final = ("conflict_id", "decision", "decided_by", "decided_on", "note")

_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_DIGITS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")

ALLOWED: Final = ", ".join(shown(each) for each in ("keep A", "keep B", SPLIT, LEAVE, IGNORE))


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided, by conflict.

    Attributes
    ----------
    source
        File the decisions came from.
    rows
        One row per conflict, sorted by id (as `gridgov.ids.fold_id` writes it): :data:`DECISION_COLUMNS` and
        ``where`` (sheet and row it was read from). Texts are str or None; ``decision`` is as
        `gridgov.decisions.words` writes it, None where the list was left blank; ``decided_on`` is YYYY-MM-DD.
    """

    source: str
    rows: pd.DataFrame

    @classmethod
    def from_table(cls, table: pd.DataFrame, *, source: str = "decisions") -> "Decisions":
        """Check a table of text that has at least the columns ``conflict_id`` and ``decision``.

        Parameters
        ----------
        table
            :data:`DECISION_COLUMNS`, the last three optional, and ``where`` if it is known; blank cells are
            None, NaN or ''. Rows without an id and without a decision are passed over.
        source
            File the table came from, for messages and the network's provenance.

        Raises
        ------
        DecisionsError
            With every fault: a missing column, a word or date that is none, a decision without an id, two
            decisions for one conflict.
        """
        missing = [column for column in DECISION_COLUMNS[:2] if column not in table.columns]
        if missing:
            raise DecisionsError(WORDS("no_column", source=source, missing=examples(missing)))
        return cls(source, _checked(_texts(table), source))

    def __len__(self) -> int:
        """Answer how many conflicts are decided."""
        return int(self.rows["decision"].notna().sum())

    @property
    def sha256(self) -> str:
        """Hash of what was decided, whatever the file around it."""
        rows = self.rows[list(DECISION_COLUMNS)].to_numpy(dtype=object).tolist()
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def parse_day(text: str) -> str | None:
    """Read a date in any of the ways people and spreadsheets write it; None for what is none.

    >>> parse_day("2026-11-20 00:00:00"), parse_day("2026年3月5日"), parse_day("2026/3/5")
    ('2026-11-20', '2026-03-05', '2026-03-05')
    >>> parse_day("next week") is None, parse_day("2026-02-30") is None
    (True, True)
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _DAY.fullmatch(folded) or _DIGITS.fullmatch(folded)
    if not found:
        return None
    try:
        return dt.date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    """Trim every cell; what is blank, or a column that is not there, becomes None."""
    found = {column: [_text(value) for value in table[column]] for column in table.columns}
    blank = [None] * len(table)
    where = [WORDS("row", number=number) for number in range(1, len(table) + 1)]
    columns = {column: found.get(column, blank) for column in DECISION_COLUMNS}
    # Half-width, small letters, no apostrophe: what typing it off a screen or a spreadsheet makes of an id.
    columns["conflict_id"] = [each and (fold_id(each) or None) for each in columns["conflict_id"]]
    texts = pd.DataFrame({**columns, "where": found.get("where", where)}, dtype=object)
    return texts[texts["conflict_id"].notna() | texts["decision"].notna()]


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value).strip() or None


def _checked(texts: pd.DataFrame, source: str) -> pd.DataFrame:
    decision = [each and parse_decision(each) for each in texts["decision"]]
    day = [each and parse_day(each) for each in texts["decided_on"]]
    faults = [
        *_unreadable(texts, "decision", decision, WORDS("no_decision", allowed=ALLOWED)),
        *_unreadable(texts, "decided_on", day, WORDS("no_date")),
        *(
            WORDS("beside_no_id", where=where, said=said)
            for where, said in texts.loc[texts["conflict_id"].isna(), ["where", "decision"]].to_numpy()
        ),
    ]
    rows = texts.assign(decision=pd.Series(decision, texts.index, dtype=object))
    rows = rows.assign(decided_on=pd.Series(day, texts.index, dtype=object))
    faults += _contradictions(rows[rows["decision"].notna()])
    if faults:
        raise DecisionsError(f"{source}: {examples(faults)}")
    return _once(rows)


def _unreadable(texts: pd.DataFrame, column: str, read: list[str | None], why: str) -> list[str]:
    return [
        WORDS("said_why", where=where, said=said, why=why)
        for where, said, made in zip(texts["where"], texts[column], read, strict=True)
        if said is not None and made is None
    ]


def _contradictions(decided: pd.DataFrame) -> list[str]:
    faults = []
    for conflict, rows in decided.groupby("conflict_id"):
        if len(set(rows["decision"])) > 1:
            said = both(
                WORDS("said_where", decision=d, where=w) for d, w in rows[["decision", "where"]].to_numpy()
            )
            faults.append(WORDS("two_decisions", conflict=conflict, said=said))
    return faults


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one row per conflict, a decided one before a blank one, and the first of equal ones."""
    blank = rows["decision"].isna()
    first = rows.assign(blank=blank).sort_values(["conflict_id", "blank"], kind="stable")
    first = first.drop_duplicates("conflict_id").drop(columns="blank").reset_index(drop=True)
    return first.astype(object).where(first.notna(), None)
