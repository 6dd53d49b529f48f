"""What plans are worth, computed again from their stops; differences of what is half known."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from small_services import WEEK, planned, problem_of, service

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.planning import plan_weeks
from tours.worth import Worth, difference, worth_of


@pytest.mark.parametrize("seed", range(6))
def test_a_plan_is_worth_what_the_solver_says(
    seed: int, region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml, seed=seed, days="Di Do")
    plan = planned(district)
    assert worth_of(problem_of(district), (plan,)) == plan.value


def test_a_cycle_is_worth_what_its_weeks_are_together(
    region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    weeks = (WEEK, "2026-W49")
    district = service(region, road_network, region_toml)
    plans = plan_weeks(district, weeks)
    assert worth_of(problem_of(district, weeks=weeks), plans) == plans[0].value


def test_a_plan_with_a_stop_that_is_not_offered_has_no_worth(
    region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml)
    plan = planned(district)
    tour = plan.tours[0]
    moved = replace(tour.stops[0], start_s=tour.stops[0].start_s + 60)
    other = replace(plan, tours=(replace(tour, stops=(moved, *tour.stops[1:])),))
    assert worth_of(problem_of(district), (other,)) is None


def test_a_plan_of_another_week_has_no_worth(
    region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml)
    assert worth_of(problem_of(district, weeks=("2026-W49",)), (planned(district),)) is None


def test_a_difference_holds_every_pair_of_what_both_can_be_and_no_more() -> None:
    free, bound = Worth(7, 12), Worth(5, 9)
    pairs = itertools.product(range(7, 13), range(5, 10))
    can_be = [a - b for a, b in pairs]
    found = difference(free, bound, is_part=False)
    assert (found.least, found.most) == (min(can_be), max(can_be))


def test_a_part_is_never_worth_more_than_the_whole() -> None:
    free, bound = Worth(7, 12), Worth(5, 9)
    can_be = [a - b for a, b in itertools.product(range(7, 13), range(5, 10)) if a >= b]
    found = difference(free, bound, is_part=True)
    assert (found.least, found.most) == (min(can_be), max(can_be))


def test_two_known_values_have_one_difference() -> None:
    assert difference(Worth(7, 7), Worth(5, 5), is_part=True).is_proven


def test_a_bound_below_the_value_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="got 6 < 7"):
        Worth(7, 6)
