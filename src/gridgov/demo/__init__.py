"""The demo: gridgov's commands on the samples, and what came of them.

``plan``   the samples, the commands and the picture
``story``  what happened, told from the files that the commands wrote
"""

from gridgov.demo.plan import commands, copy_samples, draw, keep_words, outputs, samples
from gridgov.demo.story import told

__all__ = ["commands", "copy_samples", "draw", "keep_words", "outputs", "samples", "told"]
