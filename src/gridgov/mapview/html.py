"""Pages put together: one HTML text that needs no other file and no network."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from gridgov.mapview.words import KEYS, page_words
from gridgov.version import __version__

__all__ = ["SCRIPTS", "as_json", "index_page", "map_page"]

#: The scripts of a map in the order in which they need each other.
SCRIPTS: Final = (
    "bytes",
    "words",
    "nodes",
    "state",
    "datum",
    "plane",
    "shapes",
    "pen",
    "sheet",
    "colours",
    "network",
    "themes",
    "ground",
    "conflicts",
    "conflict_list",
    "incidents",
    "changes",
    "place",
    "search",
    "legend",
    "readout",
    "link",
    "keys",
    "printing",
    "page",
    "start",
)
INDEX_SCRIPTS: Final = ("words", "nodes", "finder", "index")

_SOURCE_MAP: Final = "//# sourceMappingURL="


def map_page(data: Mapping[str, Any], *, index: str | None = None) -> str:
    """The page of a map as HTML.

    Parameters
    ----------
    data
        What `gridgov.mapview.content` gives; plain JSON values.
    index
        Name of the file that lists all pages, for a link back to it.
    """
    about = data["about"]
    scripts = [_file("leaflet/leaflet.js"), *(_file(f"{name}.js") for name in SCRIPTS)]
    return _page(
        "page.html",
        scripts=scripts,
        styles=[_file("leaflet/leaflet.css"), _file("page.css")],
        data=data,
        tiles=about["tiles"],
        language=about["language"],
        title=about["title"],
        version=about["version"],
        datum=about["datum"],
        index=index,
        keys=KEYS,
    )


def index_page(data: Mapping[str, Any]) -> str:
    """The page that lists the pages of a network's districts."""
    return _page(
        "index.html",
        scripts=[_file(f"{name}.js") for name in INDEX_SCRIPTS],
        styles=[_file("index.css")],
        data=data,
        tiles=None,
        language=data["language"],
        title=data["title"],
        version=data["version"],
    )


def _page(
    template: str,
    *,
    scripts: Sequence[str],
    styles: Sequence[str],
    data: Any,
    tiles: str | None,
    **values: Any,
) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    script = "\n".join(['"use strict";', *scripts])
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(_file(template)).render(
        **values,
        gridgov=__version__,
        policy=_policy(script, tiles),
        styles=Markup("\n".join(styles)),  # noqa: S704  # our own files
        script=Markup(script),  # noqa: S704
        words=Markup(as_json(page_words())),  # noqa: S704  # as_json leaves no markup
        data=Markup(as_json(data)),  # noqa: S704
    )


def as_json(value: object) -> str:
    r"""JSON that can stand inside a script element: no text in it can end the element.

    >>> as_json({"name": "</script><!--"})
    '{"name":"\\u003c/script>\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(script: str, tiles: str | None) -> str:
    """What the page may do: run this very script, and load nothing but tiles of the server that was named."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    images = "data:" if tiles is None else f"data: {_origin(tiles)}"
    rules = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "img-src": images,
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _origin(tiles: str) -> str:
    """The server of a tile address; where its name holds a {letter}, all names in that domain."""
    parts = urlsplit(tiles)
    host = parts.netloc
    if "{" in host:
        host = "*." + host.partition(".")[2]
    return f"{parts.scheme}://{host}"


@cache
def _file(name: str) -> str:
    text = (files("gridgov.mapview") / "page" / name).read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith(_SOURCE_MAP))
