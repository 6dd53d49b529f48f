"""Roads that the bus can drive, out of an OSMnx graph of OpenStreetMap with its raw tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from geodata.access import ACCESS_TAGS, is_access_only, node_is_open, way_is_open
from geodata.builtup import STREETS, built_up
from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.junctions import add_junctions
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork, network_from_graph
from geodata.speeds import (
    ACCESS_ONLY_KPH,
    SPEED_TAGS,
    ferry_kph,
    speed_kph,
)
from geodata.streets import NAME_TAGS, longest_name, street_name

if TYPE_CHECKING:
    import networkx as nx

_ = translator("geodata")

ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"
# Ways that are asked for, as Overpass takes it: one filter for roads, one for ferries. Who may
# use them is told by tags that no filter can weigh against each other.
DRIVE_FILTER = [
    '["highway"~"^(motorway|trunk|primary|secondary|tertiary)(_link)?$'
    '|^(unclassified|residential|living_street|service|road)$"]'
    '["area"!~"^yes$"]["oneway"!~"^reversible$"]'
    '["service"!~"^(parking|parking_aisle|driveway|drive-through|emergency_access|private)$"]',
    '["route"~"^ferry$"]["motor_vehicle"!~"^no$"]',
]
# What is kept of ways and nodes; ``useful_tags_way`` and ``useful_tags_node`` of OSMnx.
TAGS: dict[str, tuple[str, ...]] = {
    "way": (
        "highway",
        "route",
        "service",
        "junction",
        "oneway",
        "duration",
        *NAME_TAGS,
        *ACCESS_TAGS,
        *SPEED_TAGS,
    ),
    "node": ("barrier", *ACCESS_TAGS),
}

# From node, to node, and the tags of the way.
Stretch = tuple[int, int, dict[str, Any]]

_CLAUSE = re.compile(r'\["(?P<key>[^"]+)"(?P<sign>!?)~"(?P<pattern>[^"]+)"\]')
_CLAUSES = [list(_CLAUSE.finditer(text)) for text in DRIVE_FILTER]


def is_asked_for(tags: Mapping[str, str]) -> bool:
    """Tell whether `DRIVE_FILTER` lets a way through, as Overpass does."""
    return any(
        all(
            (re.search(clause["pattern"], tags.get(clause["key"], "")) is None)
            == bool(clause["sign"])
            for clause in clauses
        )
        for clauses in _CLAUSES
    )


def roads_from_graph(
    raw: nx.MultiDiGraph[Any],
    *,
    source: NetworkSource,
    left_out: Counter[str] | None = None,
) -> RoadNetwork:
    """Return the road network of an unsimplified OSMnx graph; see `drive_graph`.

    Raises
    ------
    NetworkError
        If the bus can use none of the roads.
    """
    return network_from_graph(drive_graph(raw, left_out=left_out), source)


def drive_graph(
    raw: nx.MultiDiGraph[Any],
    *,
    left_out: Counter[str] | None = None,
) -> nx.MultiDiGraph[Any]:
    """Return what the bus can drive of a graph, with times, simplified.

    Every node of it can be reached from every other: streets into which one-way signs or
    barriers let nobody in or out again are left out. Nodes and edges are sorted, so that the
    order of the data changes nothing.

    Parameters
    ----------
    raw : MultiDiGraph
        As OSMnx makes it with ``simplify=False`` and `TAGS` as useful tags; nodes with ``x``
        and ``y`` (degrees), edges with ``osmid``, ``reversed``, ``length`` (m) and raw tags.
        It stays as it is.
    left_out : Counter, optional
        What is left out is counted here: ``closed`` and ``unreachable`` metres of road (each
        direction by itself), ``barriers``.

    Returns
    -------
    MultiDiGraph
        Edges with ``osmid``, ``highway``, ``oneway``, ``reversed``, ``length`` (m),
        ``travel_time`` (s), ``name`` and, where several are merged, ``geometry``.

    Raises
    ------
    NetworkError
        If nothing is left.
    """
    from osmnx.simplification import simplify_graph

    tally = Counter() if left_out is None else left_out
    graph = _open_roads(raw, tally)
    _keep_connected(graph, tally)
    if not graph.number_of_edges():
        raise NetworkError(
            _("There is no road here that the bus can use"),
            remedy=_("Take data of the whole district and its surroundings"),
        )
    add_junctions(graph)
    # Not the rings: a connected graph that is one ring is a road all the same.
    simple = simplify_graph(
        graph,
        remove_rings=False,
        edge_attr_aggs={"length": sum, "travel_time": sum, "name": _joined},
    )
    for _u, _v, data in simple.edges(data=True):
        data["name"] = longest_name(data["name"])
    return _sorted(simple)


def _joined(parts: Iterable[tuple[tuple[str, int], ...]]) -> tuple[tuple[str, int], ...]:
    return tuple(chain.from_iterable(parts))


def _open_roads(raw: nx.MultiDiGraph[Any], tally: Counter[str]) -> nx.MultiDiGraph[Any]:
    """Return the stretches that are open, cut at barriers, with their times between junctions."""
    import networkx as nx

    stretches = _open_stretches(raw, tally)
    ends = _cut_at_barriers(raw, [(u, v) for u, v, _tags in stretches], tally)
    speeds = _speeds(raw, stretches)
    # Stretches between the same two points are one road that was drawn twice.
    fastest: dict[tuple[int, int], dict[str, Any]] = {}
    for (u, v), (_u, _v, tags), speed in zip(ends, stretches, speeds, strict=True):
        data = {
            "osmid": tags["osmid"],
            "highway": tags.get("highway", "ferry"),
            "oneway": tags["oneway"],
            "reversed": tags["reversed"],
            "length": tags["length"],
            "travel_time": tags["length"] / speed * 3.6,
            "name": ((street_name(tags), round(tags["length"] * 1000)),),
        }
        if (u, v) not in fastest or _order(data) < _order(fastest[u, v]):
            fastest[u, v] = data
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs=raw.graph["crs"])
    for (u, v), (old_u, old_v, _tags) in zip(ends, stretches, strict=True):
        for node, old in ((u, old_u), (v, old_v)):
            if node not in graph:
                graph.add_node(node, x=raw.nodes[old]["x"], y=raw.nodes[old]["y"])
    graph.add_edges_from((u, v, data) for (u, v), data in sorted(fastest.items()))
    return graph


def _order(data: Mapping[str, Any]) -> tuple[float, float, int]:
    return data["travel_time"], data["length"], data["osmid"]


def _open_stretches(raw: nx.MultiDiGraph[Any], tally: Counter[str]) -> list[Stretch]:
    """Return the stretches that the bus may drive, as far as signs tell."""
    is_open: dict[tuple[int, bool], bool] = {}
    stretches: list[Stretch] = []
    for u, v, tags in raw.edges(data=True):
        way = (tags["osmid"], tags["reversed"])
        if way not in is_open:
            is_open[way] = way_is_open(tags, is_backward=tags["reversed"])
        if not is_open[way]:
            tally["closed"] += round(tags["length"])
        elif u != v:
            stretches.append((u, v, tags))
    return stretches


def _cut_at_barriers(
    raw: nx.MultiDiGraph[Any], ends: list[tuple[int, int]], tally: Counter[str]
) -> list[tuple[int, int]]:
    """Return the ends of stretches with a node of its own for each side of a barrier."""
    used = {node for pair in ends for node in pair}
    shut = {node for node in used if not node_is_open(raw.nodes[node])}
    sides = {(u, v) for pair in ends for u, v in (pair, pair[::-1]) if u in shut}
    beside = Counter(node for node, _neighbour in sides)
    tally["barriers"] += sum(number > 1 for number in beside.values())
    lowest = min(0, *used) if used else 0
    own = {side: lowest - number for number, side in enumerate(sorted(sides), 1)}
    return [(own.get((u, v), u), own.get((v, u), v)) for u, v in ends]


def _speeds(raw: nx.MultiDiGraph[Any], stretches: list[Stretch]) -> list[float]:
    """Return the speed on each stretch, km/h."""
    metres = np.array([tags["length"] for _u, _v, tags in stretches], dtype=np.float64)
    nodes = raw.nodes
    lon = np.array([nodes[u]["x"] + nodes[v]["x"] for u, v, _tags in stretches]) / 2
    lat = np.array([nodes[u]["y"] + nodes[v]["y"] for u, v, _tags in stretches]) / 2
    is_street = np.array([tags.get("highway") in STREETS for _u, _v, tags in stretches], dtype=bool)
    inside = built_up(to_metres(lon, lat), metres, is_street)
    whole: Counter[tuple[int, bool]] = Counter()
    for _u, _v, tags in stretches:
        whole[tags["osmid"], tags["reversed"]] += tags["length"]
    known: dict[tuple[int, bool, bool], float] = {}
    speeds: list[float] = []
    for (_u, _v, tags), is_inside in zip(stretches, inside.tolist(), strict=True):
        way = (tags["osmid"], tags["reversed"])
        if (*way, is_inside) not in known:
            known[*way, is_inside] = _speed(tags, whole[way], is_inside)
        speeds.append(known[*way, is_inside])
    return speeds


def _speed(tags: Mapping[str, Any], way_m: float, is_inside: bool) -> float:
    if "highway" not in tags:
        return ferry_kph(tags.get("duration", ""), way_m)
    speed = speed_kph(tags, is_backward=tags["reversed"], is_built_up=is_inside)
    if is_access_only(tags, is_backward=tags["reversed"]):
        return min(speed, ACCESS_ONLY_KPH)
    return speed


def _keep_connected(graph: nx.MultiDiGraph[Any], tally: Counter[str]) -> None:
    """Remove what does not belong to the largest part in which one gets everywhere and back."""
    import networkx as nx

    parts = nx.strongly_connected_components(graph)
    kept = max(parts, key=lambda part: (len(part), -min(part)), default=set())
    lost = [node for node in graph if node not in kept]
    cut_off = (
        data["length"] for u, v, data in graph.edges(data=True) if u not in kept or v not in kept
    )
    tally["unreachable"] += round(sum(cut_off))
    graph.remove_nodes_from(lost)


def _sorted(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """Return a graph with its nodes, edges and merged values in order."""
    import networkx as nx

    ordered: nx.MultiDiGraph[Any] = nx.MultiDiGraph(**graph.graph)
    ordered.add_nodes_from(sorted(graph.nodes(data=True), key=lambda item: item[0]))
    edges = sorted(
        graph.edges(data=True),
        key=lambda edge: (edge[0], edge[1], edge[2]["travel_time"], edge[2]["length"]),
    )
    for u, v, data in edges:
        for key, value in data.items():
            if isinstance(value, list):
                data[key] = sorted(value)
        ordered.add_edge(u, v, **data)
    return ordered
