"""Marks and names on a map: that nothing covers anything."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiLineString

from maps.frame import Frame
from maps.placement import Name, overlap, place_names, spread

FRAME = Frame(500_000, 5_761_038.2, 50_000, 100, 80)
NOTHING = MultiLineString()


def test_marks_that_stand_apart_stay() -> None:
    points = [(20.0, 20.0), (40.0, 40.0)]
    assert spread(points, [3, 3], FRAME) == points


@pytest.mark.parametrize("count", [2, 7, 30])
def test_marks_on_one_spot_in_a_corner_are_parted_and_stay_inside(count: int) -> None:
    at = spread([(0.0, 0.0)] * count, [3.0] * count, FRAME)
    apart = [np.hypot(a[0] - b[0], a[1] - b[1]) for a, b in itertools.combinations(at, 2)]
    assert min(apart) >= 6 - 1e-2
    assert all(FRAME.holds(x, y, 3 - 1e-9) for x, y in at)


def test_names_do_not_overlap_each_other_nor_markers() -> None:
    names = [
        Name(f"Gemeinde {i}", 42 + 5 * (i % 4), 36 + 4 * (i % 3), 9, i % 2 == 0) for i in range(12)
    ]
    taken = [(45.0, 38.0, 49.0, 42.0), (52.0, 36.0, 56.0, 40.0)]
    boxes = [name.box for name in place_names(names, taken, FRAME, NOTHING)]
    assert len(boxes) > 3
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes + taken, 2))


def test_name_without_room_is_left_out() -> None:
    names = [Name("Groß", 50, 40, 9, True)]
    assert place_names(names, [(0.0, 0.0, 100.0, 80.0)], FRAME, NOTHING) == []


def test_name_that_is_wider_than_the_map_is_left_out() -> None:
    assert place_names([Name("A" * 500, 50, 40, 9, True)], [], FRAME, NOTHING) == []


def test_first_name_gets_the_spot() -> None:
    names = [Name("Groß", 50, 40, 9, True), Name("Klein", 50, 40, 9, True)]
    first = place_names(names, [], FRAME, NOTHING)[0]
    assert (first.text, first.x, first.y) == ("Groß", 50, 40)


def test_name_steps_aside_for_a_route() -> None:
    route = shapely.LineString([(0, 40), (100, 40)])
    (name,) = place_names([Name("Ort", 50, 40, 9, True)], [], FRAME, route)
    assert not route.intersects(shapely.box(*name.box))
