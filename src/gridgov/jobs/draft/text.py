"""TOML as people read it: values, and comments in Chinese and English."""

from collections.abc import Sequence
from typing import Final

__all__ = ["assignment", "comment", "header", "toml_value"]

_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def toml_value(value: str | float | Sequence[str]) -> str:
    r"""A value as TOML writes it.

    >>> toml_value("EPSG:4547"), toml_value(15), toml_value(True), toml_value(["a", 'b"'])
    ('"EPSG:4547"', '15', 'true', '["a", "b\\""]')
    """
    if isinstance(value, str):
        return f'"{"".join(_escaped(sign) for sign in value)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Sequence):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    return f"{value:.15g}"


def _escaped(sign: str) -> str:
    return _ESCAPED.get(sign) or (sign if sign.isprintable() else f"\\U{ord(sign):08x}")


def assignment(key: str, value: str | float | Sequence[str], *, remark: str = "", open_: bool = False) -> str:
    """One line ``key = value  # remark``; `open_` puts a ``#`` before it that someone may remove.

    >>> assignment("crs", "gcj02", remark="Amap", open_=True)
    '# crs = "gcj02"  # Amap'
    """
    line = f"{key} = {toml_value(value)}"
    said = " ".join(remark.split())
    return f"{'# ' if open_ else ''}{line}{f'  # {said}' if said else ''}"


def comment(*texts: str) -> list[str]:
    """Lines of words, each behind a ``#``."""
    return [f"# {' '.join(text.split())}" for text in texts]


def header(kind: str, name: str = "") -> str:
    """Header of a section; a name that TOML wants quoted is.

    >>> header("layer", "police"), header("assign", "随手拍")
    ('[layer.police]', '[assign."随手拍"]')
    """
    if not name:
        return f"[{kind}]"
    return f"[{kind}.{name}]" if set(name) <= _PLAIN else f"[{kind}.{toml_value(name)}]"
