"""Drive times against distances added up by hand and against a plain search on a graph."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_drives import Spot, curve, points, random_roads, times
from small_grid import Grid

from geodata.attachment import ACCESS_CIRCUITY, ACCESS_KPH, SAME_ROAD_M
from geodata.errors import NetworkError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.travel import Router


def drives(grid: Grid, network: RoadNetwork, a: Spot, b: Spot) -> list[tuple[int, int]]:
    """Return seconds and metres there and back."""
    found = times(grid, network, a, b)
    return [(int(found.seconds[i]), int(found.metres[i])) for i in ((0, 1), (1, 0))]


def close(found: Sequence[tuple[int, int]], *metres: float) -> bool:
    """Tell whether the drives have these lengths, at 10 m/s, but for rounding."""
    assert [m for _s, m in found] == pytest.approx(metres, abs=1.01)
    assert [s for s, _m in found] == pytest.approx([m / 10 for m in metres], abs=1.01)
    return True


def foot(spot: Spot, a: Spot, b: Spot) -> tuple[float, float]:
    """Return how far along the line a spot is, as a share, and how far away from it."""
    p, q, r = np.array(spot), np.array(a), np.array(b)
    share = float(np.clip(np.dot(p - q, r - q) / np.dot(r - q, r - q), 0, 1))
    return share, float(np.hypot(*(p - q - share * (r - q))))


def searched(graph: nx.MultiDiGraph[Any], origin: Spot, target: Spot) -> tuple[float, float]:
    """Return seconds and metres by a plain search with the two spots set in by hand."""
    feet = {
        edge: [foot(spot, graph.nodes[edge[0]]["at"], graph.nodes[edge[1]]["at"]) for spot in pair]
        for pair in [(origin, target)]
        for edge in graph.edges(keys=True)
    }
    away = [min(f[i][1] for f in feet.values()) for i in (0, 1)]
    plain: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    access = [metres * ACCESS_CIRCUITY for metres in away]
    extra = [metres / ACCESS_KPH * 3.6 for metres in access]

    def join(tail: str, head: str, seconds: float, metres: float) -> None:
        plain.add_edge(tail, head, seconds=seconds, metres=metres)

    for edge, ((start, from_start), (end, from_end)) in feet.items():
        u, v, _key = edge
        seconds, metres = graph.edges[edge]["travel_time"], graph.edges[edge]["length"]
        join(u, v, seconds, metres)
        leaves = from_start <= away[0] + SAME_ROAD_M
        enters = from_end <= away[1] + SAME_ROAD_M
        if leaves:
            join("origin", v, (1 - start) * seconds + extra[0], (1 - start) * metres + access[0])
        if enters:
            join(u, "target", end * seconds + extra[1], end * metres + access[1])
        if leaves and enters and start <= end:
            between = end - start
            join(
                "origin",
                "target",
                between * seconds + sum(extra),
                between * metres + sum(access),
            )
    path = nx.shortest_path(plain, "origin", "target", weight="seconds")
    arcs = [
        min(plain[u][v].values(), key=lambda arc: float(arc["seconds"])) for u, v in pairwise(path)
    ]
    return sum(arc["seconds"] for arc in arcs), sum(arc["metres"] for arc in arcs)


@pytest.mark.parametrize("seed", range(25))
def test_times_are_those_of_a_plain_search(seed: int, grid: Grid) -> None:
    drawn = random_roads(seed)
    graph = grid.graph(drawn["nodes"], drawn["roads"])
    spots = drawn["spots"]
    found = times(grid, grid.network(graph), *spots)
    for i, origin in enumerate(spots):
        for j, target in enumerate(spots):
            if i != j:
                seconds, metres = searched(graph, origin, target)
                assert seconds - 0.1 <= found.seconds[i, j] <= seconds + 1.1, (i, j)
                assert abs(found.metres[i, j] - metres) <= 1.1, (i, j)


def test_a_one_way_street_is_driven_one_way(grid: Grid, road_network: RoadNetwork) -> None:
    assert close(drives(grid, road_network, (250, 0), (750, 0)), 500, 3_500)


def test_two_points_on_one_road_are_joined_both_ways(grid: Grid, road_network: RoadNetwork) -> None:
    assert close(drives(grid, road_network, (1000, 200), (1000, 700)), 500, 500)


@pytest.mark.parametrize("spot", [(0, 0), (0.4, 0), (0, 0.4), (0.9, 0)])
def test_a_point_at_the_junction_turns_into_every_road(
    spot: Spot, grid: Grid, road_network: RoadNetwork
) -> None:
    assert close(drives(grid, road_network, spot, (750, 0)), 750, 3_250)
    # Just into the one-way street, nobody has to drive round the block.
    assert close(drives(grid, road_network, spot, (0, 500)), 500, 500)


def test_a_point_beside_the_road_pays_for_the_way_there(
    grid: Grid, road_network: RoadNetwork
) -> None:
    ((seconds, metres), _back) = drives(grid, road_network, (500, 1050), (800, 1000))
    assert metres == pytest.approx(300 + 1.3 * 50, abs=1)
    assert seconds == pytest.approx(30 + 1.3 * 50 / 20 * 3.6, abs=1)


@pytest.mark.parametrize("spot", [(500, 0), (1000, 500), (0, 0), (500, 1030)])
def test_two_points_at_one_spot_are_no_drive_apart(
    spot: Spot, grid: Grid, road_network: RoadNetwork
) -> None:
    beside = spot[1] - 1000 if spot[1] > 1000 else 0
    there, back = drives(grid, road_network, spot, spot)
    assert there == back
    assert there[1] == pytest.approx(2 * 1.3 * beside, abs=1)


def test_a_point_is_no_drive_from_itself(grid: Grid, road_network: RoadNetwork) -> None:
    found = times(grid, road_network, (500, 0), (500, 1100), (0, 0))
    assert found.seconds.diagonal().tolist() == found.metres.diagonal().tolist() == [0, 0, 0]


def test_of_parallel_roads_the_fastest_counts(grid: Grid, road_graph: nx.MultiDiGraph[Any]) -> None:
    bypass = curve(grid, (0, 0), (500, -500), (1000, 0))
    road_graph.add_edge(
        "a", "b", length=1414.0, travel_time=50.0, highway="primary", geometry=bypass
    )
    found = times(grid, grid.network(road_graph), (0, 0), (1000, 0), (500, 0), (500, -500))
    assert (found.seconds[0, 1], found.metres[0, 1]) == (50, 1414)
    # Whoever stands on one of the two goes on along it.
    assert found.metres[2, 1] == pytest.approx(500, abs=1)
    assert found.metres[3, 1] == pytest.approx(707, abs=1)


def test_of_equally_fast_parallel_roads_the_shortest_counts(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    bypass = curve(grid, (0, 0), (500, -500), (1000, 0))
    for length in (1414.0, 1200.0, 1300.0):
        road_graph.add_edge(
            "a", "b", length=length, travel_time=50.0, highway="primary", geometry=bypass
        )
    found = times(grid, grid.network(road_graph), (0, 0), (1000, 0))
    assert (found.seconds[0, 1], found.metres[0, 1]) == (50, 1200)


def test_a_loop_is_driven_round(grid: Grid, road_graph: nx.MultiDiGraph[Any]) -> None:
    loop = curve(grid, (0, 0), (0, -300), (-300, -300), (-300, 0), (0, 0))
    road_graph.add_edge(
        "a", "a", length=1200.0, travel_time=120.0, highway="residential", geometry=loop
    )
    network = grid.network(road_graph)
    assert close(drives(grid, network, (0, 0), (-150, -300)), 450, 750)
    assert close(drives(grid, network, (0, -150), (-300, -150)), 600, 600)


def test_a_road_without_length_is_no_obstacle(grid: Grid, road_graph: nx.MultiDiGraph[Any]) -> None:
    lon, lat = grid.lonlat(1000, 0)
    road_graph.add_node("b2", x=lon, y=lat)
    road_graph.remove_edge("b", "c")
    for u, v, metres in (("b", "b2", 0), ("b2", "b", 0), ("b2", "c", 1000)):
        road_graph.add_edge(u, v, length=metres, travel_time=metres / 10, highway="tertiary")
    network = grid.network(road_graph)
    assert close(drives(grid, network, (500, 0), (1000, 500)), 1_000, 3_000)
    assert close(drives(grid, network, (1000, 0), (1000, 500)), 500, 500)


def test_a_point_on_a_bridge_joins_no_roads_for_others(grid: Grid) -> None:
    # Two roads cross without a junction and meet far in the east.
    graph = grid.graph(
        {"w": (0, 0), "e": (1000, 0), "s": (500, -500), "n": (500, 500), "far": (3000, 0)},
        [
            ("w", "e", "two-way"),
            ("s", "n", "two-way"),
            ("e", "far", "two-way"),
            ("n", "far", "two-way"),
        ],
    )
    network = grid.network(graph)
    alone = times(grid, network, (100, 0), (500, -400))
    found = times(grid, network, (100, 0), (500, -400), (500, 0))
    assert alone.metres[0, 1] > 5_000
    assert found.metres[0, 1] == alone.metres[0, 1]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_further_point_changes_no_time_between_others(seed: int, grid: Grid) -> None:
    drawn = random_roads(seed)
    network = grid.network(grid.graph(drawn["nodes"], drawn["roads"]))
    few = times(grid, network, *drawn["spots"][:4])
    all_ = times(grid, network, *drawn["spots"])
    assert (all_.seconds[:4, :4] == few.seconds).all()
    assert (all_.metres[:4, :4] == few.metres).all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_roads_and_points_changes_nothing(seed: int, grid: Grid) -> None:
    # On squares of a chess board there are many ways of one length, at speeds of their own.
    rng = random.Random(seed)
    board = [(x, y) for x in range(4) for y in range(4)]
    nodes = {f"{x}{y}": (100.0 * x, 100.0 * y) for x, y in board}
    roads = [
        (f"{x}{y}", f"{x + dx}{y + dy}", "two-way")
        for x, y in board
        for dx, dy in ((0, 1), (1, 0))
        if x + dx < 4 and y + dy < 4
    ]
    graph = grid.graph(nodes, roads)
    for _u, _v, data in graph.edges(data=True):
        data["travel_time"] = rng.choice([10.0, 20.0])
    network = grid.network(graph)
    spots = points(grid, *((rng.randrange(301), 100 * rng.randrange(4)) for _ in range(6)))
    first = Router(network, spots).travel_times()

    names, arcs = list(graph.nodes(data=True)), list(graph.edges(data=True))
    rng.shuffle(names)
    rng.shuffle(arcs)
    mixed: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    mixed.add_nodes_from(names)
    mixed.add_edges_from(arcs)
    order = list(range(len(spots)))
    rng.shuffle(order)
    second = Router(grid.network(mixed), [spots[i] for i in order]).travel_times()
    assert second.ids == tuple(spots[i].id for i in order)
    assert (second.seconds == first.seconds[np.ix_(order, order)]).all()
    assert (second.metres == first.metres[np.ix_(order, order)]).all()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_times_are_symmetric_where_all_roads_are_two_way(seed: int, grid: Grid) -> None:
    drawn = random_roads(seed)
    roads = [(u, v, "two-way") for u, v, _ways in drawn["roads"]]
    network = grid.network(grid.graph(drawn["nodes"], roads))
    found = times(grid, network, *drawn["spots"])
    # Shares of an edge are rounded from either end.
    assert np.abs(found.seconds - found.seconds.T).max() <= 1
    assert np.abs(found.metres - found.metres.T).max() <= 1


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_detour_over_a_third_point_is_never_faster(seed: int, grid: Grid) -> None:
    drawn = random_roads(seed)
    network = grid.network(grid.graph(drawn["nodes"], drawn["roads"]))
    s = times(grid, network, *drawn["spots"]).seconds
    assert (s[:, None, :] <= s[:, :, None] + s[None, :, :]).all()


def test_every_point_too_far_away_is_named(grid: Grid, road_network: RoadNetwork) -> None:
    spots = points(grid, (500, 0), (500, 400), (500, 1149), (500, 1151), (-9_000, 0))
    with speaking("en"), pytest.raises(NetworkError) as caught:
        Router(road_network, spots)
    assert [fault.what for fault in caught.value.faults] == [
        "P1 has no road within 150 m (the nearest is 400 m away)",
        "P3 has no road within 150 m (the nearest is 151 m away)",
        "P4 has no road within 150 m (the nearest is 9000 m away)",
    ]


def test_every_point_without_way_there_or_back_is_named(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    for name, spot in (("trap", (-500.0, 0.0)), ("start", (0.0, -500.0)), ("off", (0.0, 5_000.0))):
        lon, lat = grid.lonlat(*spot)
        road_graph.add_node(name, x=lon, y=lat)
    road = {"length": 500.0, "travel_time": 50.0, "highway": "tertiary"}
    road_graph.add_edge("a", "trap", **road)
    road_graph.add_edge("start", "a", **road)
    road_graph.add_edge("off", "off", **road)
    spots = points(grid, (500, 0), (1000, 500), (-400, 0), (0, -400), (0, 5000), (-450, 0))
    router = Router(grid.network(road_graph), spots)
    with speaking("en"), pytest.raises(NetworkError) as caught:
        router.travel_times()
    assert [fault.what for fault in caught.value.faults] == [
        "There is no road from P2 to P0",
        "There is no road from P0 to P3",
        "There is no road from P0 to P4",
        "There is no road from P5 to P0",
    ]
