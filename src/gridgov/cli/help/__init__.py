"""What the program says of its own command line, in the language spoken.

``pages``           help pages: usage, arguments, options, commands
``lines``           text in lines of a terminal, where a Chinese character is two columns wide
``usage``           what is wrong with a command line
``chinese``         the Chinese of a text that is declared in English
``words``           headings and remarks of the pages
``command_words``   commands in Chinese
``layer_words``     options of layers and networks in Chinese
``incident_words``  options of points and incidents in Chinese

Arguments and options are declared with their English help (`gridgov.cli.options`), commands with a docstring.
Their Chinese is found by the English text, as gettext does: who changes the one is told by a test to change
the other.
"""

from gridgov.cli.help.pages import Command, Group
from gridgov.cli.help.usage import UsageError, usage_lines

__all__ = ["Command", "Group", "UsageError", "usage_lines"]
