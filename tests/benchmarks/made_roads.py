"""A made-up road network of a district's size: settlements with streets, joined by bent roads.

Nodes lie in settlements, most of them in few, and along the roads between them. Neighbours are
joined as in a Gabriel graph of which a part is left out, so that there are dead ends; roads that
lead from town to town are wider and faster. Sizes, lengths and degrees are those of real rural
districts, the places are not.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra, minimum_spanning_tree

from geodata.crs import to_lonlat, to_metres
from geodata.estimate import gabriel_edges
from geodata.network import ROAD_CLASSES, NetworkSource, RoadNetwork

# Middle of the made-up district in EPSG:25832, and how far it reaches, metres.
MIDDLE = (565_000.0, 5_729_000.0)
HALF_M = (32_000.0, 30_000.0)
# Undirected edges per node, one-way streets, edges with bends: shares of real districts.
EDGES_PER_NODE = 1.24
ONE_WAY = 0.04
CORNERS_PER_EDGE = 3.5
SHARE_BETWEEN = 0.25
KPH = dict(zip(ROAD_CLASSES, (100.0, 80.0, 65.0, 58.0, 50.0, 42.0, 30.0), strict=True))


def made_roads(
    num_nodes: int, *, seed: int = 0, towns: NDArray[np.float64] | None = None
) -> RoadNetwork:
    """Return a network in which every node can be reached, the same for the same numbers.

    Parameters
    ----------
    num_nodes : int
        At least 100; about 2 % of them are cut off by one-way streets and left out.
    seed : int
    towns : ndarray of float64, shape (t, 2) or None
        Where settlements are, the largest first, degrees; None to make them up.
    """
    rng = np.random.default_rng(seed)
    nodes = _nodes(num_nodes, _settlements(num_nodes, towns, rng), rng)
    pairs = np.array(gabriel_edges(nodes))
    length = np.hypot(*(nodes[pairs[:, 0]] - nodes[pairs[:, 1]]).T)
    kept = _kept(pairs, length, len(nodes), rng)
    pairs, length = pairs[kept], length[kept]
    classes = _classes(nodes, pairs, length, rng)
    return _directed(nodes, pairs, classes, rng)


def _settlements(
    num: int, towns: NDArray[np.float64] | None, rng: np.random.Generator
) -> NDArray[np.float64]:
    if towns is not None:
        return to_metres(towns[:, 0], towns[:, 1])
    return rng.uniform(-1, 1, (max(8, num // 130), 2)) * HALF_M + MIDDLE


def _nodes(num: int, centres: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Scatter nodes around settlements, whose sizes fall as one over their rank."""
    share = 1 / (np.arange(len(centres)) + 3)
    inside = round(num * (1 - SHARE_BETWEEN))
    home = rng.choice(len(centres), inside, p=share / share.sum())
    # A settlement of n nodes spreads as its streets need: about 90 m from node to node.
    spread = 45 * np.sqrt(np.bincount(home, minlength=len(centres)))
    near = centres[home] + rng.normal(0, 1, (inside, 2)) * spread[home, None]
    low, high = centres.min(axis=0), centres.max(axis=0)
    between = rng.uniform(low, high, (num - inside, 2))
    return np.vstack([near, between])


