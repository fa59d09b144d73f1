"""The policy of a check: what is laid on what, which questions are asked, what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy.typing as npt
import pandas as pd
import pyproj

from gridgov.check.coverage import COVERAGE_COLUMNS, ledger_row
from gridgov.check.crossings import Strips, crossing_of, outside_items, outside_problems
from gridgov.check.gaps import gap_problems, missing_items, open_slits
from gridgov.check.grid_faults import multipart_problems, owner_problems, read_problems, sliver_problems
from gridgov.check.ground import Drawn, Ground, drawn_on, ground_of, pieces, wide
from gridgov.check.overlaps import (
    Nested,
    nested_grids,
    nested_problems,
    overlap_items,
    overlap_problems,
)
from gridgov.check.places import rung_told
from gridgov.check.problems import Problem, problem_table
from gridgov.check.words import WORDS
from gridgov.errors import ArgumentError
from gridgov.language import Many, sentences
from gridgov.plane import flat, flat_rungs, plane_crs
from gridgov.schema import ATTRS, PART_SHARE
from gridgov.schema_faults import check_layer, check_names
from gridgov.told import told
from gridgov.topology.arrange import arrange
from gridgov.topology.refine import Tolerances

__all__ = ["CheckReport", "check_grids", "for_a_part", "grid_problems", "grids_checked", "layer_problems"]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes
    ----------
    problems
        One row per place: `schema.PROBLEM_COLUMNS`, the unit of each rung, geometry; in a CRS in metres.
        By department, then what needs a decision first, then by kind, the largest first.
    coverage
        One row per department: areas in m2 and per cent of the outline that add up (once + twice + missing
        = outline).
    departments, rungs
        Names, in the order given.
    tolerance_m, min_area_m2
        What counted as narrow and as small.
    notes
        Plain sentences: what the outline is, narrow strips across borders.
    """

    problems: gpd.GeoDataFrame
    coverage: pd.DataFrame
    departments: tuple[str, ...]
    rungs: tuple[str, ...]
    tolerance_m: float
    min_area_m2: float
    notes: tuple[str, ...]

    @property
    def undecided(self) -> int:
        """How many problems need a decision."""
        return int((self.problems["severity"] == "decide").sum())


def check_grids(
    layers: Mapping[str, gpd.GeoDataFrame] | gpd.GeoDataFrame,
    *,
    within: Mapping[str, gpd.GeoDataFrame] | None = None,
    tolerance_m: float = 25.0,
    min_area_m2: float = 300.0,
) -> CheckReport:
    """Answer what is wrong with each department's grids, alone and against the rungs.

    Parameters
    ----------
    layers
        One layer, or a layer per department.
    within
        Layers of the rungs, coarse to fine: `{"district": ..., "street": ...}`. The outline is the union of
        the first; without rungs it is each layer itself, with the holes it encloses and the slits that
        run out of it.
    tolerance_m
        Borders closer than this mean the same line: narrower places are settled, wider ones to decide.
    min_area_m2
        A smaller grid is a sliver.

    Raises
    ------
    SchemaError, ArgumentError
        When a layer is not a layer, or a name cannot be used. Problems never raise.

    Notes
    -----
    Coordinates are projected (`datum.metric_crs` of the first rung, else of the first layer) and rounded to
    1 cm; places narrower than 2 cm are rounding and not listed, but the ledger counts them. The kinds:

    overlap
        Each connected place that two grids cover, per pair. Settled up to the tolerance.
    nested
        A grid at least 90 % inside one other, larger grid: special-purpose, a note.
    gap, uncovered
        Each connected place of the outline that no grid covers: a gap if no circle of the tolerance fits
        in, else uncovered. Narrow arms of a wide place, larger than min-area and than the tolerance squared,
        are gaps of their own.
    outside
        Each connected part of a grid beyond the outline.
    crosses_rung
        A grid in which such a circle fits in two or more units of a rung, one row per rung; a note if it
        is made of whole units.
    sliver
        A grid under min-area or without room for such a circle, unless special-purpose.
    multipart, no_owner
        Notes. invalid, no_geometry, duplicate_id and duplicate_geometry are what reading recorded.

    A layer that covers less than half of the outline is for a part of the city, as a development zone is:
    there uncovered and crosses_rung are notes.

    About 1 CPU s for 600 grids of 40 corners within two rungs, 12 s for 5,000 with 59,000 problems.
    """
    report = grids_checked(layers, within=within, tolerance_m=tolerance_m, min_area_m2=min_area_m2)
    texts = {name: _plain(report.problems[name]) for name in ("place", "note")}
    return replace(report, problems=report.problems.assign(**texts))


def grids_checked(
    layers: Mapping[str, gpd.GeoDataFrame] | gpd.GeoDataFrame,
    *,
    within: Mapping[str, gpd.GeoDataFrame] | None,
    tolerance_m: float,
    min_area_m2: float,
) -> CheckReport:
    """Answer what `check_grids` does, with places and notes that can be said in another language."""
    named = _named(layers)
    rungs = dict(within or {})
    check_names(named, rungs)
    for name, layer in {**rungs, **named}.items():
        check_layer(layer, where=name)
    crs = plane_crs([*rungs.values(), *named.values()])
    units = flat_rungs(rungs, crs)
    limits = Tolerances(tolerance_m, min_area_m2)
    checked = [_check_one(layer, name, units, crs, limits) for name, layer in named.items()]
    problems = pd.concat([table for table, _, _ in checked], ignore_index=True)
    coverage = pd.DataFrame([row for _, row, _ in checked], columns=list(COVERAGE_COLUMNS))
    notes = (_outline_note(rungs), *(note for _, _, more in checked for note in more))
    return CheckReport(
        gpd.GeoDataFrame(problems, geometry="geometry", crs=crs),
        coverage,
        tuple(named),
        tuple(rungs),
        tolerance_m,
        min_area_m2,
        notes,
    )


