"""What the demo runs: the samples, the commands on them, and the picture."""

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridgov.demo.words import WORDS
from gridgov.errors import ArgumentError, InputMissingError, OutputLockedError
from gridgov.outputs import check_output, replacing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["STORY", "commands", "copy_samples", "draw", "keep_words", "list_command", "outputs", "samples"]

RUNGS: Final[Mapping[str, str]] = {
    "district": "districts.geojson",
    "street": "streets.gpkg",
    "community": "communities.gpkg",
}
DEPARTMENTS: Final[Mapping[str, str]] = {
    "comprehensive": "comprehensive.gpkg",
    "police": "police.shp",
    "urban": "urban.geojson",
}
#: The development zone: a layer like any other, but it covers only a part of the city.
ZONE: Final[Mapping[str, str]] = {"run_by": "zone.gpkg"}
LEDGER: Final = "police=police_owners.xlsx"

MAP: Final = "map.html"
#: Columns of the first department that the sheets show: who is in charge, households.
CARRIED: Final = "comprehensive=网格长,户数"

PICTURE: Final = "picture.png"
REPORT: Final = "report.html"
NETWORK: Final = "network.gpkg"
PROBLEMS: Final = "problems.xlsx"
TAGGED: Final = "tagged.csv"
#: Where the tagged file comes from.
ORIGIN: Final = "tagged.csv.json"
REJECTS: Final = "tagged.rejects.csv"
SAID: Final = "commands.txt"
#: The junction of the city's own story, CGCS2000, and how an incident there is found in the table.
JUNCTION: Final = ("113.7300", "34.7200")
STORY: Final = {"小类": "交通信号灯", "事发地址": "航海东路与紫辰路交叉口"}


def samples() -> Traversable:
    """The folder of samples: inside the wheel, or the repository's when installed for editing.

    Raises
    ------
    InputMissingError
        Neither is there.
    """
    places: list[Traversable] = [files("gridgov") / "samples", Path(__file__).parents[3] / "data" / "samples"]
    for folder in places:
        if (folder / RUNGS["district"]).is_file():
            return folder
    raise InputMissingError(WORDS("no_samples"))


def outputs(folder: Path) -> list[Path]:
    """The files the demo writes into a folder, besides a copy of the samples."""
    names = (MAP, REPORT, PICTURE, NETWORK, PROBLEMS, TAGGED, ORIGIN, REJECTS, SAID)
    return [folder / name for name in names]


def copy_samples(folder: Path, *, overwrite: bool = False) -> None:
    """Copy the samples into `folder`/samples, so that the commands can be run again on them.

    Raises
    ------
    OutputExistsError
        The demo was here before; `overwrite` replaces what it wrote.
    ArgumentError, OutputLockedError
        `folder` is a file; no folder can be made there.
    """
    copy = folder / "samples"
    sources = sorted((file for file in samples().iterdir() if file.is_file()), key=lambda file: file.name)
    written = [*outputs(folder), *(copy / source.name for source in sources)]
    for path in filter(Path.exists, written):
        check_output(path, overwrite=overwrite)
    _make_folder(copy)
    for path in written:
        check_output(path, overwrite=overwrite)
    for source in sources:
        with replacing(copy / source.name, overwrite=overwrite) as partial:
            partial.write_bytes(source.read_bytes())


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ArgumentError(WORDS("folder_is_file", folder=folder)) from error
    except OSError as error:
        raise OutputLockedError(WORDS("folder_refused", folder=folder, why=error.strerror)) from error


def commands(folder: Path, *, overwrite: bool = False) -> list[list[str]]:
    """The commands of the demo, in order, each as the words after `gridgov`."""
    at = folder / "samples"
    within = [word for name, file in RUNGS.items() for word in ("--within", f"{name}={at / file}")]
    name, _, file = LEDGER.partition("=")
    owners = ["--attributes", f"{name}={at / file}"]
    again = ["--overwrite"] if overwrite else []
    rules = ["--rules", str(at / "rules.csv")]
    cells = ["--cells", str(folder / NETWORK)]
    place = ["--crs", "gcj02", "--place", "所属区县,所属街道,所属社区"]
    assign = [*place, "--category", "小类", "--time", "上报时间"]
    layers = {**DEPARTMENTS, **ZONE}
    carry = ["--carry", CARRIED]
    tagged = ["--incidents", str(folder / TAGGED)]
    return [
        ["info", str(at)],
        ["check", *_arguments(DEPARTMENTS, at), *within, *owners, "-o", str(folder / PROBLEMS), *again],
        ["merge", *_arguments(layers, at), *within, *owners, *carry, "-o", str(folder / NETWORK), *again],
        ["assign", str(at / "incidents.csv"), *cells, *assign, *rules, "-o", str(folder / TAGGED), *again],
        [
            *("map", str(folder / NETWORK)),
            *("--incidents", str(folder / TAGGED), "--incidents-crs", "gcj02"),
            *("-o", str(folder / MAP), *again),
        ],
        ["report", str(folder / NETWORK), *tagged, "-o", str(folder / REPORT), *again],
        ["locate", *JUNCTION, *cells, "--crs", "cgcs2000", "--category", STORY["小类"], *rules],
    ]


def list_command(folder: Path) -> list[str]:
    """The next step as the words after `gridgov`: it writes the list of conflicts to decide."""
    return ["export", str(folder / NETWORK), "--conflicts", str(folder / WORDS("list_file"))]


def _arguments(layers: Mapping[str, str], at: Path) -> list[str]:
    return [f"{name}={at / file}" for name, file in layers.items()]


def keep_words(folder: Path, words: str, *, overwrite: bool = False) -> None:
    """Keep what the commands said, with the mark by which Windows knows UTF-8."""
    with replacing(folder / SAID, overwrite=overwrite) as partial:
        partial.write_text(words, encoding="utf-8-sig")


def draw(folder: Path, *, overwrite: bool = False) -> None:
    """Draw the picture of the merge: borders before, one layer after, what is left to decide in red."""
    from gridgov.datum import transform_points
    from gridgov.layers import read_network
    from gridgov.picture import draw_network

    network = read_network(folder / NETWORK)
    layers, rungs = _read({**DEPARTMENTS, **ZONE}, folder), _read(RUNGS, folder)
    x, y = transform_points(*map(float, JUNCTION), source="cgcs2000", target=network.cells.crs)
    picture = draw_network(layers, rungs, network, focus=(float(x), float(y)))
    with replacing(folder / PICTURE, overwrite=overwrite) as partial:
        partial.write_bytes(picture)


def _read(layers: Mapping[str, str], folder: Path) -> dict[str, "gpd.GeoDataFrame"]:
    from gridgov.layers import read_grids

    return {name: read_grids(folder / "samples" / file, department=name) for name, file in layers.items()}
