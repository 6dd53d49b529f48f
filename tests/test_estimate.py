"""The estimated network against its definitions, and OSMnx accepts it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from small_grid import Grid

from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.estimate import (
    MAX_EDGE_M,
    MERGE_M,
    PATH_DETOUR,
    ROAD_CIRCUITY,
    SNAP_LIMIT_M,
    SPEED_KPH,
    estimated_graph,
    estimated_network,
    gabriel_edges,
)
from geodata.region import BUILT_IN, BusStop, Region, built_in_folder, load_region

OSM = """<?xml version="1.0"?>
<osm version="0.6">
 <node id="1" lat="52.00" lon="10.00"/>
 <node id="2" lat="52.01" lon="10.00"/>
 <node id="3" lat="52.01" lon="10.02"/>
 <way id="10"><nd ref="1"/><nd ref="2"/><tag k="highway" v="tertiary"/></way>
 <way id="11"><nd ref="2"/><nd ref="3"/><tag k="highway" v="tertiary"/></way>
</osm>
"""


def bus_stops(grid: Grid, *spots: tuple[float, float], rail: Sequence[int] = ()) -> list[BusStop]:
    return [
        BusStop(f"s{i:03d}", f"Stop {i}", "03000001", *grid.lonlat(x, y), i in rail)
        for i, (x, y) in enumerate(spots)
    ]


def random_spots(seed: int, number: int, size: float) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform(0, size, (number, 2))


def straight(graph: nx.MultiDiGraph[Any], u: int, v: int) -> float:
    """Return the straight distance of two nodes, metres."""
    ends = to_metres([graph.nodes[n]["x"] for n in (u, v)], [graph.nodes[n]["y"] for n in (u, v)])
    return float(np.hypot(*(ends[0] - ends[1])))


@pytest.mark.parametrize("seed", range(10))
def test_gabriel_edges_are_those_with_an_empty_circle(seed: int) -> None:
    points = random_spots(seed, 3 + 2 * seed, 10_000)
    expected = [
        (i, j)
        for i, j in combinations(range(len(points)), 2)
        if all(
            np.hypot(*(points[k] - (points[i] + points[j]) / 2))
            >= np.hypot(*(points[i] - points[j])) / 2
            for k in range(len(points))
            if k not in (i, j)
        )
    ]
    assert gabriel_edges(points) == expected


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(3, 25), size=st.sampled_from([9e3, 9e4]))
def test_only_edges_that_are_needed_to_join_are_long(
    seed: int, number: int, size: float, grid: Grid
) -> None:
    graph = estimated_graph(bus_stops(grid, *map(tuple, random_spots(seed, number, size))))
    complete: nx.Graph[Any] = nx.Graph()
    complete.add_weighted_edges_from(
        (u, v, straight(graph, u, v)) for u, v in combinations(graph.nodes, 2)
    )
    tree = nx.minimum_spanning_tree(complete)

    def long(edges: Iterable[tuple[int, int]]) -> set[frozenset[int]]:
        return {frozenset(edge) for edge in edges if straight(graph, *edge) > MAX_EDGE_M}

    assert long(graph.edges()) == long(tree.edges())
    assert nx.is_strongly_connected(graph)


def test_the_graph_of_the_napkin(region: Region) -> None:
    graph = estimated_graph(region.stops)
    names = {node: data["ref"] for node, data in graph.nodes(data=True)}
    pairs = {tuple(sorted((names[u], names[v]))) for u, v in graph.edges()}
    # Only the circle over w1 and e2 holds another stop.
    assert pairs == {("w1", "w2"), ("e1", "w1"), ("e1", "w2"), ("e2", "w2"), ("e1", "e2")}


def test_every_road_goes_both_ways_alike(region: Region) -> None:
    graph = estimated_graph(region.stops)
    for u, v, data in graph.edges(data=True):
        (back,) = graph[v][u].values()
        assert (back["length"], back["travel_time"]) == (data["length"], data["travel_time"])


def test_lengths_and_times_follow_from_the_two_constants(region: Region) -> None:
    graph = estimated_graph(region.stops)
    for u, v, data in graph.edges(data=True):
        metres = straight(graph, u, v) * ROAD_CIRCUITY / PATH_DETOUR
        assert data["length"] == pytest.approx(metres)
        assert data["travel_time"] == pytest.approx(metres / (SPEED_KPH / 3.6))


def test_of_stops_side_by_side_the_station_stays(grid: Grid) -> None:
    spots = [(0, 0), (100, 0), (3000, 0), (0, 3000)]
    graph = estimated_graph(bus_stops(grid, *spots, rail=[1]))
    assert {data["ref"] for _n, data in graph.nodes(data=True)} == {"s001", "s002", "s003"}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_kept_stops_lie_apart_and_near_every_other(seed: int, grid: Grid) -> None:
    spots = random_spots(seed, 40, 1_500)
    graph = estimated_graph(bus_stops(grid, *map(tuple, spots)))
    kept = [int(data["ref"][1:]) for _n, data in graph.nodes(data=True)]
    between = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    apart = between[np.ix_(kept, kept)][~np.eye(len(kept), dtype=bool)]
    assert apart.min() > MERGE_M - 0.001
    assert between[:, kept].min(axis=1).max() <= MERGE_M + 0.001


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(4)))
def test_the_order_of_stops_changes_nothing(order: list[int], region: Region) -> None:
    first = estimated_graph(region.stops)
    second = estimated_graph([region.stops[i] for i in order])
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))


@pytest.mark.parametrize(
    "spots",
    [
        [],
        [(0, 0)],
        [(0, 0), (1000, 0)],
        [(0, 0)] * 5,
        [(0, 0), (10, 0), (0, 10), (100, 100)],
        [(0, 0), (1000, 0), (1010, 0)],
    ],
    ids=["none", "one", "two", "one spot", "side by side", "two spots"],
)
def test_too_few_stops_are_a_fault(spots: list[tuple[float, float]], grid: Grid) -> None:
    with pytest.raises(NetworkError):
        estimated_graph(bus_stops(grid, *spots))


@pytest.mark.parametrize("lat", [51.0, 52.3])
@pytest.mark.parametrize("number", [3, 4, 10])
def test_stops_on_one_line_are_a_fault(number: int, lat: float) -> None:
    # The central meridian of zone 32 is a straight line on the grid.
    stops = [
        BusStop(f"s{i}", f"Stop {i}", "03000001", 9.0, lat + i / 100, False) for i in range(number)
    ]
    with pytest.raises(NetworkError):
        estimated_graph(stops)


@pytest.mark.parametrize("direction", [(1000.0, 0.0), (0.0, 1000.0), (700.0, 300.0)])
def test_stops_all_but_on_one_line_are_joined_or_a_fault(
    direction: tuple[float, float], grid: Grid
) -> None:
    dx, dy = direction
    for wobble in (0.0, 1e-6, 1e-3, 0.1, 10.0):
        aside = [wobble / 1000 * (i % 2) for i in range(8)]
        spots = [(i * dx - w * dy, i * dy + w * dx) for i, w in enumerate(aside)]
        try:
            graph = estimated_graph(bus_stops(grid, *spots))
        except NetworkError:
            assert wobble < 1
        else:
            assert graph.number_of_nodes() == 8
            assert nx.is_strongly_connected(graph)


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_districts_are_joined(name: str) -> None:
    graph = estimated_graph(load_region(built_in_folder(name)).stops)
    assert nx.is_strongly_connected(graph)


def test_the_network_says_that_it_is_an_estimate(region: Region) -> None:
    network = estimated_network(region)
    assert network.source.is_estimate
    assert network.source.attribution == region.attribution
    assert network.source.error_median
    assert network.snap_limit_m == SNAP_LIMIT_M


def test_osmnx_accepts_the_graph_like_its_own(region: Region, tmp_path: Path) -> None:
    import osmnx

    path = tmp_path / "roads.osm"
    path.write_text(OSM, encoding="utf-8")
    theirs = osmnx.convert.graph_to_gdfs(osmnx.graph_from_xml(path, simplify=False))
    ours = osmnx.convert.graph_to_gdfs(estimated_graph(region.stops))
    for own, other in zip(ours, theirs, strict=True):
        assert set(other.columns) - set(own.columns) == set()
        assert own.crs == other.crs
        assert own.index.names == other.index.names


def test_osmnx_finds_routes_in_the_graph(region: Region) -> None:
    import osmnx

    graph = estimated_graph(region.stops)
    nodes = {data["ref"]: node for node, data in graph.nodes(data=True)}
    route = osmnx.routing.shortest_path(graph, nodes["w1"], nodes["e2"], weight="travel_time")
    edges = osmnx.routing.route_to_gdf(graph, route)
    over = [
        straight(graph, nodes["w1"], nodes[name]) + straight(graph, nodes[name], nodes["e2"])
        for name in ("w2", "e1")
    ]
    assert edges["length"].sum() == pytest.approx(min(over) * ROAD_CIRCUITY / PATH_DETOUR)


def test_osmnx_saves_and_loads_the_graph(region: Region, tmp_path: Path) -> None:
    import osmnx

    graph = estimated_graph(region.stops)
    osmnx.save_graphml(graph, tmp_path / "roads.graphml")
    loaded = osmnx.load_graphml(tmp_path / "roads.graphml")
    assert list(loaded.edges(data="length")) == list(graph.edges(data="length"))
