"""What a check of handler rules found, in plain lines: what was checked, how much is wrong, then each row."""

from collections.abc import Sequence

import pandas as pd

from gridgov.alignment import aligned
from gridgov.language import examples
from gridgov.owners.findings import FINDINGS
from gridgov.summary.amounts import counted

__all__ = ["rules_lines"]

#: Rows shown of each finding; a handbook's thousand would hide the summary.
SHOWN = 30


def rules_lines(findings: pd.DataFrame) -> list[str]:
    """Say what `gridgov.check_rules` found."""
    lines = [*_checked(findings), *_unnamed(findings), ""]
    for kind, meaning in FINDINGS.items():
        mine = findings[findings["finding"] == kind]
        if len(mine):
            lines += [f"{kind}: {len(mine):,}, {meaning}", *_table(mine.head(SHOWN)), *_more(mine), ""]
    return [*lines, _next(findings)]


def _checked(findings: pd.DataFrame) -> list[str]:
    about = findings.attrs
    incidents = "" if about["incidents"] is None else f", {counted(about['incidents'], 'incident')}"
    categories = counted(about["categories"], "category", "categories")
    places = counted(about["places"], "place")
    checked = f"{counted(about['rules'], 'rule')} of {about['source']} for {categories}, checked on "
    checked += f"{counted(about['cells'], 'cell')} ({places} that the rules tell apart){incidents}"
    return [checked, *about["notes"]]


def _unnamed(findings: pd.DataFrame) -> list[str]:
    unnamed = findings.attrs["unnamed_categories"]
    if not unnamed:
        return []
    shown = examples([f"{name} ({count:,})" for name, count in unnamed.items()])
    return [f"Categories that no rule names, so that only a fallback of the place handles them: {shown}"]


def _table(findings: pd.DataFrame) -> list[str]:
    """Rows under their names, columns that are all blank left out."""
    columns = ["rules", "category", "place", "cells", "incidents", "words"]
    values = findings[columns].astype(object).to_numpy()
    rows = [columns, *(["" if pd.isna(value) else str(value) for value in row] for row in values)]
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows[1:])]
    return [f"  {line}" for line in aligned([[row[at] for at in kept] for row in rows])]


def _more(findings: pd.DataFrame) -> Sequence[str]:
    left = len(findings) - SHOWN
    return [f"  and {left:,} more; --json lists all of them"] if left > 0 else []


def _next(findings: pd.DataFrame) -> str:
    decide = int((findings["severity"] == "decide").sum())
    if not len(findings):
        return "Nothing else is to mend: each category has one handler everywhere, and every rule can decide."
    if not decide:
        return "Nothing needs a decision."
    return f"{counted(decide, 'finding')} to decide: correct the rules and check them again."
