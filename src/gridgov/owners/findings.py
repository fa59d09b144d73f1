"""What is wrong with rules, found before incidents meet it."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gridgov.language import both, examples, listed
from gridgov.owners import words
from gridgov.owners.case import EVERYWHERE, Case, make_case
from gridgov.owners.conditions import Codes
from gridgov.owners.rules import Rules
from gridgov.owners.said_words import WORDS
from gridgov.schema import SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FINDINGS", "FINDING_COLUMNS", "check_rules"]

#: In the order in which they are reported; what each means stands in the words (``finding.<finding>``).
FINDINGS: Final = ("no_handler", "two_handlers", "unreachable", "unknown_value", "expired")

FINDING_COLUMNS: Final = (
    *("finding", "severity", "rules", "category", "place", "cells", "incidents"),
    "words",
)

Finding = dict[str, Any]


def check_rules(
    rules: Rules,
    cells: Any,
    incidents: Any = None,
    *,
    category: str | None = None,
    today: date | None = None,
) -> "pd.DataFrame":
    """What is wrong with handler rules on these cells.

    Parameters
    ----------
    rules
        Rules as written.
    cells
        A Network, its cells, or one unmerged layer.
    incidents
        A table of incidents: the categories and values that really occur. Without it, a column of the
        rules counts as a condition if it stands left of who.
    category
        Column of the incidents that holds the category; found by its name if not given.
    today
        Rules that ended before are expired; rules are tried on this day and on later ones.

    Returns
    -------
    DataFrame
        One row per finding, none if nothing is wrong; ``attrs`` says what was checked: ``source, rules,
        cells, places, categories, incidents`` (how many), ``notes`` (which columns are tested), and
        ``unnamed_categories`` (categories of incidents that no rule names, and how many they have).
        Columns: ``finding`` (a key of :data:`FINDINGS`); ``severity`` (``decide`` or ``note``); ``rules``
        (rows joined by ``|``); ``category`` ('' = any); ``place`` (``everywhere``, or names); ``cells``
        (how many the place has); ``incidents`` (how many the category has in all, NA if not known);
        ``words`` (what it is and what to do).

    Raises
    ------
    RulesError
        The rules cannot be applied to these cells at all: an unknown department, a lost condition.
    SchemaError
        The incidents have no column that looks like the category.

    Notes
    -----
    Categories x places x combinations of the other values that rules name: 240 categories x 200 streets
    with 3,000 rules take about a second.
    """
    import pandas as pd

    today = today or date.today()  # noqa: DTZ011 (rules count days where the planner sits)
    case = make_case(rules, cells, incidents, category=category, today=today)
    found = [
        *_without_handler(case),
        *_contradictions(case),
        *_unreachable(case),
        *_unknown_values(case),
        *_expired(case),
    ]
    found.sort(key=lambda finding: FINDINGS.index(finding["finding"]))
    table = pd.DataFrame(found, columns=list(FINDING_COLUMNS))
    table = table.astype({"cells": "Int64", "incidents": "Int64"})
    table.attrs |= _about(case)
    return table


def _about(case: Case) -> dict[str, Any]:
    """What the findings are about, as plain values."""
    category = case.trial.category
    return {
        "source": case.rules.source,
        "rules": len(case.rules),
        "cells": len(case.trial.places.cells),
        "places": len(case.trial.places.names),
        "categories": len(category.named_values) if category else 0,
        "incidents": case.incident_rows,
        "notes": list(case.trial.bound.notes),
        "unnamed_categories": {name: n for name, n in case.counts.most_common() if not case.names(name)},
    }


def _finding(kind: str, said: str, **more: Any) -> Finding:
    blank = {**dict.fromkeys(FINDING_COLUMNS), "rules": "", "category": "", "place": ""}
    return {**blank, "finding": kind, "severity": "decide", "words": said, **more}


def _without_handler(case: Case) -> Iterator[Finding]:
    every = np.arange(len(case.trial.other_codes))
    for name, code in case.categories.items():
        others = case.occurring.get(name, every)
        missing = case.verdicts[code].winner[:, others, 0] < 0
        shapes, shape_of = np.unique(missing, axis=0, return_inverse=True)
        for number, shape in enumerate(shapes):
            if shape.any():
                where = "" if shape.all() else _where(case, others[shape])
                yield from _nobody(case, name, np.flatnonzero(shape_of.ravel() == number), where)


def _nobody(case: Case, name: str, places: Codes, where: str) -> Iterator[Finding]:
    for place, size in case.spots(places):
        said = WORDS("nobody_handles", where=where)
        count = case.incidents_of([name])
        yield _finding("no_handler", said, category=name, place=place, cells=size, incidents=count)


def _where(case: Case, others: Codes) -> str:
    """The other conditions of some combinations, in words."""
    said = [
        both(
            WORDS(
                "condition_is",
                condition=condition.name,
                said=list(condition.named_values)[code - 1] if code else WORDS("blank_or_other"),
            )
            for condition, code in zip(case.trial.others, case.trial.other_codes[other], strict=True)
        )
        for other in others
    ]
    return WORDS("where_said", said=examples(said, most=3))


def _contradictions(case: Case) -> Iterator[Finding]:
    category = case.trial.category
    names = ["", *(category.named_values if category else ())]
    pairs = dict[tuple[int, int], tuple[list[str], set[int]]]()
    for name, verdict in zip(names, case.verdicts, strict=True):
        for pair, places in verdict.disagreeing.items():
            seen = pairs.setdefault(pair, ([], set()))
            seen[0].append(name)
            seen[1].update(map(int, places))
    for pair, (kinds, spots) in pairs.items():
        yield from _contradiction(case, pair, [] if "" in kinds else kinds, np.array(sorted(spots)))


def _contradiction(case: Case, pair: tuple[int, int], kinds: list[str], places: Codes) -> Iterator[Finding]:
    said = case.trial.bound.said
    who = listed(WORDS("says", label=case.rules.label(rule), handler=said(rule)) for rule in pair)
    for place, size in case.spots(places):
        yield _finding(
            "two_handlers",
            WORDS("give_other", who=who),
            rules=case.labels(pair),
            category=SEPARATOR.join(kinds),
            place=place,
            cells=size,
            incidents=case.incidents_of(kinds) if kinds else None,
        )


def _unreachable(case: Case) -> Iterator[Finding]:
    skipped = case.deciding() | _lost(case)
    who = case.trial.bound.who
    for rule in range(len(case.rules)):
        if rule in skipped or case.is_expired(rule):
            continue
        said = WORDS("no_cell_meets")
        if case.trial.applying(rule).any():
            before = case.deciding_before(rule)
            same = all(who[other] == who[rule] for other in before)
            first = examples([case.rules.label(other) for other in before], most=3)
            said = WORDS("always_before", first=first, said=WORDS("same_handler") if same else "")
        yield _finding("unreachable", said, rules=case.rules.label(rule), **_written(case, rule))


def _written(case: Case, rule: int) -> Finding:
    """Category and place of a rule, as written."""
    category, columns = case.trial.category, case.rules.columns
    tested = [columns[c.name][rule] for c in case.trial.bound.conditions if c.place]
    kind = columns[category.name][rule] if category else None
    return {"category": kind or "", "place": ", ".join(filter(None, tested)) or EVERYWHERE}


def _lost(case: Case) -> set[int]:
    """Rules with a condition of place none of whose values exists."""
    lost = set[int]()
    for condition in case.trial.bound.conditions:
        missing = case.missing(condition) if condition.place else set()
        cells = [words.alternatives(cell) for cell in case.rules.columns[condition.name]]
        lost |= {rule for rule, cell in enumerate(cells) if cell and missing.issuperset(cell)}
    return lost


def _unknown_values(case: Case) -> Iterator[Finding]:
    lost = _lost(case)
    for condition in case.trial.bound.conditions:
        whose = "cell" if condition.place else "incident"
        for value in sorted(case.missing(condition)):
            rules = np.flatnonzero(condition.allowed[condition.named_values[value]] & condition.named)
            near = words.similar(value, case.known(condition))
            yield _finding(
                "unreachable" if lost.intersection(rules.tolist()) else "unknown_value",
                WORDS(
                    "none_has_value",
                    whose=whose,
                    condition=condition.name,
                    value=value,
                    said=WORDS("did_you_mean_near", near=near) if near else "",
                ),
                severity="decide" if condition.place else "note",
                rules=case.labels(rules),
                category=value if condition is case.trial.category else "",
                place=value if condition.place else "",
            )


def _expired(case: Case) -> Iterator[Finding]:
    for rule in range(len(case.rules)):
        if case.is_expired(rule):
            said = WORDS("ended_on", valid_to=case.rules.valid_to[rule])
            yield _finding("expired", said, rules=case.rules.label(rule), **_written(case, rule))
