"""Points that very many rows share, counted in bounded memory."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Shared", "SharedPoints"]

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

#: Rows counted at a time, whatever batches they come in.
_BLOCK: Final = 1 << 18
#: Points remembered between blocks.
_KEPT: Final = 1 << 16
#: Rows of a block are dropped quickly by how many share a bucket.
_BUCKETS: Final = 1 << 17
_OFTEN: Final = 16
#: Rows whose keys are found at a time: what that needs stays in the processor's cache.
_STEP: Final = 1 << 13
#: Odd numbers that mix the bits of two floats into one key.
_MIX_X: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_Y: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF: Final = np.uint64(32)


class Shared(NamedTuple):
    """A point and the rows that have it; `exact` unless some may not have been counted."""

    x: float
    y: float
    rows: int
    exact: bool


class _Counted(NamedTuple):
    """Points by key, in order of the keys, with the rows that have them."""

    key: Keys
    x: Floats
    y: Floats
    rows: NDArray[np.int64]


class SharedPoints:
    """Counts rows by point.

    Up to 262,144 rows every count is exact. Of more rows, a point is counted in the blocks of so many that
    have it 16 times, and 65,536 points are remembered at the most, so that some rows of it may be missed: 15
    in a block, and those before it became one of the most frequent. Blocks do not depend on batches.
    """

    __slots__ = ("_block", "_blocks", "_table", "_waiting", "rows")

    def __init__(self) -> None:
        self.rows = self._blocks = self._waiting = 0
        # One for all rows: new memory for each block takes longer than to count it.
        self._block = np.empty((2, _BLOCK))
        nothing = np.zeros(0)
        self._table = _Counted(np.zeros(0, dtype=np.uint64), nothing, nothing, np.zeros(0, dtype=np.int64))

    def add(self, x: Floats, y: Floats) -> None:
        """Count (n,) finite coordinates."""
        self.rows += len(x)
        while len(x):
            some = min(len(x), _BLOCK - self._waiting)
            self._block[:, self._waiting : self._waiting + some] = x[:some], y[:some]
            self._waiting += some
            x, y = x[some:], y[some:]
            if self._waiting == _BLOCK:
                block = _counted(*_often(*self._block))
                self._table = _kept(_merged(self._table, block))
                self._blocks, self._waiting = self._blocks + 1, 0

    def most(self, number: int, *, rows: float) -> list[Shared]:
        """Up to `number` points that at least `rows` rows have, most first, then from the west."""
        table = self._table
        if self._waiting:
            table = _merged(table, _counted(*self._block[:, : self._waiting]))
        some = np.flatnonzero(table.rows >= rows)
        order = some[np.lexsort((table.y[some], table.x[some], -table.rows[some]))][:number]
        exact = self._blocks == 0
        return [Shared(float(table.x[k]), float(table.y[k]), int(table.rows[k]), exact) for k in order]


def _kept(table: _Counted) -> _Counted:
    """The table without its rarest points if it is too large."""
    if len(table.key) <= _KEPT:
        return table
    place = len(table.rows) - _KEPT - 1
    return _some(table, table.rows > np.partition(table.rows, place)[place])


def _keys(x: Floats, y: Floats) -> Keys:
    """One number for each point; minus zero is zero."""
    key = (x + 0.0).view(np.uint64) * _MIX_X
    key ^= (key >> _HALF) ^ ((y + 0.0).view(np.uint64) * _MIX_Y)
    key ^= key >> _HALF
    return key


def _often(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The rows of a block whose point, or one that shares its bucket, occurs often."""
    bucket = np.empty(len(x), dtype=np.int64)
    for begin in range(0, len(x), _STEP):
        part = slice(begin, begin + _STEP)
        bucket[part] = _keys(x[part], y[part]) & np.uint64(_BUCKETS - 1)
    often = np.bincount(bucket, minlength=_BUCKETS)[bucket] >= _OFTEN
    return x[often], y[often]


def _counted(x: Floats, y: Floats) -> _Counted:
    """Points of some rows."""
    key, first, rows = np.unique(_keys(x, y), return_index=True, return_counts=True)
    return _Counted(key, x[first] + 0.0, y[first] + 0.0, rows.astype(np.int64))


def _some(table: _Counted, some: NDArray[np.bool_]) -> _Counted:
    return _Counted(table.key[some], table.x[some], table.y[some], table.rows[some])


def _merged(one: _Counted, other: _Counted) -> _Counted:
    key, first, of = np.unique(np.concatenate([one.key, other.key]), return_index=True, return_inverse=True)
    rows = np.bincount(of, weights=np.concatenate([one.rows, other.rows]), minlength=len(key))
    x, y = np.concatenate([one.x, other.x])[first], np.concatenate([one.y, other.y])[first]
    return _Counted(key, x, y, rows.astype(np.int64))
