"""Who overlaps whom, in sentences."""

from typing import Any, Final

import pandas as pd

from gridgov.crosswalk import DepartmentCrosswalk
from gridgov.language import Many, examples, listed
from gridgov.summary.amounts import area
from gridgov.summary.crosswalked_words import WORDS

__all__ = ["crosswalk_lines"]

#: What a grid of `a` can be to those of `b`; slivers are told apart.
_RELATIONS: Final = ("1:1", "1:n", "n:1", "n:m", "none")

#: Lines that go on are set under the words, beside the numbers.
_MARGIN: Final = " " * 9


def crosswalk_lines(result: DepartmentCrosswalk) -> list[str]:
    """Say for each department how its grids lie in those of each other one, and what is left over."""
    lines = []
    relations = result.relations.groupby(["department_a", "department_b"], sort=False)
    for total, (_, counts) in zip(_records(result.totals), relations, strict=True):
        lines += [*_grids(result, total, counts), *_rest(total, counts, merged=result.merged), ""]
    return [*lines, *_weights(result), *result.notes, _limits(result)]


def _grids(result: DepartmentCrosswalk, total: Any, counts: pd.DataFrame) -> list[str]:
    a, b = total.department_a, total.department_b
    lines = [WORDS("head", a=a, b=b, n=Many(total.grids_of_a))]
    for row in _records(counts):
        if row.relation not in _RELATIONS or not row.grids_of_a:
            continue
        words = WORDS(f"{row.relation} {'one' if row.grids_of_a == 1 else 'many'}", b=b)
        named = WORDS("named", grids=examples(_crossing(result, a, b))) if row.relation == "n:m" else ""
        line = WORDS("line", words=words, relation=row.relation)
        lines.append(f"{row.grids_of_a:>7,}  {line}{named}")
    return lines


def _crossing(result: DepartmentCrosswalk, a: str, b: str) -> list[str]:
    """Grids of `a` that meet several of `b` and share some, those with most shared ground first."""
    rows = result.pairs
    rows = rows[(rows["department_a"] == a) & (rows["department_b"] == b)]
    met = rows[~rows["relation"].isin(["sliver", "none"])]
    several = met.groupby("grid_a")["grid_b"].transform("size") > 1
    shared = met[several & (met["relation"] == "n:m")]
    # What lies in another grid than its main one is what one would have to move.
    main = shared.groupby("grid_b")["area_m2"].transform("max")
    moved = shared["area_m2"].where(shared["area_m2"] < main, 0.0).groupby(shared["grid_a"]).sum()
    return [str(grid) for grid in moved.sort_values(ascending=False, kind="stable").index]


def _rest(total: Any, counts: pd.DataFrame, *, merged: bool) -> list[str]:
    lines = []
    slivers = counts[counts["relation"] == "sliver"].iloc[0]
    if slivers["overlaps"]:
        many, ground = Many(slivers["overlaps"]), area(slivers["area_m2"])
        said = WORDS(f"slivers {'merged' if merged else 'drawn'}", n=many, area=ground)
        lines.append(f"{_MARGIN}{said}")
    if reaching := total.grids_of_a_reaching_beyond_b:
        ground = area(total.reaching_beyond_b_m2)
        said = WORDS("reaching", n=Many(reaching), area=ground, b=total.department_b)
        lines.append(f"{_MARGIN}{said}")
    return lines


def _weights(result: DepartmentCrosswalk) -> list[str]:
    if not result.weighted:
        return []
    lines = []
    order = {name: number for number, name in enumerate(result.departments)}
    for row in _records(result.totals):
        if order[row.department_a] > order[row.department_b]:
            continue
        a, b = row.department_a, row.department_b
        parts = [
            ("both", "", row.weight_both),
            ("only", a, row.weight_only_a),
            ("only", b, row.weight_only_b),
            ("neither", "", row.weight_neither),
            ("placeless", "", row.weight_without_place),
        ]
        said = [
            WORDS(where, n=_number(value), name=name) for where, name, value in parts if _number(value) != "0"
        ]
        lines.append(WORDS("weights", a=a, b=b, total=_number(row.weight_total), parts=listed(said)))
    return lines


def _limits(result: DepartmentCrosswalk) -> str:
    if result.merged:
        return WORDS("limits merged")
    return WORDS("limits drawn", tolerance_m=result.tolerance_m, min_area_m2=result.min_area_m2)


def _number(value: float) -> str:
    """A whole number as such, a part with one decimal.

    >>> _number(1234.0), _number(0.04), _number(1.26)
    ('1,234', '0', '1.3')
    """
    shown = round(value, 1)
    return f"{shown:,.0f}" if shown == round(shown) else f"{shown:,.1f}"


def _records(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))
