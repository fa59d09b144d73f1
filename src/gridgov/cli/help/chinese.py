"""The Chinese of a text that is declared in English."""

__all__ = ["chinese"]


def chinese(text: str) -> str:
    """The Chinese of a help text, or the text itself if there is none: a newer Typer's own.

    >>> chinese("Column of the grid id.")
    '网格编码所在的列。'
    """
    # Not loaded by a run that shows no Chinese help.
    from gridgov.cli.help.command_words import COMMANDS
    from gridgov.cli.help.incident_words import INCIDENTS
    from gridgov.cli.help.layer_words import LAYERS

    return next((table[text] for table in (COMMANDS, LAYERS, INCIDENTS) if text in table), text)
