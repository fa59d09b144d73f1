"""Who overlaps whom, in sentences."""

from typing import Any, Final

import pandas as pd

from gridgov.crosswalk import DepartmentCrosswalk
from gridgov.language import examples
from gridgov.summary.amounts import area, counted

__all__ = ["crosswalk_lines"]

#: What a grid of `a` is to those of `b`, for one and for several.
_WORDS: Final = {
    "1:1": ("corresponds to one {b} grid", "correspond to one {b} grid each"),
    "1:n": ("consists of whole {b} grids", "consist of whole {b} grids"),
    "n:1": ("lies in one {b} grid, beside others", "lie in one {b} grid, beside others"),
    "n:m": (
        "shares {b} grids with its neighbours, so a border crosses them",
        "share {b} grids with their neighbours, so borders cross them",
    ),
    "none": ("meets no {b} grid", "meet no {b} grid"),
}


def crosswalk_lines(result: DepartmentCrosswalk) -> list[str]:
    """Say for each department how its grids lie in those of each other one, and what is left over."""
    lines = []
    relations = result.relations.groupby(["department_a", "department_b"], sort=False)
    for total, (_, counts) in zip(_records(result.totals), relations, strict=True):
        lines += [*_grids(result, total, counts), *_rest(total, counts, merged=result.merged), ""]
    return [*lines, *_weights(result), *result.notes, _limits(result)]


def _grids(result: DepartmentCrosswalk, total: Any, counts: pd.DataFrame) -> list[str]:
    a, b = total.department_a, total.department_b
    lines = [f"{a} against {b}: of {total.grids_of_a:,} {a} grid{'' if total.grids_of_a == 1 else 's'},"]
    for row in _records(counts):
        if row.relation not in _WORDS or not row.grids_of_a:
            continue
        words = _WORDS[row.relation][row.grids_of_a != 1].format(b=b)
        named = f": {examples(_crossing(result, a, b))}" if row.relation == "n:m" else ""
        lines.append(f"{row.grids_of_a:>7,}  {words} ({row.relation}){named}")
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
        why = "narrow or small" if merged else "two drawings of one border"
        many = counted(int(slivers["overlaps"]), "overlap")
        lines.append(f"         {many} of {area(slivers['area_m2'])} together not counted: {why} (sliver)")
    reaching = total.grids_of_a_reaching_beyond_b
    if reaching:
        verb = "reaches" if reaching == 1 else "reach"
        ground = area(total.reaching_beyond_b_m2)
        lines.append(
            f"         {reaching:,} {verb} over {ground} that no {total.department_b} grid covers (none)"
        )
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
        parts = {
            "in both": row.weight_both,
            f"only in {a}": row.weight_only_a,
            f"only in {b}": row.weight_only_b,
            "in neither": row.weight_neither,
            "without a place": row.weight_without_place,
        }
        said = [f"{_number(value)} {where}" for where, value in parts.items() if _number(value) != "0"]
        lines.append(f"Weight in {a} and {b}: {_number(row.weight_total)} in all; {', '.join(said)}.")
    return lines


def _limits(result: DepartmentCrosswalk) -> str:
    if result.merged:
        return "Areas are those on the common borders of the network."
    return (
        f"Overlaps without a spot {result.tolerance_m:g} m wide (--tolerance-m), or under "
        f"{result.min_area_m2:g} m2 (--min-area-m2), do not count for the relations; they are listed last."
    )


def _number(value: float) -> str:
    """A whole number as such, a part with one decimal.

    >>> _number(1234.0), _number(0.04), _number(1.26)
    ('1,234', '0', '1.3')
    """
    shown = round(value, 1)
    return f"{shown:,.0f}" if shown == round(shown) else f"{shown:,.1f}"


def _records(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples(index=False))
