"""Scripts that run a job every night, for cron and for the Windows task scheduler."""

import sys
from importlib.resources import files
from pathlib import Path
from typing import Final

from gridgov.errors import JobError
from gridgov.jobs.job import Job
from gridgov.jobs.said_words import WORDS
from gridgov.outputs import check_together, replacing_together

__all__ = ["SCRIPTS", "schedule_lines", "write_scripts"]

SHELL: Final = "nightly.sh"
BATCH: Final = "nightly.bat"
SCRIPTS: Final = (SHELL, BATCH)

_EXECUTABLE: Final = 0o755


def write_scripts(job: Job, *, overwrite: bool = False) -> list[Path]:
    """Write ``nightly.sh`` and ``nightly.bat`` beside a job file, both or neither.

    They run its [assign] sections with this Python, append what is said to ``nightly-<day>.log`` beside them,
    and end with gridgov's exit code.

    Raises
    ------
    JobError
        The job has no section [assign.NAME].
    OutputExistsError, OutputLockedError
        A script is there and `overwrite` is False; it cannot be written.
    """
    if not job.assigns:
        raise JobError(WORDS("nothing_nightly", name=job.path.name))
    paths = [job.folder / name for name in SCRIPTS]
    check_together(paths, overwrite=overwrite)
    windows = sys.platform == "win32"
    python = Path(sys.executable).as_posix() if not windows else sys.executable
    shell = _template(SHELL).replace("@PYTHON@", _in_shell("python3" if windows else python))
    batch = _template(BATCH).replace("@PYTHON@", f'"{_in_batch(python)}"' if windows else "py")
    with replacing_together(paths, overwrite=overwrite) as folder:
        (folder / SHELL).write_text(
            shell.replace("@JOB@", _in_shell(job.path.name)), encoding="utf-8", newline="\n"
        )
        (folder / SHELL).chmod(_EXECUTABLE)
        (folder / BATCH).write_text(
            batch.replace("@JOB@", _in_batch(job.path.name)), encoding="utf-8", newline="\r\n"
        )
    return paths


def schedule_lines(job: Job) -> list[str]:
    """The line of a crontab, and the command for the Windows task scheduler, that run the scripts at 2:30.

    >>> from gridgov.jobs.toml_text import parse_toml
    >>> from gridgov.jobs.job import Section
    >>> text = parse_toml("", name="night.toml")
    >>> job = Job(Path("/data/night.toml"), text, Section("", "", {}, text), {})
    >>> schedule_lines(job)[0]
    "30 2 * * * '/data/nightly.sh'"
    """
    shell, batch = job.folder / SHELL, job.folder / BATCH
    # cron takes % for the end of the line.
    cron = f"30 2 * * * {_in_shell(shell.as_posix())}".replace("%", r"\%")
    return [cron, f'schtasks /create /tn gridgov /sc daily /st 02:30 /tr "\\"{batch}\\""']


def _template(name: str) -> str:
    return (files("gridgov") / "templates" / name).read_text(encoding="utf-8")


def _in_batch(word: str) -> str:
    return word.replace("%", "%%")


def _in_shell(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
