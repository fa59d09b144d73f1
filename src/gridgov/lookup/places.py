"""Recorded places: the district, street or community that someone wrote down, found among the rungs.

A recorded value is a unit if it is its id, its name, or its name in another form of the same word:
``北下街`` for ``北下街街道``, ``管城区`` for ``管城回族区``; never ``城关乡`` for ``城关镇``, and never when
two units answer to it. A value that names no unit ends the search: what was recorded below it is not looked
up in another district.
"""

import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridgov.columns import best_columns, fold_name
from gridgov.errors import ArgumentError, GridgovWarning
from gridgov.language import examples, listed
from gridgov.lookup.atlas import Atlas, Texts
from gridgov.lookup.words import WORDS
from gridgov.owners.words import folded

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["find_places", "place_columns", "same_place"]

#: Rungs that columns are known to hold by their names (`columns.ROLES`).
_KNOWN_RUNGS: Final = ("district", "street", "community")

#: Words a unit's name may end with; words of one line are one kind of unit.
_KINDS: Final = (
    ("街道办事处", "街道办", "街道"),
    ("社区居民委员会", "社区居委会", "社区", "居民委员会", "居委会"),
    ("村民委员会", "村委会", "村"),
    ("自治县", "县"),
    ("区",),
    ("市",),
    ("镇",),
    ("乡",),
)
_KIND_OF: Final = {ending: kind for kind, endings in enumerate(_KINDS) for ending in endings}
_ENDING: Final = re.compile(f"(.{{2,}}?)({'|'.join(sorted(_KIND_OF, key=len, reverse=True))})")

#: Peoples in the names of autonomous districts, counties and towns, which everyday speech leaves out.
_PEOPLES: Final = re.compile(
    "(.{2,}?)(?:回|满|蒙古|壮|藏|朝鲜|土家|苗|侗|瑶|彝|畲|白|黎|达斡尔|鄂温克|哈萨克|锡伯|仡佬|布依|羌|傣)族"
)


class _Form(NamedTuple):
    """A name without what may be left out, and the kind of unit it says it is (None: does not say)."""

    stem: str
    kind: int | None


def place_columns(place: Sequence[str] | Mapping[str, str] | str, *, rungs: Sequence[str]) -> dict[str, str]:
    """Which column holds the recorded unit of which rung.

    Parameters
    ----------
    place
        ``{rung: column}``, or columns: those whose names say their rung (a rung's own name, ``所属街道``)
        are taken so, the others in the order of the rungs, coarse to fine.
    rungs
        Rungs of the cells, coarse to fine.

    Raises
    ------
    ArgumentError
        The cells have no rungs, not this one, or fewer than columns are left.
    """
    if not rungs:
        raise ArgumentError(WORDS("places_need"))
    if isinstance(place, Mapping):
        if strange := [rung for rung in place if rung not in rungs]:
            raise ArgumentError(WORDS("no_such_rung", strange=examples(strange), rungs=listed(rungs)))
        return {rung: place[rung] for rung in rungs if rung in place}
    named = {column: _rung_said(column, rungs) for column in ([place] if isinstance(place, str) else place)}
    _warn_of_missing_rungs(named, rungs)
    free = [rung for rung in rungs if rung not in named.values()]
    rest = [column for column, rung in named.items() if rung is None]
    if len(rest) > len(free):
        raise ArgumentError(WORDS("no_rung_left", rest=examples(rest), rungs=listed(rungs)))
    chosen = {**dict(zip(free, rest, strict=False)), **{rung: col for col, rung in named.items() if rung}}
    return {rung: chosen[rung] for rung in rungs if rung in chosen}


def _rung_said(column: str, rungs: Iterable[str]) -> str | None:
    """The rung a column's name says: one of the cells, or one known by its usual names."""
    same = [rung for rung in rungs if fold_name(column) in {fold_name(rung), fold_name(f"{rung}_name")}]
    return next(iter([*same, *(role for role in _KNOWN_RUNGS if best_columns([column], role))]), None)


def _warn_of_missing_rungs(named: Mapping[str, str | None], rungs: Sequence[str]) -> None:
    unused = [f"{column} ({rung})" for column, rung in named.items() if rung and rung not in rungs]
    if unused:
        warnings.warn(
            WORDS("places_not_used", unused=examples(unused)),
            GridgovWarning,
            stacklevel=4,
        )


