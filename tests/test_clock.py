"""The time that outputs are stamped with."""

import pytest

from gridgov import ArgumentError
from gridgov.clock import stamp, today


def test_the_time_is_that_of_the_environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert (stamp(), today()) == ("2023-11-14T22:13:20Z", "2023-11-14")


@pytest.mark.parametrize("epoch", ["today", "1.5", "9" * 30])
def test_a_time_that_is_no_number_of_seconds_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ArgumentError, match=f"SOURCE_DATE_EPOCH is '{epoch}'"):
        stamp()
