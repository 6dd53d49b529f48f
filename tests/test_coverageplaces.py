"""How long no place was visited, and which were not seen: places that are in use, and retired."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from conftest import EAST, WEST
from small_districts import earlier_plan
from small_records import Make, figure, on, record_maker, retired

from geodata.network import RoadNetwork
from geodata.region import Region

WEEKLY = [on(6, 30), on(7, 14), on(7, 28), on(8, 11), on(8, 25), on(9, 8), on(9, 22)]


@pytest.fixture
def made(region: Region, region_toml: str, road_network: RoadNetwork) -> Make:
    return record_maker(region, region_toml, road_network)


def test_a_municipality_whose_only_place_was_retired_long_ago_is_no_gap(made: Make) -> None:
    of = made([on(3, 4, "east"), *WEEKLY])
    assert figure(of, "03000", "longest_gap").value == 30
    of = retired(of, "east")
    assert figure(of, EAST, "longest_gap").reason == "no_place"
    found = figure(of, "03000", "longest_gap")
    assert (found.value, found.notes) == (2, ("gap_without_place",))
    assert figure(of, WEST, "longest_gap").notes == ()


def test_a_place_that_was_never_in_use_is_no_gap(made: Make) -> None:
    assert figure(retired(made(WEEKLY), "east"), EAST, "longest_gap").reason == "no_place"


def test_a_gap_of_a_retired_place_ends_with_its_last_visit(made: Make) -> None:
    east = [on(7, 1, "east"), on(7, 15, "east"), on(8, 5, "east")]
    of = retired(made([on(6, 30, "east"), *WEEKLY, *east]), "east")
    found = figure(of, EAST, "longest_gap")
    assert (found.value, found.notes) == (3, ("gap_until_use",))
    assert figure(of, "03000", "longest_gap").value == 3


def test_a_stop_that_was_announced_tells_that_a_place_was_in_use(made: Make) -> None:
    of = retired(made([on(6, 30, "east"), on(7, 7, "east"), *WEEKLY]), "east")
    plan = earlier_plan(of.district, "2026-W36", ("east", "Di", 15))
    # Announced for 1 September, eight weeks after the visit.
    assert plan.tours[0].date == dt.date(2026, 9, 1)
    assert figure(replace(of, plans=(plan,)), EAST, "longest_gap").value == 8


def test_a_place_that_was_visited_later_was_in_use_all_the_time(made: Make) -> None:
    visits = [on(6, 30, "east"), on(7, 7, "east"), *WEEKLY, on(10, 2, "east")]
    found = figure(retired(made(visits), "east"), EAST, "longest_gap")
    assert (found.value, found.notes) == (12, ())


def test_a_municipality_where_no_place_exists_any_more_counts_up_to_its_last_stop(
    made: Make,
) -> None:
    of = made([on(6, 30, "east"), on(7, 7, "east"), *WEEKLY])
    plan = earlier_plan(of.district, "2026-W28", ("east", "Di", 15))
    places = tuple(place for place in of.district.places if place.id != "east")
    of = replace(of, district=replace(of.district, places=places), plans=(plan,))
    assert figure(of, EAST, "longest_gap").value == 1
    assert figure(of, "03000", "longest_gap").value == 2


def test_exploration_says_of_how_many_places_and_since_when(made: Make) -> None:
    found = figure(made([on(4, 1), on(7, 7, "east")]), "03000", "exploration")
    assert (found.base, "short_weeks" in found.notes) == ((1, 2), False)
    # The 26 weeks begin on 2 April.
    assert "short_weeks" in figure(made([on(4, 3)]), WEST, "exploration").notes