def find_places(atlas: Atlas, recorded: Mapping[str, Texts]) -> dict[str, Texts]:
    """Units that were recorded, as the rung columns of an assignment.

    Parameters
    ----------
    atlas
        Cells with rungs.
    recorded
        For some rungs one value per incident, None for blank.

    Returns
    -------
    dict
        ``<rung>`` and ``<rung>_name`` of every rung, None below the finest unit found; a unit's own
        districts are filled in, recorded or not.

    Notes
    -----
    Each different combination of values is looked up once.
    """
    import pandas as pd

    values = pd.DataFrame(
        {rung: pd.Series(column, dtype=object).map(folded) for rung, column in recorded.items()}
    )
    group, combinations = _combinations(values)
    paths = _rung_paths(atlas)
    found = [_find(paths, atlas.rungs, dict(zip(values.columns, c, strict=True))) for c in combinations]
    columns = [name for rung in atlas.rungs for name in (rung, f"{rung}_name")]
    table = np.array([[unit.get(name) for name in columns] for unit in [*found, {}]], dtype=object)
    return {name: table[group, number] for number, name in enumerate(columns)}


def _combinations(values: "pd.DataFrame") -> tuple[NDArray[np.int64], list[tuple[str | None, ...]]]:
    """Number of each row's combination, and the combinations; None for blanks."""
    import pandas as pd

    codes = np.zeros(len(values), dtype=np.int64)
    for column in values:
        code, names = pd.factorize(values[column])
        codes = pd.factorize(codes * (len(names) + 1) + code + 1)[0].astype(np.int64)
    first = np.unique(codes, return_index=True)[1]
    rows = values.iloc[first].itertuples(index=False, name=None)
    return codes, [tuple(None if pd.isna(value) else value for value in row) for row in rows]


@dataclass(frozen=True, slots=True)
class _Paths:
    """Every path of units that has a cell, once: what each rung's unit is called, ready to be compared.

    Attributes
    ----------
    columns
        ``<rung>`` and ``<rung>_name`` of every rung -> (paths,) texts.
    folded
        The same, folded.
    forms
        Folded name -> its form.
    """

    columns: Mapping[str, NDArray[Any]]
    folded: Mapping[str, NDArray[Any]]
    forms: Mapping[str, _Form]


def _rung_paths(atlas: Atlas) -> _Paths:
    import pandas as pd

    names = [name for rung in atlas.rungs for name in (rung, f"{rung}_name")]
    once = pd.DataFrame({name: atlas.columns[name][:-1] for name in names}, dtype=object).drop_duplicates()
    columns = {name: once[name].to_numpy(dtype=object) for name in names}
    folds = {
        name: np.array([folded(text) for text in texts], dtype=object) for name, texts in columns.items()
    }
    known = {text for rung in atlas.rungs for text in folds[f"{rung}_name"] if text is not None}
    return _Paths(columns, folds, {text: _form(text) for text in known})


def _find(paths: _Paths, rungs: Sequence[str], recorded: Mapping[str, str | None]) -> dict[str, str]:
    """Columns of the finest recorded unit and of all above it; empty if there is none."""
    finest, rows = None, np.arange(len(paths.columns[rungs[0]]))
    for rung in rungs:
        if value := recorded.get(rung):
            unit = _unit(paths, rows, rung, value)
            if unit is None:
                break
            finest, rows = rung, rows[paths.columns[rung][rows] == unit]
    found: dict[str, str] = {}
    for rung in rungs[: rungs.index(finest) + 1] if finest else ():
        units = paths.columns[rung][rows]
        if (units == units[0]).all():
            found |= {name: paths.columns[name][rows[0]] for name in (rung, f"{rung}_name")}
    return found


def _unit(paths: _Paths, rows: NDArray[np.int64], rung: str, value: str) -> str | None:
    """Id of the one unit of a rung, among those of some paths, that a value names."""
    called = f"{rung}_name"
    rows = rows[paths.columns[rung][rows] != None]  # noqa: E711 (element by element)
    ids, names = paths.folded[rung][rows], paths.folded[called][rows]
    form = _form(value)
    alike = {name for name in set(names) - {None} if _same(paths.forms[name], form)}
    for matches in (ids == value, names == value, np.array([name in alike for name in names], dtype=bool)):
        some = rows[matches]
        units = set(zip(paths.columns[rung][some], paths.columns[called][some], strict=True))
        if units:
            return str(units.pop()[0]) if len(units) == 1 else None
    return None


def same_place(one: str, other: str) -> bool:
    """Whether two names are forms of one word: 管城区 and 管城回族区, never 城关乡 and 城关镇."""
    return _same(_form(one), _form(other))


def _form(name: str) -> _Form:
    stem, kind = name, None
    if ending := _ENDING.fullmatch(name):
        stem, kind = ending[1], _KIND_OF[ending[2]]
    people = _PEOPLES.fullmatch(stem)
    return _Form(people[1] if people else stem, kind)


def _same(one: _Form, other: _Form) -> bool:
    return one.stem == other.stem and (None in (one.kind, other.kind) or one.kind == other.kind)
