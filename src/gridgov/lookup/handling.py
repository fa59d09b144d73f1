"""Handler rules applied: who handles each answer, and who would if a candidate were the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridgov.lookup.atlas import Atlas, Texts
from gridgov.owners import BoundRules, Handled, Rules

__all__ = ["CATEGORY", "Handling", "bind"]

#: Name under which rules know the column that `category` names.
CATEGORY = "category"


@dataclass(frozen=True, slots=True, eq=False)
class Handling:
    """Rules bound to the columns of incidents and cells; without rules nobody handles anything.

    Attributes
    ----------
    rules
        The bound rules, or None.
    incidents
        The incidents' own columns that the rules read, one value per incident. A column that the cells
        have too is read from the cells.
    when
        Time of each incident, or None.
    """

    rules: BoundRules | None = None
    incidents: Mapping[str, Texts] = field(default_factory=dict)
    when: NDArray[np.object_] | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns of incidents and cells that the rules read."""
        return self.rules.needs if self.rules else ()

    def handlers(
        self,
        atlas: Atlas,
        rows: NDArray[Any],
        incident: NDArray[Any],
        *,
        places: Mapping[str, Texts],
        counted_as: str = "incident",
    ) -> Handled:
        """Who handles, case by case.

        Parameters
        ----------
        rows
            Row of the cell each case lies in, -1 for none.
        incident
            Number of the incident each case is about.
        places
            Columns of the cells to read here rather than from `rows`, one value per case.
        counted_as
            What one case is called in a message.
        """
        nobody = np.full(len(rows), None, dtype=object)
        if self.rules is None:
            return Handled(nobody, nobody, {})
        # A column of its own says how many cases there are when the rules read none.
        columns = {"": nobody}
        for name in self.rules.needs:
            if name in places:
                columns[name] = places[name]
            elif name in atlas.columns or name in atlas.further:
                columns[name] = atlas.take(name, rows)
            else:
                columns[name] = self.incidents[name][incident]
        when = None if self.when is None else self.when[incident]
        return self.rules.handlers(columns, when=when, counted_as=counted_as)

    def carried(self) -> list[str]:
        """Names of the columns that rules bring along."""
        return [f"rule_{name}" for name in self.rules.carried] if self.rules else []


def bind(rules: Rules | None, atlas: Atlas, incident_columns: Iterable[str]) -> BoundRules | None:
    """Rules bound to the columns that incidents and cells have."""
    return rules.bind([*atlas.columns, *atlas.further, *incident_columns]) if rules else None
