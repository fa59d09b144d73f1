"""The units of a column of the cells, and which of them a label means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gridgov.errors import ArgumentError
from gridgov.language import examples, listed
from gridgov.lookup import Atlas
from gridgov.lookup.places import same_place
from gridgov.owners.words import folded
from gridgov.recorded.forms import check_form, label_forms, unit_forms
from gridgov.recorded.words import WORDS

__all__ = ["NO_UNIT", "Units"]

Texts = NDArray[np.object_]
Ints = NDArray[np.int64]

#: Number of no unit: a label that names none, a point that lies in none.
NO_UNIT: Final = -1

#: Labels kept after they were looked up.
_KNOWN: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """Units by number, in order of their ids.

    Attributes
    ----------
    atlas
        The cells.
    column
        Which column of the cells names the units.
    ids, names
        (u,) id and name of each, the name None where there is none.
    of_row
        Number of the unit of each row of the atlas, `NO_UNIT` for none; the last is that of row -1.
    form
        In which form labels are compared, None for as they stand.
    """

    atlas: Atlas
    column: str
    ids: Texts
    names: Texts
    of_row: Ints
    form: str | None
    _forms: tuple[Mapping[str, int], ...]
    _order: Ints
    _known: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, atlas: Atlas, column: str | None = None, *, form: str | None = None) -> "Units":
        """The units of a rung, a department or any other column of the cells.

        `column` None: the only one there is.

        Raises
        ------
        ArgumentError
            There is no such column, or there are several and none is named; an unknown form.
        """
        import pandas as pd

        check_form(form)
        column = _column(atlas, column)
        of_row, ids = pd.factorize(_taken(atlas, column), sort=True)
        names = np.full(len(ids), None, dtype=object)
        if (named := f"{column}_name") in {*atlas.columns, *atlas.further}:
            some = of_row >= 0
            names[of_row[some]] = _taken(atlas, named)[some]
        elif column in atlas.departments:
            known = {folded(grid_id): folded(name) for grid_id, name in atlas.names_of(column).items()}
            names[:] = [known.get(each) for each in ids]
        texts = [[str(each) for each in ids], [str(each or "") for each in names]]
        forms = tuple(unit_forms(each, form) for each in texts if any(each))
        of_row = of_row.astype(np.int64)
        order = np.argsort(of_row[:-1], kind="stable")
        return cls(atlas, column, np.asarray(ids, dtype=object), names, of_row, form, forms, order)

    def __len__(self) -> int:
        return len(self.ids)

    def in_form(self, form: str | None) -> "Units":
        """The same, with labels compared in another form."""
        return Units.of(self.atlas, self.column, form=form)

    def rows_of(self, number: int) -> Ints:
        """Rows of the atlas that are a unit's, in order."""
        first, last = np.searchsorted(self.of_row[:-1], [number, number + 1], sorter=self._order)
        return self._order[first:last]

    def read(self, labels: Texts) -> tuple[Ints, NDArray[np.bool_]]:
        """Number of the unit that each label means, `NO_UNIT` for none, and whether there is a label."""
        import pandas as pd

        code, different = pd.factorize(np.asarray(labels, dtype=object))
        if len(self._known) > _KNOWN:
            self._known.clear()
        found = np.full(len(different) + 1, NO_UNIT, dtype=np.int64)
        there = np.zeros(len(different) + 1, dtype=np.bool_)
        for place, label in enumerate(different):
            text = folded(label)
            if text is None:
                continue
            there[place] = True
            if text not in self._known:
                self._known[text] = self.number(text)
            found[place] = self._known[text]
        return found[code], there[code]

    def number(self, label: str) -> int:
        """Number of the unit that a label means, `NO_UNIT` for none."""
        compared = label_forms(self.form)(label)
        for forms in self._forms:
            if compared in forms:
                return forms[compared]
        if self.form is None and self.column in self.atlas.rungs:
            same = [k for k, name in enumerate(self.names) if name and same_place(str(name), label)]
            return same[0] if len(same) == 1 else NO_UNIT
        return NO_UNIT

    def nameless(self) -> bool:
        """Whether these are grids of a merged department of which no name is known."""
        merged = self.atlas.version is not None and self.column in self.atlas.departments
        return merged and not any(self.names)

    def called(self, number: int) -> str:
        """What people call a unit: its name and id, or that which says both."""
        if number == NO_UNIT:
            return WORDS("none")
        name, known = self.names[number], str(self.ids[number])
        if name is None or name == known:
            return known
        return str(name) if known in str(name) else f"{name} ({known})"


def _taken(atlas: Atlas, column: str) -> Texts:
    """A column's values, that of no row at the end, all as text."""
    values = atlas.columns[column] if column in atlas.columns else atlas.further[column]
    return np.array([folded(value) for value in values], dtype=object)


def _column(atlas: Atlas, column: str | None) -> str:
    usual = [*atlas.rungs, *atlas.departments]
    known = [*usual, *(name for name in (*atlas.columns, *atlas.further) if name not in usual)]
    if column is None and len(usual) == 1:
        return usual[0]
    if column is None:
        raise ArgumentError(WORDS("say_against", usual=listed(usual)))
    if column not in known:
        raise ArgumentError(WORDS("against_no", column=column, known=examples(known, most=20)))
    return column
