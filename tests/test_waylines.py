"""Ways become lines between junctions."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from small_walks import Spot, lonlat, shape_on

from geodata.waylines import join_ways

WORLD = shapely.box(9, 51, 12, 53)
Lines = list[list[Spot]]


def joined(ways: Lines, area: shapely.Polygon = WORLD) -> list[float]:
    """Return the lengths of the lines, whole metres, rising."""
    return sorted(round(length) for length in lengths(join(ways, area)))


def join(ways: Lines, area: shapely.Polygon = WORLD) -> list[shapely.LineString]:
    corners = np.array([spot for way in ways for spot in lonlat(*way)])
    numbers = np.repeat(np.arange(len(ways)), [len(way) for way in ways])
    return list(join_ways(corners, numbers, area))


def lengths(lines: list[shapely.LineString]) -> list[float]:
    from geodata.crs import shapes_in_metres

    found: list[float] = shapely.length(
        shapes_in_metres(np.array(lines, dtype=np.object_))
    ).tolist()
    return found


def test_ways_that_meet_end_to_end_are_one_line() -> None:
    assert joined([[(0, 0), (600, 0)], [(600, 0), (600, 500)]]) == [1100]


def test_a_junction_in_the_middle_of_a_way_parts_it() -> None:
    assert joined([[(0, 0), (600, 0), (1000, 0)], [(600, 0), (600, 300)]]) == [300, 400, 600]


def test_a_bridge_is_no_junction() -> None:
    assert joined([[(0, 0), (1200, 0)], [(500, -600), (500, 600)]]) == [1200, 1200]


def test_what_is_drawn_twice_is_there_once() -> None:
    assert joined([[(0, 0), (1200, 0)], [(1200, 0), (0, 0)]]) == [1200]


def test_a_ring_without_junction_is_one_line() -> None:
    ring: Lines = [[(0, 0), (400, 0), (400, 400), (0, 400), (0, 0)]]
    (line,) = join(ring)
    assert (line.is_ring, round(lengths([line])[0])) == (True, 1600)


def test_a_ring_at_the_end_of_a_way_begins_at_its_junction() -> None:
    ways: Lines = [
        [(0, 0), (900, 0)],
        [(900, 0), (1000, 0), (1000, 100), (900, 100), (900, 0)],
    ]
    assert joined(ways) == [400, 900]


def test_stretches_end_where_the_area_ends() -> None:
    area = shape_on(shapely.box(-100, -100, 1300, 100))
    assert isinstance(area, shapely.Polygon)
    assert joined([[(0, 0), (500, 0), (1200, 0), (1500, 0)]], area) == [1200]


@pytest.mark.parametrize(("metres", "kept"), [(990, []), (1010, [1010])])
def test_fragments_are_left_out(metres: float, kept: list[float]) -> None:
    assert joined([[(0, 0), (metres, 0)]]) == kept


def test_the_order_of_ways_changes_nothing() -> None:
    ways: Lines = [
        [(0, 0), (600, 0), (1000, 0)],
        [(600, 0), (600, 300), (700, 300)],
        [(700, 300), (1000, 0)],
    ]
    turned = [way[::-1] for way in ways[::-1]]
    assert [line.wkb for line in join(ways)] == [line.wkb for line in join(turned)]


def test_without_ways_there_are_no_lines() -> None:
    assert join([[(0, 0), (0, 0)]]) == []
