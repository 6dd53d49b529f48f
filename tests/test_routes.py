"""Routes on the roads, and points that no road leads to."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely
from small_drives import Spot, curve, points, random_roads, times
from small_grid import Grid

from geodata.attachment import find_access
from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.travel import Router


def test_a_route_that_does_not_exist_is_a_fault(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    lon, lat = grid.lonlat(-500, 0)
    road_graph.add_node("trap", x=lon, y=lat)
    road_graph.add_edge("a", "trap", length=500.0, travel_time=50.0, highway="tertiary")
    router = Router(grid.network(road_graph), points(grid, (500, 0), (-400, 0)))
    with pytest.raises(NetworkError):
        router.route(1, 0)


def test_without_points_there_are_no_times(grid: Grid, road_network: RoadNetwork) -> None:
    assert times(grid, road_network).seconds.shape == (0, 0)


@pytest.mark.parametrize("seed", range(8))
def test_a_route_is_as_long_as_the_matrix_says(seed: int, grid: Grid) -> None:
    drawn = random_roads(seed)
    network = grid.network(grid.graph(drawn["nodes"], drawn["roads"]))
    spots = points(grid, *drawn["spots"])
    router = Router(network, spots)
    metres = router.travel_times().metres
    aside = [
        min(
            line.distance(shapely.Point(to_metres(p.lon, p.lat)[0])) for line in network.edge_line_m
        )
        for p in spots
    ]
    for i, origin in enumerate(spots):
        for j, target in enumerate(spots):
            route = router.route(i, j)
            assert route[0] == pytest.approx((origin.lon, origin.lat), abs=1e-5)
            assert route[-1] == pytest.approx((target.lon, target.lat), abs=1e-5)
            if i != j:
                line = to_metres([lon for lon, _ in route], [lat for _, lat in route])
                length = float(np.hypot(*np.diff(line, axis=0).T).sum())
                # The ways beside the road are drawn straight and counted longer.
                counted = float(metres[i, j]) - 0.3 * (aside[i] + aside[j])
                assert length == pytest.approx(counted, abs=8)


def test_a_route_follows_the_bends_of_the_road(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    bypass = curve(grid, (0, 0), (500, -500), (1000, 0))
    road_graph.add_edge(
        "a", "b", length=1414.0, travel_time=50.0, highway="primary", geometry=bypass
    )
    router = Router(grid.network(road_graph), points(grid, (0, 0), (1000, 0)))
    expected = [grid.lonlat(x, y) for x, y in ((0, 0), (500, -500), (1000, 0))]
    assert np.array(router.route(0, 1)) == pytest.approx(np.array(expected), abs=1e-5)


def test_a_route_against_a_one_way_street_goes_round(grid: Grid, road_network: RoadNetwork) -> None:
    router = Router(road_network, points(grid, (750, 0), (250, 0)))
    around = ((750, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0), (250, 0))
    expected = [grid.lonlat(x, y) for x, y in around]
    assert np.array(router.route(0, 1)) == pytest.approx(np.array(expected), abs=1e-5)


def test_a_route_from_a_point_to_itself_has_two_ends(grid: Grid, road_network: RoadNetwork) -> None:
    route = Router(road_network, points(grid, (500, 0))).route(0, 0)
    assert len(route) == 2
    assert route[0] == route[1]


def test_a_route_ends_beside_the_point_where_the_road_turns(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    # A degree of longitude is shorter than one of latitude, so shares in degrees would be wrong.
    corner = curve(grid, (0, 0), (0, -2000), (2000, -2000))
    lon, lat = grid.lonlat(2000, -2000)
    road_graph.add_node("e", x=lon, y=lat)
    road = {"length": 4000.0, "travel_time": 400.0, "highway": "tertiary"}
    road_graph.add_edge("a", "e", geometry=corner, **road)
    router = Router(grid.network(road_graph), points(grid, (0, 0), (0, -1900), (500, -2000)))
    short, long = router.route(0, 1), router.route(0, 2)
    assert np.array(short) == pytest.approx(np.array(points_of(grid, (0, 0), (0, -1900))), abs=1e-5)
    around = points_of(grid, (0, 0), (0, -2000), (500, -2000))
    assert np.array(long) == pytest.approx(np.array(around), abs=1e-5)


def points_of(grid: Grid, *spots: Spot) -> list[Spot]:
    return [grid.lonlat(x, y) for x, y in spots]


def test_a_point_that_is_not_needed_and_has_no_road_is_left_out(
    grid: Grid, road_network: RoadNetwork
) -> None:
    spots = points(grid, (500, 0), (500, 400), (1000, 500))
    router = Router(road_network, spots, needed={"p0"})
    found = router.travel_times()
    alone = times(grid, road_network, (500, 0), (1000, 500))
    assert (found.ids, found.missing) == (("p0", "p2"), {"p1": "no_road"})
    assert (found.seconds == alone.seconds).all()
    assert router.route(0, 1)[-1] == pytest.approx(grid.lonlat(1000, 500), abs=1e-5)
    assert [fault.where for fault in router.faults] == [
        f"{spots[1].lat:.5f} N, {spots[1].lon:.5f} E"
    ]


def test_a_needed_point_without_a_road_is_a_fault(grid: Grid, road_network: RoadNetwork) -> None:
    spots = points(grid, (500, 0), (500, 400), (500, 450))
    with speaking("en"), pytest.raises(NetworkError) as caught:
        Router(road_network, spots, needed={"p0", "p2"})
    assert [fault.what.split()[0] for fault in caught.value.faults] == ["P2"]


def with_dead_ends(grid: Grid, graph: nx.MultiDiGraph[Any]) -> RoadNetwork:
    """Add a road one cannot come back from, one that nothing leads to, and an island."""
    for name, spot in (("trap", (-500.0, 0.0)), ("start", (0.0, -500.0)), ("off", (0.0, 5_000.0))):
        lon, lat = grid.lonlat(*spot)
        graph.add_node(name, x=lon, y=lat)
    road = {"length": 500.0, "travel_time": 50.0, "highway": "tertiary"}
    graph.add_edge("a", "trap", **road)
    graph.add_edge("start", "a", **road)
    graph.add_edge("off", "off", **road)
    return grid.network(graph)


def test_points_without_a_way_there_and_back_are_left_out(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    network = with_dead_ends(grid, road_graph)
    spots = points(grid, (500, 0), (1000, 500), (-400, 0), (0, -400), (0, 5000))
    router = Router(network, spots, needed={"p0"})
    assert router.missing == dict.fromkeys(("p2", "p3", "p4"), "cut_off")
    assert router.travel_times().ids == ("p0", "p1")
    with speaking("en"):
        again = Router(network, spots, needed={"p0"})
    assert [fault.what for fault in again.faults] == [
        "There is no road from P2 to P0",
        "There is no road from P0 to P3",
        "There is no road from P0 to P4",
    ]


def test_a_first_point_cut_off_from_all_others_is_a_fault(
    grid: Grid, road_graph: nx.MultiDiGraph[Any]
) -> None:
    network = with_dead_ends(grid, road_graph)
    with pytest.raises(NetworkError):
        Router(network, points(grid, (0, 5000), (500, 0), (1000, 500)), needed={"p0"})


def test_a_road_farther_away_than_the_first_look_is_found(
    grid: Grid, road_network: RoadNetwork
) -> None:
    network = replace(road_network, snap_limit_m=20_000)
    (access,) = find_access(network, *zip(grid.lonlat(-9_000, 9_000), strict=True))
    assert access.away_m == pytest.approx(np.hypot(9_000, 8_000), abs=0.01)


@pytest.mark.parametrize("seed", range(10))
def test_the_nearest_road_is_found_however_far_it_is(seed: int, grid: Grid) -> None:
    rng = random.Random(seed)
    drawn = random_roads(seed)
    network = grid.network(grid.graph(drawn["nodes"], drawn["roads"]))
    spots = [(rng.uniform(-4e3, 4e3), rng.uniform(-4e3, 4e3)) for _ in range(10)]
    lonlat = np.array(points_of(grid, *spots))
    found = find_access(network, lonlat[:, 0], lonlat[:, 1])
    for access, at in zip(found, to_metres(lonlat[:, 0], lonlat[:, 1]), strict=True):
        distance = shapely.distance(network.edge_line_m, shapely.Point(at))
        assert access.away_m == pytest.approx(distance.min(), abs=1e-6)
