"""A network as a file of OpenStreetMap data, for peers that read nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from geodata.network import ROAD_CLASSES, RoadNetwork


def write_osm(network: RoadNetwork, path: Path) -> None:
    """Write each road once, with its bends and its class; speeds are for the reader to choose.

    Parameters
    ----------
    network : RoadNetwork
    path : Path
        Ends in ``.osm.pbf``.
    """
    import osmium
    from osmium.osm.mutable import Node, Way

    start = network.line_start.tolist()
    lonlat = network.line_lonlat.tolist()
    ends = list(zip(network.edge_from.tolist(), network.edge_to.tolist(), strict=True))
    known = set(zip(ends, network.edge_mm.tolist(), strict=True))
    bends: list[tuple[float, float]] = []
    ways: list[tuple[list[int], dict[str, str]]] = []
    for edge, (u, v) in enumerate(ends):
        is_two_way = ((v, u), int(network.edge_mm[edge])) in known
        if is_two_way and u > v:
            continue
        inner = lonlat[start[edge] + 1 : start[edge + 1] - 1]
        first = network.num_nodes + len(bends)
        bends += inner
        refs = [u, *range(first, first + len(inner)), v]
        tags = {"highway": ROAD_CLASSES[network.edge_class[edge]]}
        ways.append((refs, tags if is_two_way else tags | {"oneway": "yes"}))
    with osmium.SimpleWriter(path) as writer:
        places = np.concatenate([network.node_lonlat, np.array(bends).reshape(-1, 2)])
        for number, place in enumerate(places.tolist()):
            writer.add_node(Node(id=number + 1, location=tuple(place), version=1))
        for number, (refs, tags) in enumerate(ways):
            nodes = [ref + 1 for ref in refs]
            writer.add_way(Way(id=number + 1, nodes=nodes, tags=tags, version=1))
