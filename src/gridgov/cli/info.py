"""`gridgov info`."""


def info() -> None:
    """Not here yet."""
    raise NotImplementedError
