"""What departments sent: every layer and table of a folder, looked into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.errors import FormatError, GridgovError, InputMissingError
from gridgov.jobs.record import RECORD
from gridgov.jobs.said_words import WORDS
from gridgov.layers.likeness import RUNGS

if TYPE_CHECKING:
    from gridgov.layers.facts import LayerFacts

__all__ = ["Say", "Sent", "look_into"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """One layer or table: its file, which of several in it (None if it is alone), and what is known of it."""

    path: Path
    layer: str | None
    facts: "LayerFacts"

    @property
    def polygons(self) -> int:
        """Rows with an area."""
        return sum(self.facts.geometry.get(kind, 0) for kind in ("Polygon", "MultiPolygon"))

    @property
    def points(self) -> bool:
        """Whether its rows are places, not areas."""
        return self.facts.geometry.get("Point", 0) > 0 and not self.polygons

    @property
    def names(self) -> list[str]:
        """Its columns."""
        return [column.name for column in self.facts.columns]

    def guessed(self, *likes: str) -> bool:
        """Whether it looks like one of these, by the codes of `gridgov.layers.likeness`."""
        return self.facts.like in likes


def look_into(folder: Path, *, say: Say) -> tuple[list[Sent], list[tuple[str, str]]]:
    """Every layer and table below a folder, and files that cannot be read with the reason.

    Results of earlier runs are passed over. Raises InputMissingError and FormatError if there is nothing.
    """
    from gridgov.layers.formats import find_files
    from gridgov.layers.inspection import inspect_file

    if not folder.is_dir():
        if folder.exists():
            raise InputMissingError(WORDS("folder_is_file", folder=folder))
        raise InputMissingError(WORDS("folder_missing", folder=folder))
    files = [path for path in find_files(folder) if not _of_results(path, folder)]
    if not files:
        raise FormatError(WORDS("folder_nothing", folder=folder))
    found: list[Sent] = []
    unreadable: list[tuple[str, str]] = []
    for path in files:
        say(f"  {path.relative_to(folder)}")
        try:
            found += _several(path, inspect_file(path))
        except GridgovError as error:
            unreadable.append((path.relative_to(folder).as_posix(), str(error)))
    return _within_outline(found), unreadable


def _of_results(path: Path, folder: Path) -> bool:
    """Whether a file lies in the results folder of a job."""
    inside = [parent for parent in path.parents if parent != folder and parent.is_relative_to(folder)]
    return any((parent / RECORD).is_file() for parent in (*inside, folder))


def _several(path: Path, facts: "Sequence[LayerFacts]") -> list[Sent]:
    """The layers of a file; each is named only if there are several that could be meant."""
    with_areas = [each for each in facts if {"Polygon", "MultiPolygon"} & set(each.geometry)]
    return [
        Sent(path, _layer_name(each) if len(with_areas if each in with_areas else facts) > 1 else None, each)
        for each in facts
    ]


def _layer_name(facts: "LayerFacts") -> str | None:
    """Name of a layer or sheet, or the file in a .zip."""
    return facts.layer or (Path(facts.file).stem if "/" in facts.file else None)


def _within_outline(found: list[Sent]) -> list[Sent]:
    """The same, with layers of unknown system weighed again by where the city lies."""
    from gridgov.layers.inspection import inspect_file

    outline = _outline(found)
    if outline is None:
        return found
    return [
        replace(each, facts=inspect_file(each.path, layer=each.layer, outline=outline)[0])
        if each.facts.candidates and each.polygons and each.path.suffix.lower() != ".zip"
        else each
        for each in found
    ]


def _outline(found: Sequence[Sent]) -> Any:
    """The ground of the coarsest rung whose place is known, in CGCS2000 degrees."""
    import shapely

    from gridgov.datum import transform_geometries
    from gridgov.layers.raw import read_raw

    for rung in RUNGS:
        known = [
            s for s in found if s.guessed(rung) and s.polygons and s.facts.crs and not s.facts.candidates
        ]
        if len(known) == 1:
            frame = read_raw(known[0].path, layer=known[0].layer).frame
            shapes = transform_geometries(
                frame.geometry.dropna().to_numpy(), source=frame.crs, target="cgcs2000"
            )
            return shapely.union_all(shapely.make_valid(shapes))
    return None
