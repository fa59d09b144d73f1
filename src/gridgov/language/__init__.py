"""Words for people in several languages.

``messages``  a table of messages, each in every language, and who speaks them
``choosing``  which language: the one set with `speak`; the command line takes `--lang`, else the system's
``parts``     parts of sentences: some of many values, how many of what, shares

What errors, warnings and notes say stands in tables called WORDS: in ``words.py`` of the package that
says it, or in :mod:`gridgov.words` for the single modules. ``WORDS("key", value=...)`` is the sentence in the
language spoken. Machine words (column names, kinds, statuses, keys of JSON) are no messages and stay English.
"""

from gridgov.language.choosing import LANGUAGES, chosen_language, speak, spoken, system_language
from gridgov.language.messages import Many, Messages, Speaker
from gridgov.language.parts import (
    both,
    counted,
    examples,
    listed,
    per_cent,
    per_cent_number,
    per_cents,
    sentences,
    shell_word,
)

__all__ = [
    "LANGUAGES",
    "Many",
    "Messages",
    "Speaker",
    "both",
    "chosen_language",
    "counted",
    "examples",
    "listed",
    "per_cent",
    "per_cent_number",
    "per_cents",
    "sentences",
    "shell_word",
    "speak",
    "spoken",
    "system_language",
]
