"""A TOML file as people save it, bare Chinese keys too; what is wrong with it by line, and the mend."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gridgov.encodings import text_encoding
from gridgov.errors import JobError
from gridgov.jobs.said_words import WORDS

__all__ = ["TomlText", "parse_toml", "read_toml"]

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
#: What input methods for Chinese put in the place of TOML's own marks.
_FULL_WIDTH: Final = str.maketrans("＝“”‘’，［］＃．｛｝　", "=\"\"'',[]#.{} ")
_HEADER: Final = re.compile(r"^(\s*\[{1,2})([^\]\"'#]+)(\]{1,2}.*)$")
_ASSIGNMENT: Final = re.compile(r"^(\s*)([^\s\"'=#\[][^\"'=#]*?)(\s*=.*)$")
_BARE_PART: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE: Final = re.compile(r"=\s*[^\s\"'\[{]")
#: How sentences of the parser begin, and the key of what gridgov says in their place.
_OUR_WORDS: Final = {
    "Invalid statement": "toml.statement",
    "Expected newline": "toml.statement",
    "Expected '='": "toml.statement",
    "Invalid initial character for a key": "toml.statement",
    "Expected ']": "toml.header",
    "Unclosed array": "toml.array",
    "Unclosed inline table": "toml.inline",
    "Unterminated string": "toml.string",
    "Illegal character": "toml.string",
    "Expected '\"'": "toml.string",
    'Expected "\'"': "toml.string",
    "Invalid value": "toml.value",
    "Invalid date": "toml.date",
}


@dataclass(frozen=True, slots=True)
class TomlText:
    """A parsed TOML file that knows on which line each key stands."""

    name: str
    lines: tuple[str, ...]
    values: dict[str, Any]

    def line(self, path: Sequence[str]) -> int:
        """Line of a key or section, from 1; of the innermost section that is there if it is not.

        The parser gives no lines, so it is asked again about ever longer beginnings of the file: a statement
        begins behind the longest one that parses and does not have it. Only for messages: 0.1 s.
        """
        while path and not _has(self.values, path):
            path = path[:-1]
        if not path:
            return 1
        before = 0
        for number in range(1, len(self.lines) + 1):
            try:
                part = tomllib.loads("\n".join(self.lines[:number]))
            except tomllib.TOMLDecodeError:
                continue
            if _has(part, path):
                break
            before = number
        return before + 1


def read_toml(path: Path) -> TomlText:
    """Read a TOML file in UTF-8, with or without a mark, GB18030 or UTF-16.

    Raises
    ------
    InputMissingError, EncodingError
        There is no such file; it is in another encoding.
    JobError
        It is no TOML: names the line, shows it, and says how it is mended.
    """
    encoding = text_encoding(path)
    return parse_toml(path.read_bytes().decode(encoding), name=path.name)


def parse_toml(text: str, *, name: str) -> TomlText:
    """Parse TOML whose keys may be Chinese without quotes; raise JobError as :func:`read_toml`."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    while True:
        try:
            values = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            said, number = _placed(error, len(lines))
            quoted = _with_quoted_keys(lines[number - 1])
            if quoted == lines[number - 1]:
                raise JobError(_in_words(name, number, lines[number - 1], said)) from error
            lines[number - 1] = quoted
        else:
            return TomlText(name, tuple(lines), values)


def _has(values: Any, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(values, dict) or key not in values:
            return False
        values = values[key]
    return True


def _placed(error: tomllib.TOMLDecodeError, last: int) -> tuple[str, int]:
    """What the parser said, and the line."""
    said = str(error)
    place = _PLACE.search(said)
    number = int(place[1]) if place and place[1] else last
    return said[: place.start()] if place else said, min(number, last)


def _with_quoted_keys(line: str) -> str:
    """The line with quotes around the parts of its key that TOML wants quoted; as it is if there are none.

    >>> _with_quoted_keys("[layer.警务]"), _with_quoted_keys("文件 = 1"), _with_quoted_keys("file = 1")
    ('[layer."警务"]', '"文件" = 1', 'file = 1')
    """
    found = _HEADER.match(line) or _ASSIGNMENT.match(line)
    if found is None:
        return line
    parts = [part.strip() for part in found[2].split(".")]
    if not all(_BARE_PART.fullmatch(part) or _is_word(part) for part in parts):
        return line
    if all(_BARE_PART.fullmatch(part) for part in parts):
        return line
    quoted = ".".join(part if _BARE_PART.fullmatch(part) else f'"{part}"' for part in parts)
    return f"{found[1]}{quoted}{found[3]}"


def _is_word(part: str) -> bool:
    """Letters of any script, digits, ``_`` and ``-``."""
    return part.replace("_", "x").replace("-", "x").isalnum()


def _in_words(name: str, number: int, line: str, said: str) -> str:
    mend = _mend(line, said)
    shown = f"\n  {line.strip()}" if line.strip() else ""
    return WORDS(
        "toml_line",
        name=name,
        number=number,
        mend=mend or WORDS("no_toml", said=f"{said[:1].lower()}{said[1:]}"),
        shown=shown,
    )


def _mend(line: str, said: str) -> str:
    if line.translate(_FULL_WIDTH) != line and _parses(line.translate(_FULL_WIDTH)):
        return WORDS("full_width", line=line.translate(_FULL_WIDTH).strip())
    if "\\" in line:
        return WORDS("escapes")
    if "overwrite a value" in said:
        key = line.partition("=")[0].strip()
        return WORDS("key_twice", key=key)
    if "Cannot declare" in said:
        return WORDS("section_twice")
    if "date" not in said and _BARE_VALUE.search(line) and _parses(_BARE_VALUE.sub("= 1#", line)):
        return WORDS("quotes")
    return next((WORDS(key) for beginning, key in _OUR_WORDS.items() if said.startswith(beginning)), "")


def _parses(line: str) -> bool:
    try:
        tomllib.loads(_with_quoted_keys(line))
    except tomllib.TOMLDecodeError:
        return False
    return True
