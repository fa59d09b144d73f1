"""Where a layer stands: refuses coordinates without a system, or with one they cannot be in."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from gridgov.datum import (
    Candidate,
    PointCRS,
    check_crs_fits,
    crs_candidates,
    describe_crs,
    in_china,
    parse_crs,
    transform_points,
)
from gridgov.datum.crs import legacy_datum
from gridgov.errors import CRSError
from gridgov.layers.words import WORDS

__all__ = ["candidate_lines", "centres", "check_placement", "stated_crs"]

#: Candidates shown in an error; the rest are less likely than all of these.
_SHOWN: Final = 5

#: What files exported from web maps say of themselves.
_WEB_MAP_CLAIM: Final = CRS.from_epsg(4326)


def check_placement(
    frame: gpd.GeoDataFrame, *, crs: object = None, outline: Any = None, where: str, name: str
) -> list[str]:
    """Notes on where a layer lies; raise unless its coordinate system is known, usable and plausible.

    Parameters
    ----------
    frame
        The layer as read.
    crs
        What the user stated; it overrules the file.
    outline
        Polygon in EPSG:4490 degrees that the layer should lie in; sharpens the candidates.
    where, name
        Source and name of the layer, for messages.

    Raises
    ------
    CRSError
        No coordinate system (lists the possible ones and the share of grids each puts inside the
        outline), one that the numbers cannot be in, or Xian 80 / Beijing 54.
    """
    x, y = centres(frame)
    if not x.size:
        return []
    stated = stated_crs(frame, crs, where)
    if stated is None:
        raise CRSError(WORDS("crs_missing", where=where, choices=_choices(x, y, outline, name)))
    old = legacy_datum(stated.crs)
    if old is not None:
        raise CRSError(WORDS("crs_legacy", where=where, stated=describe_crs(stated), name=name, old=old))
    misfit = check_crs_fits(x, y, crs=stated)
    if misfit is not None:
        raise CRSError(
            WORDS(
                "in_file_misfit",
                where=where,
                misfit=misfit.rstrip(".。"),
                choices=_choices(x, y, outline, name),
            )
        )
    return [
        *_outside_note(x, y, stated, outline, name),
        *(_web_map_note(x, y, stated, name) if crs is None else ()),
    ]


def stated_crs(frame: gpd.GeoDataFrame, crs: object, where: str) -> PointCRS | None:
    """What the user or else the file says; None for nothing, or for a local system of no known place."""
    if crs is not None:
        return parse_crs(crs, where=where)
    if frame.crs is None or frame.crs.geodetic_crs is None:
        return None
    return parse_crs(frame.crs, where=where)


def centres(frame: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle of each row's box, rows without a geometry left out."""
    boxes = shapely.bounds(frame.geometry.to_numpy())
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    return (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2


def candidate_lines(candidates: Sequence[Candidate]) -> list[str]:
    """One line per candidate: its share, what to write after ``--crs``, and what it is.

    Those that position alone cannot tell from one before are named by it and get no line of their own.
    """
    apart: list[Candidate] = []
    for one in candidates:
        if not any(
            one.name.removesuffix(" swapped") in other.alike and one.swapped == other.swapped
            for other in apart
        ):
            apart.append(one)
    if not apart:
        return [WORDS("none_known")]
    more = WORDS("and_others", apart=len(apart) - _SHOWN) if len(apart) > _SHOWN else ""
    candidates = apart[:_SHOWN]
    width = max(len(candidate.name) for candidate in candidates)
    lines = [f"{one.share:6.1%}  {one.name:<{width}}  {one.label}" for one in candidates]
    return [*lines, more] if more else lines


def share_told(*, outlined: bool) -> str:
    """What the shares of candidates count, without and with an outline."""
    return WORDS("share_inside" if outlined else "share_fit")


def _choices(x: NDArray[np.float64], y: NDArray[np.float64], outline: Any, name: str) -> str:
    found = crs_candidates(x, y, outline=outline)
    listed = "\n  ".join(candidate_lines(found))
    fitting = next((one.name for one in found if not one.swapped), None if found else "EPSG:4547")
    state = WORDS("state_it", name=name, fitting=fitting)
    if fitting is None:
        state = WORDS("exchanged")
    return WORDS("ask_who", state=state, share=share_told(outlined=outline is not None), listed=listed)


def _web_map_note(x: NDArray[np.float64], y: NDArray[np.float64], stated: PointCRS, name: str) -> list[str]:
    """Web maps export shifted degrees under the name of WGS 84; nothing in the numbers shows it."""
    if stated.crs != _WEB_MAP_CLAIM or not in_china(x, y).any():
        return []
    return [WORDS("web_map", name=name)]


def _outside_note(
    x: NDArray[np.float64], y: NDArray[np.float64], stated: PointCRS, outline: Any, name: str
) -> list[str]:
    if outline is None:
        return []
    lon, lat = transform_points(x, y, source=stated, target="cgcs2000")
    if shapely.intersects_xy(outline, lon, lat).any():
        return []
    best = next(iter(crs_candidates(x, y, outline=outline)), None)
    hint = WORDS("would_fit", best=best.name, share=best.share, name=name) if best and best.share else ""
    return [WORDS("outside_outline", stated=describe_crs(stated), hint=hint)]
