"""The tables of gridgov: their columns and the words they use; :mod:`gridgov.schema_faults` checks them.

Tables are plain GeoDataFrames and DataFrames. What they must hold stands here and nowhere else.

================  =============================================================================
table             columns
================  =============================================================================
layer             ``grid_id, name, owner``, then the source's other columns, geometry
cells             ``cell_id``, per rung ``<rung>, <rung>_name``, per department ``<dept>,
                  <dept>_owner`` and carried ``<dept>_<column>``, ``special, area_m2``, geometry
grids             ``grid_id, name, owner``, the first department's carried columns, ``special,
                  cells, area_m2``, geometry
crosswalk         ``department, grid_id, cell_id, area_m2, grid_share, cell_share, relation``
department <->    :data:`DEPARTMENT_CROSSWALK_COLUMNS`
department
problems          :data:`PROBLEM_COLUMNS`, then one column per rung, geometry
conflicts         :data:`CONFLICT_COLUMNS`, then one column per rung, geometry
register          :data:`REGISTER_COLUMNS`
succession        :data:`SUCCESSION_COLUMNS`
assignment        :data:`ASSIGNMENT_COLUMNS` with the rungs and departments of the cells
================  =============================================================================
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from gridgov.words.merging import WORDS

SCHEMA_VERSION: Final = 1

#: Size of the grid all merged coordinates are rounded to, in metres.
PRECISION_M: Final = 0.01

#: A layer that covers less of the city than this is for a part of it, as a development zone is.
PART_SHARE: Final = 0.5

#: Where a layer keeps what reading found: ``{"department", "source", "columns", "notes", "problems"}``, all
#: plain JSON values, in ``GeoDataFrame.attrs``; ``columns`` says what id, name and owner were called.
ATTRS: Final = "gridgov"

#: Key in the attrs of cells that were read from a network file: where it stands, for the index beside it.
NETWORK_FILE: Final = "gridgov_network_file"

LAYER_COLUMNS: Final = ("grid_id", "name", "owner")
CROSSWALK_COLUMNS: Final = (
    "department",
    "grid_id",
    "cell_id",
    "area_m2",
    "grid_share",
    "cell_share",
    "relation",
)
RELATIONS: Final = ("1:1", "1:n", "n:1", "n:m", "sliver", "outside")

#: Who overlaps whom among departments; with weights, `CROSSWALK_WEIGHT_COLUMNS` stand before the relation.
DEPARTMENT_CROSSWALK_COLUMNS: Final = (
    "department_a",
    "grid_a",
    "owner_a",
    "department_b",
    "grid_b",
    "owner_b",
    "area_m2",
    "share_of_a",
    "share_of_b",
    "relation",
)
CROSSWALK_WEIGHT_COLUMNS: Final = ("weight", "weight_share_of_a", "weight_share_of_b")

#: What the relation of a department's grid to another department's is, in words a planner reads.
DEPARTMENT_RELATIONS: Final[Mapping[str, str]] = {
    "1:1": "one grid and one grid of the other department meet each other and no further one",
    "1:n": "the grid consists of several grids of the other department, which meet no further one",
    "n:1": "the grid lies in one grid of the other department, beside others",
    "n:m": "the grid meets several of the other department, and shares some with its neighbours",
    "none": "no grid of the other department",
    "sliver": "narrower than the tolerance or smaller than min-area: two drawings of one border",
}

#: Every cell id that was ever given: in force or retired (`CODE_STATUSES`), since and until when (days as
#: ISO text, None for not known and not yet), and what ended it (`ENDINGS`). A retired id is not given again.
REGISTER_COLUMNS: Final = ("cell_id", "code_status", "since", "until", "ended_by")
#: What became of the cells of a previous network (`CHANGES`): one row for each old and new cell that share
#: ground, and one for each that shares none; shares are those of the old and of the new cell.
SUCCESSION_COLUMNS: Final = ("old_id", "new_id", "change", "area_m2", "old_share", "new_share")

CODE_STATUSES: Final[Mapping[str, str]] = {"current": "in force", "retired": "retired for good"}
ENDINGS: Final[Mapping[str, str]] = {
    "divided": "its ground lies in several cells now",
    "joined": "most of it lies in a larger cell now",
    "moved": "the cell stayed, but lies in another district, street or community",
    "recoded": "the cell stayed, but has a code of another scheme",
    "gone": "no cell has its ground any more",
}
CHANGES: Final[Mapping[str, str]] = {
    "kept": "the cell and its id stayed",
    "renamed": "the cell stayed and has another id",
    "part": "a part of the old cell lies in the new one",
    "gone": "no cell has the old one's ground",
    "new": "ground that no old cell had",
}

#: What each kind of problem means, in words a planner reads.
KINDS: Final[Mapping[str, str]] = {
    "invalid": "the polygon crosses or touches itself; it was repaired",
    "no_geometry": "the row has no polygon",
    "duplicate_id": "several rows share this id, or the id is blank",
    "duplicate_geometry": "several grids have the same polygon",
    "multipart": "the grid lies in several pieces",
    "no_owner": "the grid has no owner",
    "overlap": "two grids of one department overlap",
    "gap": "a strip between grids that belongs to none",
    "uncovered": "an area wider than the tolerance without a grid",
    "outside": "part of the grid lies outside the outline",
    "sliver": "a grid too small or too thin to be one",
    "crosses_rung": "the grid lies in several districts, streets or communities",
    "nested": "the grid lies inside another grid of its department (special-purpose)",
    "borders_apart": "borders of two departments that mean the same line differ",
}

#: ``decide``: people must decide; ``settled``: within tolerance or repaired; ``note``: good to know.
SEVERITIES: Final = ("decide", "settled", "note")

NOTE_KINDS: Final = frozenset({"multipart", "no_owner", "nested"})

#: Kinds that say something about one grid as its department drew it, found while reading.
READ_KINDS: Final = frozenset({"invalid", "no_geometry", "duplicate_id", "duplicate_geometry"})

#: Which rule of the merge decided a conflict for the time being, in words a planner reads.
RULES: Final[Mapping[str, str]] = {
    "hard border": "no cell crosses the border of a rung, or the outline of the city",
    "precedence": "of two drawings of one border, that of the department named first is kept",
    "smallest grid": "where grids of one department overlap, the smallest one holds the ground",
    "best match": "a thin piece joins the neighbour that agrees with it in the first departments; of two "
    "grids that overlap a little, the one whose area then stays closer to what was drawn has the strip",
    "longest border": "ground without a grid joins the neighbour of the longest common border",
    "left open": "too wide to be given to anyone: it stays without a grid",
    "lowest id": "of grids with the same polygon, the lowest id holds the ground",
    "declared": "people declared the grid (--special, --allow-cross)",
    "one id": "rows that share an id are one grid",
    "repair": "mended when it was read",
    "as drawn": "nothing was changed",
}

PROBLEM_COLUMNS: Final = (
    "kind",
    "severity",
    "departments",
    "grid_ids",
    "owners",
    "area_m2",
    "width_m",
    "place",
    "note",
    "lon",
    "lat",
)
#: `places`: how many places the row stands for; `moved_m2`: of its m2, those whose grid is now another than
#: the one drawn there; `weight_changed`, `incidents_changed`: households (or what was given) and incidents
#: there, empty if none were given; `rule`: why (`RULES`); `resolution`: what the merge did. `place`,
#: `resolution` and `note` are English; `messages` holds what they are made of, for other languages.
CONFLICT_COLUMNS: Final = (
    "conflict_id",
    "kind",
    "severity",
    "departments",
    "grid_ids",
    "owners",
    "places",
    "area_m2",
    "moved_m2",
    "width_m",
    "weight_changed",
    "incidents_changed",
    "place",
    "rule",
    "resolution",
    "decision",
    "decided_by",
    "decided_on",
    "note",
    "messages",
    "lon",
    "lat",
)

#: What one point's degrees in China are taken for, aloud, when its datum is not said.
CHINA_CRS: Final = "cgcs2000"

#: How one incident was placed.
STATUSES: Final[Mapping[str, str]] = {
    "inside": "in one cell, farther than border_m from any other",
    "border": "in one cell, another lies within border_m",
    "overlap": "in several grids of an unmerged layer; the smallest is the answer",
    "near": "in no cell; the nearest within nearest_m is the answer",
    "place": "no usable coordinate, but a recorded place",
    "outside": "in no cell",
    "reject": "no usable coordinate and no recorded place",
}

#: Why a coordinate could not be used.
REJECT_REASONS: Final[Mapping[str, str]] = {
    "blank": "no coordinate",
    "half": "only one of the two coordinates",
    "text": "not a number",
    "zero": "0,0 (a default, not a place)",
    "swapped": "longitude and latitude look exchanged",
    "range": "not a longitude and latitude",
    "outside": "in no cell",
}

#: Positions of the words above, as arrays of answers hold them; -1 is no reason.
STATUS_CODES: Final[Mapping[str, int]] = {word: code for code, word in enumerate(STATUSES)}
REASON_CODES: Final[Mapping[str, int]] = {word: code for code, word in enumerate(REJECT_REASONS)}

#: Columns an assignment adds, in this order; ``<rung>`` and ``<dept>`` stand for those of the cells.
ASSIGNMENT_COLUMNS: Final = (
    "grid_id",
    "cell_id",
    "cell_status",
    "cell_candidates",
    "cell_distance_m",
    "review",
    "<rung>",
    "<dept>",
    "handler",
    "handler_rule",
    "reject_reason",
    "network_version",
)

#: Joins ids where one value holds several (candidates, grids of a conflict).
SEPARATOR: Final = "|"

#: The rung of a network that was merged without any rung file, and its only unit.
NO_RUNG: Final = "district"
NO_RUNG_UNIT: Final = "all"


def no_owner_note() -> str:
    """How the notes of a layer without owners begin; a rung needs none, and a ledger may bring them."""
    return WORDS("no_owner_column")


def cell_columns(
    departments: Iterable[str],
    rungs: Iterable[str],
    carry: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """Columns of a cells table, in order, without the geometry.

    >>> cell_columns(["police"], ["district"], {"police": ["phone"]})
    ['cell_id', 'district', 'district_name', 'police', 'police_owner', 'police_phone', 'special', 'area_m2']
    """
    columns = ["cell_id"]
    for rung in rungs:
        columns += [rung, f"{rung}_name"]
    for department in departments:
        columns += [department, f"{department}_owner"]
        columns += [f"{department}_{column}" for column in (carry or {}).get(department, ())]
    return [*columns, "special", "area_m2"]


def cell_departments(columns: Sequence[str]) -> list[str]:
    """Departments of a cells table, in order of precedence, read from its columns.

    >>> cell_departments(["cell_id", "district", "district_name", "police", "police_owner", "special"])
    ['police']
    """
    return [c.removesuffix("_owner") for c in columns if c.endswith("_owner") and c[:-6] in columns]


def cell_rungs(columns: Sequence[str]) -> list[str]:
    """Rungs of a cells table, coarse to fine, read from its columns.

    >>> cell_rungs(["cell_id", "district", "district_name", "police", "police_owner", "special"])
    ['district']

    A department whose names were carried (``--carry police=name``) is no rung:

    >>> cell_rungs(["cell_id", "district", "district_name", "police", "police_owner", "police_name"])
    ['district']
    """
    named = [c.removesuffix("_name") for c in columns if c.endswith("_name") and c[:-5] in columns]
    return [name for name in named if f"{name}_owner" not in columns]
