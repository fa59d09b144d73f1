"""`gridgov merge`."""


def merge() -> None:
    """Not here yet."""
    raise NotImplementedError
