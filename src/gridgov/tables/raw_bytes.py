"""What compiled loops over bytes ask of the machine itself; imported only where numba is.

numba has no word for these: a loop that copies byte by byte takes four times as long.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["RUN", "copy_bytes", "copy_run", "eight_bytes", "zeros_below"]

#: Bytes that the processor takes at a time.
RUN = 32


def _copy(_context: Any, to: Any, place: Any, given: Any, begin: Any, size: Any) -> Any:
    """Copy `size` bytes of the array `given` from `begin` on to a place of another; nothing is checked."""

    def written(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        target, source = (_at(context, builder, signature.args[n], values[n], values[n + 1]) for n in (0, 2))
        memcpy: Any = cgutils.raw_memcpy
        memcpy(builder, target, source, values[4], 1)
        return context.get_dummy_value()

    return types.void(to, place, given, begin, size), written


def _run(_context: Any, to: Any, place: Any, given: Any, begin: Any) -> Any:
    """Copy `RUN` bytes of the array `given` from `begin` on to a place of another; nothing is checked."""

    def written(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind = ir.VectorType(ir.IntType(8), RUN).as_pointer()
        target, source = (
            builder.bitcast(_at(context, builder, signature.args[n], values[n], values[n + 1]), kind)
            for n in (0, 2)
        )
        builder.store(builder.load(source, align=1), target, align=1)
        return context.get_dummy_value()

    return types.void(to, place, given, begin), written


def _eight(_context: Any, given: Any, begin: Any) -> Any:
    """Eight bytes of an array from `begin` on as a whole number, the first the lowest; nothing is checked."""

    def written(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        first = _at(context, builder, signature.args[0], values[0], values[1])
        return builder.load(builder.bitcast(first, ir.IntType(64).as_pointer()), align=1)

    return types.uint64(given, begin), written


def _at(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    """Where a byte of an array stands."""
    return builder.gep(context.make_array(kind)(context, builder, array).data, [place])


def _count(_context: Any, word: Any) -> Any:
    """How many bits of a word that is not 0 lie below the lowest that is set."""

    def written(_target: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.cttz(values[0], cgutils.true_bit)

    return word(word), written


copy_bytes: Any = intrinsic(_copy)
copy_run: Any = intrinsic(_run)
eight_bytes: Any = intrinsic(_eight)
zeros_below: Any = intrinsic(_count)
