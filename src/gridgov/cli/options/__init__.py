"""Every flag of the command line, once, so that it means the same everywhere.

``layers``      layers as departments deliver them: files, columns, coordinate systems
``merging``     how layers become one network
``codes``       what cells are called
``decisions``   conflicts that people decide
``cells``       cells that points are looked for in
``points``      points: where they stand in a file, and how exactly they are known
``rules``       who handles what
``recorded``    units that were recorded with incidents, and boundaries of another year
``added``       columns added to incidents, and rows without an answer
``batches``     files of incidents as programs hand them on
``crosswalks``  who overlaps whom, and what is counted by it
``exports``     what is handed out of a network
``maps``        the map page
``counting``    tagged incidents, counted
``reports``     sheets for people to sign
``outputs``     where answers go, and in which form
"""

from gridgov.cli.options import (
    added,
    batches,
    cells,
    codes,
    counting,
    crosswalks,
    decisions,
    exports,
    layers,
    maps,
    merging,
    outputs,
    points,
    recorded,
    reports,
    rules,
)

__all__ = [
    "added",
    "batches",
    "cells",
    "codes",
    "counting",
    "crosswalks",
    "decisions",
    "exports",
    "layers",
    "maps",
    "merging",
    "outputs",
    "points",
    "recorded",
    "reports",
    "rules",
]
