"""Words for people in several languages.

``messages``  a table of messages, each in every language, and who speaks them
``choosing``  which language: the one asked for, else the system's

Machine words (column names, kinds, statuses, keys of JSON) are no messages and stay English.
"""

from gridgov.language.choosing import chosen_language, system_language
from gridgov.language.messages import LANGUAGES, Many, Messages, Speaker

__all__ = ["LANGUAGES", "Many", "Messages", "Speaker", "chosen_language", "system_language"]
