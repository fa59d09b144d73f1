"""One network kept ready, to ask where points lie, again and again."""

import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gridgov import frames
from gridgov.answering import answer_columns, plain_columns
from gridgov.assign import BORDER_M, NEAREST_M
from gridgov.coordinates import parse_coordinates
from gridgov.datum import in_china
from gridgov.errors import ArgumentError, DatumWarning
from gridgov.glance import Glance
from gridgov.language import examples, listed
from gridgov.layers import read_cells
from gridgov.located import Located, Nearest
from gridgov.lookup import CATEGORY, Atlas, Handling, Points, bind, place_points, read_points
from gridgov.schema import CHINA_CRS
from gridgov.words.locating import WORDS

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.network import Network
    from gridgov.owners import BoundRules, Rules

__all__ = ["Located", "Locator", "Nearest"]


class Locator:
    """Cells made ready once, and rules if there are any; its answers do not change afterwards.

    It can be pickled (another process builds its index again) and shared by threads.

    Parameters
    ----------
    cells
        A `Network`, its `.cells`, or one unmerged layer from `read_grids`.
    rules
        Who handles what, where.
    border_m, nearest_m
        As in `assign_points`.
    points_crs
        Datum of the points for which `crs` is not said: ``gcj02``, ``bd09``, ``cgcs2000``, ``EPSG:4547`` ...
        Without it degrees in China are taken as CGCS2000, with a DatumWarning.
    """

    __slots__ = ("_atlas", "_border_m", "_bound", "_glance", "_nearest_m", "_points_crs", "_rules", "_tested")

    def __init__(
        self,
        cells: object,
        *,
        rules: "Rules | None" = None,
        border_m: float = BORDER_M,
        nearest_m: float = NEAREST_M,
        points_crs: object = None,
    ) -> None:
        self._atlas = Atlas.of(cells)
        self._points_crs = points_crs
        self._rules = rules
        self._border_m, self._nearest_m = border_m, nearest_m
        self._bound = self._bind(())
        self._tested = frozenset({CATEGORY, *self._asked(self._bound)})
        self._glance = Glance(self._atlas, self._bound, border_m=border_m, nearest_m=nearest_m)

    @classmethod
    def open(
        cls,
        network: "str | Path | Network",
        *,
        rules: "str | Path | Rules | None" = None,
        border_m: float = BORDER_M,
        nearest_m: float = NEAREST_M,
        points_crs: object = None,
    ) -> "Locator":
        """A locator for a network file, or a network; rules likewise.

        Raises
        ------
        InputMissingError, FormatError, SchemaError, RulesError
            As `read_network` and `read_rules`.
        """
        cells = read_cells(network) if isinstance(network, str | Path) else network
        return cls(cells, rules=_known(rules), border_m=border_m, nearest_m=nearest_m, points_crs=points_crs)

    @property
    def version(self) -> str | None:
        """Version of the network; None for cells that belong to none."""
        return self._atlas.version

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the rules ask of an incident itself, beside its category and place."""
        return self._asked(self._bound)

    def cell(self, cell_id: str) -> dict[str, Any]:
        """All that is known of a cell, by the names of `schema.cell_columns`."""
        row = int(np.searchsorted(self._atlas.ids[:-1], cell_id))
        if self._atlas.ids[row] != cell_id:
            raise ArgumentError(WORDS("no_cell", cell_id=cell_id))
        return {n: values[row] for n, values in {**self._atlas.columns, **self._atlas.further}.items()}

    def one(
        self,
        *,
        lon: Any,
        lat: Any = None,
        category: str | None = None,
        crs: object = None,
        time: object = None,
        **conditions: object,
    ) -> Located:
        """Where one point lies and who acts there.

        Parameters
        ----------
        lon, lat
            Numbers or text; x and y for a projected `crs`. `lat` None: `lon` holds both.
        category
            What the rules call category.
        crs
            Datum of the point; None: the locator's `points_crs`.
        time
            For rules with valid_from or valid_to; today if None.
        **conditions
            Other columns that the rules test: ``道路等级="主干道"``.

        Raises
        ------
        ArgumentError
            The rules ask for no such condition.
        CRSError, RulesError
            As in `assign_incidents`.

        Notes
        -----
        10 to 25 microseconds inside a cell, 50 to 100 at borders, with a saved index, the name of a datum and
        coordinates as numbers, if `border_m` and `nearest_m` are not more than about a metre. Else some
        milliseconds.
        """
        given = {CATEGORY: category, **conditions}
        if lat is not None and (not conditions or conditions.keys() <= self._tested):
            stated = self._points_crs if crs is None else crs
            found = self._glance.located(lon, lat, crs=stated, given=given, time=time)
            if found is not None:
                return found
        points = self._points([lon], None if lat is None else [lat], crs)
        placed = place_points(self._atlas, points, border_m=self._border_m, nearest_m=self._nearest_m)
        handling = self._handling(given, time, 1)
        answers = plain_columns(answer_columns(self._atlas, points, placed, handling=handling))
        first = {name: values[0] for name, values in answers.items()}
        rungs, departments = self._atlas.rungs, self._atlas.departments
        rows, metres = placed.candidates.row, placed.candidates.distance_m
        if first["cell_status"] == "inside":
            rows, metres = placed.row, np.zeros(1)
        return Located(
            cell_id=first["cell_id"],
            grid_id=first["grid_id"],
            status=first["cell_status"],
            candidates=tuple(self._atlas.ids[rows]),
            candidates_m=tuple(metres.tolist()),
            distance_m=_number(first["cell_distance_m"]),
            review=bool(first["review"]),
            rungs={rung: first[rung] for rung in rungs},
            rung_names={rung: first[f"{rung}_name"] for rung in rungs},
            grids={department: first[department] for department in departments},
            owners={department: first[f"{department}_owner"] for department in departments},
            handler=first["handler"],
            handler_rule=first["handler_rule"],
            carried={name: value for name, value in first.items() if name.startswith("rule_")},
            reason=first["reject_reason"],
            lon=_number(points.lon[0]),
            lat=_number(points.lat[0]),
            crs=points.crs.name,
            network_version=self._atlas.version,
        )

    def many(
        self,
        *,
        lon: Any,
        lat: Any,
        category: Any = None,
        crs: object = None,
        time: Any = None,
        **conditions: Any,
    ) -> "pd.DataFrame":
        """The assignment columns of many points, one row each, in their order.

        `category`, `time` and other conditions hold one value per point, or one for all; the rest is as in
        `one`. On the index of `lon` if that is a pandas Series.
        """
        import pandas as pd

        points = self._points(lon, lat, crs)
        placed = place_points(self._atlas, points, border_m=self._border_m, nearest_m=self._nearest_m)
        given = {CATEGORY: category, **conditions}
        handling = self._handling(given, time, len(points))
        answers = plain_columns(answer_columns(self._atlas, points, placed, handling=handling))
        index = lon.index if isinstance(lon, pd.Series) else pd.RangeIndex(len(points))
        located: pd.DataFrame = frames.with_columns(pd.DataFrame(index=index), answers)
        return located

    def nearest(self, *, lon: Any, lat: Any = None, crs: object = None) -> Nearest | None:
        """The cell nearest to a point, however far; None without a usable coordinate or any cell."""
        points = self._points([lon], None if lat is None else [lat], crs)
        index = self._atlas.index.asked_in(points.crs)
        row, distance = index.nearest(lon=points.lon, lat=points.lat)
        return None if row[0] < 0 else Nearest(self._atlas.ids[row[0]], float(distance[0]))

    def _points(self, lon: Any, lat: Any, crs: object) -> Points:
        stated = self._points_crs if crs is None else crs
        if stated is None and self._atlas.in_china() and _degrees_in_china(lon, lat):
            warnings.warn(DatumWarning(WORDS("assumed", crs=CHINA_CRS)), stacklevel=3)
            stated = CHINA_CRS
        return read_points(self._atlas, lon=lon, lat=lat, crs=stated)

    def _handling(self, given: Mapping[str, Any], time: Any, size: int) -> Handling:
        expected = self._rules.expected_conditions if self._rules else ()
        bound = self._bound if set(given) <= {CATEGORY, *expected} else self._bind(given)
        asked = self._asked(bound)
        if unknown := [name for name in given if name not in (CATEGORY, *asked)]:
            said = WORDS("rules_ask_for", asked=listed(asked) or WORDS("no_more_asked"))
            said = said if self._rules else WORDS("no_rules")
            raise ArgumentError(WORDS("rules_do_not_ask", unknown=examples(unknown), said=said))
        if bound is None:
            return Handling()
        columns = dict.fromkeys(expected) | dict(given)
        when = date.today() if time is None else time  # noqa: DTZ011 (dates of rules are local)
        return Handling(
            bound, {name: _spread(value, size) for name, value in columns.items()}, _spread(when, size)
        )

    def _asked(self, bound: "BoundRules | None") -> tuple[str, ...]:
        """What rules read that is neither the category nor known of the cells."""
        known = {CATEGORY, *self._atlas.columns, *self._atlas.further}
        return tuple(name for name in bound.needs if name not in known) if bound else ()

    def _bind(self, given: Any) -> "BoundRules | None":
        expected = self._rules.expected_conditions if self._rules else ()
        return bind(self._rules, self._atlas, dict.fromkeys([CATEGORY, *expected, *given]))


def _known(rules: "str | Path | Rules | None") -> "Rules | None":
    if not isinstance(rules, str | Path):
        return rules
    from gridgov.tables import read_rules

    return read_rules(rules)


def _degrees_in_china(lon: Any, lat: Any) -> bool:
    given = parse_coordinates(lon, lat)
    return bool(in_china(given.lon, given.lat).any())


def _spread(value: Any, size: int) -> NDArray[np.object_]:
    """One value per point, of one for all or of as many as there are points."""
    values = [value] if isinstance(value, str) or not np.iterable(value) else list(value)
    if len(values) not in (1, size):
        raise ArgumentError(WORDS("one_value", size=size, values=len(values)))
    column = np.empty(size, dtype=object)
    column[:] = values
    return column


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
