"""The service of examples/service.py answers over HTTP what the locator says."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from gridgov import Locator
from gridgov.datum import transform_points
from gridgov.index import CellIndex, index_name
from gridgov.layers import read_network

SERVICE = Path(__file__).parents[1] / "examples" / "service.py"
EAST, NORTH = 475_000.0, 3_843_000.0


@pytest.fixture(scope="module")
def network(city, tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    shutil.copy(city / "network.gpkg", folder / "network.gpkg")
    (folder / "rules.csv").write_text("category,handler\n信号灯,住建局\n井盖,甲\n井盖,乙\n", encoding="utf-8")
    path = folder / "network.gpkg"
    CellIndex(read_network(path).cells, points_crs="gcj02").save(index_name(path, "gcj02"))
    return path


@pytest.fixture(scope="module")
def client(network):
    testing = pytest.importorskip("fastapi.testclient")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDGOV_NETWORK", str(network))
        patch.setenv("GRIDGOV_RULES", str(network.with_name("rules.csv")))
        spec = importlib.util.spec_from_file_location("service", SERVICE)
        service = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(service)
    return testing.TestClient(service.app)


def place(x, y):
    lon, lat = transform_points([EAST + x], [NORTH + y], source="EPSG:4547", target="gcj02")
    return {"lon": float(lon[0]), "lat": float(lat[0])}


@pytest.mark.parametrize(("x", "y"), [(50, 50), (199.7, 50), (-500, 0)])
def test_the_service_answers_what_the_locator_says(client, network, x, y):
    answered = client.get("/locate", params={**place(x, y), "category": "信号灯"})
    locator = Locator.open(network, rules=network.with_name("rules.csv"), points_crs="gcj02")
    assert answered.status_code == 200
    assert answered.json() == locator.one(**place(x, y), category="信号灯").as_dict()


def test_rules_that_disagree_are_told_to_who_asked(client):
    answered = client.get("/locate", params={**place(50, 50), "category": "井盖"})
    assert answered.status_code == 422
    assert "rules.csv:3" in answered.json()["detail"]


def test_a_question_without_a_place_is_refused(client):
    assert client.get("/locate", params={"lon": 113.7}).status_code == 422
