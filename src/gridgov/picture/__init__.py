"""A picture of a merge as PNG: the departments' borders before, one network after, conflicts in red.

``canvas``   maps and words in pixels, by Pillow
``colours``  colours that colour-blind people can tell apart, and who gets which
``sheet``    what stands where
"""

from gridgov.picture.sheet import draw_network

__all__ = ["draw_network"]
