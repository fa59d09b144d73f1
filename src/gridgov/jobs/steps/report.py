"""Step: sheets that people sign, and tables for leaders."""

from collections.abc import Sequence
from typing import Final

from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.jobs.steps.step import Output, Step, Work

__all__ = ["REPORT"]

_PAGE, _BOOK = "确认表与报告.html", "报告数据.xlsx"


def _outputs(_job: Job) -> Sequence[Output]:
    return (
        Output(
            _PAGE,
            "各街道、各部门间的签字确认表，以及统计；用浏览器打印",
            WORDS("step_report"),
        ),
        Output(_BOOK, "报告中的全部表格", WORDS("step_report_tables")),
    )


def _run(work: Work) -> list[str]:
    from gridgov.clock import now
    from gridgov.report import make_report

    today = f"{now():%Y-%m-%d}"
    report = make_report(work.network, made_on=today, printed_on=today, language=work.language)
    (work.folder / _PAGE).write_text(report.html(), encoding="utf-8")
    (work.folder / _BOOK).write_bytes(report.workbook())
    return []


REPORT: Final = Step("report", "确认表与报告", WORDS("step_report_title"), _outputs, _run)
