"""Roads that the bus can drive, out of small hand-made data."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from small_grid import SOURCE, Grid
from small_osm import CROSS, RING, Way, drives, raw_graph

from geodata.builtup import LEAST_STREET_M, built_up
from geodata.errors import NetworkError
from geodata.junctions import JUNCTION_S
from geodata.roads import DRIVE_FILTER, TAGS, drive_graph, is_asked_for, roads_from_graph
from geodata.speeds import ACCESS_ONLY_KPH, FERRY_WAIT_S, SHARE_OF_SIGNED
from geodata.travel import Point, Router

# A lane from the middle of the south side of the ring to the south.
LANE: tuple[Way, ...] = (*RING, ("ef", {"highway": "residential"}))
# OSMnx measures on a ball, the napkin is a flat piece of an ellipsoid.
ON_A_BALL = 5e-3
SQUARE: tuple[Way, ...] = (("aebcda", {"highway": "tertiary"}),)


def times(graph: nx.MultiDiGraph[Any], u: str, v: str) -> list[float]:
    return sorted(data["travel_time"] for data in graph[ord(u)][ord(v)].values())


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway_link"},
        {"highway": "residential", "name": "Weg"},
        {"highway": "service"},
        {"highway": "service", "service": "alley"},
        {"highway": "road"},
        {"highway": "tertiary", "oneway": "alternating"},
        {"route": "ferry", "motor_vehicle": "yes"},
    ],
    ids=str,
)
def test_ways_that_are_asked_for(tags: dict[str, str]) -> None:
    assert is_asked_for(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"highway": "track"},
        {"highway": "residential_"},
        {"highway": "unclassified_link"},
        {"highway": "footway"},
        {"highway": "construction"},
        {"highway": "service", "service": "driveway"},
        {"highway": "service", "area": "yes"},
        {"highway": "primary", "oneway": "reversible"},
        {"route": "bus"},
        {"route": "ferry", "motor_vehicle": "no"},
        {"building": "yes"},
    ],
    ids=str,
)
def test_ways_that_are_not_asked_for(tags: dict[str, str]) -> None:
    assert not is_asked_for(tags)


def test_every_tag_of_a_filter_is_understood() -> None:
    assert all(text.count("[") == text.count("~") for text in DRIVE_FILTER)
    assert {"highway", "oneway", "junction", "maxspeed", "duration"} <= set(TAGS["way"])


def test_roads_go_both_ways_and_bends_are_no_nodes(tmp_path: Path) -> None:
    graph = drive_graph(raw_graph(tmp_path, [("abcd", {"highway": "tertiary"})]))
    assert set(graph.edges()) == {(ord("a"), ord("d")), (ord("d"), ord("a"))}
    (there,) = graph[ord("a")][ord("d")].values()
    assert there["length"] == pytest.approx(3000, rel=ON_A_BALL)
    assert len(there["geometry"].coords) == 4


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, {"ea", "ae", "eb", "be"}),
        ({"oneway": "yes"}, {"ae", "eb"}),
        ({"oneway": "1"}, {"ae", "eb"}),
        ({"oneway": "-1"}, {"ea", "be"}),
        ({"oneway": "no"}, {"ea", "ae", "eb", "be"}),
        ({"oneway": "alternating"}, {"ea", "ae", "eb", "be"}),
        ({"vehicle:backward": "no"}, {"ae", "eb"}),
        ({"junction": "circular"}, {"ae", "eb"}),
    ],
    # A set has no order of its own, and the names of tests must be the same in all processes.
    ids=lambda value: str(sorted(value)) if isinstance(value, set) else str(value),
)
def test_one_way_streets(tags: dict[str, str], expected: set[str], tmp_path: Path) -> None:
    # The lane makes e a junction, the way round makes both ends one.
    ways = [
        ("aeb", {"highway": "tertiary"} | tags),
        ("bcda", {"highway": "tertiary"}),
        ("ef", {"highway": "residential"}),
        ("cf", {"highway": "residential"}),
    ]
    found = drives(tmp_path, [*ways, ("ac", {"highway": "tertiary"}), ("bd", {"highway": "road"})])
    assert {word for word in found if set(word) <= set("aeb")} == expected


def test_a_roundabout_is_driven_one_way(tmp_path: Path) -> None:
    nodes = CROSS | {"w": (-500.0, 0.0), "n": (1000.0, 1500.0)}
    ways = [
        ("abcda", {"highway": "tertiary", "junction": "roundabout"}),
        ("wa", {"highway": "tertiary"}),
        ("nc", {"highway": "tertiary"}),
    ]
    assert drives(tmp_path, ways, nodes=nodes) == {"wa", "aw", "nc", "cn", "ac", "ca"}
    graph = drive_graph(raw_graph(tmp_path, ways, nodes=nodes))
    (there,) = graph[ord("a")][ord("c")].values()
    assert list(there["geometry"].coords)[1] == pytest.approx(Grid().lonlat(1000, 0))


def test_a_reversible_road_is_no_road(tmp_path: Path) -> None:
    ways = [*LANE, *SQUARE, ("bd", {"highway": "primary", "oneway": "reversible"})]
    assert "bd" not in drives(tmp_path, ways) | drives(tmp_path, ways[::-1])


@pytest.mark.parametrize("barrier", ["bollard", "gate"])
def test_a_barrier_cuts_a_road_in_two(barrier: str, tmp_path: Path) -> None:
    ways = [("aebcda", {"highway": "tertiary"}), ("fb", {"highway": "tertiary"})]
    left_out: Counter[str] = Counter()
    raw = raw_graph(tmp_path, ways, node_tags={"e": {"barrier": barrier}})
    graph = drive_graph(raw, left_out=left_out)
    assert left_out["barriers"] == 1
    # Both sides of it are dead ends: one 500 m from b, one 2500 m round the ring.
    assert not nx.has_path(
        graph.subgraph([n for n in graph if n < 0]), *[n for n in graph if n < 0]
    )
    lengths = sorted(
        data["length"] for u, v, data in graph.edges(data=True) if v < 0 and u == ord("b")
    )
    assert lengths == pytest.approx([500, 3500], rel=ON_A_BALL)


def test_an_open_gate_is_no_barrier(tmp_path: Path) -> None:
    tags = {"e": {"barrier": "gate", "access": "yes"}}
    left_out: Counter[str] = Counter()
    graph = drive_graph(raw_graph(tmp_path, LANE, node_tags=tags), left_out=left_out)
    assert min(graph) > 0
    assert not left_out["barriers"]


def test_behind_a_barrier_that_is_the_only_way_there_is_nothing(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (500.0, -1000.0)}
    ways = [*SQUARE, ("efg", {"highway": "residential"})]
    raw = raw_graph(tmp_path, ways, nodes=nodes, node_tags={"f": {"barrier": "block"}})
    left_out: Counter[str] = Counter()
    graph = drive_graph(raw, left_out=left_out)
    assert ord("g") not in graph
    assert left_out["unreachable"] == pytest.approx(1000, abs=5)
    # Up to the barrier the lane is there.
    assert [v for v in graph[ord("e")] if v < 0]


@pytest.mark.parametrize(
    "tags", [{"access": "private"}, {"motor_vehicle": "no"}, {"maxweight": "2"}], ids=str
)
def test_closed_ways_are_left_out_and_counted(tags: dict[str, str], tmp_path: Path) -> None:
    left_out: Counter[str] = Counter()
    raw = raw_graph(tmp_path, [*SQUARE, ("ef", {"highway": "service"} | tags)])
    assert ord("f") not in drive_graph(raw, left_out=left_out)
    assert left_out["closed"] == pytest.approx(1000, abs=5)


def test_a_way_for_residents_is_slow_and_no_short_cut(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (500.0, 200.0)}
    tags = {"highway": "residential", "maxspeed": "50"}
    ways = [("agb", tags | {"access": "destination"}), ("aeb", tags), ("ef", tags), ("bf", tags)]
    graph = drive_graph(raw_graph(tmp_path, [*ways, ("af", tags)], nodes=nodes))
    (slow,) = graph[ord("a")][ord("b")].values()
    assert slow["length"] / slow["travel_time"] * 3.6 == pytest.approx(ACCESS_ONLY_KPH, rel=0.02)


def test_a_ferry_takes_its_duration_and_the_wait_however_it_is_drawn(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (500.0, -1000.0)}
    ferry = {"route": "ferry", "motor_vehicle": "yes", "duration": "00:10"}
    graph = drive_graph(raw_graph(tmp_path, [*SQUARE, ("efg", ferry)], nodes=nodes))
    assert times(graph, "e", "g") == pytest.approx([600 + FERRY_WAIT_S])


def test_a_ferry_for_pedestrians_is_no_road(tmp_path: Path) -> None:
    assert "ef" not in drives(tmp_path, [*SQUARE, ("ef", {"route": "ferry", "foot": "yes"})])


def test_parallel_roads_stay_two(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (500.0, 300.0)}
    ways = [("aeb", {"highway": "tertiary"}), ("agb", {"highway": "residential"})]
    graph = drive_graph(
        raw_graph(tmp_path, [*ways, ("bcda", {"highway": "tertiary"})], nodes=nodes)
    )
    lengths = sorted(data["length"] for data in graph[ord("a")][ord("b")].values())
    assert lengths == pytest.approx([1000, 2 * np.hypot(500, 300), 3000], rel=ON_A_BALL)


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_road_that_is_drawn_twice_the_faster_counts(order: int, tmp_path: Path) -> None:
    ways = [
        ("ab", {"highway": "residential", "maxspeed": "30"}),
        ("ab", {"highway": "secondary", "maxspeed": "50"}),
    ]
    graph = drive_graph(raw_graph(tmp_path, ways[::order]))
    (time,) = times(graph, "a", "b")
    assert time == pytest.approx(1000 / (50 * SHARE_OF_SIGNED) * 3.6, rel=ON_A_BALL)


def test_one_way_streets_without_way_out_or_in_are_left_out(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (1500.0, 0.0), "h": (1500.0, 1000.0)}
    one_way = {"highway": "residential", "oneway": "yes"}
    ways = [*RING, ("bg", one_way), ("hc", one_way)]
    left_out: Counter[str] = Counter()
    graph = drive_graph(raw_graph(tmp_path, ways, nodes=nodes), left_out=left_out)
    assert {ord("g"), ord("h")} & set(graph) == set()
    # Where they leave the ring nobody turns off any more.
    assert nx.is_strongly_connected(graph)
    assert left_out["unreachable"] == pytest.approx(1000, abs=5)


def test_an_island_is_left_out(tmp_path: Path) -> None:
    nodes = CROSS | {"x": (5000.0, 0.0), "y": (5500.0, 0.0)}
    graph = drive_graph(raw_graph(tmp_path, [*LANE, ("xy", {"highway": "road"})], nodes=nodes))
    assert {ord("x"), ord("y")} & set(graph) == set()


def test_a_dead_end_is_driven_in_and_out(tmp_path: Path) -> None:
    found = drives(tmp_path, [*SQUARE, ("ef", {"highway": "service"})])
    assert {"ef", "fe"} <= found


def test_a_loop_at_the_end_of_a_road_is_driven_round(tmp_path: Path) -> None:
    nodes = CROSS | {"g": (400.0, -700.0), "h": (600.0, -700.0)}
    ways = [*SQUARE, ("ef", {"highway": "service"}), ("fghf", {"highway": "service"})]
    graph = drive_graph(raw_graph(tmp_path, ways, nodes=nodes))
    loops = [data["length"] for u, v, data in graph.edges(data=True) if u == v == ord("f")]
    assert loops == pytest.approx([200 + 2 * np.hypot(100, 200)] * 2, rel=ON_A_BALL)


def test_a_ring_without_a_junction_is_a_road(tmp_path: Path) -> None:
    graph = drive_graph(raw_graph(tmp_path, RING))
    length = sum(data["length"] for _u, _v, data in graph.edges(data=True))
    assert length == pytest.approx(8000, rel=ON_A_BALL)


def test_times_are_summed_along_the_way_and_not_averaged(tmp_path: Path) -> None:
    nodes = {"a": (0.0, 0.0), "b": (900.0, 0.0), "c": (1000.0, 0.0)}
    ways = [
        ("ab", {"highway": "primary", "maxspeed": "100"}),
        ("bc", {"highway": "primary", "maxspeed": "30"}),
    ]
    graph = drive_graph(raw_graph(tmp_path, ways, nodes=nodes))
    expected = (900 / 100 + 100 / 30) / SHARE_OF_SIGNED * 3.6
    assert times(graph, "a", "c") == pytest.approx([expected], rel=ON_A_BALL)


def test_limits_of_the_two_directions_are_told_apart(tmp_path: Path) -> None:
    tags = {"highway": "primary", "maxspeed:forward": "100", "maxspeed:backward": "50"}
    graph = drive_graph(raw_graph(tmp_path, [("ab", tags)]))
    assert times(graph, "b", "a")[0] == pytest.approx(2 * times(graph, "a", "b")[0])


def test_a_junction_costs_whoever_meets_roads_as_wide_as_his(tmp_path: Path) -> None:
    signed = {"maxspeed": "50"}
    ways = [
        ("aeb", {"highway": "secondary"} | signed),
        ("ef", {"highway": "residential"} | signed),
    ]
    graph = drive_graph(raw_graph(tmp_path, ways))
    half = 500 / (50 * SHARE_OF_SIGNED) * 3.6
    assert times(graph, "a", "e") == pytest.approx([half], rel=ON_A_BALL)
    side = 500 / 45 * 3.6
    assert times(graph, "f", "e") == pytest.approx([side + JUNCTION_S], rel=ON_A_BALL)


def test_the_raw_graph_stays_as_it_is(tmp_path: Path) -> None:
    raw = raw_graph(tmp_path, LANE, node_tags={"e": {"barrier": "gate"}})
    nodes, edges = dict(raw.nodes(data=True)), list(raw.edges(data=True))
    before = repr((nodes, edges))
    drive_graph(raw)
    assert repr((dict(raw.nodes(data=True)), list(raw.edges(data=True)))) == before


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_data_changes_nothing(seed: int, tmp_path: Path) -> None:
    nodes = CROSS | {"g": (500.0, 300.0), "h": (500.0, 800.0)}
    ways = [*LANE, ("agb", {"highway": "service"}), ("ghc", {"highway": "road", "oneway": "yes"})]
    raw = raw_graph(tmp_path, ways, nodes=nodes, node_tags={"h": {"barrier": "block"}})
    names, arcs = list(raw.nodes(data=True)), list(raw.edges(data=True))
    random.Random(seed).shuffle(names)
    random.Random(seed).shuffle(arcs)
    mixed: nx.MultiDiGraph[Any] = nx.MultiDiGraph(**raw.graph)
    mixed.add_nodes_from(names)
    mixed.add_edges_from(arcs)
    first, second = (roads_from_graph(graph, source=SOURCE) for graph in (raw, mixed))
    for name in ("node_lonlat", "edge_from", "edge_to", "edge_ms", "edge_mm", "edge_class"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name
    assert np.array_equal(first.line_lonlat, second.line_lonlat)


def test_where_the_bus_can_use_nothing_is_a_fault(tmp_path: Path) -> None:
    raw = raw_graph(tmp_path, [("ab", {"highway": "tertiary", "access": "private"})])
    with pytest.raises(NetworkError):
        drive_graph(raw)


def test_drives_over_the_network_take_as_long_as_by_hand(tmp_path: Path, grid: Grid) -> None:
    tags = {"highway": "secondary", "maxspeed": "80"}
    network = roads_from_graph(raw_graph(tmp_path, [("abcd", tags)]), source=SOURCE)
    points = [Point(n, n, *grid.lonlat(*spot)) for n, spot in (("p", (0, 0)), ("q", (0, 1000)))]
    seconds = Router(network, points).travel_times().seconds
    assert seconds[0, 1] == pytest.approx(3000 / (80 * SHARE_OF_SIGNED) * 3.6, abs=1)


def test_roads_among_streets_lie_in_built_up_areas() -> None:
    # A village of streets around the origin, and a road that leads past and on.
    street = [(x, y) for x in range(-100, 101, 50) for y in (50, 150)]
    road = [(x, 0) for x in range(-1000, 1001, 50)]
    middles = np.array([*street, *road], dtype=np.float64)
    lengths = np.full(len(middles), 50.0)
    is_street = np.arange(len(middles)) < len(street)
    found = built_up(middles, lengths, is_street)[len(street) :]
    inside = {x for (x, _y), is_in in zip(road, found.tolist(), strict=True) if is_in}
    assert 0 in inside
    assert max(map(abs, inside)) < 400
    assert len(street) * 50 > LEAST_STREET_M
    assert not built_up(middles, lengths, np.zeros(len(middles), dtype=bool)).any()
