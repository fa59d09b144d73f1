"""What compiled loops over bytes ask of the machine itself; imported only where numba is.

numba has no word for these: a loop that copies byte by byte takes four times as long.
"""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["copy_bytes", "zeros_below"]


def _copy(_context: Any, to: Any, place: Any, given: Any, begin: Any, size: Any) -> Any:
    """Copy `size` bytes of the array `given` from `begin` on to a place of another; nothing is checked."""

    def written(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        arrays = (
            context.make_array(signature.args[number])(context, builder, values[number]) for number in (0, 2)
        )
        target, source = (
            builder.gep(array.data, [at]) for array, at in zip(arrays, (values[1], values[3]), strict=True)
        )
        memcpy: Any = cgutils.raw_memcpy
        memcpy(builder, target, source, values[4], 1)
        return context.get_dummy_value()

    return types.void(to, place, given, begin, size), written


def _count(_context: Any, word: Any) -> Any:
    """How many bits of a word that is not 0 lie below the lowest that is set."""

    def written(_target: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.cttz(values[0], cgutils.true_bit)

    return word(word), written


copy_bytes: Any = intrinsic(_copy)
zeros_below: Any = intrinsic(_count)
