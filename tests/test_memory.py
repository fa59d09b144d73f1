"""Memory that is free goes back to the system."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from gridgov.memory import MANY, give_back, keep_freed, no_cycles_sought


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
    give_back(MANY)
    assert resident_mb() < before - 30
    assert len(kept) == 600


def test_systems_that_cannot_do_nothing(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    give_back(MANY)
    keep_freed()


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


KEPT = """
import sys, numpy as np
from gridgov.memory import keep_freed
def faults():
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
if sys.argv[1] == "kept":
    keep_freed()
np.ones(1_000_000)
before = faults()
for _ in range(50):
    np.ones(1_000_000), np.ones(1_000_000)
print(faults() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of glibc")
def test_memory_that_is_freed_is_kept_for_what_comes():
    if not hasattr(pytest.importorskip("ctypes").CDLL(None), "mallopt"):
        pytest.skip("of glibc")
    command = [sys.executable, "-c", KEPT]
    kept, given = (
        int(subprocess.run([*command, how], capture_output=True, check=True).stdout)
        for how in ("kept", "given")
    )
    assert kept < 5000
    assert given > 20 * kept
