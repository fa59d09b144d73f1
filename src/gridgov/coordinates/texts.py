"""One text made into one number, or into a pair: the forms in which coordinates really arrive."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

__all__ = ["BLANK", "TEXT", "Reading", "read_number", "read_pair"]

#: Notes on a reading without a number: there was nothing; there was something else.
BLANK: Final = "blank"
TEXT: Final = "text"


class Reading(NamedTuple):
    """A number, and `note`: ``x`` or ``y`` if compass letters say the axis, `BLANK`, `TEXT`, or nothing."""

    number: float
    note: str = ""


_NOTHING: Final = Reading(float("nan"), BLANK)
_NO_NUMBER: Final = Reading(float("nan"), TEXT)

#: What people and programs write where there is no value, in lower case.
_BLANKS: Final = frozenset(
    {"", "null", "(null)", "<null>", "none", "nan", "<na>", "nat", "na", "n/a", "#n/a", "nil", "\\n"}
    | {"-", "--", "—", "——", "/", "\\", ".", "?", "无", "空", "暂无", "未知", "未填", "不详"}
)

#: Full-width forms, Chinese stops, and the many shapes of degree, minute, second and minus signs, made plain.
_PLAIN: Final = str.maketrans(
    {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
    | {ord(sign): " " for sign in "\u3000\u00a0\u2009\u202f\ufeff\u200b\t\r\n"}
    | {ord(sign): "°" for sign in "\u00ba\u02da\u2218度"}
    | {ord(sign): "'" for sign in "\u2032\u2019\u2018\u02ca\u0060\u00b4分"}
    | {ord(sign): '"' for sign in "\u2033\u201d\u201c秒"}
    | {ord(sign): "-" for sign in "\u2212\u2013"}
    | {ord("。"): ".", ord("、"): ","}
)

_INFINITE: Final = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}([, '])[0-9]{3}(?:\1[0-9]{3})*(\.[0-9]*)?")
_THOUSANDS_DOT: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
_DECIMAL_COMMA: Final = re.compile(r"[+-]?[0-9]+,[0-9]+")
_METRES: Final = re.compile(r"(?<=[0-9.])\s*(?:m|米)$", re.IGNORECASE)
_COMPASS: Final = re.compile(r"(东经|西经|北纬|南纬|[NSEW])?\s*:?\s*(.*?)\s*([NSEW])?", re.IGNORECASE)
_PART: Final = r"[0-9]+(?:[.,][0-9]+)?"
_DMS: Final = re.compile(
    rf"""([+-]?)\s*({_PART})\s*[°:\s]\s*(?:({_PART})\s*(?:'(?!')|:|\s|$)\s*(?:({_PART})\s*(?:"|''|$))?)?""",
    re.VERBOSE,
)

_AXES: Final = {"e": "x", "w": "x", "东经": "x", "西经": "x", "n": "y", "s": "y", "北纬": "y", "南纬": "y"}
_NEGATIVE: Final = frozenset({"w", "s", "西经", "南纬"})

_WRAPPING: Final = re.compile(r"^\s*(?:POINT\s*)?[(\[{]\s*|\s*[)\]}]\s*$", re.IGNORECASE)

#: Two numbers with a decimal comma each: only then do three commas make a pair.
_COMMA_PAIR: Final = re.compile(r"([+-]?[0-9]+,[0-9]+)\s*,\s*([+-]?[0-9]+,[0-9]+)")

#: Where a pair is parted, the surest sign first; a sign counts if it leaves two numbers.
_PARTINGS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\s*[;|/]\s*",
        r"\s*,\s*",
        r"\s+",
        r"[\s,]*(?=东经|西经|北纬|南纬)",
        r"(?<=[NSEW])[\s,]*(?=[0-9+-])",
        r"(?<=[0-9'\"°])[\s,]*(?=[NSEW]\s*[0-9])",
        r"(?<=\")[\s,]*(?=[0-9+-])",
    )
)


