"""How cells are called: by number, by a scheme of codes, by the ids they keep of a previous network."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.clock import today
from gridgov.codes import SCHEMES, Numbering, number_cells, parse_code, scheme_named
from gridgov.codes.schemes import PARENT, check_parents
from gridgov.codes.words import WORDS
from gridgov.errors import ArgumentError, CodeError
from gridgov.ladder import Ladder
from gridgov.language import Many, examples, listed
from gridgov.schema import NO_RUNG, NO_RUNG_UNIT
from gridgov.succession import first_register, follow

__all__ = ["CellIds", "CellNames", "cell_ids", "check_naming"]

Texts = npt.NDArray[Any]
Geometries = npt.NDArray[Any]

NONE = -1

#: The scheme of cells.
UNIT = "unit15"

#: Digits that a part of a place has where it stands alone.
_PART = 3


@dataclass(frozen=True, slots=True)
class CellNames:
    """The ids of the cells, and where they come from.

    Attributes
    ----------
    ids
        (n,) in the order of the cells.
    register
        Every id that was ever given: `schema.REGISTER_COLUMNS`.
    succession
        What became of the previous network's cells: `schema.SUCCESSION_COLUMNS`; None without one.
    summary
        Counts and advice, plain values; empty if neither codes nor a previous network were asked for.
    """

    ids: Texts
    register: pd.DataFrame
    succession: pd.DataFrame | None
    summary: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CellIds:
    """How cells are to be called.

    Attributes
    ----------
    numbering
        How ids are made.
    parents
        (n,) of each unit of the ladder, what its cells are numbered in.
    previous, register
        The cells of the previous network, and its register, if there are any.
    advice
        What is unusual about the parents, in sentences.
    """

    numbering: Numbering
    parents: Texts
    previous: gpd.GeoDataFrame | None
    register: pd.DataFrame | None
    advice: tuple[str, ...]

    def name(self, polygons: Geometries, unit: npt.NDArray[np.int64], *, crs: object) -> CellNames:
        """Call the cells: (n,) polygons, and the unit of the ladder each lies in.

        Raises CodeError where a parent has more cells than numbers.
        """
        parents = self.parents[unit]
        inside = shapely.point_on_surface(polygons)
        where = {"x": shapely.get_x(inside), "y": shapely.get_y(inside), "area_m2": shapely.area(polygons)}
        if self.previous is None:
            ids = number_cells(parents, **where, numbering=self.numbering)
            scheme = self.numbering.scheme
            counts = {} if scheme is None else self._counts(scheme.name, kept=0, new=len(ids), retired=0)
            return CellNames(ids, first_register(ids, day=today()), None, counts)
        known = follow(self.previous, self.register, polygons, crs=crs)
        if not len(known.old):
            raise ArgumentError(WORDS("previous_no_cells"))
        kept = known.kept(parents, self.numbering)
        ids = number_cells(parents, **where, numbering=self.numbering, kept=kept, used=known.used())
        stayed = int(sum(each is not None for each in kept))
        name = self.numbering.scheme.name if self.numbering.scheme else None
        counts = self._counts(name, kept=stayed, new=len(ids) - stayed, retired=len(known.old_ids) - stayed)
        register = known.registered(ids, numbering=self.numbering, day=today())
        return CellNames(ids, register, known.table(ids), counts)

    def _counts(self, scheme: str | None, **counts: int) -> dict[str, Any]:
        return {"scheme": scheme, **counts, "advice": list(self.advice)}


def cell_ids(
    ladder: Ladder,
    *,
    codes: str | None = None,
    parents: Collection[str] | None = None,
    previous: gpd.GeoDataFrame | None = None,
    register: pd.DataFrame | None = None,
) -> CellIds:
    """How cells of a ladder are to be called; before they are made, so that what is wrong is said early.

    Parameters
    ----------
    ladder
        Whose units the cells lie in.
    codes
        ``unit15``, or None for numbers in the units of the top rung.
    parents
        All 12-digit codes of communities that there are, or None.
    previous, register
        Cells and register of a previous network, whose ids stay.

    Raises
    ------
    ArgumentError
        Another scheme; parents without codes; no rungs.
    CodeError
        Units of the ladder have no 12-digit code, or one that is not among the parents.
    """
    check_naming(codes, parents)
    if codes is None:
        top = next(iter(ladder.rungs.values()))["grid_id"].to_numpy(dtype=object)
        return CellIds(Numbering(), top[ladder.path[:, 0]], previous, register, ())
    listed_parents = None if parents is None else check_parents(parents, source="--parents")
    own, advice = _communities(ladder, codes, listed_parents)
    return CellIds(Numbering(SCHEMES[codes]), own, previous, register, advice)


def check_naming(codes: str | None, parents: object) -> None:
    """Raise ArgumentError unless cells can have such codes, and parents stand beside codes."""
    if codes is None and parents is not None:
        raise ArgumentError(WORDS("parents_without"))
    if codes is not None and scheme_named(codes).name != UNIT:
        raise ArgumentError(WORDS("codes_for_cells", scheme=codes))


def _communities(
    ladder: Ladder, codes: str, parents: Collection[str] | None
) -> tuple[Texts, tuple[str, ...]]:
    """The 12 digits of each unit of the ladder, and what is unusual about them."""
    rungs = list(ladder.rungs)
    first = ladder.rungs[rungs[0]]["grid_id"].tolist()
    if rungs == [NO_RUNG] and first == [NO_RUNG_UNIT]:
        raise ArgumentError(WORDS("codes_no_rung", scheme=codes))
    _check_placed(ladder, codes)
    ids = [table["grid_id"].to_numpy(dtype=object) for table in ladder.rungs.values()]
    own = np.array(
        [_joined([ids[k][row] for k, row in enumerate(path)]) for path in ladder.path], dtype=object
    )
    advice: dict[str, None] = {}
    faults: dict[str, str] = {}
    for parent in dict.fromkeys(own):
        try:
            code = parse_code(parent, scheme=PARENT)
        except CodeError as error:
            faults[parent] = str(error)
        else:
            advice |= dict.fromkeys(f"{parent}: {said}" for said in code.advice)
    if faults:
        given, reason = examples(list(faults), most=3), next(iter(faults.values()))
        raise CodeError(
            WORDS(
                "codes_parts", scheme=codes, rungs=listed(rungs), given=given, reason=reason, finest=rungs[-1]
            )
        )
    others = [] if parents is None else sorted(set(own) - set(parents))
    if others:
        raise CodeError(WORDS("codes_not_listed", n=Many(len(others)), given=examples(others)))
    return own, tuple(advice)


def _check_placed(ladder: Ladder, codes: str) -> None:
    """Raise if a unit lies in no unit of the finest rung: where, so that it can be drawn."""
    missing = np.flatnonzero(ladder.path[:, -1] == NONE)
    if not len(missing):
        return
    inside = shapely.point_on_surface(ladder.units[missing])
    places = [
        f"({x:.0f}, {y:.0f}) {m2:,.0f} m2"
        for x, y, m2 in zip(
            shapely.get_x(inside), shapely.get_y(inside), shapely.area(ladder.units[missing]), strict=True
        )
    ]
    rung = list(ladder.rungs)[-1]
    raise CodeError(
        WORDS("codes_no_unit", scheme=codes, n=Many(len(missing)), rung=rung, places=examples(places, most=3))
    )


def _joined(path: list[str]) -> str:
    """The code that ids along a path make: each holds the ones before it, or is a part of three digits."""
    code = ""
    for own in path:
        code = f"{code}{own}" if code and len(own) == _PART else own
    return code
