"""Work on several things at the same time."""

import threading
import time
import weakref

import pytest

from gridgov.errors import ArgumentError
from gridgov.threads import ahead, each


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_answers_come_in_the_order_of_the_items(jobs):
    assert each(str, range(20), jobs=jobs) == [str(number) for number in range(20)]


def test_two_jobs_run_at_the_same_time():
    both = threading.Barrier(2)
    # Each waits for the other one; alone it would wait in vain.
    assert sorted(each(lambda _: both.wait(10), [0, 1], jobs=2)) == [0, 1]


def test_one_job_runs_in_the_thread_that_asks():
    assert each(lambda _: threading.current_thread(), [0, 1], jobs=1) == [threading.main_thread()] * 2


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_first_failure_is_raised(jobs):
    with pytest.raises(ZeroDivisionError):
        each(lambda number: 1 // number, [1, 0, 2], jobs=jobs)


@pytest.mark.parametrize("jobs", [0, -2])
def test_fewer_than_one_job_are_refused(jobs):
    with pytest.raises(ArgumentError, match="--jobs"):
        each(str, [1, 2], jobs=jobs)


def test_items_made_ahead_come_in_their_order():
    assert list(ahead(iter(range(50)))) == list(range(50))


def test_what_making_an_item_raises_is_raised_in_its_place():
    def items():
        yield 1
        raise ValueError("second")

    made = ahead(items())
    assert next(made) == 1
    with pytest.raises(ValueError, match="second"):
        next(made)


def test_who_stops_early_ends_what_makes_the_items():
    ended = []

    def items():
        try:
            yield from range(100)
        finally:
            ended.append(True)

    made = ahead(items())
    assert next(made) == 0
    made.close()
    assert ended == [True]


def test_one_item_waits_at_the_most():
    begun, second = [], threading.Event()

    def items():
        for number in range(5):
            begun.append(number)
            if number == 1:
                second.set()
            yield number

    made = ahead(items())
    assert next(made) == 0
    assert second.wait(10)
    time.sleep(0.05)
    assert begun == [0, 1]
    assert list(made) == [1, 2, 3, 4]


def test_an_item_given_on_is_not_kept():
    made = ahead(map(Kept, range(3)))
    first = weakref.ref(next(made))
    assert first() is None
    assert [each.number for each in made] == [1, 2]


class Kept:
    def __init__(self, number):
        self.number = number