def read_number(text: str, *, geographic: bool) -> Reading:
    """The number in a text; degrees take compass letters and minutes, metres take thousands and a unit.

    >>> read_number("东经113°43′48″", geographic=True)
    Reading(number=113.73, note='x')
    >>> read_number("474,352", geographic=False), read_number("113,73", geographic=True)
    (Reading(number=474352.0, note=''), Reading(number=113.73, note=''))
    """
    if _is_blank(text):
        return _NOTHING
    plain = text.translate(_PLAIN).strip()
    if _INFINITE.fullmatch(plain):
        return Reading(float(plain))
    if not geographic:
        number = _decimal(_METRES.sub("", plain), geographic=False)
        return _NO_NUMBER if number is None else Reading(number)
    return _read_angle(plain)


def read_pair(text: str, *, geographic: bool) -> tuple[Reading, Reading]:
    """The two numbers in a text, in the order x, y; a lone number is an x with nothing beside it.

    >>> [number for number, _ in read_pair("北纬34.72 东经113.73", geographic=True)]
    [113.73, 34.72]
    """
    if _is_blank(text):
        return _NOTHING, _NOTHING
    plain = _WRAPPING.sub("", text.translate(_PLAIN)).strip()
    for parts in _partings(plain, geographic=geographic):
        first, second = (read_number(part, geographic=geographic) for part in parts)
        notes = {first.note, second.note}
        if TEXT not in notes:
            return (first, second) if BLANK in notes else _in_order(first, second)
    alone = read_number(plain.strip(","), geographic=geographic)
    return (alone, _NO_NUMBER if alone.note == TEXT else _NOTHING)


def _is_blank(text: str) -> bool:
    return text.translate(_PLAIN).strip().lower() in _BLANKS or text.strip().lower() in _BLANKS


def _partings(plain: str, *, geographic: bool) -> Iterator[list[str]]:
    """Every way in which a text falls into two."""
    commas = _COMMA_PAIR.fullmatch(plain) if geographic else None
    if commas:
        yield [commas[1], commas[2]]
    for parting in _PARTINGS:
        parts = [part for part in parting.split(plain) if part]
        if len(parts) == 2:  # noqa: PLR2004 (a pair)
            yield parts


def _in_order(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    if first.note and first.note == second.note:
        return _NO_NUMBER, _NO_NUMBER
    if first.note == "y" or second.note == "x":
        return Reading(second.number), Reading(first.number)
    return first, second


def _read_angle(plain: str) -> Reading:
    number = _decimal(plain, geographic=True)
    if number is not None:
        return Reading(number)
    matched = _COMPASS.fullmatch(plain)
    if matched is None or (matched[1] and matched[3]):
        return _NO_NUMBER
    compass = (matched[1] or matched[3] or "").lower()
    number = _decimal(matched[2], geographic=True)
    if number is None:
        number = _sexagesimal(matched[2])
    if number is None or (compass in _NEGATIVE and number < 0):
        return _NO_NUMBER
    return Reading(-number if compass in _NEGATIVE else number, _AXES.get(compass, ""))


def _decimal(plain: str, *, geographic: bool) -> float | None:
    """A number written with one decimal sign and perhaps thousands.

    Between digits, one comma alone is the decimal sign of a degree (no degree reaches a thousand) and parts
    thousands of metres.
    """
    if _DECIMAL.fullmatch(plain):
        return float(plain)
    if geographic and _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(",", "."))
    if not geographic and _THOUSANDS.fullmatch(plain):
        return float(re.sub("[, ']", "", plain))
    if not geographic and _THOUSANDS_DOT.fullmatch(plain):
        return float(plain.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(",", "."))
    return None


def _sexagesimal(plain: str) -> float | None:
    """Degrees, minutes and seconds; minutes and seconds below 60, fractions only in the last part."""
    matched = _DMS.fullmatch(plain)
    if matched is None:
        return None
    parts = [part.replace(",", ".") for part in matched.groups()[1:] if part]
    if any("." in part for part in parts[:-1]) or any(float(part) >= 60 for part in parts[1:]):  # noqa: PLR2004
        return None
    size = sum(float(part) * 60.0**-place for place, part in enumerate(parts))
    return -size if matched[1] == "-" else size