def _kept(
    pairs: NDArray[np.int64], length: NDArray[np.float64], num: int, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Keep what joins everything, and so many of the other edges, short ones rather."""
    weight = length * rng.uniform(0.7, 1.3, len(length))
    tree = minimum_spanning_tree(csr_array((weight, (pairs[:, 0], pairs[:, 1])), (num, num)))
    key = pairs[:, 0] * num + pairs[:, 1]
    tails, heads = tree.nonzero()
    kept = np.isin(key, tails.astype(np.int64) * num + heads)
    others = np.flatnonzero(~kept)
    more = min(len(others), max(0, round(num * EDGES_PER_NODE) - int(kept.sum())))
    kept[rng.choice(others, more, replace=False)] = True
    return kept


def _classes(
    nodes: NDArray[np.float64],
    pairs: NDArray[np.int64],
    length: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Widen the roads from town to town, those between the largest most."""
    num = len(nodes)
    towns = rng.choice(num, min(num, 160), replace=False)
    graph = csr_array((length, (pairs[:, 0], pairs[:, 1])), (num, num))
    classes = np.full(len(pairs), ROAD_CLASSES.index("unclassified"))
    classes[length < 260] = ROAD_CLASSES.index("residential")
    key = pairs[:, 0] * num + pairs[:, 1]
    order = np.argsort(key)
    for name, group in (("tertiary", towns), ("secondary", towns[:45]), ("primary", towns[:12])):
        roots = group[: max(2, len(group) // 4)]
        _cost, before = dijkstra(graph, False, roots, True)
        for tree in before.astype(np.int64):
            at = group[tree[group] >= 0]
            while len(at):
                up = tree[at]
                edge = np.minimum(at, up) * num + np.maximum(at, up)
                classes[order[np.searchsorted(key, edge, sorter=order)]] = ROAD_CLASSES.index(name)
                at = np.unique(up[tree[up] >= 0])
    return classes


def _directed(
    nodes: NDArray[np.float64],
    pairs: NDArray[np.int64],
    classes: NDArray[np.int64],
    rng: np.random.Generator,
) -> RoadNetwork:
    """Bend the edges and drive them both ways, but for a few."""
    inner = np.minimum(rng.geometric(1 / (CORNERS_PER_EDGE + 1), len(pairs)) - 1, 40)
    start = np.concatenate([[0], np.cumsum(inner + 2)])
    edge = np.repeat(np.arange(len(pairs)), inner + 2)
    step = np.arange(start[-1]) - start[edge]
    share = step / (inner[edge] + 1)
    a, b = nodes[pairs[edge, 0]], nodes[pairs[edge, 1]]
    across = (b - a)[:, ::-1] * (1, -1)
    # A wave that is nothing at both ends.
    bend = rng.normal(0, 0.10, len(pairs))[edge] * np.sin(np.pi * share)
    bend += rng.normal(0, 0.015, len(edge)) * ((share > 0) & (share < 1))
    corners = a + share[:, None] * (b - a) + bend[:, None] * across
    piece = np.hypot(*np.diff(corners, axis=0).T)
    piece[start[1:-1] - 1] = 0
    length = np.add.reduceat(np.append(piece, 0), start[:-1])
    kph = np.array([KPH[name] for name in ROAD_CLASSES])[classes]
    lonlat = to_lonlat(corners[:, 0], corners[:, 1]).round(7)
    back = np.flatnonzero(rng.random(len(pairs)) >= ONE_WAY)
    turned = np.concatenate([np.arange(start[e + 1] - 1, start[e] - 1, -1) for e in back])
    both = np.concatenate([np.arange(len(pairs)), back])
    mm = np.round(length * 1000).astype(np.int64)
    ms = np.round(length / kph * 3600 + 1000).astype(np.int64)
    ends = np.concatenate([pairs, pairs[back, ::-1]])
    counts = (inner + 2)[both]
    return _reachable(
        RoadNetwork(
            source=NetworkSource("extract", "2026-11-01", "made-up roads"),
            node_lonlat=to_lonlat(nodes[:, 0], nodes[:, 1]).round(7),
            edge_from=ends[:, 0],
            edge_to=ends[:, 1],
            edge_ms=ms[both],
            edge_mm=mm[both],
            edge_class=classes[both],
            line_lonlat=np.concatenate([lonlat, lonlat[turned]]),
            line_start=np.concatenate([[0], np.cumsum(counts)]),
        )
    )


def _reachable(network: RoadNetwork) -> RoadNetwork:
    """Keep the largest part from whose every node one comes to every other."""
    num = network.num_nodes
    joined = csr_array(
        (np.ones(network.num_edges), (network.edge_from, network.edge_to)), (num, num)
    )
    _number, part = connected_components(joined, connection="strong")
    is_kept = part == np.bincount(part).argmax()
    place = np.cumsum(is_kept) - 1
    edges = is_kept[network.edge_from] & is_kept[network.edge_to]
    counts = np.diff(network.line_start)
    return replace(
        network,
        node_lonlat=network.node_lonlat[is_kept],
        edge_from=place[network.edge_from[edges]],
        edge_to=place[network.edge_to[edges]],
        edge_ms=network.edge_ms[edges],
        edge_mm=network.edge_mm[edges],
        edge_class=network.edge_class[edges],
        line_lonlat=network.line_lonlat[np.repeat(edges, counts)],
        line_start=np.concatenate([[0], np.cumsum(counts[edges])]),
    )
