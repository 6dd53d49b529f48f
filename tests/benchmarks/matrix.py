"""How fast roads are: ``python -m tests.benchmarks.matrix [FILE.osm.pbf | --synthetic 50000]``.

Three tables. The matrix between points, ours from points beside the roads and with their
attachment, that of NetworkX, OSMnx and igraph between nodes on the same roads, that of OSRM and
Valhalla by their executables and with their own profiles. Writing and reading the network, ours
and the formats of OSMnx. And, with --growth, ours on made-up networks of several sizes. Told is
processor time in seconds, of a server too, the best of some counts, so that other work on the
machine matters little; and how many times longer a peer takes than we do. Where a peer would take
minutes, some rows of the matrix are asked and the time is scaled up: see "asked".
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geodata.errors import OutreachError
from geodata.network import RoadNetwork
from geodata.storage import load_network, save_network
from geodata.travel import Point, Router, TravelTimes

from .made_file import write_osm
from .made_roads import made_roads
from .report import print_json, say, table
from .roads import ENGINES, as_pbf, read_roads

LIBRARIES = {
    "networkx": ("peer_networkx", "NetworkX"),
    "osmnx": ("peer_osmnx", "OSMnx"),
    "igraph": ("peer_igraph", "IGraph"),
}
# So many rows of a matrix, and of so many columns, are asked of peers that would take minutes.
MOST_ASKED = {"networkx": (10, None), "osmnx": (4, 10)}
LEGS, POINTS_OF_GROWTH = 200, 60
COLUMNS = ("size", "peer", "seconds", "ratio", "asked", "prepare_s", "different")
STORING = ("format", "save_s", "load_s", "megabytes", "ratio")
GROWTH = ("nodes", "edges", "load_s", "attach_s", "matrix_s", "legs_s", "megabytes")

Made = TypeVar("Made")
Row = dict[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        for name, columns, rows in _tables(options):
            if options.json:
                for row in rows:
                    print_json({"table": name} | row)
            else:
                print(table(rows, columns), end="\n\n", flush=True)
    except OutreachError as error:
        say(str(error))
        return 1
    return 0


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.matrix", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("file", type=Path, nargs="?", help="of OpenStreetMap data")
    parser.add_argument("--synthetic", type=int, default=50_000, help="nodes, without a file")
    parser.add_argument("--sizes", type=_numbers, default=[60, 200, 400], help="with commas")
    known = ", ".join([*LIBRARIES, *ENGINES])
    parser.add_argument("--peers", default="networkx,igraph", help=f"with commas: {known}")
    parser.add_argument("--growth", type=_numbers, default=[], help="nodes, with commas")
    parser.add_argument("--repeat", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--executables", type=Path, action="append", default=[])
    parser.add_argument("--json", action="store_true", help="a line of JSON per row")
    return parser


def _tables(options: argparse.Namespace) -> Iterator[tuple[str, Sequence[str], list[Row]]]:
    peers = list(dict.fromkeys(filter(None, options.peers.split(","))))
    for peer in peers:
        if peer not in LIBRARIES | ENGINES:
            raise OutreachError(
                f"There is no peer “{peer}” here",
                where="--peers",
                remedy=f"Choose from {', '.join(LIBRARIES | ENGINES)}",
            )
    if min([*options.sizes, *options.growth, options.synthetic, 100 * options.repeat]) < 2:
        raise OutreachError("A number is too small", remedy="Give greater ones")
    if options.file is None:
        network = made_roads(options.synthetic, seed=options.seed)
    else:
        network = read_roads(options.file)
    say(f"{network.num_nodes} nodes, {network.num_edges} edges")
    if max(options.sizes, default=0) > network.num_nodes:
        raise OutreachError("There are fewer nodes than points", where="--sizes")
    with tempfile.TemporaryDirectory() as folder:
        yield "matrix", COLUMNS, _matrices(network, peers, options, Path(folder))
        yield "storing", STORING, _storing(network, "osmnx" in peers, options, Path(folder))
        if options.growth:
            yield "growth", GROWTH, [_grown(n, options, Path(folder)) for n in options.growth]


def _best(make: Callable[[], Made], repeat: int, server: int | None = None) -> tuple[float, Made]:
    """Return the shortest time that something takes, in seconds, and what it gives.

    Parameters
    ----------
    make : callable
    repeat : int
    server : int or None
        A process that works for it.
    """
    times: list[float] = []
    for _attempt in range(repeat):
        before = _processor_s(server)
        made = make()
        times.append(_processor_s(server) - before)
    return min(times), made


def _processor_s(server: int | None) -> float:
    used = os.times()
    own = used.user + used.system + used.children_user + used.children_system
    if server is None:
        return time.process_time() + used.children_user + used.children_system
    fields = Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _matrices(
    network: RoadNetwork, peers: Sequence[str], options: argparse.Namespace, folder: Path
) -> list[Row]:
    _router(network, np.arange(2)).travel_times()  # compiles
    rng = np.random.default_rng(options.seed)
    nodes = {size: rng.choice(network.num_nodes, size, replace=False) for size in options.sizes}
    ours: dict[int, tuple[float, NDArray[np.int64]]] = {}
    rows: list[Row] = []
    for size, chosen in nodes.items():
        seconds, found = _best(partial(_all_times, network, chosen), options.repeat)
        ours[size] = seconds, found.seconds
        rows.append({"size": size, "peer": "ours", "seconds": round(seconds, 4)})
    for peer in peers:
        say(peer)
        asking = _library if peer in LIBRARIES else _engine
        for size, seconds, more in asking(peer, network, nodes, options, folder, ours):
            ratio = round(seconds / ours[size][0], 2)
            rows.append(
                {"size": size, "peer": peer, "seconds": round(seconds, 4), "ratio": ratio} | more
            )
    return sorted(rows, key=lambda row: int(str(row["size"])))


Answers = Iterator[tuple[int, float, Row]]


def _router(network: RoadNetwork, nodes: NDArray[np.int64]) -> Router:
    lonlat = network.node_lonlat[nodes].tolist()
    return Router(network, [Point(str(n), str(n), *at) for n, at in enumerate(lonlat)])


def _all_times(network: RoadNetwork, nodes: NDArray[np.int64]) -> TravelTimes:
    return _router(network, nodes).travel_times()


def _library(
    peer: str,
    network: RoadNetwork,
    nodes: dict[int, NDArray[np.int64]],
    options: argparse.Namespace,
    _folder: Path,
    ours: dict[int, tuple[float, NDArray[np.int64]]],
) -> Answers:
    module, name = LIBRARIES[peer]
    try:
        make = getattr(importlib.import_module(f".{module}", __package__), name)
    except ModuleNotFoundError as error:
        raise OutreachError(
            f"“{peer}” needs the package {error.name}, which is not installed",
            where="--peers",
            remedy="Install the peers with pip install '.[bench]'",
        ) from error
    prepare_s, graph = _best(lambda: make(network), 1)
    rows, columns = MOST_ASKED.get(peer, (None, None))
    for size, chosen in nodes.items():
        origins, targets = chosen[:rows], chosen[:columns]
        asked = len(origins) * len(targets) / size**2
        if peer in MOST_ASKED and columns is None:
            asked = len(origins) / size
        repeat = options.repeat if asked == 1 else 1
        seconds, ms = _best(partial(graph.matrix_ms, origins, targets), repeat)
        known = ours[size][1][: len(origins), : len(targets)]
        different = int((np.ceil(ms / 1000) != known).sum())
        more: Row = {"asked": round(asked, 5), "prepare_s": round(prepare_s, 2)}
        yield size, seconds / asked, more | {"different": different}


def _engine(
    peer: str,
    network: RoadNetwork,
    nodes: dict[int, NDArray[np.int64]],
    options: argparse.Namespace,
    folder: Path,
    _ours: dict[int, tuple[float, NDArray[np.int64]]],
) -> Answers:
    module, name = ENGINES[peer]
    make = getattr(importlib.import_module(f".{module}", __package__), name)
    place = folder / peer
    place.mkdir()
    if options.file is None:
        roads = place / "made.osm.pbf"
        write_osm(network, roads)
    else:
        roads = as_pbf(options.file, place)
    with contextlib.ExitStack() as stack:
        (place / "made").mkdir()
        engine = stack.enter_context(make(roads, place / "made", options.executables))
        server = getattr(engine, "pid", None)
        for size, chosen in nodes.items():
            at = network.node_lonlat[chosen]
            seconds, _found = _best(partial(engine.matrix, at, at), options.repeat, server)
            yield size, seconds, {"asked": 1.0, "prepare_s": round(engine.prepare_s, 2)}


def _storing(
    network: RoadNetwork, with_osmnx: bool, options: argparse.Namespace, folder: Path
) -> list[Row]:
    path = folder / "roads.gpkg"
    save_s, _none = _best(lambda: save_network(network, path), options.repeat)
    load_s, _network = _best(lambda: load_network(path), options.repeat)
    rows = [_stored("ours", save_s, load_s, path)]
    if with_osmnx:
        from .peer_osmnx import FORMATS, osmnx_graph

        graph = osmnx_graph(network)
        for kind in FORMATS:
            say(kind.name)
            there = folder / f"osmnx{kind.ending}"
            theirs, _none = _best(partial(kind.save, graph, there), 1)
            back, _graph = _best(partial(kind.load, there), 1)
            ratio: Row = {"ratio": round(back / load_s, 1)}
            rows.append(_stored(f"OSMnx, {kind.name}", theirs, back, there) | ratio)
    return rows


def _stored(name: str, save_s: float, load_s: float, path: Path) -> Row:
    return {
        "format": name,
        "save_s": round(save_s, 3),
        "load_s": round(load_s, 3),
        "megabytes": round(path.stat().st_size / 1e6, 1),
    }


def _grown(num_nodes: int, options: argparse.Namespace, folder: Path) -> Row:
    say(f"{num_nodes} nodes")
    path = folder / "grown.gpkg"
    save_network(made_roads(num_nodes, seed=options.seed), path)
    load_s, network = _best(lambda: load_network(path), options.repeat)
    rng = np.random.default_rng(options.seed)
    nodes = rng.choice(network.num_nodes, POINTS_OF_GROWTH, replace=False)
    attach_s, router = _best(lambda: _router(network, nodes), options.repeat)
    matrix_s, travel = _best(router.travel_times, options.repeat)
    # From each point to the next of those in reach, as a bus drives.
    near = np.argsort(travel.seconds, axis=1)[:, 1 : 2 + LEGS // POINTS_OF_GROWTH]
    legs = [(i, int(j)) for i, row in enumerate(near) for j in row][:LEGS]
    legs_s, _routes = _best(lambda: [router.route(i, j) for i, j in legs], options.repeat)
    return {
        "nodes": network.num_nodes,
        "edges": network.num_edges,
        "load_s": round(load_s, 3),
        "attach_s": round(attach_s, 3),
        "matrix_s": round(matrix_s, 3),
        "legs_s": round(legs_s, 3),
        "megabytes": round(path.stat().st_size / 1e6, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
