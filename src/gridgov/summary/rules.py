"""What a check of handler rules found, in plain lines: what was checked, how much is wrong, then each row."""

from collections.abc import Sequence

import pandas as pd

from gridgov.alignment import aligned
from gridgov.language import Many, examples
from gridgov.owners.case import EVERYWHERE
from gridgov.owners.findings import FINDINGS
from gridgov.summary.rules_words import WORDS

__all__ = ["rules_lines"]

#: Rows shown of each finding; a handbook's thousand would hide the summary.
SHOWN = 30


def rules_lines(findings: pd.DataFrame) -> list[str]:
    """Say what `gridgov.check_rules` found."""
    lines = [*_checked(findings), *_unnamed(findings), ""]
    for kind in FINDINGS:
        mine = findings[findings["finding"] == kind]
        if len(mine):
            head = WORDS("found", finding=WORDS(f"name.{kind}"), n=len(mine), means=WORDS(f"finding.{kind}"))
            lines += [head, *_table(mine.head(SHOWN)), *_more(mine), ""]
    return [*lines, _next(findings)]


def _checked(findings: pd.DataFrame) -> list[str]:
    about = findings.attrs
    asked = about["incidents"]
    counts = {name: Many(about[name]) for name in ("rules", "categories", "cells", "places")}
    incidents = "" if asked is None else WORDS("incidents", n=Many(asked))
    return [WORDS("checked", source=about["source"], incidents=incidents, **counts), *about["notes"]]


def _unnamed(findings: pd.DataFrame) -> list[str]:
    unnamed = findings.attrs["unnamed_categories"]
    if not unnamed:
        return []
    shown = examples([f"{name} ({count:,})" for name, count in unnamed.items()])
    return [WORDS("unnamed", shown=shown)]


def _table(findings: pd.DataFrame) -> list[str]:
    """Rows under their names, columns that are all blank left out."""
    columns = ["rules", "category", "place", "cells", "incidents", "words"]
    spoken = findings[columns].replace({"place": {EVERYWHERE: WORDS("everywhere")}})
    values = spoken.astype(object).to_numpy()
    names = [WORDS(f"column.{column}") for column in columns]
    rows = [names, *(["" if pd.isna(value) else str(value) for value in row] for row in values)]
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows[1:])]
    return [f"  {line}" for line in aligned([[row[at] for at in kept] for row in rows])]


def _more(findings: pd.DataFrame) -> Sequence[str]:
    left = len(findings) - SHOWN
    return [WORDS("more", n=left)] if left > 0 else []


def _next(findings: pd.DataFrame) -> str:
    decide = int((findings["severity"] == "decide").sum())
    if not len(findings):
        return WORDS("all well")
    return WORDS("decide", n=Many(decide)) if decide else WORDS("none to decide")
