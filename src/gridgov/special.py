"""Grids with a purpose of their own: found inside other grids, or declared by what a column says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from gridgov.columns import find_column
from gridgov.errors import ArgumentError, SchemaError
from gridgov.ids import text_values
from gridgov.language import examples, listed
from gridgov.schema import ATTRS
from gridgov.topology.nested import hosts
from gridgov.words.merging import WORDS

__all__ = ["Choice", "Special", "plain_choice", "special_grids"]

Bools = npt.NDArray[np.bool_]

#: Department -> column -> values: the grids that have one of the values there.
Choice = Mapping[str, Mapping[str, Sequence[str]]]

#: How many values a message lists.
MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Special:
    """For each department, (grids,) which of its grids are what.

    Attributes
    ----------
    kept
        Special-purpose: inside another grid, or declared so. They are never lost for being small or thin.
    declared
        Declared so. They win over the other grids of their department that they overlap.
    crossing
        Declared to lie in several units of a rung.
    """

    kept: Mapping[str, Bools]
    declared: Mapping[str, Bools]
    crossing: Mapping[str, Bools]

    def first(self, department: str) -> Bools:
        """Tell the grids that name their ground before the others of a department that declared some."""
        declared = self.declared[department]
        return self.kept[department] if declared.any() else declared


def special_grids(layers: Mapping[str, gpd.GeoDataFrame], *, special: Choice, allow_cross: Choice) -> Special:
    """Find the special-purpose grids of each layer, and those that may lie in several units.

    Parameters
    ----------
    layers
        Department -> layer, in one CRS in metres.
    special, allow_cross
        The grids that people declare.

    Raises
    ------
    ArgumentError
        A department that is not among the layers, or a column without a value.
    SchemaError
        A column that is not there, or a value that no grid has.
    """
    declared = _chosen(layers, special, "--special")
    return Special(
        kept={name: _inside(layer, declared[name]) | declared[name] for name, layer in layers.items()},
        declared=declared,
        crossing=_chosen(layers, allow_cross, "--allow-cross"),
    )


def plain_choice(choice: Choice | None) -> dict[str, dict[str, list[str]]]:
    """Answer a choice as plain values; one value may stand without a list.

    >>> plain_choice({"police": {"TYPE": "专属"}})
    {'police': {'TYPE': ['专属']}}
    """
    return {
        name: {
            str(column): [values] if isinstance(values, str) else [str(value) for value in values]
            for column, values in columns.items()
        }
        for name, columns in (choice or {}).items()
    }


def _inside(layer: gpd.GeoDataFrame, declared: Bools) -> Bools:
    """Tell the grids inside another one; what lies under a declared grid gives way to it instead."""
    found = declared.copy()
    found[~declared] = hosts(np.asarray(layer.geometry.array)[~declared]) >= 0
    return found


def _chosen(layers: Mapping[str, gpd.GeoDataFrame], choice: Choice, option: str) -> dict[str, Bools]:
    for name in choice:
        if name not in layers:
            raise ArgumentError(WORDS("option_no_layer", option=option, name=name, layers=listed(layers)))
    found = {name: np.zeros(len(layer), dtype=bool) for name, layer in layers.items()}
    for name, columns in choice.items():
        for column, values in columns.items():
            found[name] |= _having(layers[name], column, values, where=name, option=option)
    return found


def _having(layer: gpd.GeoDataFrame, column: str, values: Sequence[str], *, where: str, option: str) -> Bools:
    """Tell the grids that have one of the values in a column; each value must be that of some grid."""
    texts = text_values(layer[_column(layer, column, where, option)])
    wanted = [value.strip() for value in values if value.strip()]
    if not wanted:
        raise ArgumentError(WORDS("say_which_value", option=option, where=where, column=column))
    there = {text for text in texts if text is not None}
    for value in wanted:
        if value not in there:
            raise SchemaError(
                WORDS(
                    "no_grid_has",
                    where=where,
                    value=value,
                    column=column,
                    option=option,
                    there=examples(sorted(there), most=MOST_VALUES) or WORDS("all_blank"),
                )
            )
    return np.isin(np.where(texts == None, "", texts).astype(str), wanted)  # noqa: E711 (element by element)


def _column(layer: gpd.GeoDataFrame, column: str, where: str, option: str) -> str:
    """A column of a layer; its id, name and owner go by what the source calls them, too."""
    others = [str(name) for name in layer.columns if name != layer.active_geometry_name]
    if column in others:
        return column
    source: Mapping[str, str] = layer.attrs.get(ATTRS, {}).get("columns", {})
    names = {source.get(name, name): name for name in others}
    found = find_column(names, "id", given=column, where=where, option=f"{option} {where}:{column}=...")
    return names[found or column]
