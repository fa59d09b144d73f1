"""`gridgov locate`."""


def locate() -> None:
    """Not here yet."""
    raise NotImplementedError
