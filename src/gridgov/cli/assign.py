"""`gridgov assign`."""


def assign() -> None:
    """Not here yet."""
    raise NotImplementedError
