"""Drive times beside those of others: ``python -m tests.benchmarks.roads FILE.osm.pbf``.

Reads the roads of a file, draws pairs of points on them, and compares the drive times with those
of peers. OSRM and Valhalla have the same file and their own car profiles: told are the median of
our time as a share of theirs, and the mean deviation (MAPE). Where both are asked, so is their
mean, of which the median should be off by 5 % at most and the deviation below 7 %. NetworkX and
igraph have our roads with our times: told is how many times differ, of which there should be none.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.errors import OutreachError
from geodata.extract import read_extract
from geodata.network import NetworkSource, RoadNetwork
from geodata.roads import ATTRIBUTION, roads_from_graph
from geodata.travel import Point, Router

from .report import print_json, say, table

WORLD = shapely.box(-180, -90, 180, 90)
ENGINES = {"osrm": ("peer_osrm", "Osrm"), "valhalla": ("peer_valhalla", "Valhalla")}
LIBRARIES = {"networkx": ("peer_networkx", "NetworkX"), "igraph": ("peer_igraph", "IGraph")}
COLUMNS = ("peer", "pairs", "no_way", "median_ratio", "mape", "scatter", "different", "seconds")
# Shares of a drive around the corner say nothing.
LEAST_APART_M = 1_000
# So many pairs are asked for as one matrix, whose diagonal is looked at.
AT_ONCE = 50

Times = NDArray[np.float64]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        rows = _rows(options)
    except OutreachError as error:
        say(str(error))
        return 1
    if options.json:
        for row in rows:
            print_json(row)
    else:
        print(table(rows, COLUMNS))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.roads", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("file", type=Path, help="of OpenStreetMap data")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    known = ", ".join([*ENGINES, *LIBRARIES])
    parser.add_argument("--peers", default="networkx", help=f"with commas: {known}")
    parser.add_argument(
        "--executables",
        type=Path,
        action="append",
        default=[],
        help="folder of the executables of OSRM or Valhalla; can be repeated",
    )
    parser.add_argument("--json", action="store_true", help="a line of JSON per peer")
    return parser


def _rows(options: argparse.Namespace) -> list[dict[str, object]]:
    if options.pairs < 1:
        raise OutreachError(
            f"{options.pairs} are too few", where="--pairs", remedy="Give 1 or more"
        )
    peers = list(dict.fromkeys(filter(None, options.peers.split(","))))
    for peer in peers:
        if peer not in ENGINES | LIBRARIES:
            raise OutreachError(
                f"There is no peer “{peer}” here",
                where="--peers",
                remedy=f"Choose from {', '.join(ENGINES | LIBRARIES)}",
            )
    network = read_roads(options.file)
    say(f"{network.num_nodes} nodes, {network.num_edges} edges")
    pairs = draw_pairs(network, options.pairs, options.seed)
    began = time.monotonic()
    ours = our_times(network, pairs)
    rows: list[dict[str, object]] = [
        {"peer": "ours", "pairs": len(pairs), "seconds": round(time.monotonic() - began, 3)}
    ]
    engines: dict[str, Times] = {}
    for peer in peers:
        if peer in LIBRARIES:
            rows.append(_exactness(peer, network, pairs, ours))
            continue
        theirs, seconds = _engine_times(peer, options, network.node_lonlat, pairs)
        engines[peer] = theirs
        rows.append(agreement(peer, ours, theirs) | {"seconds": round(seconds, 3)})
    if len(engines) > 1:
        rows.append(agreement("mean", ours, np.mean(list(engines.values()), axis=0)))
    return rows


def read_roads(file: Path) -> RoadNetwork:
    """Return all roads of a file."""
    raw = read_extract(file, WORLD)
    return roads_from_graph(raw, source=NetworkSource("extract", raw.graph["date"], ATTRIBUTION))


def draw_pairs(network: RoadNetwork, number: int, seed: int) -> NDArray[np.int64]:
    """Return pairs of nodes that do not lie side by side, shape (number, 2)."""
    metres = to_metres(network.node_lonlat[:, 0], network.node_lonlat[:, 1])
    # The two sides of a barrier are two nodes in one spot, where one can set out either way.
    _spots, place, shared = np.unique(
        network.node_lonlat, axis=0, return_inverse=True, return_counts=True
    )
    single = np.flatnonzero(shared[place] == 1)
    random = np.random.default_rng(seed)
    found: list[NDArray[np.int64]] = []
    for _attempt in range(100 * number):
        pair = random.choice(single, size=2)
        if np.hypot(*(metres[pair[0]] - metres[pair[1]])) >= LEAST_APART_M:
            found.append(pair)
        if len(found) == number:
            return np.array(found)
    raise OutreachError("The roads of the file are too few to draw pairs of points from")


def our_times(network: RoadNetwork, pairs: NDArray[np.int64]) -> Times:
    """Return our drive times of pairs of nodes, seconds."""
    nodes, place = np.unique(pairs, return_inverse=True)
    points = [
        Point(str(node), str(node), *lonlat)
        for node, lonlat in zip(nodes.tolist(), network.node_lonlat[nodes].tolist(), strict=True)
    ]
    rows, columns = place.reshape(pairs.shape).T
    seconds: Times = Router(network, points).travel_times().seconds.astype(np.float64)
    found: Times = seconds[rows, columns]
    return found


def _exactness(
    peer: str, network: RoadNetwork, pairs: NDArray[np.int64], ours: Times
) -> dict[str, object]:
    module, name = LIBRARIES[peer]
    try:
        library = getattr(importlib.import_module(f".{module}", __package__), name)(network)
    except ModuleNotFoundError as error:
        raise OutreachError(
            f"“{peer}” needs the package {error.name}, which is not installed",
            where="--peers",
            remedy="Install the peers with pip install '.[bench]'",
        ) from error
    began = time.monotonic()
    origins, place = np.unique(pairs[:, 0], return_inverse=True)
    ms = library.matrix_ms(origins, pairs[:, 1])[place, np.arange(len(pairs))]
    return {
        "peer": peer,
        "pairs": len(pairs),
        "different": int((np.ceil(ms / 1000) != ours).sum()),
        "seconds": round(time.monotonic() - began, 3),
    }


def _engine_times(
    peer: str, options: argparse.Namespace, lonlat: NDArray[np.float64], pairs: NDArray[np.int64]
) -> tuple[Times, float]:
    module, name = ENGINES[peer]
    engine = getattr(importlib.import_module(f".{module}", __package__), name)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / peer).mkdir()
        roads = as_pbf(options.file, folder)
        server = stack.enter_context(engine(roads, folder / peer, options.executables))
        began = time.monotonic()
        parts = [
            np.diagonal(server.matrix(lonlat[part[:, 0]], lonlat[part[:, 1]]))
            for part in np.array_split(pairs, -(-len(pairs) // AT_ONCE))
        ]
    return np.concatenate(parts), time.monotonic() - began


def as_pbf(file: Path, folder: Path) -> Path:
    """Return a file as PBF, which is all that some peers read."""
    import osmium

    if file.name.endswith(".pbf"):
        return file
    with osmium.SimpleWriter(folder / "all.osm.pbf") as writer:
        for entity in osmium.FileProcessor(file):
            writer.add(entity)
    return folder / "all.osm.pbf"


def agreement(peer: str, ours: Times, theirs: Times) -> dict[str, object]:
    """Return how far our times agree with those of a peer.

    Parameters
    ----------
    ours, theirs : ndarray of float64, shape (n,)
        Seconds; nan where a peer knows no way.
    """
    is_known = np.isfinite(theirs) & (theirs > 0)
    ratio = ours[is_known] / theirs[is_known]
    median = float(np.median(ratio)) if len(ratio) else None
    return {
        "peer": peer,
        "pairs": len(ratio),
        "no_way": int((~is_known).sum()),
        "median_ratio": None if median is None else round(median, 3),
        # Percent: as it is, and after taking the median out.
        "mape": round(100 * float(np.abs(ratio - 1).mean()), 1) if len(ratio) else None,
        "scatter": round(100 * float(np.abs(ratio / median - 1).mean()), 1) if median else None,
    }


if __name__ == "__main__":
    sys.exit(main())
