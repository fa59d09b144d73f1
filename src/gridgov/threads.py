"""Work on several things at the same time."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from gridgov.errors import ArgumentError

__all__ = ["check_jobs", "each"]

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(function: Callable[[Item], Result], items: Iterable[Item], *, jobs: int = 1) -> list[Result]:
    """Answer what `function` answers for each item, in the order of the items.

    Parameters
    ----------
    function
        Must not change what the others read.
    items
        What to work on.
    jobs
        How many are worked on at the same time, in threads: GEOS and numpy let the others run meanwhile.

    Raises
    ------
    ArgumentError
        For fewer than one job. What `function` raises for the first item that fails is raised here.

    >>> each(abs, [-3, 2], jobs=2)
    [3, 2]
    """
    check_jobs(jobs)
    waiting = list(items)
    if jobs == 1 or len(waiting) <= 1:
        return [function(item) for item in waiting]
    with ThreadPoolExecutor(min(jobs, len(waiting))) as pool:
        return list(pool.map(function, waiting))


def check_jobs(jobs: int) -> None:
    """Raise ArgumentError unless it is a number of jobs."""
    if jobs < 1:
        raise ArgumentError(
            f"jobs (--jobs) is how many things are done at the same time, 1 or more, not {jobs}"
        )
