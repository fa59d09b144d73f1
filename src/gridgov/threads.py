"""Work on several things at the same time."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, NamedTuple, TypeVar

from gridgov.errors import ArgumentError
from gridgov.words.merging import WORDS

__all__ = ["ahead", "check_jobs", "each", "meanwhile"]

#: Seconds after which a thread looks whether it is still wanted.
_PATIENCE_S = 0.1

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
        # A context cannot be entered twice: each item has a copy, which speaks the language of the caller.
        contexts = [copy_context() for _ in waiting]
        return list(pool.map(lambda item, context: context.run(function, item), waiting, contexts))


def check_jobs(jobs: int) -> None:
    """Raise ArgumentError unless it is a number of jobs."""
    if jobs < 1:
        raise ArgumentError(WORDS("jobs_is", jobs=jobs))


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, the next one made in another thread while the last one is worked on.

    One is waiting at the most: only when it is taken the next one is begun. What making one raises is raised
    here, in its place. When the answer is closed, or given up after an error, so is `items`.

    >>> list(ahead(iter("abc")))
    ['a', 'b', 'c']
    """
    made = _Made(items)
    thread = threading.Thread(target=copy_context().run, args=(made.make,), name="gridgov-ahead", daemon=True)
    thread.start()
    try:
        # Nothing here keeps an item that was given on.
        yield from map(_item, iter(made.taken, None))
    finally:
        made.stopped.set()
        thread.join()


@contextmanager
def meanwhile(work: Callable[[threading.Event], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work in another thread; gives what waits for its answer.

    `work` is given an event that is set when nobody waits for it any more. What it raises is raised where its
    answer is asked for.

    >>> with meanwhile(lambda stopped: 3) as answer:
    ...     answer()
    3
    """
    stopped, found = threading.Event(), queue.SimpleQueue[_Entry]()

    def run() -> None:
        try:
            found.put(_Entry(work(stopped)))
        except BaseException as error:  # noqa: BLE001 (raised where the answer is wanted)
            found.put(_Entry(None, error))

    def answer() -> Result:
        entry = found.get()
        if entry.error is not None:
            raise entry.error
        return entry.item  # type: ignore[no-any-return]

    thread = threading.Thread(target=copy_context().run, args=(run,), name="gridgov-meanwhile", daemon=True)
    thread.start()
    try:
        yield answer
    finally:
        stopped.set()
        thread.join()


class _Entry(NamedTuple):
    item: Any
    error: BaseException | None = None


def _item(entry: _Entry) -> Any:
    if entry.error is not None:
        raise entry.error
    return entry.item


class _Made:
    """Items made in a thread, waiting to be wanted."""

    def __init__(self, items: Iterator[Any]) -> None:
        self._items = items
        self.waiting: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()
        self.wanted = threading.Semaphore(1)
        self.stopped = threading.Event()

    def make(self) -> None:
        """Make one after the other, each when the one before it was taken, until nobody wants them."""
        try:
            while self._is_wanted():
                item = next(self._items, self)
                if item is self:
                    break
                self.waiting.put(_Entry(item))
                # Or it would be kept until the next one is made.
                del item
            self.waiting.put(None)
        except BaseException as error:  # noqa: BLE001 (raised where the items are wanted)
            self.waiting.put(_Entry(None, error))
        finally:
            if close := getattr(self._items, "close", None):
                close()

    def taken(self) -> _Entry | None:
        """The one that is waiting, once there is one; None after the last."""
        entry = self.waiting.get()
        self.wanted.release()
        return entry

    def _is_wanted(self) -> bool:
        """Wait until one is wanted, or nobody wants any more."""
        while not self.stopped.is_set():
            if self.wanted.acquire(timeout=_PATIENCE_S):
                return True
        return False
