"""`gridgov check`."""


def check() -> None:
    """Not here yet."""
    raise NotImplementedError
