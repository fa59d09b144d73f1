"""Which ground of a department's grids went where when the borders became one, counted from the crosswalk."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gridgov.errors import SchemaError
from gridgov.language import Many, examples
from gridgov.network import Network
from gridgov.words.merging import WORDS

__all__ = ["Flows", "flows_of", "weight_columns", "weight_names"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Flows:
    """A department's grids as drawn, piece by piece.

    Attributes
    ----------
    pieces
        One row per grid and cell: ``grid_id, cell_id, now`` (the department's grid of the cell),
        ``area_m2``, and its parts, which add up: ``kept_m2, outside_m2, overlap_m2, moved_m2``.
    gained
        Per grid, the square metres it has now that it had not drawn.
    """

    pieces: pd.DataFrame
    gained: "pd.Series[float]"

    @property
    def drawn(self) -> "pd.Series[float]":
        """Square metres per grid, as drawn."""
        return self.pieces.groupby("grid_id")["area_m2"].sum()

    def balance(self) -> pd.DataFrame:
        """Square metres per grid, under the names of `departments.BALANCE_COLUMNS`."""
        columns = ["area_m2", "kept_m2", "outside_m2", "overlap_m2", "moved_m2"]
        sums = self.pieces.groupby("grid_id")[columns].sum()
        sums = sums.reindex(sums.index.union(self.gained.index), fill_value=0.0)
        moved_in = self.gained.reindex(sums.index, fill_value=0.0)
        return pd.DataFrame(
            {
                "drawn_m2": sums["area_m2"],
                "outside_m2": sums["outside_m2"],
                "overlap_m2": sums["overlap_m2"],
                "moved_out_m2": sums["moved_m2"],
                "moved_in_m2": moved_in,
                "area_m2": sums["kept_m2"] + moved_in,
            }
        )


def flows_of(network: Network, department: str, *, exact: bool = True) -> Flows:
    """Follow every piece of a department's grids from where it was drawn to where it is now.

    Without `exact`, as of a network without the drawings, what was drawn twice is as little as it can be.

    Notes
    -----
    Of a piece that lies in the cell of another grid, what that grid had drawn too was drawn twice and stayed
    with it; the rest moved. In a network without the drawings the most is taken that may have moved: all
    that finds room in what the cell's grid had not drawn. n log n; 3,000 grids take a second.
    """
    cells = network.cells
    area = pd.Series(shapely.area(cells.geometry.to_numpy()), index=cells["cell_id"])
    now = pd.Series(cells[department].to_numpy(dtype=object), index=cells["cell_id"])
    rows = network.crosswalk[network.crosswalk["department"] == department]
    pieces = rows[["grid_id", "cell_id", "area_m2"]].reset_index(drop=True)
    piece = pieces["area_m2"].to_numpy(dtype=np.float64)
    pieces["now"] = now.reindex(pieces["cell_id"]).to_numpy(dtype=object)
    outside = pieces["cell_id"].isna().to_numpy()
    mine = (pieces["grid_id"] == pieces["now"]).to_numpy(dtype=bool)

    kept = pd.Series(piece[mine], index=pieces["cell_id"][mine]).reindex(area.index, fill_value=0.0)
    room = (area - kept).clip(lower=0.0).reindex(pieces["cell_id"]).to_numpy()
    # What was drawn twice: no more than the piece, and than the cell's grid drew there; what has no room was.
    least, most = np.maximum(piece - room, 0.0), np.minimum(piece, kept.reindex(pieces["cell_id"]).to_numpy())
    other = ~mine & ~outside
    open_ = np.flatnonzero(other & (most > least))
    twice = np.where(other, least, 0.0)
    if exact and network.drawn is not None and len(open_):
        found = _drawn_twice(network, department, pieces.iloc[open_])
        twice[open_] = np.clip(found, least[open_], most[open_])
    pieces["kept_m2"] = np.where(mine, piece, 0.0)
    pieces["outside_m2"] = np.where(outside, piece, 0.0)
    pieces["overlap_m2"] = twice
    pieces["moved_m2"] = np.where(other, piece - twice, 0.0)
    gained = (area - kept)[now.notna()].groupby(now[now.notna()]).sum().clip(lower=0.0)
    return Flows(pieces, gained)


def _drawn_twice(network: Network, department: str, pieces: pd.DataFrame) -> Floats:
    """Square metres of each piece that the grid of its cell (`now`) had drawn as well."""
    assert network.drawn is not None
    drawn = network.drawn[network.drawn["department"] == department]
    row = pd.Series(np.arange(len(drawn)), index=drawn["grid_id"])
    shapes = np.array([*shapely.make_valid(drawn.geometry.to_numpy()), shapely.Polygon()], dtype=object)
    # A grid that is not among the drawings is the last, empty one.
    pairs = [row.reindex(pieces[name]).fillna(-1).to_numpy(dtype=np.int64) for name in ("grid_id", "now")]
    pair, at = np.unique(np.sort(np.column_stack(pairs), axis=1), axis=0, return_inverse=True)
    both = shapely.intersection(shapes[pair[:, 0]], shapes[pair[:, 1]])[at.ravel()]
    cells = network.cells.set_index("cell_id").geometry.loc[pieces["cell_id"]].to_numpy()
    answer = np.zeros(len(pieces))
    some = np.flatnonzero(shapely.area(both) > 0)
    answer[some] = shapely.area(shapely.intersection(both[some], cells[some]))
    return answer


def weight_names(column: str) -> tuple[str, str, str]:
    """Name the columns that `weight_columns` answers."""
    return f"{column}_moved_in", f"{column}_moved_out", f"{column}_now"


def weight_columns(
    grids: pd.DataFrame, flows: Flows, *, column: str, department: str
) -> tuple[tuple[Floats, Floats, Floats], list[str]]:
    """Answer how much of a weight (households) changed grids, and sentences on what is not counted.

    Parameters
    ----------
    grids
        The department's grids with `column`: numbers, also as text.
    flows
        Where their ground went.

    Returns
    -------
    Moved in, moved out and now, as `weight_names` calls them: one number per row of `grids`, moved out NaN
    where the grid has no weight. Weights are spread evenly over the ground that a grid drew for itself alone;
    what lies outside the city is in no grid now.
    """
    weight = _numbers(grids, column, department)
    ids = grids["grid_id"].to_numpy(dtype=object)
    pieces = flows.pieces
    alone = (pieces["area_m2"] - pieces["overlap_m2"]).groupby(pieces["grid_id"]).sum()
    density = pd.Series(weight, index=ids) / alone.reindex(ids).where(lambda m2: m2 > 0)
    carried = pieces["grid_id"].map(density).fillna(0.0)
    moved, lost = carried * pieces["moved_m2"], carried * pieces["outside_m2"]
    out = moved.groupby(pieces["grid_id"]).sum().reindex(ids, fill_value=0.0).to_numpy()
    outside = lost.groupby(pieces["grid_id"]).sum().reindex(ids, fill_value=0.0).to_numpy()
    into = moved.groupby(pieces["now"]).sum().reindex(ids, fill_value=0.0).to_numpy()
    blank = np.isnan(weight)
    notes = [WORDS("counted_as_0", column=column, ids=_without(ids[blank]))] if blank.any() else []
    stranger = ~pieces["grid_id"].isin(ids) & (pieces["moved_m2"] > 0)
    if stranger.any():
        notes.append(WORDS("lost_counted_0", column=column))
    now = np.where(blank, 0.0, weight) - out - outside + into
    return (into, np.where(blank, np.nan, out), now), notes


def _without(ids: npt.NDArray[Any]) -> str:
    return WORDS("grids_have_none", n=Many(len(ids)), grids=examples(list(ids)))


def _numbers(grids: pd.DataFrame, column: str, department: str) -> Floats:
    """A column as numbers, NaN where it is blank. Raises SchemaError if it is missing or holds other text."""
    if column not in grids.columns:
        raise SchemaError(WORDS("no_weight_column", department=department, column=column))
    texts = ["" if pd.isna(value) else unicodedata.normalize("NFKC", str(value)) for value in grids[column]]
    plain = pd.Series([text.replace(",", "").strip() or None for text in texts], dtype=object)
    numbers = pd.to_numeric(plain, errors="coerce").to_numpy(dtype=np.float64)
    wrong = (plain.notna().to_numpy() & np.isnan(numbers)) | (numbers < 0) | np.isinf(numbers)
    if wrong.any():
        ids, values = grids["grid_id"].to_numpy()[wrong], grids[column].to_numpy()[wrong]
        said = examples(
            [WORDS("value_of_grid", value=value, grid=grid) for grid, value in zip(ids, values, strict=True)]
        )
        raise SchemaError(WORDS("no_number_of_0", department=department, column=column, said=said))
    return numbers
