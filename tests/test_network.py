"""The arrays of a road network are those of its graph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from small_grid import SOURCE, Grid

from geodata.errors import NetworkError
from geodata.network import ROAD_CLASSES, NetworkSource, RoadNetwork, network_from_graph


def one_road(grid: Grid, **data: object) -> RoadNetwork:
    """Return a network of a single edge with these data."""
    graph = grid.graph({"a": (0, 0), "b": (300, 400)}, [])
    road = {"length": 500.0, "travel_time": 50.0, "highway": "tertiary"}
    graph.add_edge("a", "b", **(road | data))
    return grid.network(graph)


def test_every_edge_of_the_graph_is_there(
    road_graph: nx.MultiDiGraph[Any], road_network: RoadNetwork
) -> None:
    names = list(road_graph.nodes)
    ends = zip(road_network.edge_from.tolist(), road_network.edge_to.tolist(), strict=True)
    assert [(names[u], names[v]) for u, v in ends] == list(road_graph.edges())
    assert (road_network.num_nodes, road_network.num_edges) == (4, 7)


def test_lengths_and_times_are_whole_millimetres_and_milliseconds(grid: Grid) -> None:
    network = one_road(grid, length=500.1234, travel_time=50.0006)
    assert (network.edge_mm.tolist(), network.edge_ms.tolist()) == ([500_123], [50_001])


def test_a_straight_edge_is_drawn_from_node_to_node(grid: Grid) -> None:
    line = one_road(grid).edge_line[0]
    assert list(line.coords) == [grid.lonlat(0, 0), grid.lonlat(300, 400)]


def test_the_course_of_an_edge_is_kept(grid: Grid) -> None:
    course = shapely.LineString([grid.lonlat(*p) for p in ((0, 0), (300, 0), (300, 400))])
    assert one_road(grid, geometry=course).edge_line[0].equals(course)


def test_lines_in_metres_have_the_length_on_the_ground(grid: Grid) -> None:
    assert one_road(grid).edge_line_m[0].length == pytest.approx(500, abs=0.001)


@pytest.mark.parametrize(
    ("highway", "name"),
    [
        ("motorway", "motorway"),
        ("primary_link", "primary"),
        ("tertiary", "tertiary"),
        ("unclassified", "unclassified"),
        ("residential", "residential"),
        ("living_street", "residential"),
        ("service", "residential"),
        (["residential", "secondary"], "secondary"),
        (["trunk_link", "primary"], "trunk"),
    ],
)
def test_the_class_of_a_road_is_the_widest_of_its_names(
    highway: str | list[str], name: str, grid: Grid
) -> None:
    assert [ROAD_CLASSES[i] for i in one_road(grid, highway=highway).edge_class] == [name]


def test_a_graph_without_roads_is_refused(grid: Grid) -> None:
    with pytest.raises(NetworkError):
        network_from_graph(grid.graph({"a": (0, 0)}, []), SOURCE)


def test_a_negative_time_is_a_mistake(road_network: RoadNetwork) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        replace(road_network, edge_ms=-np.ones(7, dtype=np.int64))


@pytest.mark.parametrize(
    ("kind", "expected"), [("estimate", True), ("download", False), ("extract", False)]
)
def test_only_an_estimate_is_one(kind: str, expected: bool) -> None:
    assert NetworkSource(kind, "", "").is_estimate is expected
