"""What a planner types for a layer: ``NAME=PATH[#LAYER]`` and ``[NAME=]VALUE``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gridgov.errors import ArgumentError
from gridgov.language import listed
from gridgov.layers.argument_words import WORDS

__all__ = ["LayerArgument", "Settings", "parse_layer_argument", "split_path", "split_settings"]

#: Doubled endings that hide the real stem: ``streets.shp.zip`` is called ``streets``.
_INNER_SUFFIXES = (".shp", ".gdb", ".tab", ".mif", ".gpkg", ".geojson")


@dataclass(frozen=True, slots=True)
class LayerArgument:
    """One layer as named on the command line; `layer` is None when the file was named alone."""

    name: str
    path: Path
    layer: str | None


def parse_layer_argument(text: str) -> LayerArgument:
    """Split ``NAME=PATH[#LAYER]``; a bare path takes its stem as name.

    The first ``=`` ends the name, the last ``#`` begins the layer; a path that exists as it stands is
    taken whole, so ``a#b.shp`` and ``x=1.gpkg`` can be named. Raises ArgumentError.

    >>> argument = parse_layer_argument("police=city.gpkg#jw")
    >>> argument.name, str(argument.path), argument.layer
    ('police', 'city.gpkg', 'jw')
    >>> parse_layer_argument("jw.shp").name
    'jw'
    """
    name, equals, rest = text.partition("=")
    if not equals or Path(text).exists():
        path, layer = split_path(text)
        return LayerArgument(_stem(path), path, layer)
    if not name.strip() or not rest.strip():
        raise ArgumentError(WORDS("name_file", text=text))
    path, layer = split_path(rest)
    return LayerArgument(name.strip(), path, layer)


def split_path(text: str) -> tuple[Path, str | None]:
    """Path and layer (or sheet) of ``PATH[#LAYER]``; a path that exists is taken whole.

    Of several ``#`` the last counts that a file stands before: layers may be called ``1#2``, too.

    >>> path, layer = split_path("city.gpkg#jw")
    >>> str(path), layer
    ('city.gpkg', 'jw')
    """
    text = text.strip()
    path, hash_sign, layer = text.rpartition("#")
    if not hash_sign or Path(text).exists():
        return Path(text), None
    if not path or not layer.strip():
        raise ArgumentError(WORDS("hash_sides", text=text))
    hashes = [place for place, sign in enumerate(text) if sign == "#"]
    there = next((place for place in reversed(hashes) if Path(text[:place]).is_file()), len(path))
    return Path(text[:there]), text[there + 1 :].strip()


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of one ``[NAME=]VALUE`` option: one for every department layer, and one per name."""

    option: str
    bare: str | None
    named: Mapping[str, str]

    def value(self, name: str, *, rung: bool = False) -> str | None:
        """The value for a layer; a bare value speaks for departments only, never for rungs."""
        own = {key.lower(): value for key, value in self.named.items()}.get(name.lower())
        return own if own is not None or rung else self.bare

    def check_known(self, names: Iterable[str]) -> None:
        """Raise ArgumentError if a name is that of no layer."""
        known = list(names)
        strangers = [n for n in self.named if n.lower() not in {name.lower() for name in known}]
        if strangers:
            raise ArgumentError(
                WORDS("no_such_layer", option=self.option, name=strangers[0], known=listed(known))
            )


def split_settings(values: Sequence[str], *, option: str) -> Settings:
    """Split the values of an option that may be given once bare and once for each name.

    Raises ArgumentError for a name given twice (ignoring case), two bare values, or nothing after ``=``.

    >>> settings = split_settings(["police=JWBH", "code"], option="--id")
    >>> settings.value("police"), settings.value("urban"), settings.value("district", rung=True)
    ('JWBH', 'code', None)
    """
    bare: list[str] = []
    named: dict[str, str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not text.strip() or (equals and not (name.strip() and value.strip())):
            raise ArgumentError(WORDS("option_form", option=option, text=text))
        if not equals:
            bare.append(text.strip())
        elif name.strip().lower() in {key.lower() for key in named}:
            raise ArgumentError(WORDS("given_twice", option=option, name=name.strip()))
        else:
            named[name.strip()] = value.strip()
    if len(bare) > 1:
        raise ArgumentError(WORDS("given_without_name", option=option, times=len(bare), bare=listed(bare)))
    return Settings(option, bare[0] if bare else None, named)


def _stem(path: Path) -> str:
    stem = path.stem
    while Path(stem).suffix.lower() in _INNER_SUFFIXES:
        stem = Path(stem).stem
    return stem
