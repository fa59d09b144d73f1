"""Rows of the conflicts table, made of faces that are tied together."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gridgov.cells import or_none
from gridgov.check import Ground
from gridgov.check.places import outside_every, places_said
from gridgov.check.problems import NOISE_M
from gridgov.conflicts.bundles import Bundles
from gridgov.conflicts.ground import NONE, Listing, Merged
from gridgov.conflicts.messages import written
from gridgov.conflicts.words import Words
from gridgov.datum import transform_points
from gridgov.schema import SEPARATOR
from gridgov.told import Sayings
from gridgov.topology.ragged import starts
from gridgov.topology.widths import widest

__all__ = ["bundle_rows", "strip_width"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

LONLAT = 4490


def strip_width(area: Floats, outline: Floats) -> Floats:
    """Answer how wide a strip is of this area and length of outline; exact for rectangles.

    >>> strip_width(np.array([800.0]), np.array([216.0])).tolist()
    [8.0]
    """
    room = outline**2 - 16 * area
    return np.where(room > 0, (outline - np.sqrt(np.maximum(room, 0))) / 4, np.sqrt(area))


def bundle_rows(
    kind: str,
    found: Bundles,
    words: Callable[[Bundles], Words],
    *,
    severity: str = "settled",
    merged: Merged,
    ground: Ground,
    crs: Any,
) -> Listing | None:
    """Make a row of each bundle, unless rounding made it; None where there is none.

    `words` says what is to be said of them.

    The width of what needs a decision is that of the largest circle that fits in; of what is settled, that
    of a strip of the same area and outline, its widest place.
    """
    width, places = _widths(found, ground)
    drawn = width > NOISE_M
    found, width, places = found[drawn], width[drawn], places[drawn]
    if not len(found):
        return None
    spot = _largest_face(found, merged)
    mesh = ground.arrangement.mesh
    shapes = mesh.outlines(found.face, found.group)
    if severity == "decide":
        spots = widest(shapes.polygons())
        width, x, y = spots.width, spots.x, spots.y
    else:
        x, y = mesh.spots(spot).T
    changed = merged.changed[found.face] | (merged.unit[found.face] == NONE)
    area = merged.area[found.face]
    said = words(found)
    place = _places(merged, ground, merged.unit[spot], said)
    lon, lat = transform_points(x, y, source=crs, target=LONLAT)
    table = {
        "kind": _texts([kind] * len(found)),
        "severity": _texts([severity] * len(found)),
        "departments": _few(said.departments),
        "grid_ids": _texts([SEPARATOR.join(ids) for ids in said.grid_ids]),
        "owners": _texts([SEPARATOR.join(owners).rstrip(SEPARATOR) for owners in said.owners]),
        "places": places,
        "area_m2": np.bincount(found.group, weights=area, minlength=len(found)),
        "moved_m2": np.bincount(found.group, weights=area * changed, minlength=len(found)),
        "width_m": width,
        "rule": _few(said.rule),
        **{name: _texts(texts) for name, texts in written(place=place, resolution=said.resolution).items()},
        "lon": np.round(lon, 7),
        "lat": np.round(lat, 7),
        **_units(merged, ground, merged.unit[spot]),
    }
    counts = np.ones(len(found.face), dtype=bool) if severity == "decide" else changed
    return Listing(pd.DataFrame(table), shapes, found.group[counts], found.face[counts])


def _texts(values: Any) -> "pd.Series[Any]":
    """Texts as plain objects, as everywhere in the table; pandas would turn them into Arrow and back."""
    answer = np.empty(len(values), dtype=object)
    answer[:] = values
    return pd.Series(answer, dtype=object)


def _few(values: Sequence[str]) -> "pd.Series[Any]":
    """Texts of which there are few different ones: these are kept once."""
    kept: dict[str, str] = {}
    return _texts([kept.setdefault(value, value) for value in values])


def _widths(found: Bundles, ground: Ground) -> tuple[Floats, Ints]:
    """Answer the width of the widest place of each bundle, and how many places it has."""
    parts = found.parts(ground)
    width = strip_width(parts.area, parts.length)
    answer = np.zeros(len(found))
    np.maximum.at(answer, parts.group, width)
    return answer, np.bincount(parts.group[width > NOISE_M], minlength=len(found))


def _units(merged: Merged, ground: Ground, unit: Ints) -> dict[str, "pd.Series[Any]"]:
    path = np.vstack([merged.path, np.full(merged.path.shape[1], NONE)])
    return {
        rung: _texts(or_none(units["grid_id"])[path[unit, k]])
        for k, (rung, units) in enumerate(ground.rungs.items())
    }


def _largest_face(found: Bundles, merged: Merged) -> Ints:
    """Answer the largest face of each bundle, of equal ones the first."""
    area, first = merged.area[found.face], starts(found.group, len(found))[:-1]
    largest = np.flatnonzero(area == np.maximum.reduceat(area, first)[found.group])
    return found.face[largest[np.searchsorted(found.group[largest], np.arange(len(found)))]]


def _places(merged: Merged, ground: Ground, unit: Ints, said: Words) -> Sayings:
    """Say where the largest place is."""
    words: list[str] = [*merged.unit_words[:-1], outside_every(next(iter(ground.rungs)))]
    return places_said(
        [words[at] for at in unit.tolist()], [ids[:2] for ids in said.grid_ids], beside=said.at == "between"
    )
