"""What a job reads before it works: layers, rungs, and the points that conflicts are ranked by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gridgov.errors import ArgumentError, GridgovError, JobError
from gridgov.jobs.job import Job, Section
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.words import at_section, in_job_words
from gridgov.language import Many
from gridgov.schema import ATTRS, no_owner_note

if TYPE_CHECKING:
    import geopandas as gpd

    from gridgov.layers.choices import Choices

__all__ = ["Inputs", "input_paths", "read_inputs"]

Say = Callable[[str], None]

_ROLES: Final = ("id", "name", "owner")
_SOURCES: Final = ("file", "attributes", "decisions", "parents", "previous", "rules", "cells")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Layers by department and rungs coarse to fine, as read; points to count, or None."""

    layers: "Mapping[str, gpd.GeoDataFrame]"
    rungs: "Mapping[str, gpd.GeoDataFrame]"
    weights: "gpd.GeoDataFrame | None" = None
    incidents: "gpd.GeoDataFrame | None" = None
    special: "Choices" = field(default_factory=dict)
    allow_cross: "Choices" = field(default_factory=dict)


def input_paths(job: Job) -> list[Path]:
    """Every file that the job reads to make its network: what no output may overwrite."""
    sections = [*job.rungs, *job.layers, *job.sections.values()]
    return [section.get(key)[0] for section in sections for key in _SOURCES if section.get(key)]


def read_inputs(job: Job, *, say: Say) -> Inputs:
    """Read every layer and rung, saying what each is; rungs first, as they tell where layers can lie.

    Raises
    ------
    JobError
        One or more cannot be read as the job says: names section and line of each, and the key that mends it.
    """
    faults: list[GridgovError] = []
    special = _choices(job, "special", faults)
    crossing = _choices(job, "allow_cross", faults)
    rungs = _read(job, job.rungs, None, faults, say)
    outline = _outline(rungs)
    layers = _read(job, job.layers, outline, faults, say)
    if faults:
        raise faults[0] if len(faults) == 1 else JobError("\n\n".join(map(str, faults)))
    points = {kind: _points(job.sections[kind], layers, say) for kind in _POINTS if kind in job.sections}
    return Inputs(layers, rungs, points.get("weights"), points.get("incidents"), special, crossing)


def _read(
    job: Job, sections: Iterable[Section], outline: Any, faults: list[GridgovError], say: Say
) -> "dict[str, gpd.GeoDataFrame]":
    """Layers by name; what cannot be read is added to `faults`."""
    read = {}
    for section in sections:
        try:
            read[section.name] = _layer(job, section, outline)
        except GridgovError as error:
            faults.append(at_section(error, section))
        else:
            _introduce(read[section.name], section, say)
    return read


def _layer(job: Job, section: Section, outline: Any) -> "gpd.GeoDataFrame":
    from gridgov.errors import CRSError
    from gridgov.layers import read_grids

    path, layer = section.get("file")
    stated: dict[str, Any] = {
        "department": section.name,
        "layer": layer,
        "columns": {role: section.get(role) for role in _ROLES if section.get(role)},
        "encoding": section.get("encoding"),
        "attributes": _ledger(section),
        "outline": outline,
        "control": _control(section),
    }
    default = job.settings.get("default_crs")
    try:
        return read_grids(path, crs=section.get("crs"), **stated)
    except CRSError:
        if default is None or section.get("crs") or not _is_unstated(path, layer, section):
            raise
    return read_grids(path, crs=default, **stated)


def _is_unstated(path: Path, layer: str | None, section: Section) -> bool:
    """Whether a file says nothing of its coordinate system."""
    from gridgov.layers.placement import stated_crs
    from gridgov.layers.raw import read_raw

    raw = read_raw(path, layer=layer, encoding=section.get("encoding"))
    return stated_crs(raw.frame, None, raw.source) is None


def _control(section: Section) -> str | None:
    path, sheet = section.get("control") or (None, None)
    return None if path is None else f"{path}#{sheet}" if sheet else str(path)


def _ledger(section: Section) -> Any:
    from gridgov.layers import Ledger

    given = section.get("attributes")
    return None if given is None else Ledger(given[0], given[1], section.get("header_row"))


def _introduce(layer: "gpd.GeoDataFrame", section: Section, say: Say) -> None:
    from gridgov.datum import describe_crs
    from gridgov.language import Many

    about = layer.attrs[ATTRS]
    rung = section.kind == "rung"
    say(
        WORDS(
            "units_from" if rung else "grids_from",
            name=section.name,
            n=Many(len(layer)),
            source=about["source"],
            crs=describe_crs(layer.crs),
        )
    )
    for note in about["notes"]:
        if not (rung and note.startswith(no_owner_note())):
            say(f"  - {in_job_words(note)}")


def _outline(rungs: "Mapping[str, gpd.GeoDataFrame]") -> Any:
    """The ground that the coarsest rung covers, in CGCS2000 degrees."""
    rung = next(iter(rungs.values()), None)
    if rung is None or rung.empty:
        return None
    import shapely

    from gridgov.datum import transform_geometries

    shapes = transform_geometries(rung.geometry.to_numpy(), source=rung.crs, target="cgcs2000")
    return shapely.union_all(shapely.make_valid(shapes))


def _choices(job: Job, key: str, faults: list[GridgovError]) -> "Choices":
    """Grids declared by what a column says: department -> column -> values."""
    from gridgov.layers.choices import split_choices

    found: Choices = {}
    for section in job.layers:
        texts = [f"{section.name}:{text}" for text in section.get(key, ())]
        try:
            found |= split_choices(texts, names=[section.name], option=key)
        except ArgumentError:
            said = WORDS("list_of", key=key)
            faults.append(JobError(section.fault(key, said)))
    return found


def _weights(section: Section, layers: "Mapping[str, gpd.GeoDataFrame]") -> "gpd.GeoDataFrame":
    from gridgov.weights import read_weights, split_weights

    path, layer = section.get("file")
    file = split_weights(f"{path}#{layer}" if layer else str(path))
    return read_weights(file.path, near=layers, column=file.column, layer=file.layer, **_how(section))


def _incidents(section: Section, layers: "Mapping[str, gpd.GeoDataFrame]") -> "gpd.GeoDataFrame":
    from gridgov.weights import read_incidents

    path, sheet = section.get("file")
    return read_incidents(path, near=layers, sheet=sheet, **_how(section))


_POINTS: Final = {"weights": _weights, "incidents": _incidents}


def _how(section: Section) -> dict[str, Any]:
    return {key: section.get(key) for key in ("crs", "lon", "lat", "encoding")}


def _points(section: Section, layers: "Mapping[str, gpd.GeoDataFrame]", say: Say) -> "gpd.GeoDataFrame":

    try:
        points = _POINTS[section.kind](section, layers)
    except GridgovError as error:
        raise at_section(error, section) from error
    about = points.attrs[ATTRS]
    say(WORDS("rows_from", kind=section.kind, n=Many(len(points)), source=about["source"]))
    for note in about["notes"]:
        say(f"  - {in_job_words(note)}")
    return points
