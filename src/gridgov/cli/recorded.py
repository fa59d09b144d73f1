"""The options that hold recorded units against located ones."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gridgov.cli.point_words import WORDS
from gridgov.errors import ArgumentError
from gridgov.language import listed

if TYPE_CHECKING:
    from gridgov.tag import RecordedOptions

__all__ = ["RecordedTyped", "read_recorded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTyped:
    """What was typed, as :mod:`gridgov.cli.options` names it."""

    column: str | None
    against: str | None
    normalise: str | None
    vintage: str | None
    vintage_id: str | None
    vintage_crs: str | None
    vintage_encoding: str | None
    mismatches: Path | None

    def check(self) -> None:
        """Raise ArgumentError for settings of what is not asked for."""
        stated = {
            "--against": self.against,
            "--normalise": self.normalise,
            "--vintage": self.vintage,
            "--mismatches": self.mismatches,
        }
        if self.column is None and (
            alone := [option for option, value in stated.items() if value is not None]
        ):
            raise ArgumentError(WORDS("name_check_column", options=listed(alone)))
        of_layer = {
            "--vintage-id": self.vintage_id,
            "--vintage-crs": self.vintage_crs,
            "--vintage-encoding": self.vintage_encoding,
        }
        if self.vintage is None and (
            alone := [option for option, value in of_layer.items() if value is not None]
        ):
            raise ArgumentError(WORDS("name_vintage", options=listed(alone)))
        if self.normalise is not None:
            from gridgov.recorded.forms import check_form

            check_form(self.normalise)

    def vintage_path(self) -> Path | None:
        """The file of the other boundaries, which no output may overwrite."""
        from gridgov.layers.arguments import parse_layer_argument

        return None if self.vintage is None else parse_layer_argument(self.vintage).path


def read_recorded(typed: RecordedTyped) -> "RecordedOptions | None":
    """What is to be checked, with the other boundaries read; None if nothing is."""
    if typed.column is None:
        return None
    from gridgov.cli.cells import read_cells
    from gridgov.layers.arguments import parse_layer_argument
    from gridgov.tag import RecordedOptions

    other, name = None, ""
    if typed.vintage is not None:
        argument = parse_layer_argument(typed.vintage)
        name = f"{argument.path.name}#{argument.layer}" if argument.layer else argument.path.name
        other = read_cells(
            typed.vintage,
            crs=typed.vintage_crs,
            grid_id=typed.vintage_id,
            encoding=typed.vintage_encoding,
            option="--vintage",
        )
    return RecordedOptions(
        column=typed.column,
        against=typed.against,
        normalise=typed.normalise,
        vintage=other,
        vintage_name=name,
    )
