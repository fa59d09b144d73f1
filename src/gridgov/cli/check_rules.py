"""`gridgov check-rules`."""


def check_rules() -> None:
    """Not here yet."""
    raise NotImplementedError
