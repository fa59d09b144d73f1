"""Rows that could not be placed: kept in the output, and in a file of their own to be mended."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gridgov.errors import ArgumentError
from gridgov.frames import arrow_places, arrow_texts, without_polars
from gridgov.tables import Batch, Behind, TextLines, plain_rows, split_rows, unpacked
from gridgov.tag.words import WORDS

__all__ = [
    "REJECT_COLUMNS",
    "RejectLimit",
    "lists_called",
    "rejects_batch",
    "rejects_of_lines",
    "rejects_path",
]

#: First two columns of a rejects file: data row of the input, from 1, and why. Dropped when fed again.
REJECT_COLUMNS: Final = ("_row", "_reason")


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """How many rejects the caller accepts: a number of rows, or a share of them in percent."""

    value: float
    percent: bool = False

    @classmethod
    def parse(cls, text: str) -> "RejectLimit":
        """Limit from ``N`` or ``N%``.

        >>> RejectLimit.parse("5%").rows(2000), RejectLimit.parse("40").rows(2000)
        (100.0, 40.0)
        """
        number = text.strip().removesuffix("%")
        try:
            limit = cls(float(number), percent=number != text.strip())
        except ValueError:
            limit = cls(-1)
        most = 100 if limit.percent else np.inf
        if not 0 <= limit.value <= most or not (limit.percent or limit.value.is_integer()):
            raise ArgumentError(WORDS("max_rejects", text=text or repr(text)))
        return limit

    def rows(self, all_rows: int) -> float:
        """Rejects accepted among so many rows."""
        return self.value * all_rows / 100 if self.percent else self.value

    def __str__(self) -> str:
        return f"{self.value:g}{'%' if self.percent else ''}"


def rejects_path(output: str | Path) -> Path:
    """Where rejects go unless told otherwise: beside the output.

    >>> rejects_path("tagged.xlsx").name
    'tagged.rejects.csv'
    """
    return Path(output).with_name(f"{unpacked(output).stem}.rejects.csv")


def lists_called(outputs: Collection[Path]) -> dict[Path, Path]:
    """For each output the name that lists of its rows go by: where several have one stem, with the ending.

    >>> outputs = [Path("a.csv"), Path("a.csv.gz"), Path("b.csv")]
    >>> [rejects_path(name).name for name in lists_called(outputs).values()]
    ['a.csv.rejects.csv', 'a.csv.gz.rejects.csv', 'b.rejects.csv']
    """
    lists = Counter(map(rejects_path, outputs))
    return {
        output: output.with_name(f"{output.name}.csv") if lists[rejects_path(output)] > 1 else output
        for output in outputs
    }


def rejects_batch(rejected: Batch, numbers: NDArray[np.intp], reasons: list[str | None]) -> Batch:
    """Rejected rows as they came, behind their row number and reason."""
    import pyarrow as pa

    rows = rejected.rows
    number, reason = REJECT_COLUMNS
    if isinstance(rows, pa.Table):
        rows = rows.add_column(0, reason, arrow_texts(reasons))
        return Batch(rows.add_column(0, number, arrow_places(numbers)), rejected.points)
    import polars as pl

    columns = [pl.Series(number, numbers), pl.Series(reason, reasons, dtype=pl.String)]
    return Batch(rows.select(*columns, pl.all()), rejected.points)


def rejects_of_lines(
    lines: TextLines, numbers: NDArray[np.intp], reasons: list[str | None], *, as_they_came: bool
) -> Batch:
    """The same for lines of a text table; with `as_they_came` as lines, where no value stands in quotes."""
    separator = lines.form.separator
    before = plain_rows([numbers.tolist(), reasons], separator) if as_they_came else None
    if before is not None:
        texts = [f"{text}{separator}".encode() for text in before]
        if (behind_them := lines.with_before(REJECT_COLUMNS, texts)) is not None:
            nothing = split_rows(b"\n")
            behind = Behind((), nothing, nothing[:0], np.zeros(len(lines), dtype=np.int64))
            return Batch(None, lines=behind_them, behind=behind)
    rows = Batch(lines.table())
    return rejects_batch(rows if without_polars(len(rows)) else Batch(rows.frame()), numbers, reasons)
