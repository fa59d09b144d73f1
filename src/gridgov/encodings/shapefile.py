"""In which encoding the text of a Shapefile is."""

import codecs
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from gridgov.encodings.dbf import DbfText, dbf_header, dbf_texts
from gridgov.encodings.names import (
    CODE_PAGES,
    EVERY_BYTE,
    SURELY_UTF8,
    codec,
    cpg_codec,
    shown,
)
from gridgov.encodings.words import WORDS
from gridgov.errors import EncodingError, FormatError, InputMissingError, RepairWarning

__all__ = ["dbf_encoding"]

#: A trial of its own: text that is nothing but ASCII and pairs of bytes in the range of GB2312.
_PAIRS: Final = "pairs"
_GB2312_PAIRS: Final = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])+")


def dbf_encoding(path: str | Path, *, declared: str | None = None) -> str:
    """In which encoding the text of a Shapefile is: by its .cpg, else UTF-8 if all of it is, else GB18030.

    Parameters
    ----------
    path
        The .shp or .dbf, or a .zip that holds one Shapefile.
    declared
        What the user stated. It wins, but the text must be valid in it.

    Returns
    -------
    str
        A name that Python takes; ``utf-8`` if all text is ASCII or there is no .dbf.

    Raises
    ------
    EncodingError
        Nothing fits; says the row and field.
    FormatError
        The .dbf is damaged.

    Warns
    -----
    RepairWarning
        The .cpg contradicts the text, or the code page in the header does; the text decides.

    Notes
    -----
    Field names and the text fields of all rows are decoded strictly; only the last character of a full field
    may be cut in two. The code page byte of the header is often left at a default, so it counts only where
    nothing else fits. About 0.5 s for 150,000 rows.
    """
    path = Path(path)
    with _dbf_stream(path) as (stream, cpg, where):
        if stream is None:
            return "utf-8"
        header = dbf_header(stream, where=where)
        advised = CODE_PAGES.get(header.code_page)
        stated = codec(declared, where=where) if declared is not None else cpg_codec(cpg)
        trials = {name: _Trial(name) for name in ("utf-8", "gb18030", stated, advised) if name}
        pairs = _Trial(_PAIRS)
        for texts in dbf_texts(stream, header):
            for trial in (*trials.values(), pairs):
                trial.take(texts)
    if declared is not None and stated is not None:
        if trials[stated].fault:
            raise EncodingError(
                WORDS(
                    "not_declared",
                    where=where,
                    declared=declared,
                    fault=trials[stated].fault,
                    option=WORDS("state_encoding"),
                )
            )
        return stated
    return _verdict(trials, pairs, stated=stated, advised=advised, where=where)


class _Trial:
    """One encoding tried on the texts of a .dbf: how many fit, and the first that does not."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.fits = self.fails = 0
        self.fault = ""

    def take(self, texts: Sequence[DbfText]) -> None:
        if self._all_valid(texts):
            self.fits += len(texts)
            return
        for text in texts:
            if self._valid(text):
                self.fits += 1
                continue
            self.fails += 1
            if not self.fault:
                place = WORDS("row_field", row=text.row) if text.row else WORDS("field_name")
                self.fault = f"{place} {shown(text.field)}: {shown(text.value)}"

    def _all_valid(self, texts: Sequence[DbfText]) -> bool:
        """The quick answer for a whole block: True only if every text is valid."""
        whole = b"\n".join(text.value for text in texts)
        return self._valid(DbfText(row=0, field=b"", value=whole, full=False))

    def _valid(self, text: DbfText) -> bool:
        if self.encoding == _PAIRS:
            rest = _GB2312_PAIRS.sub(b"", text.value)
            return rest.isascii() or (text.full and rest[:-1].isascii())
        try:
            if text.full:
                codecs.getincrementaldecoder(self.encoding)().decode(text.value)
            else:
                text.value.decode(self.encoding)
        except UnicodeDecodeError:
            return False
        return True


def _verdict(
    trials: Mapping[str, _Trial], pairs: _Trial, *, stated: str | None, advised: str | None, where: str
) -> str:
    """Encoding by what fits, with a warning where a declaration does not."""
    utf8, gb = trials["utf-8"], trials["gb18030"]
    plain = not (utf8.fits or utf8.fails)
    if stated and (plain or not (trials[stated].fails or _hides_chinese(stated, utf8, gb, pairs))):
        return stated
    if not utf8.fails:
        found: str | None = "utf-8"
    elif utf8.fits >= max(SURELY_UTF8, utf8.fails):
        raise EncodingError(WORDS("utf8_but", where=where, fault=utf8.fault, option=WORDS("state_encoding")))
    elif gb.fails or (advised in EVERY_BYTE and pairs.fits <= pairs.fails):
        found = advised
    else:
        found = "gb18030"
    if found is None or trials[found].fails:
        raise EncodingError(
            WORDS("neither", where=where, utf8=utf8.fault, gb=gb.fault, option=WORDS("state_encoding"))
        )
    doubted = advised is not None and found != "utf-8" and not found == advised == "gb18030"
    if stated or doubted:
        said = WORDS("cpg_says", stated=stated) if stated else WORDS("page_is", advised=advised)
        sentence = WORDS("read_as", where=where, said=said, found=found, option=WORDS("state_encoding"))
        warnings.warn(sentence, RepairWarning, stacklevel=3)
    return found


def _hides_chinese(stated: str, utf8: _Trial, gb: _Trial, pairs: _Trial) -> bool:
    """Whether text said to be in an encoding of single letters is plainly UTF-8 or Chinese."""
    chinese = not gb.fails and pairs.fits > 2 * pairs.fails
    return stated in EVERY_BYTE and (not utf8.fails or chinese)


@contextmanager
def _dbf_stream(path: Path) -> Iterator[tuple[IO[bytes] | None, str | None, str]]:
    """The .dbf, what its .cpg says, and its name for messages."""
    if path.suffix.lower() == ".zip":
        with _archive(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            dbf = [name for name in names if name.endswith(".dbf") and name[:-4] + ".shp" in names]
            if len(dbf) != 1:
                yield None, None, path.name
                return
            cpg = names.get(dbf[0][:-4] + ".cpg")
            with archive.open(names[dbf[0]]) as stream:
                yield stream, archive.read(cpg).decode("ascii", "replace") if cpg else None, dbf[0]
        return
    if not path.is_file():
        raise InputMissingError(WORDS("no_file", path=path))
    beside = {each.suffix.lower(): each for each in path.parent.iterdir() if each.stem == path.stem}
    cpg_text = beside[".cpg"].read_text("ascii", "replace") if ".cpg" in beside else None
    if ".dbf" not in beside:
        yield None, None, path.name
        return
    with beside[".dbf"].open("rb") as stream:
        yield stream, cpg_text, beside[".dbf"].name


def _archive(path: Path) -> zipfile.ZipFile:
    if not path.is_file():
        raise InputMissingError(WORDS("no_file", path=path))
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise FormatError(WORDS("no_zip", path=path.name, error=error)) from None
