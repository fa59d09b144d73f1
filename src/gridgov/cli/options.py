"""Every flag of the command line, once, so that it means the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

# Layers -----------------------------------------------------------------------------------------------
LAYER = "NAME=FILE[#LAYER]"
Layers = Annotated[
    list[str],
    typer.Argument(
        metavar=f"{LAYER}...",
        show_default=False,
        help="Departmental layers, e.g. police=jw.shp. The order is the precedence: the first wins.",
    ),
]
Within = Annotated[
    list[str],
    typer.Option(
        "--within",
        metavar=LAYER,
        show_default=False,
        help="A rung, coarse to fine: --within district=F --within street=F. No cell crosses its borders.",
    ),
]
Districts = Annotated[
    str | None, typer.Option("--districts", metavar="FILE", help="The same as --within district=FILE.")
]
Id = Annotated[
    list[str],
    typer.Option("--id", metavar="[NAME=]COLUMN", show_default=False, help="Column of the grid id."),
]
Owner = Annotated[
    list[str],
    typer.Option("--owner", metavar="[NAME=]COLUMN", show_default=False, help="Column of the owner."),
]
Name = Annotated[
    list[str],
    typer.Option("--name", metavar="[NAME=]COLUMN", show_default=False, help="Column of the grid's name."),
]
LayerCrs = Annotated[
    list[str],
    typer.Option(
        "--crs",
        metavar="[NAME=]CRS",
        show_default=False,
        help="Coordinate system: EPSG:4547, gcj02, bd09 ... Overrides what the file says.",
    ),
]
LayerEncoding = Annotated[
    list[str],
    typer.Option(
        "--encoding", metavar="[NAME=]ENCODING", show_default=False, help="Text encoding: gb18030 ..."
    ),
]
LayerControl = Annotated[
    list[str],
    typer.Option(
        "--control",
        metavar="[NAME=]FILE",
        show_default=False,
        help="Control points (x, y, X, Y) of a layer in a system of its own, fitted by 4 parameters and "
        "refused over 1 m. --crs then says what X, Y are in.",
    ),
]
Attributes = Annotated[
    list[str],
    typer.Option(
        "--attributes",
        metavar="NAME=FILE[#SHEET]",
        show_default=False,
        help="Owners and people from a table (.xlsx, .csv), joined by grid id.",
    ),
]
HeaderRow = Annotated[
    list[str],
    typer.Option(
        "--header-row",
        metavar="[NAME=]N",
        show_default=False,
        help="Row of the column names in an --attributes table, from 1; found by itself when not given.",
    ),
]
Carry = Annotated[
    list[str],
    typer.Option(
        "--carry",
        metavar="[NAME=]COLUMN[,COLUMN]",
        show_default=False,
        help="Columns to bring along into the cells, as <name>_<column>.",
    ),
]
ToleranceM = Annotated[
    float,
    typer.Option("--tolerance-m", min=0.02, help="Borders closer than this, in metres, mean the same line."),
]
MinAreaM2 = Annotated[
    float, typer.Option("--min-area-m2", min=0.0, help="Pieces smaller than this join a neighbour.")
]
LayerToleranceM = Annotated[
    list[str],
    typer.Option(
        "--tolerance-m",
        metavar="[NAME=]METRES",
        show_default=False,
        help="Borders closer than this mean the same line: police=15; a bare number is for all others.",
    ),
]
OnGap = Annotated[
    str,
    typer.Option(
        "--on-gap",
        metavar="leave|fill",
        help="Ground that a department left without a grid: leave it, or fill it with the neighbour of the "
        "longest shared border.",
    ),
]
SpecialGrids = Annotated[
    list[str],
    typer.Option(
        "--special",
        metavar="NAME:COLUMN=VALUE[|VALUE]",
        show_default=False,
        help="Special-purpose grids, by what a column says: police:TYPE=专属. Grids inside others are in any "
        "case.",
    ),
]
AllowCross = Annotated[
    list[str],
    typer.Option(
        "--allow-cross",
        metavar="NAME:COLUMN=VALUE | VALUE",
        show_default=False,
        help="Grids that may lie in several districts, such as a business quarter: police:TYPE=商圈, or a "
        "value that --special names.",
    ),
]

# Cells and points -------------------------------------------------------------------------------------
Cells = Annotated[
    str,
    typer.Option(
        "--cells", metavar="FILE[#LAYER]", show_default=False, help="A merged network, or one unmerged layer."
    ),
]
CellsCrs = Annotated[str | None, typer.Option("--cells-crs", help="Coordinate system of an unmerged layer.")]
CellsId = Annotated[str | None, typer.Option("--cells-id", help="Id column of an unmerged layer.")]
CellsOwner = Annotated[str | None, typer.Option("--cells-owner", help="Owner column of an unmerged layer.")]
CellsEncoding = Annotated[
    str | None, typer.Option("--cells-encoding", help="Text encoding of an unmerged layer.")
]
Lon = Annotated[
    str | None,
    typer.Option("--lon", metavar="COLUMN", help="Column of the longitude, or of both: '113.7,34.7'."),
]
Lat = Annotated[str | None, typer.Option("--lat", metavar="COLUMN", help="Column of the latitude.")]
PointsCrs = Annotated[
    str | None,
    typer.Option(
        "--crs",
        metavar="gcj02|bd09|wgs84|cgcs2000|EPSG:N",
        help="Datum of the points. In China it must be said: GCJ-02 is 600 m off, BD-09 1.3 km.",
    ),
]
PointsControl = Annotated[
    str | None,
    typer.Option(
        "--control",
        metavar="FILE",
        help="Control points (x, y, X, Y) of points in a system of their own; --crs says what X, Y are in.",
    ),
]
CellsControl = Annotated[
    str | None,
    typer.Option(
        "--cells-control",
        metavar="FILE",
        help="Control points of an unmerged layer in a system of its own; --cells-crs says what X, Y are in.",
    ),
]
PointsEncoding = Annotated[str | None, typer.Option("--encoding", help="Text encoding of the incidents.")]
BorderM = Annotated[
    float, typer.Option("--border-m", min=0.0, help="Cells within this many metres are candidates.")
]
AccuracyM = Annotated[
    float | None,
    typer.Option(
        "--accuracy-m",
        min=0.0,
        show_default=False,
        help="Points may stand off by this many metres: a phone by 15. Candidates are looked for so far.",
    ),
]
AccuracyColumn = Annotated[
    str | None,
    typer.Option(
        "--accuracy-column",
        metavar="COLUMN",
        help="Column that says row by row how far a point may stand off, in metres: 定位精度.",
    ),
]
NearestM = Annotated[
    float,
    typer.Option("--nearest-m", min=0.0, help="A point in no cell takes the nearest within so many metres."),
]
Place = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="COLUMN[,COLUMN]",
        help="Columns of the recorded district, street, community, used when there is no coordinate.",
    ),
]
RulesFile = Annotated[
    str | None, typer.Option("--rules", metavar="FILE", help="Who handles what, where (.csv, .xlsx).")
]
Category = Annotated[
    str | None, typer.Option("--category", metavar="COLUMN", help="Column the rules call category.")
]
RulesIncidents = Annotated[
    str | None,
    typer.Option("--incidents", metavar="FILE", help="Incidents: the categories and values that occur."),
]
Time = Annotated[
    str | None,
    typer.Option("--time", metavar="COLUMN", help="Column of the time, for rules with valid_from/valid_to."),
]

# Recorded units -----------------------------------------------------------------------------------------
CheckColumn = Annotated[
    str | None,
    typer.Option(
        "--check-column",
        metavar="COLUMN",
        help="Column of a unit that was recorded: held against the unit in which the point lies.",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="COLUMN",
        help="Column of the cells that holds such units: a rung, a department; the only one if not given.",
    ),
]
Normalise = Annotated[
    str | None,
    typer.Option(
        "--normalise",
        metavar="digits|strip|upper",
        help="Compare labels by their digits, without spaces and common words, or in capitals.",
    ),
]
Vintage = Annotated[
    str | None,
    typer.Option(
        "--vintage",
        metavar="FILE[#LAYER]",
        show_default=False,
        help="Boundaries of another year: whether the recorded units fit them better is said.",
    ),
]
VintageId = Annotated[
    str | None, typer.Option("--vintage-id", metavar="COLUMN", help="Id column of that layer, if unmerged.")
]
VintageCrs = Annotated[
    str | None, typer.Option("--vintage-crs", metavar="CRS", help="Coordinate system of that layer.")
]
VintageEncoding = Annotated[
    str | None, typer.Option("--vintage-encoding", help="Text encoding of that layer.")
]
MismatchesFile = Annotated[
    Path | None,
    typer.Option(
        "--mismatches",
        metavar="FILE",
        show_default=False,
        help="Where rows go whose recorded unit differs; <output>.mismatches.csv if not given.",
    ),
]

# Columns added, and rows without an answer --------------------------------------------------------------
AddedColumns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="COLUMN[,COLUMN]",
        help="Columns to add, in this order; also others of the cells. All of the usual ones if not given.",
    ),
]
Prefix = Annotated[
    str, typer.Option("--prefix", metavar="TEXT", help="Set before the name of every column added: p_.")
]
Rename = Annotated[
    list[str] | None,
    typer.Option(
        "--rename",
        metavar="NEW=COLUMN",
        show_default=False,
        help="Another name for an added column: 所属网格编码=grid_id. One of the input is replaced.",
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        show_default=False,
        help="Where rows without an answer go too; <output>.rejects.csv beside the output if not given.",
    ),
]
MaxRejects = Annotated[
    str | None,
    typer.Option(
        "--max-rejects",
        metavar="N|N%",
        help="Exit with 4 when more rows have no answer; everything is written all the same.",
    ),
]
SaveJob = Annotated[
    Path | None,
    typer.Option(
        "--save-job",
        metavar="JOB.toml",
        show_default=False,
        help="Keep this command as a section of a job file, for gridgov run; made if it is not there.",
    ),
]

# Batches ------------------------------------------------------------------------------------------------
InputFormat = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        metavar="csv|tsv|ndjson|xlsx|parquet|gpkg|geojson",
        show_default=False,
        help="Kind of the input, if its name does not say so; needed for - (standard input).",
    ),
]
OutputFormat = Annotated[
    str | None,
    typer.Option(
        "--output-format",
        metavar="csv|tsv|ndjson|xlsx|parquet|gpkg|geojson",
        show_default=False,
        help="Kind of the output, if its name does not say so.",
    ),
]
Flush = Annotated[
    bool,
    typer.Option("--flush", help="Answer each line at once: for another program that feeds ndjson."),
]
Fill = Annotated[
    bool,
    typer.Option("--fill", help="Keep columns of the input that are called so; fill them where empty."),
]
Bom = Annotated[
    bool, typer.Option("--bom", help="Write text as UTF-8 with a byte order mark, which Excel reads.")
]
SafeCsv = Annotated[
    bool,
    typer.Option(
        "--safe-csv", help="Set an apostrophe before text that a spreadsheet would take for a formula."
    ),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Of many files skip those that are done with the same input and options."),
]
LogFormat = Annotated[
    str,
    typer.Option("--log-format", metavar="text|json", help="What is said on stderr, for people or programs."),
]

# Crosswalks -------------------------------------------------------------------------------------------
NetworkCells = Annotated[
    str | None,
    typer.Option(
        "--cells", metavar="FILE", show_default=False, help="A merged network, in the place of layers."
    ),
]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="FILE:COLUMN",
        show_default=False,
        help="What else to count, e.g. households.csv:户数. Points count where they lie, polygons by area.",
    ),
]
WeightsCrs = Annotated[
    str | None,
    typer.Option(
        "--weights-crs",
        metavar="gcj02|bd09|wgs84|cgcs2000|EPSG:N",
        help="Coordinate system of the weights; for points in China it must be said.",
    ),
]
WeightsLon = Annotated[
    str | None,
    typer.Option("--weights-lon", metavar="COLUMN", help="Column of the weights' longitude, or of both."),
]
WeightsLat = Annotated[
    str | None, typer.Option("--weights-lat", metavar="COLUMN", help="Column of the weights' latitude.")
]
WeightsEncoding = Annotated[
    str | None, typer.Option("--weights-encoding", help="Text encoding of the weights.")
]
IncidentsFile = Annotated[
    str | None,
    typer.Option(
        "--incidents",
        metavar="FILE[#SHEET]",
        show_default=False,
        help="Incidents with coordinates: how many get another answer is counted for each conflict.",
    ),
]
IncidentsCrs = Annotated[
    str | None,
    typer.Option(
        "--incidents-crs",
        metavar="gcj02|bd09|wgs84|cgcs2000|EPSG:N",
        help="Datum of the incidents; in China it must be said.",
    ),
]
IncidentsLon = Annotated[
    str | None,
    typer.Option("--incidents-lon", metavar="COLUMN", help="Column of the incidents' longitude, or of both."),
]
IncidentsLat = Annotated[
    str | None, typer.Option("--incidents-lat", metavar="COLUMN", help="Column of the incidents' latitude.")
]
IncidentsEncoding = Annotated[
    str | None, typer.Option("--incidents-encoding", help="Text encoding of the incidents.")
]
OverlapWidthM = Annotated[
    float | None,
    typer.Option(
        "--tolerance-m",
        min=0.02,
        show_default=False,
        help="Overlaps narrower than this do not count: 25 for layers; in a network everything counts.",
    ),
]
OverlapAreaM2 = Annotated[
    float | None,
    typer.Option(
        "--min-area-m2",
        min=0.0,
        show_default=False,
        help="Overlaps smaller than this do not count: 300 for layers; in a network everything counts.",
    ),
]

# Exports ----------------------------------------------------------------------------------------------
NetworkFile = Annotated[
    Path, typer.Argument(metavar="NETWORK", show_default=False, help="A network that merge wrote (.gpkg).")
]
Department = Annotated[
    str | None,
    typer.Option(
        "--department",
        metavar="NAME",
        show_default=False,
        help="A department's own grids on the common borders, with the m2 that moved.",
    ),
]
WeightColumn = Annotated[
    str | None,
    typer.Option(
        "--weight-column",
        metavar="COLUMN",
        show_default=False,
        help="With --department: a carried column of numbers (households); how many moved, by area.",
    ),
]
NetworkLayer = Annotated[
    str | None,
    typer.Option(
        "--layer",
        metavar="NAME",
        show_default=False,
        help="Or a layer of the network as it is: cells, grids, conflicts, or a rung.",
    ),
]
Tables = Annotated[
    bool,
    typer.Option("--tables", help="Or the lists: crosswalk, conflicts, uncovered, lost and all grids."),
]

# Maps ---------------------------------------------------------------------------------------------------
MapIncidents = Annotated[
    str | None,
    typer.Option(
        "--incidents",
        metavar="FILE[#SHEET]",
        show_default=False,
        help="Incidents to show, best after assign: with status, candidates and handler.",
    ),
]
Compare = Annotated[
    Path | None,
    typer.Option(
        "--compare",
        metavar="NETWORK",
        show_default=False,
        help="An older network: what changed since is listed and shown before and after.",
    ),
]
Show = Annotated[
    str | None,
    typer.Option(
        "--show",
        metavar="COLUMN[,COLUMN]",
        show_default=False,
        help="Further columns of cells or incidents; not shown unasked, for they may be personal.",
    ),
]
Phones = Annotated[
    bool, typer.Option("--phones", help="Show mobile numbers inside owners' names; they are masked if not.")
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", show_default=False, help="Heading of the page.")
]
TilesUrl = Annotated[
    str | None,
    typer.Option(
        "--tiles",
        metavar="URL",
        show_default=False,
        help="A tile server below the grids: http://tiles.city.local/{z}/{x}/{y}.png. None if not given.",
    ),
]
TilesCrs = Annotated[
    str,
    typer.Option("--tiles-crs", metavar="cgcs2000|gcj02", help="Degrees in which those tiles are cut."),
]

# Conflicts and decisions ------------------------------------------------------------------------------
ConflictsFile = Annotated[
    Path | None,
    typer.Option(
        "--conflicts",
        metavar="FILE.xlsx",
        show_default=False,
        help="Write the list of conflicts for people to decide, with drop-downs: 冲突清单.xlsx.",
    ),
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        show_default=False,
        help="Carry out what people decided in that list (.xlsx, .csv), matched by conflict_id.",
    ),
]

Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        help="Work on so many departments at the same time: quicker, and the same result.",
    ),
]

# Counting tagged incidents ------------------------------------------------------------------------------
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="WHAT[,WHAT]",
        show_default=False,
        help="What to count by: cell, grid, handler, category, month, a rung, a department or any column; "
        "grid=COLUMN says where it stands.",
    ),
]
ReportTime = Annotated[
    str | None,
    typer.Option("--time", metavar="COLUMN", help="Column of the time of the report; found if not given."),
]
Closed = Annotated[
    str | None,
    typer.Option("--closed", metavar="COLUMN", help="Column of the time of closing; found if not given."),
]
LimitColumn = Annotated[
    str | None,
    typer.Option(
        "--limit-column", metavar="COLUMN", help="Column of the limit (时限: 4小时); found if not given."
    ),
]
CountedCategory = Annotated[
    str | None,
    typer.Option("--category", metavar="COLUMN", help="Column of the category; found if not given."),
]
WorkdaysFile = Annotated[
    str | None,
    typer.Option(
        "--workdays",
        metavar="FILE[#SHEET]",
        help="Judge limits by a calendar of workdays (columns date, workday; also from, to).",
    ),
]
CalendarHours = Annotated[
    bool, typer.Option("--calendar-hours", help="Judge limits by the clock: every hour of every day counts.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Judge open incidents too, as of then: 2025-07-01."),
]
Sums = Annotated[
    str | None,
    typer.Option("--sum", metavar="COLUMN[,COLUMN]", help="Columns of numbers to add up, such as 积分."),
]
Where = Annotated[
    list[str],
    typer.Option(
        "--where",
        metavar="COLUMN=VALUE[|VALUE]",
        show_default=False,
        help="Count only rows with one of these values: 类别=网格员.",
    ),
]
Duplicates = Annotated[
    bool, typer.Option("--duplicates", help="Look for pairs of incidents that are likely one.")
]
WithinM = Annotated[
    float, typer.Option("--within-m", help="With --duplicates: at most so many metres apart.")
]
WithinHours = Annotated[
    float, typer.Option("--within-hours", help="With --duplicates: at most so many hours apart.")
]
Missing = Annotated[
    bool,
    typer.Option("--missing", help="List the units without any row: grids without anyone (--cells)."),
]
Most = Annotated[int, typer.Option("--most", min=1, metavar="N", help="Rows of the table to show.")]
CountedIncidents = Annotated[
    str,
    typer.Argument(
        metavar="INCIDENTS[#SHEET]",
        show_default=False,
        help="Tagged incidents, or any table: .csv, .tsv, .txt, .xlsx, .parquet, .gpkg or .geojson (points).",
    ),
]
UnitCells = Annotated[
    str | None,
    typer.Option(
        "--cells",
        metavar="NETWORK",
        show_default=False,
        help="The network they were tagged with: areas, names, owners, and units without any row.",
    ),
]

# Reports ------------------------------------------------------------------------------------------------
TaggedIncidents = Annotated[
    str | None,
    typer.Option(
        "--incidents", metavar="FILE[#SHEET]", help="Incidents tagged with this network: counted per grid."
    ),
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="NETWORK",
        help="An older network: what changed since. Else what the merge changed of the grids as drawn.",
    ),
]
Rung = Annotated[
    str | None,
    typer.Option("--rung", metavar="NAME", help="One sheet per unit of it; street, or the lowest one."),
]
FooterLine = Annotated[
    str | None,
    typer.Option("--footer", metavar="TEXT", help="Line at the foot of every sheet: 内部工作底图."),
]
Households = Annotated[
    str,
    typer.Option("--households", metavar="LOW-HIGH", help="Households that a unified grid should have."),
]
GridArea = Annotated[
    list[str],
    typer.Option(
        "--grid-m2",
        metavar="NAME=LOW-HIGH",
        show_default=False,
        help="Square metres that grids of a department should have: urban=5000-15000.",
    ),
]

# Outputs ----------------------------------------------------------------------------------------------
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", show_default=False, help="Where to write.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an output that exists.")]
Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON on stdout.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 4 when there is a problem that needs a decision.")
]
