"""Made-up roads for benchmarks: the same again, joined, with the times of a plain search."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from benchmarks.made_roads import made_roads
from benchmarks.peer_networkx import NetworkX

from geodata.network import ROAD_CLASSES, RoadNetwork
from geodata.travel import Point, Router


@pytest.fixture(scope="module")
def roads() -> RoadNetwork:
    return made_roads(600, seed=4)


def test_the_same_numbers_give_the_same_roads(roads: RoadNetwork) -> None:
    again = made_roads(600, seed=4)
    assert np.array_equal(again.line_lonlat, roads.line_lonlat)
    assert np.array_equal(again.edge_ms, roads.edge_ms)


def test_every_node_is_reached_from_every_other(roads: RoadNetwork) -> None:
    graph = nx.DiGraph(zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True))
    assert nx.is_strongly_connected(graph)
    assert graph.number_of_nodes() == roads.num_nodes


def test_roads_are_of_several_classes(roads: RoadNetwork) -> None:
    classes = {ROAD_CLASSES[number] for number in roads.edge_class.tolist()}
    assert {"primary", "tertiary", "residential"} <= classes


def test_times_between_nodes_are_those_of_a_plain_search(roads: RoadNetwork) -> None:
    nodes = np.random.default_rng(0).choice(roads.num_nodes, 12, replace=False)
    points = [Point(str(n), str(n), *at) for n, at in enumerate(roads.node_lonlat[nodes].tolist())]
    found = Router(roads, points).travel_times().seconds
    ms = NetworkX(roads).matrix_ms(nodes, nodes)
    assert found.tolist() == np.ceil(ms / 1000).astype(int).tolist()
