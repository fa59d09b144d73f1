"""`gridgov demo`."""


def demo() -> None:
    """Not here yet."""
    raise NotImplementedError
