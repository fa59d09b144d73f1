"""The layer options of the command line made into layers: what `check` and `merge` begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gridgov.cli.command_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import ArgumentError
from gridgov.language import Many
from gridgov.schema import ATTRS, no_owner_note
from gridgov.schema_faults import check_names

if TYPE_CHECKING:
    import geopandas as gpd

    from gridgov.layers.arguments import LayerArgument, Settings
    from gridgov.layers.choices import Choices

__all__ = ["Inputs", "LayerOptions", "outline_of", "read_inputs"]

_ROLES = ("id", "owner", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerOptions:
    """What was typed, option by option, as :mod:`gridgov.cli.options` names them."""

    layers: Sequence[str]
    within: Sequence[str] = ()
    districts: str | None = None
    id: Sequence[str] = ()
    owner: Sequence[str] = ()
    name: Sequence[str] = ()
    crs: Sequence[str] = ()
    control: Sequence[str] = ()
    encoding: Sequence[str] = ()
    attributes: Sequence[str] = ()
    header_row: Sequence[str] = ()
    carry: Sequence[str] = ()
    special: Sequence[str] = ()
    allow_cross: Sequence[str] = ()
    tolerance_m: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """Layers by department and rungs coarse to fine, as read; columns to carry; the files they came from.

    `special`, `allow_cross`: department -> column -> values of the grids that are declared. `tolerance_m`:
    metres for all, or by department for those that were said.
    """

    layers: "Mapping[str, gpd.GeoDataFrame]"
    rungs: "Mapping[str, gpd.GeoDataFrame]"
    carry: Mapping[str, list[str]] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    special: "Choices" = field(default_factory=dict)
    allow_cross: "Choices" = field(default_factory=dict)
    tolerance_m: float | Mapping[str, float] | None = None


def read_inputs(options: LayerOptions) -> Inputs:
    """Read every layer and rung, saying on stderr what each is.

    Rungs are read first: their outline tells which coordinate systems a layer without one could be in.
    Raises ArgumentError for names and settings that do not fit each other; else as `read_grids`.
    """
    from gridgov.layers.arguments import parse_layer_argument
    from gridgov.layers.choices import split_choices, split_crossings

    departments = [parse_layer_argument(text) for text in options.layers]
    rungs = [parse_layer_argument(text) for text in _rungs(options)]
    if not departments:
        raise ArgumentError(WORDS("no_layer_given"))
    _check_names(departments, rungs)
    settings = _settings(options, [each.name for each in (*rungs, *departments)])
    carry = _carry(settings["carry"], departments, rungs)
    names = [each.name for each in departments]
    special = split_choices(options.special, names=names, option="--special")
    crossing = split_crossings(options.allow_cross, names=names, special=special)
    tolerance_m = _tolerances(options.tolerance_m, names)
    read_rungs = {each.name: _read(each, settings, None, rung=True) for each in rungs}
    outline = outline_of(next(iter(read_rungs.values()), None))
    layers = {each.name: _read(each, settings, outline) for each in departments}
    ledgers = [_ledger(settings["attributes"].value(each.name), None, "") for each in departments]
    paths = [each.path for each in (*rungs, *departments, *ledgers) if each is not None]
    paths += _control_paths(settings["control"], [each.name for each in (*rungs, *departments)])
    return Inputs(layers, read_rungs, carry, tuple(paths), special, crossing, tolerance_m)


def _rungs(options: LayerOptions) -> list[str]:
    if options.districts is None:
        return list(options.within)
    return [f"district={options.districts}", *options.within]


def _check_names(departments: "Sequence[LayerArgument]", rungs: "Sequence[LayerArgument]") -> None:
    try:
        check_names([each.name for each in departments], [each.name for each in rungs])
    except ArgumentError as error:
        first = departments[0]
        example = f"police={first.path}{f'#{first.layer}' if first.layer else ''}"
        raise ArgumentError(WORDS("named_like", error=error, example=example)) from error


def _settings(options: LayerOptions, names: Sequence[str]) -> "dict[str, Settings]":
    """Every ``[NAME=]VALUE`` option, by its field."""
    from gridgov.layers.arguments import split_settings

    fields = (*_ROLES, "crs", "control", "encoding", "attributes", "header_row", "carry")
    found = {}
    for each in fields:
        settings = split_settings(getattr(options, each), option="--" + each.replace("_", "-"))
        settings.check_known(names)
        found[each] = settings
    for each in ("attributes", "control"):
        if (bare := found[each].bare) is not None and len(options.layers) > 1:
            raise ArgumentError(WORDS("say_whose", each=each, bare=bare, name=names[-1]))
    return found


def _carry(
    settings: "Settings", departments: "Sequence[LayerArgument]", rungs: "Sequence[LayerArgument]"
) -> dict[str, list[str]]:
    for rung in rungs:
        if settings.value(rung.name, rung=True) is not None:
            raise ArgumentError(WORDS("carry_rung", rung=rung.name))
    stated = {each.name: settings.value(each.name) for each in departments}
    return {
        name: [column.strip() for column in value.split(",") if column.strip()]
        for name, value in stated.items()
        if value is not None
    }


def _tolerances(texts: Sequence[str], names: Sequence[str]) -> float | dict[str, float] | None:
    """The metres that were said; a bare number beside named ones is for all that have none of their own."""
    from gridgov.layers.arguments import split_settings
    from gridgov.tolerances import each_tolerance

    settings = split_settings(texts, option="--tolerance-m")
    settings.check_known(names)
    said = {name: text for name in names if (text := settings.value(name)) is not None}
    found: dict[str, float] = {}
    for name, text in said.items():
        try:
            found[name] = float(text)
        except ValueError:
            raise ArgumentError(WORDS("no_metres", text=text, name=name)) from None
    each_tolerance(found, names)
    return found[names[0]] if settings.bare is not None and not settings.named else found or None


def _read(
    argument: "LayerArgument", settings: "Mapping[str, Settings]", outline: Any, *, rung: bool = False
) -> "gpd.GeoDataFrame":
    from gridgov.layers import read_grids

    def stated(option: str) -> str | None:
        return settings[option].value(argument.name, rung=rung)

    columns = {role: value for role in _ROLES if (value := stated(role)) is not None}
    layer = read_grids(
        argument.path,
        department=argument.name,
        layer=argument.layer,
        columns=columns,
        crs=stated("crs"),
        encoding=stated("encoding"),
        attributes=_ledger(stated("attributes"), stated("header_row"), argument.name),
        outline=outline,
        control=stated("control"),
    )
    _introduce(layer, argument.name, rung=rung)
    return layer


def _control_paths(settings: "Settings", names: Sequence[str]) -> list[Path]:
    from gridgov.layers.arguments import split_path

    return [split_path(text)[0] for text in dict.fromkeys(map(settings.value, names)) if text is not None]


def _ledger(attributes: str | None, header_row: str | None, name: str) -> Any:
    from gridgov.layers import Ledger
    from gridgov.layers.arguments import split_path

    if attributes is None:
        return None
    if header_row is not None and not (header_row.isdecimal() and int(header_row) > 0):
        raise ArgumentError(WORDS("header_row", header_row=header_row, name=name))
    path, sheet = split_path(attributes)
    return Ledger(path, sheet, None if header_row is None else int(header_row))


def _introduce(layer: "gpd.GeoDataFrame", name: str, *, rung: bool) -> None:
    from gridgov.datum import describe_crs

    about = layer.attrs[ATTRS]
    key = "units_from" if rung else "grids_from"
    say(WORDS(key, name=name, n=Many(len(layer)), source=about["source"], crs=describe_crs(layer.crs)))
    for note in about["notes"]:
        if not (rung and note.startswith(no_owner_note())):
            say(f"  - {note}")


def outline_of(rung: "gpd.GeoDataFrame | None") -> Any:
    """The ground that the coarsest rung covers, in CGCS2000 degrees."""
    if rung is None or rung.empty:
        return None
    import shapely

    from gridgov.datum import transform_geometries

    shapes = transform_geometries(rung.geometry.to_numpy(), source=rung.crs, target="cgcs2000")
    return shapely.union_all(shapely.make_valid(shapes))
