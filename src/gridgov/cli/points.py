"""The options of households and incidents made into tables: what `crosswalk` and `merge` count."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.cli.point_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError
from gridgov.language import Many, listed
from gridgov.schema import ATTRS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["PointOptions", "points_path", "read_points"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointOptions:
    """What was typed, as :mod:`gridgov.cli.options` names it; `option` is weights or incidents.

    `keep`: incidents are wanted with all their columns.
    """

    option: str
    file: str | None
    crs: str | None = None
    lon: str | None = None
    lat: str | None = None
    encoding: str | None = None
    keep: bool = False

    def check(self) -> None:
        """Raise ArgumentError for settings of a file that is not named."""
        stated = [
            f"--{self.option}-{each}" for each in ("crs", "lon", "lat", "encoding") if getattr(self, each)
        ]
        if self.file is None and stated:
            raise ArgumentError(WORDS("name_the_file", options=listed(stated), option=self.option))


def points_path(typed: PointOptions) -> list[Path]:
    """The file of the option, if there is one: what no output may overwrite."""
    from gridgov.layers.arguments import split_path
    from gridgov.weights import split_weights

    if typed.file is None:
        return []
    return [split_weights(typed.file).path if typed.option == "weights" else split_path(typed.file)[0]]


def read_points(typed: PointOptions, near: Any) -> "gpd.GeoDataFrame | None":
    """Read the file of the option, saying on stderr what it holds; None without one."""
    if typed.file is None:
        return None
    read = _read_weights if typed.option == "weights" else _read_incidents
    points = read(typed, near)
    about = points.attrs[ATTRS]
    say(WORDS("rows_from", option=typed.option, n=Many(len(points)), source=about["source"]))
    _say_all(about["notes"])
    return points


def _say_all(notes: Sequence[str]) -> None:
    for note in notes:
        say(f"  - {note}")


def _read_weights(typed: PointOptions, near: Any) -> "gpd.GeoDataFrame":
    from gridgov.weights import read_weights, split_weights

    file = split_weights(str(typed.file))
    return read_weights(
        file.path,
        near=near,
        column=file.column,
        layer=file.layer,
        crs=typed.crs,
        lon=typed.lon,
        lat=typed.lat,
        encoding=typed.encoding,
    )


def _read_incidents(typed: PointOptions, near: Any) -> "gpd.GeoDataFrame":
    from gridgov.layers.arguments import split_path
    from gridgov.weights import read_incidents

    path, sheet = split_path(str(typed.file))
    return read_incidents(
        path,
        near=near,
        sheet=sheet,
        crs=typed.crs,
        lon=typed.lon,
        lat=typed.lat,
        encoding=typed.encoding,
        keep=typed.keep,
    )
