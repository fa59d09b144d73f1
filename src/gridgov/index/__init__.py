"""Exact point location: which cell holds a point, which others lie near it.

``cell_index``  `CellIndex`, what others use
``answers``     questions answered: by the raster, and by the polygons where it leaves a doubt; ``near`` which
                are near, ``ready`` what there is to ask
``asking``      points asked in the raster; ``one`` a single one
``pairs``       points and cells as pairs
``raster``      what the raster is; ``grid`` its pixels; ``packing`` how records are laid out in it
``records``     the raster drawn: pixels that borders run through; ``fill`` those in one cell
``chart``       borders drawn in the points' coordinates; ``pieces`` borders as straight pieces
``shapes``      the polygons asked with GEOS; ``borders`` distances to their borders
``systems``     where points, cells and metres stand
``saved``       indexes in files; ``store`` the files themselves
``compiled``    whether numba is installed, and its loops: ``loops`` over points, ``border_loops`` over points
                near borders
``drawing``     the raster drawn by loops: ``piece_loops`` find the pieces of borders, ``band_loops`` which
                pixels they meet, ``fill_loops`` what holds the middles, ``record_loops`` draw the records
"""

from gridgov.index.cell_index import CellIndex
from gridgov.index.compiled import count_points, expect_points
from gridgov.index.one import Seen
from gridgov.index.pairs import Pairs
from gridgov.index.saved import Kept, SavedPolygons, index_name, kept_beside, saved_polygons
from gridgov.index.store import shapes_hash

__all__ = [
    "CellIndex",
    "Kept",
    "Pairs",
    "SavedPolygons",
    "Seen",
    "count_points",
    "expect_points",
    "index_name",
    "kept_beside",
    "saved_polygons",
    "shapes_hash",
]
