"""Counts of incidents on disk: a workbook, CSV or JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridgov.errors import FormatError
from gridgov.language import Messages, listed
from gridgov.outputs import check_output, replacing, replacing_together
from gridgov.tables.words import WORDS
from gridgov.tally import IncidentSummary
from gridgov.tally.words import HEADINGS
from gridgov.workbook import check_rows, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["SUMMARY_FILES", "check_summary_output", "duplicates_path", "summary_sheets", "write_summary"]

SUMMARY_FILES: Final = (".xlsx", ".csv", ".json")

SHEETS: Final = Messages(
    {
        "groups": ("summary", "统计"),
        "months": ("per month", "按月"),
        "missing": ("without any", "空缺"),
        "duplicates": ("likely duplicates", "疑似重复"),
        "notes": ("notes", "说明"),
    }
)


def write_summary(
    result: IncidentSummary,
    path: str | Path,
    *,
    language: str = "en",
    missing: bool = False,
    overwrite: bool = False,
) -> list[Path]:
    """Write a count of incidents, whole or not at all.

    Parameters
    ----------
    result
        From `summarize_incidents`.
    path
        ``.xlsx``: a sheet of the groups, one per month, of units without any incident, of likely duplicates
        and of notes, headed in `language`. ``.csv`` (UTF-8): the groups under the names of their columns,
        likely duplicates beside it in ``<stem>.duplicates.csv``. ``.json``: all of it.
    language
        ``en`` or ``zh``, of headings.
    missing
        A ``.csv`` holds the units without any incident instead of the groups.
    overwrite
        Replace files that exist.

    Returns
    -------
    The files that were written.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError, InputMissingError
        Another ending, or more rows than a sheet holds; it is there; it cannot be written.
    """
    path = Path(path)
    check_summary_output(path, overwrite=overwrite)
    if path.suffix.lower() == ".csv":
        return _write_csv(result, path, missing=missing, overwrite=overwrite)
    with replacing(path, overwrite=overwrite) as partial:
        if path.suffix.lower() == ".json":
            text = json.dumps(result.as_dict(), ensure_ascii=False, indent=2)
            partial.write_text(text + "\n", encoding="utf-8")
        else:
            sheets = summary_sheets(result, language=language)
            check_rows(sheets, path, instead=WORDS("csv_or_json"))
            write_workbook(sheets, partial, titles=_titles(sheets, language))
    return [path]


def check_summary_output(path: str | Path, *, overwrite: bool = False) -> None:
    """Raise what `write_summary` would raise of a path, before any work is done."""
    if Path(path).suffix.lower() not in SUMMARY_FILES:
        raise FormatError(WORDS("tally_kinds", path=path, kinds=listed(SUMMARY_FILES)))
    check_output(path, overwrite=overwrite)


def duplicates_path(path: str | Path) -> Path:
    """Answer where likely duplicates go beside a CSV file.

    >>> duplicates_path("count.csv").name
    'count.duplicates.csv'
    """
    return Path(path).with_name(f"{Path(path).stem}.duplicates.csv")


def summary_sheets(result: IncidentSummary, *, language: str = "en") -> "dict[str, pd.DataFrame]":
    """Answer the sheets of the workbook by their names; months stand side by side."""
    import pandas as pd

    say = SHEETS.speaker(language)
    sheets = {say("groups"): result.groups}
    if result.months is not None and "month" not in result.key_names:
        sheets[say("months")] = _wide(result.months, list(result.key_names))
    if result.missing is not None:
        sheets[say("missing")] = result.missing
    if result.duplicates is not None:
        sheets[say("duplicates")] = result.duplicates
    if result.notes:
        sheets[say("notes")] = pd.DataFrame({"note": list(result.notes)}, dtype=object)
    return sheets


def _wide(months: "pd.DataFrame", keys: list[str]) -> "pd.DataFrame":
    # A blank is a value to count by, but none that pandas groups by.
    filled = months.assign(**{key: months[key].fillna("") for key in keys})
    wide = filled.pivot_table(index=keys, columns="month", values="incidents", aggfunc="sum", fill_value=0)
    wide.columns.name = None
    return wide.reset_index()


def _titles(sheets: "Mapping[str, pd.DataFrame]", language: str) -> dict[str, str]:
    say = HEADINGS.speaker(language)
    return {str(column): say.term(str(column)) for table in sheets.values() for column in table.columns}


def _write_csv(result: IncidentSummary, path: Path, *, missing: bool, overwrite: bool) -> list[Path]:
    tables = {path: result.missing if missing and result.missing is not None else result.groups}
    if result.duplicates is not None:
        tables[duplicates_path(path)] = result.duplicates
    with replacing_together(list(tables), overwrite=overwrite) as folder:
        for target, table in tables.items():
            table.to_csv(folder / target.name, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return list(tables)
