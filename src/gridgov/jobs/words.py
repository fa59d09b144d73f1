"""Messages that name options of the command line, in the words of a job file."""

import re
from pathlib import Path
from typing import Final

from gridgov.errors import GridgovError
from gridgov.jobs.job import Section
from gridgov.jobs.said_words import WORDS

__all__ = ["at_section", "in_job_words"]

#: ``--crs police=EPSG:4547``; rungs and layers have sections of their own, so the name goes.
_OPTION: Final = re.compile(
    r"([(（])?--([a-z][a-z-]*)(?: (\w+=)?([^\s;,()；，（）。：、]+(?=[\s;,().:；，（）。：、]|$)))?([)）])?"
)

#: ``crs= (--crs)``: an argument of Python and the option that is the same.
_ARGUMENT: Final = re.compile(r"\b\w+= ?[(（](--\w+)[)）]取? ?")


def in_job_words(text: str) -> str:
    r"""A message with keys in the place of options.

    >>> in_job_words("state it: --crs police=EPSG:4547 or another")
    'state it: crs = "EPSG:4547" or another'
    >>> in_job_words("'a' and 'b' may each be the id; say which with --id police=COLUMN")
    '\'a\' and \'b\' may each be the id; say which with id = "COLUMN"'
    >>> in_job_words("beyond the limit (--max-rejects)")
    'beyond the limit (max_rejects)'
    >>> in_job_words("请写明：--crs police=EPSG:4547。")
    '请写明：crs = "EPSG:4547"。'
    >>> in_job_words("用 --id 指定编码列，用 --decisions 清单.xlsx 执行")
    '用 id 指定编码列，用 decisions = "清单.xlsx" 执行'
    >>> in_job_words("say crs= (--crs) gcj02 (Amap) or bd09")
    'say crs = "gcj02" (Amap) or bd09'
    """
    return _OPTION.sub(_key, _ARGUMENT.sub(r"\1 ", text))


def _key(found: re.Match[str]) -> str:
    before, option, named, value, after = (part or "" for part in found.groups())
    key = option.replace("-", "_")
    # Other words go on with the sentence; a value has a name before it, is one in capitals, a code or a file.
    if value and (named or value.isupper() or any(sign in value.rstrip(".") for sign in ".:0123456789")):
        stripped = value.rstrip(".")
        return f'{before}{key} = "{stripped}"{after}{value[len(stripped) :]}'
    return f"{before}{key}{f' {value}' if value else ''}{after}"


def at_section(error: GridgovError, section: Section) -> GridgovError:
    """The same error, saying where in the job file it comes from, and by which keys or lines it is mended."""
    said = str(error)
    keys = dict.fromkeys(found[2].replace("-", "_") for found in _OPTION.finditer(said))
    lines = next((lines for key in keys if (lines := _open_lines(section, key))), [])
    hint = WORDS("remove_hash", name=section.text.name, lines=_one_of(lines)) if lines else ""
    stated = next((key for key in keys if key in section.values), "") or _naming(section, said)
    return type(error)(section.fault(stated, f"{in_job_words(said)}{hint}"))


def _naming(section: Section, said: str) -> str:
    """The key of the first file that a message names; empty if it names none."""
    for key, value in section.values.items():
        paths = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(path, Path) and str(path) in said for path in paths):
            return key
    return ""


def _open_lines(section: Section, key: str) -> list[int]:
    """Lines that answer: ``# crs = ...`` in the section, or else ``# default_crs = ...`` above all."""
    lines = section.text.lines
    first = section.text.line(section.path)
    # Sections that are not there yet may stand behind a #, too.
    after = next((n for n in range(first, len(lines)) if re.match(r"#?\s*\[", lines[n])), len(lines))
    own = [n for n in range(first, after + 1) if _asks(lines[n - 1], key)]
    return own or [n for n, line in enumerate(lines, 1) if _asks(line, f"default_{key}")]


def _asks(line: str, key: str) -> bool:
    return re.match(rf"#\s*{re.escape(key)}\s*=", line) is not None


def _one_of(lines: list[int]) -> str:
    return (
        WORDS("the_line", line=lines[0])
        if len(lines) == 1
        else WORDS("one_of_lines", first=lines[0], last=lines[-1])
    )
