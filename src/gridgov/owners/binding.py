"""Which columns of the rules are conditions: those that incidents or cells have too."""

from collections.abc import Iterable, Mapping, Sequence

from gridgov.errors import RulesError
from gridgov.language import examples, listed, sentences
from gridgov.owners import words
from gridgov.owners.conditions import Condition
from gridgov.owners.matching import BoundRules
from gridgov.owners.rules import Rules
from gridgov.owners.said_words import WORDS
from gridgov.schema import cell_departments, cell_rungs

__all__ = ["bind_rules"]

_CELL_COLUMNS = ("cell_id", "grid_id", "special")


def bind_rules(rules: Rules, columns: Iterable[str]) -> BoundRules:
    """See `Rules.bind`."""
    present = list(columns)
    taken = {
        name: column
        for name in rules.columns
        if words.key(name) not in words.NEVER_CONDITIONS
        and (column := words.counterpart(name, present)) is not None
    }
    carried = tuple(name for name in rules.columns if name not in taken)
    owners, faults = _owner_columns(rules, cell_departments(present))
    faults += _lost_conditions(rules, carried, present)
    if faults:
        raise RulesError(f"{rules.source}: " + sentences(faults))
    conditions = tuple(
        Condition.of(rules, name, columns=_equal_columns(column, present), place=_is_place(column, present))
        for name, column in taken.items()
    )
    return BoundRules(rules, conditions, carried, owners, _notes(rules, taken, carried, present))


def _owner_columns(rules: Rules, departments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The owner column of each department that a rule names alone, and what is wrong with them."""
    known = {words.key(department): f"{department}_owner" for department in departments}
    owners, unknown = dict[str, str](), dict[str, list[int]]()
    for row, handler, department in zip(rules.rows, rules.handlers_written, rules.departments, strict=True):
        if handler is None and department is not None:
            if words.key(department) in known:
                owners[department] = known[words.key(department)]
            else:
                unknown.setdefault(department, []).append(row)
    have = (
        WORDS("they_have", departments=examples(departments, most=10)) if departments else WORDS("have_none")
    )
    return owners, [
        WORDS("cells_no_department", rows=examples(rows), department=department, have=have)
        for department, rows in unknown.items()
    ]


def _lost_conditions(rules: Rules, carried: Sequence[str], present: Sequence[str]) -> list[str]:
    """Columns that can only be conditions but have nothing to be tested against: rules would widen."""
    lost = [name for name in carried if words.surely_condition(name) and any(rules.columns[name])]
    return [
        WORDS("incidents_no_column", name=name)
        if words.is_category(name)
        else WORDS("nobody_has_column", name=name, present=examples(present, most=12))
        for name in lost
    ]


def _equal_columns(column: str, present: Sequence[str]) -> tuple[str, ...]:
    """Columns of the cells that say the same place: a rung's id and name, a grid's id, name and owner."""
    endings = ["", "_owner", "_name"] if column in cell_departments(present) else [""]
    if column in cell_rungs(present):
        endings = ["", "_name"]
    return tuple(name for ending in endings if (name := f"{column}{ending}") in present)


def _is_place(column: str, present: Sequence[str]) -> bool:
    """Whether a column is one of the cells'."""
    units = (*cell_rungs(present), *cell_departments(present))
    return column in (*_CELL_COLUMNS, *units) or column.startswith(tuple(f"{unit}_" for unit in units))


def _notes(
    rules: Rules, taken: Mapping[str, str], carried: Sequence[str], present: Sequence[str]
) -> tuple[str, ...]:
    tested, along = (listed(names) or WORDS("no_columns") for names in (taken, carried))
    notes = [WORDS("tested_are", rules=rules.source, tested=tested, along=along)]
    notes += [
        WORDS("tested_against", name=name, column=column)
        for name, column in taken.items()
        if words.key(name) != words.key(column)
    ]
    notes += [note for name in carried if (note := _carried_note(rules, name, present))]
    return tuple(notes)


def _carried_note(rules: Rules, name: str, present: Sequence[str]) -> str:
    if words.key(name) in words.NEVER_CONDITIONS:
        same = words.counterpart(name, present)
        return WORDS("never_tested", name=name) if same else ""
    if words.carried(name) or not any(rules.columns[name]):
        return ""
    known = words.similar(name, present)
    if known is None and name not in rules.expected_conditions:
        return ""
    guess = WORDS("did_you_mean", known=known) if known else ""
    return WORDS("looks_like", name=name, guess=guess)
