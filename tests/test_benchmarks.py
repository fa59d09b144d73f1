"""The benchmark's city is one whose truth scores 100 %, and whose measures see what is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

from gridgov import make_grids, merge_grids

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
GRIDS, SEED = 60, 5


@pytest.fixture(scope="module", autouse=True)
def scripts():
    """The scripts can be imported; they stand in no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield


@pytest.fixture(scope="module")
def builder():
    import city

    return city


@pytest.fixture(scope="module")
def scorer():
    import score

    return score


@pytest.fixture(scope="module")
def folder(builder, tmp_path_factory):
    """One small city on disk."""
    place = tmp_path_factory.mktemp("city")
    builder.write(builder.build(GRIDS, SEED), place)
    return place


@pytest.fixture(scope="module")
def truth(folder, scorer):
    return scorer.Reference.read(folder)


@pytest.fixture(scope="module")
def true_cells(folder):
    return gpd.read_parquet(folder / "truth.parquet")


def test_the_truth_scores_a_hundred_percent(scorer, truth, true_cells):
    found = scorer.score(true_cells, truth)
    assert {found[name] for name in ("precision", "recall", "agree", "core", "orphan")} == {100}
    assert found["valid_coverage"]
    assert not any(found[name] for name in ("overlaps", "slivers", "crossing", "gaps", "outside", "lost"))
    assert found["special_kept"] == found["special"] == 1


def test_a_merge_is_close_to_the_truth(scorer, truth):
    layers = {
        name: make_grids(layer, department=name, columns={"id": "gid"})
        for name, layer in truth.layers.items()
    }
    districts = make_grids(truth.districts, department="district", columns={"id": "gid"})
    found = scorer.score(merge_grids(layers, within={"district": districts}).cells, truth)
    assert found["valid_coverage"]
    assert found["agree"] > 97
    assert found["core"] > 99.9
    assert found["precision"] > 95
    assert found["recall"] > 98
    assert found["lost"] == 0
    assert found["special_kept"] == found["special"]


def test_the_best_drawing_is_off_the_truth_by_what_its_borders_are(scorer, builder, folder, truth):
    found = scorer.score(gpd.read_parquet(folder / "best.parquet"), truth)
    assert found["valid_coverage"]
    assert {found[name] for name in ("precision", "recall", "core", "orphan")} == {100}
    assert found["special_kept"] == found["special"]
    assert 97.5 < found["agree"] < 99.5
    exact = dict.fromkeys(truth.layers, builder.Noise(0.0, 0.0))
    drawn = builder.build(GRIDS, SEED, noise=exact)
    # What is left are the departments' own vertices, of which a border has fewer than the true one.
    found = scorer.score(drawn.best, scorer.Reference(drawn.layers, drawn.districts, drawn.points))
    assert 99.5 < found["agree"] < 100


def test_the_departments_drew_apart_and_with_mistakes(truth):
    for layer in truth.layers.values():
        assert not shapely.coverage_is_valid(shapely.make_valid(layer.geometry.array))
        assert {"broken", "shifted", "bloated", "invalid", "twice"} <= set(layer["kind"])
        assert not layer.is_valid.all()
        assert layer["gid"].duplicated().sum() == 1
    assert set(truth.layers["A"]["kind"]) - set(truth.layers["B"]["kind"]) == {"special"}


def test_a_dropped_grid_is_true_nowhere(truth):
    for name, layer in truth.layers.items():
        assert truth.points[name].isna().any()
        assert set(truth.points[name].dropna()) <= set(layer["gid"])


def test_a_hole_a_shift_and_a_lost_grid_are_seen(scorer, truth, true_cells):
    special = int(np.flatnonzero(true_cells["A"].str.startswith("AS", na=False))[0])
    found = scorer.score(true_cells.drop(index=special), truth)
    assert (found["gaps"], found["lost"], found["special_kept"]) == (1, 1, 0)
    shifted = true_cells.set_geometry(true_cells.translate(10, 0))
    found = scorer.score(shifted, truth)
    assert found["crossing"] > 0
    assert found["outside"] > 0
    assert found["agree"] < 97
    assert found["core"] == 100


def test_wrong_empty_and_doubled_labels_are_seen(scorer, truth, true_cells):
    found = scorer.score(true_cells.assign(B=true_cells["B"].fillna("B0")), truth)
    assert found["orphan"] < 100
    assert found["precision"] < 100
    twice = pd.concat([true_cells, true_cells.iloc[[0]]], ignore_index=True)
    found = scorer.score(twice, truth)
    assert not found["valid_coverage"]


def test_the_same_seed_gives_the_same_city(builder, folder, tmp_path):
    builder.write(builder.build(GRIDS, SEED), tmp_path)
    for name in ("A", "C", "best", "truth"):
        first, second = (gpd.read_parquet(place / f"{name}.parquet") for place in (folder, tmp_path))
        assert_frame_equal(first, second)


def test_the_script_scores_as_the_function_does(folder, scorer, truth, true_cells):
    command = [sys.executable, BENCHMARKS / "score.py", folder / "truth.parquet", folder]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert json.loads(said) == scorer.score(true_cells, truth)
