"""The conflicts of one department: what people decide or should know, and what was settled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gridgov.check import Drawn, Ground, drawn_on, nested_grids
from gridgov.check.crossings import crossing_of, outside_items, outside_problems
from gridgov.check.gaps import gap_problems, missing_items
from gridgov.check.ground import wide_pieces
from gridgov.check.overlaps import overlap_items, overlap_problems
from gridgov.check.problems import Problem
from gridgov.check.report import for_a_part, grid_problems
from gridgov.conflicts.beside import along, places_of
from gridgov.conflicts.bundles import Bundles, bundled, sort_out
from gridgov.conflicts.earlier import Earlier
from gridgov.conflicts.ground import Listing, Merged
from gridgov.conflicts.listed import listed_rows
from gridgov.conflicts.rows import bundle_rows
from gridgov.conflicts.strips import strip_words, strips_of
from gridgov.conflicts.words import Words, gap_words, outside_words, overlap_words
from gridgov.settled import settle
from gridgov.special import Special
from gridgov.topology.overlay import LAYER

__all__ = ["Department", "department_rows"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Department:
    """One department's layer, and the ground it is judged against, with its tolerance."""

    name: str
    layer: gpd.GeoDataFrame
    ground: Ground
    merged: Merged
    special: Special


def department_rows(
    department: Department, layers: Mapping[str, gpd.GeoDataFrame], earlier: Sequence[Earlier]
) -> list[Listing]:
    """List the conflicts of a department.

    `layers` are those of all, in order of precedence; `earlier` are those before it, as drawn.
    """
    ground, merged = department.ground, department.merged
    crs = department.layer.crs
    drawn = drawn_on(department.layer, ground, group=LAYER, department=department.name)
    problems, overlaps, beyond, bare = _sorted_out(drawn, ground)
    gaps = _gaps(department, bare)
    strips = strips_of(merged, ground, earlier)
    rungs, declared = list(ground.rungs), department.special.declared[department.name]
    told = {"merged": merged, "ground": ground, "crs": crs}

    def strip_said(found: Bundles) -> Words:
        return strip_words(found, merged, keeper=strips.keeper, layers=layers, rungs=rungs)

    def overlap_said(found: Bundles) -> Words:
        return overlap_words(found, drawn, merged, declared=declared)

    found = [
        listed_rows(problems, drawn, ground, merged, settle=_settler(department)),
        bundle_rows("borders_apart", strips.wide, strip_said, severity="decide", **told),
        bundle_rows("borders_apart", strips.narrow, strip_said, **told),
        bundle_rows("overlap", overlaps, overlap_said, **told),
        bundle_rows("gap", gaps, lambda found: gap_words(found, drawn, merged), **told),
        bundle_rows("outside", beyond, lambda found: outside_words(found, drawn), **told),
    ]
    return [listing for listing in found if listing is not None]


def _sorted_out(drawn: Drawn, ground: Ground) -> tuple[list[Problem], Bundles, Bundles, Ints]:
    """Answer what is listed place by place, narrow overlaps and strips outside, and the faces of gaps."""
    over, out, bare = overlap_items(drawn, ground), outside_items(drawn), missing_items(drawn)
    wide_overlaps, overlaps = sort_out(ground, over.label, over.face)
    wide_beyond, beyond = sort_out(ground, out.label, out.face)
    places = gap_problems(drawn, ground, wide_pieces(ground, bare), slits=np.zeros(0, dtype=object))
    # The narrow arms of a wide place are gaps like others.
    uncovered = [problem for problem in places if problem.kind == "uncovered"]
    taken = [problem.faces for problem in uncovered if problem.faces is not None]
    problems = [
        *overlap_problems(drawn, ground, wide_overlaps),
        *uncovered,
        *outside_problems(drawn, ground, wide_beyond),
        *grid_problems(drawn, ground, nested=nested_grids(drawn, ground)),
    ]
    for rung in ground.rungs:
        crossing = crossing_of(drawn, ground, rung=rung)
        problems += crossing.problems(drawn, ground, wide_pieces(ground, crossing.items))
    left = np.setdiff1d(bare.face, np.concatenate([bare.face[:0], *taken]))
    return for_a_part(problems, drawn, ground), overlaps, beyond, left


def _gaps(department: Department, face: Ints) -> Bundles:
    """Tie the faces of gaps together by the two grids that lie along each."""
    mesh = department.ground.arrangement.mesh
    place = places_of(mesh, face)
    low, high = along(mesh, place, face, department.merged.drawn)
    return bundled(np.stack([low[place], high[place]], axis=1), face)


def _settler(department: Department) -> Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame]:
    """Answer what settles the rows that people settled beforehand."""
    merged = department.merged
    return partial(
        settle,
        overlay=merged.overlay,
        label=merged.refined.labels[:, merged.number],
        department=department.name,
        layer=department.layer,
        special=department.special,
    )
