"""`gridgov index`."""

from gridgov.cli import options
from gridgov.cli.point_words import WORDS
from gridgov.cli.words import say
from gridgov.errors import CRSError
from gridgov.outputs import check_output


def index(
    network: options.exports.NetworkFile,
    crs: options.points.PointsCrs = None,
    output: options.outputs.Output = None,
    overwrite: options.outputs.Overwrite = False,
) -> None:
    """Save what locates points, so that assign and locate need not make it again.

    Example: gridgov index network.gpkg --crs gcj02

    It is for points in one datum and is written beside the network: network.gcj02.idx. While it belongs to
    the network's cells, assign, locate and programs use it; after a new merge make it again (--overwrite).
    """
    from gridgov.datum import describe_crs, parse_crs
    from gridgov.index import CellIndex, index_name
    from gridgov.layers import cells_to_keep, read_cells, read_network
    from gridgov.lookup import Atlas

    merged = read_network(network)
    if crs is None and Atlas.of(merged).in_china():
        raise CRSError(WORDS("one_datum"))
    points = parse_crs(crs or "wgs84")
    path = output or index_name(network, points)
    check_output(path, overwrite=overwrite)
    kept = cells_to_keep(read_cells(network))
    CellIndex(merged.cells, points_crs=points).save(path, overwrite=overwrite, kept=kept)
    size = path.stat().st_size / 1e6
    say(WORDS("index_written", path=path, size=size, points=describe_crs(points)))
