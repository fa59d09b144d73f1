"""Packed rows come back as they were."""

import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon, box

from gridgov.conflicts.packed import Packed
from gridgov.topology.arrange import arrange

MESH = arrange([np.array([box(0, 0, 1, 1), box(1, 0, 3, 1), box(5, 0, 6, 2)])]).mesh
#: The first face; the first and the last; none; the first two.
FACE, ROW = np.array([0, 0, 2, 0, 1]), np.array([0, 1, 1, 3, 3])

SHAPES = np.array(
    [box(0.1, 0.2, 1 / 3, 1e8), MultiPolygon([box(0, 0, 1, 1), box(3, 3, 4, 4)]), None, Polygon()],
    dtype=object,
)


def rows(*kinds):
    return pd.DataFrame({"kind": list(kinds)})


def packed():
    """Polygons that are there already, and such as are yet to be made."""
    there = Packed.of(rows("gap", "overlap", "id_twice", "gap"), SHAPES)
    drawn = Packed.of(rows("outside", "gap", "gap", "overlap"), MESH.outlines(FACE, ROW))
    return Packed.joined([there, drawn])


def test_packed_rows_come_back_as_they_were():
    shapes = np.concatenate([SHAPES, MESH.dissolve(FACE, ROW)])
    assert [shape.geom_type for shape in shapes[4:]] == ["Polygon", "MultiPolygon", "Polygon", "Polygon"]
    assert np.array_equal(packed().bounds(), shapely.bounds(shapes), equal_nan=True)
    again = packed().unpacked(crs=4547)
    assert again.crs == 4547
    assert again["kind"].tolist() == [
        *["gap", "overlap", "id_twice", "gap"],
        *["outside", "gap", "gap", "overlap"],
    ]
    assert shapely.to_wkb(again.geometry.to_numpy()).tolist() == shapely.to_wkb(shapes).tolist()


def test_rows_in_another_order_keep_their_shapes():
    found = packed()
    order = np.array([5, 1, 7, 0])
    some = Packed(found.rows.iloc[order].reset_index(drop=True), found.shapes, found.place[order])
    assert np.array_equal(some.bounds(), found.bounds()[order], equal_nan=True)
    again = some.unpacked(crs=None)
    shapes = np.concatenate([SHAPES, MESH.dissolve(FACE, ROW)])
    assert shapely.to_wkb(again.geometry.to_numpy()).tolist() == shapely.to_wkb(shapes[order]).tolist()


def test_no_rows_are_no_rows():
    none = Packed(rows(), [], np.zeros(0, dtype=np.int64))
    assert none.bounds().shape == (0, 4)
    assert len(none.unpacked(crs=4547)) == 0
