"""The demo: gridgov's commands on the samples, and what came of them.

``plan``   the samples, the commands and the picture
``story``  what happened, told from the files that the commands wrote; the next step
``words``  the sentences of both
"""

from gridgov.demo.plan import commands, copy_samples, draw, keep_words, list_command, outputs, samples
from gridgov.demo.story import next_steps, told

__all__ = [
    "commands",
    "copy_samples",
    "draw",
    "keep_words",
    "list_command",
    "next_steps",
    "outputs",
    "samples",
    "told",
]
