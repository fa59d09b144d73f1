"""Sentences that stand in tables: English there, and said in any language wherever they are shown.

``words``     the sentences, by keys that never change, because files hold them
``sentence``  a sentence with its key and values, and back from a file
``columns``   whole columns of sentences, as a file holds them
"""

from gridgov.told.columns import Sayings, message_text
from gridgov.told.sentence import Told, from_message, known_told, said, told

__all__ = ["Sayings", "Told", "from_message", "known_told", "message_text", "said", "told"]
