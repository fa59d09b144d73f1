"""Control points of the points, read and said."""

from typing import TYPE_CHECKING

from gridgov.cli.point_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError

if TYPE_CHECKING:
    from gridgov.datum.control import ControlFit

__all__ = ["read_points_control"]


def read_points_control(file: str | None, crs: str | None) -> "ControlFit | None":
    """The fit of a file of control points, whose residuals are said on stderr; None without a file."""
    if file is None:
        return None
    if crs is None:
        raise ArgumentError(WORDS("control_says_crs", file=file))
    from gridgov.layers.control import read_control

    fit = read_control(file, crs=crs)
    for line in fit.lines():
        say(line)
    return fit
