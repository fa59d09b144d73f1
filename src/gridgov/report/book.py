"""A report's tables as a workbook."""

from io import BytesIO
from typing import Any, Final

import pandas as pd

from gridgov.language import Speaker
from gridgov.report.content import Report
from gridgov.report.html import SPOKEN, heading
from gridgov.report.words import WORDS
from gridgov.workbook import write_workbook

__all__ = ["report_workbook"]

#: Characters that Excel takes in no sheet's name.
_NOT_IN_NAMES: Final = str.maketrans("[]:*?/\\：（）", "          ")
_LONGEST: Final = 31


def report_workbook(report: Report) -> bytes:
    """Answer a sheet per table, headed in the report's language, and one of figures."""
    say = WORDS.speaker(report.language)
    tables = {_name(f"section.{name}", say): _spoken(table, say) for name, table in report.tables.items()}
    about = [*report.notes, report.footer, f"{report.version} {report.made_on} {report.datum}"]
    tables[_name("section.notes", say)] = pd.DataFrame({"notes": about}, dtype=object)
    titles = {str(column): heading(str(column), say) for table in tables.values() for column in table.columns}
    stream = BytesIO()
    pictures = {_name("section.figures", say): list(report.figures.values())} if report.figures else None
    write_workbook(tables, stream, titles=titles, pictures=pictures)
    return stream.getvalue()


def _name(key: str, say: Speaker) -> str:
    return " ".join(say(key).translate(_NOT_IN_NAMES).split())[:_LONGEST]


def _spoken(table: pd.DataFrame, say: Speaker) -> pd.DataFrame:
    """The table with words of the language for machine words."""
    words = {column: group for column, group in SPOKEN.items() if column in table.columns}
    spoken: dict[str, Any] = {
        name: [say.term(f"{group}.{value}", otherwise=str(value)) for value in table[name]]
        for name, group in words.items()
    }
    return table.assign(**spoken)
