"""What people, files and headers call encodings, as Python names them."""

import codecs
import re
from typing import Final

from gridgov.encodings.words import WORDS
from gridgov.errors import EncodingError

__all__ = ["CODE_PAGES", "EVERY_BYTE", "SURELY_UTF8", "codec", "cpg_codec", "shown"]


#: So many characters beyond ASCII that are valid UTF-8 do not happen by chance in GB18030 text (about 1
#: in 7 for each); a file that then stops being UTF-8 is damaged or mixed.
SURELY_UTF8: Final = 10

#: Code page marks of .dbf headers (dBASE and FoxPro language driver ids) that Chinese offices meet.
CODE_PAGES: Final = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x4D: "gb18030",
    0x4E: "cp949",
    0x4F: "cp950",
    0x58: "cp1252",
    0x59: "cp1252",
    0x78: "cp950",
    0x79: "cp949",
    0x7A: "gb18030",
    0x7B: "cp932",
    0xC8: "cp1250",
    0xC9: "cp1251",
}

#: Encodings in which every byte is a letter: nothing contradicts them, so Chinese in them is looked for.
EVERY_BYTE: Final = frozenset({"cp437", "cp850", "cp1250", "cp1251", "cp1252", "iso8859-1", "iso8859-15"})

_GB18030_HOLDS: Final = frozenset({"gbk", "gb2312", "cp936"})
_NUMBERED: Final = {"65001": "utf-8", "54936": "gb18030", "936": "gb18030"}
_SHOWN_BYTES: Final = 16


def codec(declared: str, *, where: str) -> str:
    """Python's name of an encoding; GBK, GB2312 and code page 936 are read as GB18030, which holds them.

    >>> codec("GBK", where="a.csv")
    'gb18030'
    """
    try:
        name = codecs.lookup(declared.strip()).name
        text = codecs.lookup(name)._is_text_encoding  # noqa: SLF001  # hex and zip are codecs too
    except LookupError:
        text = False
    if not text:
        raise EncodingError(WORDS("no_encoding", where=where, declared=declared))
    return "gb18030" if name in _GB18030_HOLDS else name


def cpg_codec(cpg: str | None) -> str | None:
    """Encoding that a .cpg names: ``UTF-8``, ``936``, ``ANSI 1252``, ``88591``; None for OEM and the like.

    >>> cpg_codec("936"), cpg_codec("ISO 8859-1"), cpg_codec("88591"), cpg_codec("OEM")
    ('gb18030', 'iso8859-1', 'iso8859-1', None)
    """
    word = re.sub(r"^(ansi|oem|cp|windows|ms|codepage)[\s_\-]*(?=\d)", "", (cpg or "").strip().lower())
    if word.isdigit():
        plain = f"iso8859-{word[4:]}" if word.startswith("8859") else f"cp{word}"
        word = _NUMBERED.get(word, plain)
    try:
        return codec(word, where=".cpg") if word else None
    except EncodingError:
        return None


def shown(raw: bytes) -> str:
    """Bytes as a person can compare them: hexadecimal, with the ASCII among them.

    >>> shown(bytes([97, 214, 208]))
    "61 d6 d0 'a??'"
    """
    some = raw[:_SHOWN_BYTES]
    readable = "".join(chr(byte) if 32 <= byte < 127 else "?" for byte in some)  # noqa: PLR2004
    return f"{some.hex(' ')} '{readable}'"
