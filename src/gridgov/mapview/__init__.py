"""The page people look at: a network, its conflicts, incidents and changes in one HTML file.

``pages``      what `gridgov map` makes: one page, or an index and a page per district
``districts``  a page per district and their index
``content``    what a page shows, as plain values
``html``       the page put together from the files in ``page``
``groups``     what cells belong to and are coloured by
``arcs``       borders, shared and packed
``conflicts``, ``incidents``, ``changes``, ``crosswalk``  their parts of the content
``tints``, ``words``, ``packing``  colours, words in both languages, numbers as text
"""

from gridgov.mapview.content import MapOptions
from gridgov.mapview.pages import MOST_CELLS, draw_map

__all__ = ["MOST_CELLS", "MapOptions", "draw_map"]
