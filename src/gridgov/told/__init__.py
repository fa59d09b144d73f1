"""Sentences that stand in tables: English there, and said in any language wherever they are shown.

``words``     the sentences, by keys that never change, because files hold them
``sentence``  a sentence with its key and values, and back from a file
"""

from gridgov.told.sentence import Told, from_message, known_told, said, told

__all__ = ["Told", "from_message", "known_told", "said", "told"]
