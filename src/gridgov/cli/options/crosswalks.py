"""Who overlaps whom, and what is counted by it."""

from typing import Annotated

import typer

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
    str | None, typer.Option("--weights-encoding", metavar="ENCODING", help="Text encoding of the weights.")
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
    str | None,
    typer.Option("--incidents-encoding", metavar="ENCODING", help="Text encoding of the incidents."),
]
OverlapWidthM = Annotated[
    float | None,
    typer.Option(
        "--tolerance-m",
        metavar="METRES",
        min=0.02,
        show_default=False,
        help="Overlaps narrower than this do not count: 25 for layers; in a network everything counts.",
    ),
]
OverlapAreaM2 = Annotated[
    float | None,
    typer.Option(
        "--min-area-m2",
        metavar="M2",
        min=0.0,
        show_default=False,
        help="Overlaps smaller than this do not count: 300 for layers; in a network everything counts.",
    ),
]
