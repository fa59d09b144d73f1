"""The common refinement of layers inside given units: clean, bend, cut, one layer after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from gridgov.errors import ArgumentError
from gridgov.memory import give_back
from gridgov.schema import PRECISION_M
from gridgov.steps import step
from gridgov.topology.arrange import sizes
from gridgov.topology.bend import Bent, bend
from gridgov.topology.borders import Borders
from gridgov.topology.coverage import as_coverage
from gridgov.topology.cut import Cutter, cut, round_off
from gridgov.topology.leftovers import without_leftovers
from gridgov.topology.offsets import LEAST_TOLERANCE_M, Offsets, measure_offsets
from gridgov.topology.overlay import Overlays, lay_over
from gridgov.topology.regions import MIN_ARM_M2
from gridgov.words.merging import WORDS

__all__ = ["DEFAULT_TOLERANCE_M", "Refinement", "Tolerances", "refine"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Geometries = npt.NDArray[Any]

#: Cells are cut on a grid as fine as this before they come to that of 1 cm.
FINE_M = PRECISION_M / 10

#: Where the borders cannot tell. Too small costs far more than too large.
DEFAULT_TOLERANCE_M = 25.0

#: Rounding makes a piece narrower by less than so many metres, and smaller by less than this share.
ROUNDED_M, ROUNDED_SHARE = 0.05, 0.02


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What counts as thin: narrower than a tolerance, or smaller than `min_area_m2`.

    Attributes
    ----------
    tolerance_m
        Metres, for rungs and wherever no layer is asked about.
    min_area_m2
        Square metres.
    by_layer
        Metres for each layer in order of precedence; none: `tolerance_m` for all.
    """

    tolerance_m: float
    min_area_m2: float
    by_layer: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for tolerance in (self.tolerance_m, *self.by_layer):
            if not 2 * PRECISION_M <= tolerance < np.inf:
                raise ArgumentError(WORDS("tolerance_metres", least=2 * PRECISION_M, tolerance=tolerance))
        if not 0 <= self.min_area_m2 < np.inf:
            raise ArgumentError(WORDS("min_area", min_area_m2=self.min_area_m2))

    def of(self, number: int) -> float:
        """Tolerance of a layer in metres."""
        return self.by_layer[number] if self.by_layer else self.tolerance_m

    def for_layer(self, number: int) -> "Tolerances":
        """Answer the limits of one layer."""
        return Tolerances(self.of(number), self.min_area_m2)

    def after_rounding(self) -> "Tolerances":
        """Answer what is thin among pieces that were rounded to the cm since it was told of them."""
        tolerance_m = max(self.tolerance_m - ROUNDED_M, 2 * PRECISION_M)
        return Tolerances(tolerance_m, self.min_area_m2 * (1 - ROUNDED_SHARE))

    @property
    def largest_m(self) -> float:
        """The largest tolerance of any layer, in metres."""
        return max(self.by_layer, default=self.tolerance_m)


@dataclass(frozen=True, slots=True)
class Refinement:
    """Cells, and how they lie to the layers as these were drawn.

    Attributes
    ----------
    cells
        (n,) Polygons: a noded coverage of the units.
    base
        (n,) row of the unit each cell lies in.
    labels
        (n, k) row of the grid of each layer, -1 for none.
    overlays
        Each layer as drawn, laid over the cells when it is asked for.
    offsets
        For each layer, how far its borders lay apart from those before it, and its tolerance.
    """

    cells: Geometries
    base: Ints
    labels: Ints
    overlays: Overlays
    offsets: tuple[Offsets, ...]


