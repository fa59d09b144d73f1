"""Points: where they stand in a file, and how exactly they are known."""

from typing import Annotated

import typer

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
PointCrs = Annotated[
    str | None,
    typer.Option(
        "--crs",
        metavar="gcj02|bd09|wgs84|cgcs2000|EPSG:N",
        help="Datum of the point; in China CGCS2000 if not given. GCJ-02 is 600 m off, BD-09 1.3 km.",
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
PointsEncoding = Annotated[
    str | None, typer.Option("--encoding", metavar="ENCODING", help="Text encoding of the incidents.")
]
BorderM = Annotated[
    float,
    typer.Option(
        "--border-m", metavar="METRES", min=0.0, help="Cells within this many metres are candidates."
    ),
]
AccuracyM = Annotated[
    float | None,
    typer.Option(
        "--accuracy-m",
        metavar="METRES",
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
    typer.Option(
        "--nearest-m",
        metavar="METRES",
        min=0.0,
        help="A point in no cell takes the nearest within so many metres.",
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        "--place",
        metavar="COLUMN[,COLUMN]",
        help="Columns of the recorded district, street, community, used when there is no coordinate.",
    ),
]
