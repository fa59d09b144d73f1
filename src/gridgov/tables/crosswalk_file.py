"""The crosswalk of departments on disk: a workbook (对照表) or one table."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridgov.errors import FormatError
from gridgov.headings import column_titles
from gridgov.language import listed
from gridgov.meanings import TERMS
from gridgov.outputs import replacing
from gridgov.schema import DEPARTMENT_RELATIONS
from gridgov.tables.words import WORDS
from gridgov.workbook import check_rows, pair_name, write_workbook

if TYPE_CHECKING:
    import pandas as pd

    from gridgov.crosswalk import DepartmentCrosswalk

__all__ = ["CROSSWALK_FILES", "crosswalk_sheets", "write_crosswalk"]

CROSSWALK_FILES: Final = (".xlsx", ".csv", ".parquet")


def write_crosswalk(result: "DepartmentCrosswalk", path: str | Path, *, overwrite: bool = False) -> None:
    """Write a crosswalk of departments to one file, whole or not at all.

    Parameters
    ----------
    result
        From `crosswalk_departments`.
    path
        ``.xlsx``: a sheet per ordered pair of departments, and sheets for the summary (counts per
        relation in words), the totals and the notes. ``.csv`` (UTF-8, for programs: Excel would change its
        long ids) and ``.parquet``: all pairs in one table.
    overwrite
        Replace a file that exists.

    Raises
    ------
    FormatError, OutputExistsError, OutputLockedError
        Another extension, or more rows than a sheet holds; the file is there; it cannot be written.
    """
    path = Path(path)
    writers = {".xlsx": _workbook, ".csv": _csv, ".parquet": _parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise FormatError(WORDS("crosswalk_kinds", path=path, kinds=listed(CROSSWALK_FILES)))
    if writer is _workbook:
        check_rows(crosswalk_sheets(result), path, instead=WORDS("csv_or_parquet"))
    with replacing(path, overwrite=overwrite) as partial:
        writer(result, partial)


def crosswalk_sheets(result: "DepartmentCrosswalk") -> "dict[str, pd.DataFrame]":
    """Answer the sheets of the workbook by name; the names of long departments are cut.

    What a relation means is said in the language spoken.
    """
    import pandas as pd

    meanings = {name: TERMS(f"relation.{name}") for name in DEPARTMENT_RELATIONS}
    said = [WORDS("relation_means", name=name, means=means) for name, means in meanings.items()]
    sheets = {
        "汇总 summary": result.relations.assign(meaning=result.relations["relation"].map(meanings)),
        "合计 totals": result.totals,
        "说明 notes": pd.DataFrame({"note": [*result.notes, *said]}, dtype=object),
    }
    for (a, b), rows in result.pairs.groupby(["department_a", "department_b"], sort=False):
        sheets[pair_name(str(a), str(b), sheets)] = rows
    return sheets


def _csv(result: "DepartmentCrosswalk", path: Path) -> None:
    result.pairs.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _parquet(result: "DepartmentCrosswalk", path: Path) -> None:
    result.pairs.to_parquet(path, index=False, compression="zstd")


def _workbook(result: "DepartmentCrosswalk", path: Path) -> None:
    sheets = crosswalk_sheets(result)
    write_workbook(sheets, path, titles=column_titles(sheets))