def _plain(texts: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.Series([str(text) for text in texts], texts.index, dtype=object)


def layer_problems(
    layer: gpd.GeoDataFrame, ground: Ground, *, group: int, department: str
) -> gpd.GeoDataFrame:
    """Answer the problems of one department's layer in an arrangement, which may hold other layers too.

    Parameters
    ----------
    layer
        From `plane.flat`: in the arrangement's CRS, rows as in the arrangement's group `group`.
    ground
        From `ground_of`: the arrangement, prepared once for all departments.
    """
    drawn = drawn_on(layer, ground, group=group, department=department)
    nested, slits = nested_grids(drawn, ground), open_slits(drawn, ground)
    return _problems(drawn, ground, nested=nested, slits=slits)[0]


def _check_one(
    layer: gpd.GeoDataFrame,
    department: str,
    rungs: Mapping[str, gpd.GeoDataFrame],
    crs: pyproj.CRS,
    limits: Tolerances,
) -> tuple[gpd.GeoDataFrame, dict[str, Any], list[str]]:
    plane = flat(layer, crs)
    arrangement = arrange([*(rung.geometry.to_numpy() for rung in rungs.values()), plane.geometry.to_numpy()])
    groups = {rung: number for number, rung in enumerate(rungs)}
    ground = ground_of(
        arrangement,
        rungs=rungs,
        rung_groups=groups,
        tolerance_m=limits.tolerance_m,
        min_area_m2=limits.min_area_m2,
    )
    drawn = drawn_on(plane, ground, group=len(rungs), department=department)
    nested, slits = nested_grids(drawn, ground), open_slits(drawn, ground)
    table, strips = _problems(drawn, ground, nested=nested, slits=slits)
    row = ledger_row(drawn, ground, special=nested.row, slits=slits)
    return table, row, _border_notes(department, strips)


def _problems(
    drawn: Drawn, ground: Ground, *, nested: Nested, slits: npt.NDArray[Any]
) -> tuple[gpd.GeoDataFrame, list[Strips]]:
    found = [
        *overlap_problems(drawn, ground, pieces(ground, overlap_items(drawn, ground))),
        *gap_problems(drawn, ground, pieces(ground, missing_items(drawn)), slits=slits),
        *grid_problems(drawn, ground, nested=nested),
    ]
    if ground.rungs:
        found += outside_problems(drawn, ground, pieces(ground, outside_items(drawn)))
    strips = []
    for rung in ground.rungs:
        crossing = crossing_of(drawn, ground, rung=rung)
        parts = pieces(ground, crossing.items)
        broad = wide(parts.polygons, tolerance_m=ground.tolerance_m)
        crossed = crossing.problems(drawn, ground, parts[broad])
        found += crossed
        strips.append(crossing.strips(parts[~broad], listed=len(crossed)))
    return problem_table(for_a_part(found, drawn, ground), drawn, ground), strips


def grid_problems(drawn: Drawn, ground: Ground, *, nested: Nested) -> list[Problem]:
    """List what is wrong with a grid by itself, and which lie inside others."""
    return [
        *read_problems(drawn),
        *nested_problems(drawn, nested),
        *sliver_problems(drawn, ground, special=nested.row),
        *multipart_problems(drawn),
        *owner_problems(drawn),
    ]


def for_a_part(found: list[Problem], drawn: Drawn, ground: Ground) -> list[Problem]:
    """Do not blame a layer for a part of the city for the rest."""
    return [_as_note(problem) for problem in found] if _for_a_part(drawn, ground) else found


def _for_a_part(drawn: Drawn, ground: Ground) -> bool:
    """Tell a layer for a part of the city, as a development zone is, from one with holes."""
    covered = ground.arrangement.area[drawn.outline & (drawn.depth > 0)].sum()
    return bool(ground.rungs) and covered < PART_SHARE * ground.arrangement.area[drawn.outline].sum()


def _as_note(problem: Problem) -> Problem:
    """A zone is not meant to cover the city, and may cross its borders."""
    if problem.kind not in {"uncovered", "crosses_rung"}:
        return problem
    return replace(problem, severity="note", note=problem.note or told("part_of_city"))


def _named(layers: Mapping[str, gpd.GeoDataFrame] | gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    if isinstance(layers, gpd.GeoDataFrame):
        return {layers.attrs.get(ATTRS, {}).get("department", "layer"): layers}
    if not layers:
        raise ArgumentError(WORDS("no_layer"))
    return dict(layers)


def _outline_note(rungs: Mapping[str, gpd.GeoDataFrame]) -> str:
    if rungs:
        return WORDS("outline_is", rung=rung_told(next(iter(rungs))))
    return WORDS("no_rung_given")


def _border_notes(department: str, strips: list[Strips]) -> list[str]:
    said = [
        WORDS(
            "border_strips",
            rung=rung_told(strip.rung),
            strips=Many(strip.count),
            m2=f"{strip.area_m2:,.0f}",
            wide=Many(strip.wide),
        )
        for strip in strips
        if strip.count or strip.wide
    ]
    if not said:
        return []
    return [WORDS("reaches_over", department=department, said=sentences(said))]