def refine(
    base: Geometries,
    layers: Sequence[Geometries],
    *,
    keep: Sequence[Bools],
    limits: Tolerances,
    tolerances: Sequence[float | None] | None = None,
    first: Sequence[Bools] | None = None,
    everywhere: Sequence[Bools] | None = None,
    names: Sequence[str] | None = None,
    merged: bool = False,
) -> Refinement:
    """Cut the units of `base` into the cells that all layers make together, without thin pieces.

    Parameters
    ----------
    base
        Units that no cell crosses: Polygons or MultiPolygons that do not overlap. They bound the result.
    layers
        The polygons of each layer in order of precedence; they may overlap, leave gaps and reach outside.
    keep
        For each layer, the rows that keep their largest piece even if it is thin; unless nine tenths of them
        lie under smaller polygons of their layer or outside the units.
    limits
        What is thin.
    tolerances
        For each layer its tolerance in metres, None to find it from the borders; by default `limits`.
    first
        For each layer, the rows that name what they cover before all others do.
    everywhere
        For each layer, the rows that keep a piece, as wide as the tolerance, in every unit that they reach.
    names
        Of the layers, for what is told of steps; numbers from 1 if not given.
    merged
        Whether base and layers have been merged before: then nothing is cleaned or bent, and only what is
        thin goes.

    Notes
    -----
    Each layer is made a coverage, bent onto the borders that the units and the layers before it have made,
    and cuts the cells made so far; these never change again, so that borders of higher precedence stand. The
    smallest polygon of a layer that covers a place names it, so that a grid inside another one stays.
    """
    no = [np.zeros(len(layer), dtype=bool) for layer in layers]
    first, everywhere = first or no, everywhere or no
    wanted = [limits.of(k) for k in range(len(layers))] if tolerances is None else tolerances
    cells, unit = base, np.arange(len(base))
    labels = np.zeros((len(base), 0), dtype=np.int64)
    offsets = []
    for k, layer in enumerate(layers):
        with step("cutting", layer=str(k + 1) if names is None else names[k]):
            bent, found = _bent(
                layer,
                onto=cells,
                wanted=wanted[k],
                limits=limits,
                first=first[k],
                earlier=k > 0,
                merged=merged,
            )
            give_back(len(layer) + len(cells))
            thin = Tolerances(found.tolerance_m, limits.min_area_m2)
            thin = thin.after_rounding() if merged else thin
            cutter = Cutter(bent.polygons, shapely.area(layer), keep[k], first[k], everywhere[k])
            pieces = cut(
                cells,
                cutter,
                unit=unit,
                labels=labels,
                tolerance_m=thin.tolerance_m,
                min_area_m2=thin.min_area_m2,
                precision_m=PRECISION_M if merged else FINE_M,
                arms=not bent.drawn_on,
                slender_m2=0.0 if merged else MIN_ARM_M2,
            )
            cells, unit = pieces.polygons, unit[pieces.base]
            labels = np.column_stack([labels[pieces.base], pieces.label])
            offsets.append(found)
            del bent, cutter, pieces  # in a large city these take hundreds of megabytes
            give_back(len(layer) + len(cells))
    rounded = round_off(
        without_leftovers(cells, fine_m=FINE_M, coarse=round(PRECISION_M / FINE_M)),
        unit=unit,
        labels=labels,
        tolerance_m=min((found.tolerance_m for found in offsets), default=limits.tolerance_m),
        min_area_m2=limits.min_area_m2,
    )
    cells, unit, labels = rounded.polygons, unit[rounded.base], labels[rounded.base]
    del rounded
    give_back(len(cells))
    size = [sizes(layer, before) for layer, before in zip(layers, first, strict=True)]
    overlays = Overlays(lambda k: lay_over(cells, layers[k], size=size[k]), len(layers))
    return Refinement(cells, unit, labels, overlays, tuple(offsets))


def _bent(
    layer: Geometries,
    *,
    onto: Geometries,
    wanted: float | None,
    limits: Tolerances,
    first: Bools,
    earlier: bool,
    merged: bool,
) -> tuple[Bent, Offsets]:
    """Make a layer a coverage and bend it onto the borders of the cells made so far."""
    if merged:
        found = Offsets(0.0, LEAST_TOLERANCE_M if wanted is None else wanted)
        return Bent(layer, 0, 0, (0.0, 0.0), drawn_on=True), found
    mine, before = Borders.of(layer), Borders.of(onto)
    found = _offsets(mine, before, wanted, limits)
    made = before if earlier else None
    clean = as_coverage(layer, borders=mine, gap_m=found.tolerance_m, first=first, earlier=made)
    bent = bend(clean, onto=before, within_m=found.tolerance_m, earlier=earlier)
    return bent, replace(found, shift=bent.shift)


def _offsets(layer: Borders, onto: Borders, wanted: float | None, limits: Tolerances) -> Offsets:
    found = measure_offsets(layer, onto=onto, default_m=limits.tolerance_m)
    return found if wanted is None else replace(found, tolerance_m=wanted)
