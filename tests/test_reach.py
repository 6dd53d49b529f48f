"""How far people walk, against values added up by hand and a plain search on a graph."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest
import shapely
from conftest import WEST
from small_walks import Spot, graph_of, lonlat, shapes_on, walk_on

from geodata.crs import shapes_in_metres
from geodata.homes import HOMES, YOUTH, DemandCells
from geodata.reach import (
    BESIDE_M,
    DETOUR,
    LIMITS_M,
    build_reaches,
    is_estimated,
    walk_minutes,
)
from geodata.walksearch import find_footing, search_on_foot

STREET: list[list[Spot]] = [[(-3000, 0), (0, 0)], [(0, 0), (3000, 0)]]
# A block with a short cut, a dead end and two ways between the same corners.
BLOCK: list[list[Spot]] = [
    [(0, 0), (400, 0)],
    [(400, 0), (400, 400)],
    [(400, 400), (0, 400)],
    [(0, 400), (0, 0)],
    [(0, 0), (400, 400)],
    [(400, 400), (900, 400)],
    [(400, 0), (600, -100), (400, 400)],
]


def cells_at(*spots: Spot, people: float = 10.0) -> DemandCells:
    """Return squares of 20 m around spots of the napkin."""
    squares = shapes_on(shapely.Point(spot).buffer(10, cap_style="square") for spot in spots)
    outline = shapes_in_metres(squares)
    return DemandCells(
        who=YOUTH,
        ags=np.array([WEST] * len(spots)),
        people=np.full(len(spots), people),
        at_m=shapely.get_coordinates(shapely.centroid(outline)),
        outline_m=outline,
        spread={WEST: HOMES},
    )


def area_m2(area: shapely.Geometry) -> float:
    return float(shapely.area(shapes_in_metres(np.array([area], dtype=np.object_)))[0])


def test_along_a_street_time_is_length() -> None:
    cells = cells_at((400, 0), (-800, 0), (1199, 0), (1201, 0))
    minutes = walk_minutes(lonlat((0, 0)), cells, walk_on(STREET))
    assert minutes[0] == pytest.approx([5, 10, 1199 / 80, math.inf], abs=1e-3)


def test_the_way_to_and_from_the_street_counts() -> None:
    minutes = walk_minutes(lonlat((0, 80)), cells_at((400, -40)), walk_on(STREET))
    assert minutes[0] == pytest.approx([(80 + 400 + 40) / 80], abs=1e-3)


def test_two_beside_the_same_way_do_not_go_round_by_its_ends() -> None:
    minutes = walk_minutes(lonlat((1000, 0)), cells_at((1400, 0)), walk_on(STREET))
    assert minutes[0] == pytest.approx([5], abs=1e-3)


@pytest.mark.parametrize("place", [(100.0, 0.0), (400.0, 250.0), (0.0, 0.0), (700.0, 400.0)])
def test_distances_are_those_of_a_plain_search_with_the_place_as_a_node(place: Spot) -> None:
    graph = graph_of(BLOCK)
    on = next(e for e in graph.edges if shapely.LineString(e).distance(shapely.Point(place)) < 1e-9)
    for end in on:
        graph.add_edge(place, end, weight=math.dist(place, end))
    truth = nx.single_source_dijkstra_path_length(graph, place, cutoff=600, weight="weight")
    walk = walk_on(BLOCK)
    start = find_footing(walk, _metres(place))
    (found,) = search_on_foot(walk, start, 600)
    nodes = [shapely.Point(at) for at in _metres(*graph.nodes)]
    known = shapely.points(_metres_of(walk.node_lonlat))
    for spot, at in zip(graph.nodes, nodes, strict=True):
        if spot == place and place not in {e for line in BLOCK for e in (line[0], line[-1])}:
            continue
        got = found[int(np.argmin(shapely.distance(known, at)))]
        assert got == pytest.approx(truth.get(spot, math.inf), abs=0.01)


def _metres(*spots: Spot) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return _metres_of(np.array(lonlat(*spots)))


def _metres_of(
    degrees: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    from geodata.crs import to_metres

    return to_metres(degrees[:, 0], degrees[:, 1])


def test_the_area_along_a_street_is_a_strip_that_ends_at_the_limit() -> None:
    (reach,) = build_reaches(lonlat((0, 0)), walk_on(STREET))
    for area, limit in zip(reach.areas, LIMITS_M, strict=True):
        strip = 2 * (limit - BESIDE_M) * 2 * BESIDE_M + math.pi * BESIDE_M**2
        assert area_m2(area) == pytest.approx(strip, rel=0.01)
        bounds = shapes_in_metres(np.array([area], dtype=np.object_))[0].bounds
        assert bounds[2] - bounds[0] == pytest.approx(2 * limit, abs=3)
    assert not reach.is_estimate


def test_a_way_is_cut_at_the_limit_from_both_its_ends() -> None:
    # Round the ring both ways: 2 × (400 - 35) m of its 1800 m, and nothing on the far side.
    ring: list[list[Spot]] = [[(0, 0), (450, 0), (450, 450), (0, 450), (0, 0)]]
    (reach,) = build_reaches(lonlat((0, 0)), walk_on(ring))
    area = shapely.LineString([(0, 365), (0, 0), (365, 0)]).buffer(BESIDE_M)
    assert area_m2(reach.areas[0]) == pytest.approx(area.area, rel=0.05)
    far_corner = shapely.Point(lonlat((450, 450))[0])
    assert [area.intersects(far_corner) for area in reach.areas] == [False, False, True]


def test_each_area_lies_inside_the_next() -> None:
    places = lonlat((100, 0), (700, 400), (-2500, 3000))
    for reach in build_reaches(places, walk_on(BLOCK + STREET)):
        five, ten, fifteen = reach.areas
        assert area_m2(five.difference(ten)) < 1 > area_m2(ten.difference(fifteen))


@pytest.mark.parametrize(("side", "is_closed"), [(200, True), (400, False)])
def test_small_yards_amid_streets_belong_to_the_area(side: float, is_closed: bool) -> None:
    ring: list[list[Spot]] = [[(0, 0), (side, 0), (side, side), (0, side), (0, 0)]]
    (reach,) = build_reaches(lonlat((0, 0)), walk_on(ring))
    middle = shapely.Point(lonlat((side / 2, side / 2))[0])
    assert reach.areas[2].covers(middle) == is_closed


def test_without_ways_it_is_a_circle_with_a_detour() -> None:
    (reach,) = build_reaches(lonlat((0, 0)), None)
    assert [area_m2(area) for area in reach.areas] == pytest.approx(
        [math.pi * (limit / DETOUR) ** 2 for limit in LIMITS_M], rel=0.01
    )
    minutes = walk_minutes(lonlat((0, 0)), cells_at((300, 400), (0, 930)), None)
    assert minutes[0] == pytest.approx([500 * DETOUR / 80, math.inf], abs=1e-2)
    assert reach.is_estimate


def test_where_ways_are_not_known_it_is_estimated() -> None:
    covered = shapely.box(-1390, -1390, 1390, 1390)
    spots = lonlat((0, 0), (0, 149), (0, 151), (200, 0), (4000, 0))
    assert is_estimated(spots, walk_on(STREET, covered)).tolist() == [
        *(False, False, True, True, True)
    ]


def test_one_of_two_places_can_be_estimated() -> None:
    covered = shapely.box(-1300, -1300, 1300, 1300)
    walk = walk_on(STREET, covered)
    circle, street = build_reaches(lonlat((4000, 0), (0, 0)), walk)
    assert (circle.is_estimate, street.is_estimate) == (True, False)
    minutes = walk_minutes(lonlat((4000, 0), (0, 0)), cells_at((4000, 100), (100, 0)), walk)
    assert np.isfinite(minutes).tolist() == [[True, False], [False, True]]
