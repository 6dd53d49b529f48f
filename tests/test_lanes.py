"""Afternoons on the same road, on a straight road with five corners."""

from __future__ import annotations

import pytest

from geodata.crs import Coordinates
from maps.lanes import Run, side_by_side


def road(*corners: float) -> Coordinates:
    """Return a route along one straight road, by the hundredths of a degree."""
    return tuple((round(9 + corner / 100, 5), 51.0) for corner in corners)


def lanes(*routes: Coordinates) -> list[list[tuple[int, ...]]]:
    return [[run.lanes for run in runs] for runs in side_by_side(routes)]


def test_a_road_of_one_afternoon_is_drawn_in_its_middle() -> None:
    assert lanes(road(1, 2, 3)) == [[(0, 0)]]


def test_two_afternoons_share_a_road_side_by_side() -> None:
    assert lanes(road(1, 2, 3), road(1, 2, 3)) == [[(-1, -1)], [(1, 1)]]


def test_three_afternoons_share_a_road_with_one_in_its_middle() -> None:
    assert lanes(road(1, 2), road(1, 2), road(1, 2)) == [[(-2,)], [(0,)], [(2,)]]


def test_who_comes_the_other_way_keeps_a_side_of_its_own() -> None:
    # To the left of the one way is to the right of the other.
    assert lanes(road(1, 2, 3), road(3, 2, 1)) == [[(-1, -1)], [(-1, -1)]]


def test_a_road_is_shared_only_where_both_drive_it() -> None:
    assert lanes(road(1, 2, 3, 4), road(2, 3)) == [[(0, -1, 0)], [(1,)]]


def test_the_way_back_is_not_drawn_again() -> None:
    ((run,),) = side_by_side([road(1, 2, 3, 2, 1)])
    assert [x for x, _y in run.corners] == [901_000, 902_000, 903_000]


def test_a_spur_begins_a_new_run() -> None:
    spur = (*road(1, 2), (9.02, 51.01), *road(2, 3))
    assert lanes(spur) == [[(0, 0), (0,)]]


def test_a_road_is_shared_though_one_begins_between_two_corners() -> None:
    assert lanes(road(1, 4), road(2, 3)) == [[(0, -1, 0)], [(1,)]]


def test_a_road_nearby_is_another_road() -> None:
    beside = tuple((x, y + 0.0001) for x, y in road(1, 2))
    assert lanes(road(1, 2), beside) == [[(0,)], [(0,)]]


def test_an_afternoon_without_stops_has_no_runs() -> None:
    assert side_by_side([(), road(1, 2)])[0] == ()


def test_no_afternoons_have_no_runs() -> None:
    assert side_by_side([]) == ()


def test_a_run_has_a_lane_for_each_piece() -> None:
    with pytest.raises(ValueError, match="lanes must hold 1 pieces, got 2"):
        Run(((0, 0), (1, 1)), (0, 0))
