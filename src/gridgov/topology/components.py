"""Connected components, in numpy."""

import numpy as np
import numpy.typing as npt

__all__ = ["components", "lowest_of"]

Ints = npt.NDArray[np.int64]


def components(n: int, i: Ints, j: Ints) -> Ints:
    """Number the connected components of `n` nodes joined by the pairs `i, j`.

    Answers (n,) numbers from 0, in order of each component's lowest node. Every round hangs each root
    under the lowest root it is joined to and shortens all paths: about log n rounds.

    >>> components(5, np.array([0, 3]), np.array([1, 4])).tolist()
    [0, 0, 1, 2, 2]
    """
    root = np.arange(n, dtype=np.int64)
    while True:
        a, b = root[i], root[j]
        apart = a != b
        if not apart.any():
            break
        i, j, a, b = i[apart], j[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while True:
            higher = root[root]
            if np.array_equal(higher, root):
                break
            root = higher
    # Each root is the lowest node of its component.
    number = np.cumsum(root == np.arange(n)) - 1
    return np.asarray(number[root])


def lowest_of(number: Ints) -> Ints:
    """Answer the lowest node of each component, from what `components` answers.

    >>> lowest_of(np.array([0, 0, 1, 0, 2])).tolist()
    [0, 2, 4]
    """
    first = np.zeros(len(number), dtype=bool)
    first[:1] = True
    first[1:] = number[1:] > np.maximum.accumulate(number)[:-1]
    return np.flatnonzero(first)
