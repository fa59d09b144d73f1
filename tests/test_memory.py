"""Memory that is free goes back to the system."""

import gc
import sys
from pathlib import Path

import pytest
import shapely

from gridgov.memory import give_back, no_cycles_sought


def resident_mb():
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_geometries_took_is_given_back():
    pytest.importorskip("ctypes").CDLL(None)
    shapes = [shapely.Point(0, k).buffer(1) for k in range(60_000)]
    kept = shapes[::100]
    before = resident_mb()
    del shapes
    give_back()
    assert resident_mb() < before - 30
    assert len(kept) == 600


def test_systems_that_cannot_do_nothing(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    give_back()


def test_cycles_are_sought_again_afterwards_whatever_happened():
    assert gc.isenabled()
    with pytest.raises(KeyError), no_cycles_sought():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_where_no_cycles_were_sought_before_none_are_afterwards():
    gc.disable()
    try:
        with no_cycles_sought():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
