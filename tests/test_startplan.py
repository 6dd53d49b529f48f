"""Stored plans as a start: which tour goes where, and that nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_services import NOTHING, WEEK, Making, planned, problem_of, visited

from tours.compare.variants import read_variant
from tours.district import District
from tours.plan import Plan
from tours.planning import plan_week, plan_weeks
from tours.startplan import start_plan
from tours.wishes import read_wishes


def altered(district: District, text: str) -> District:
    config = read_variant(text).applied(district.config, district.places)
    return replace(district, config=config)


def carried(district: District, *plans: Plan) -> list[list[str]]:
    """Return the places of the tours that a problem takes over."""
    start = start_plan(problem_of(district), plans)
    return [[halt.place for halt in halts] for halts in start]


def order(plan: Plan) -> list[list[str]]:
    return [[stop.place_id for stop in tour.stops] for tour in plan.tours]


@pytest.mark.parametrize("variant", ["+Fr 14:00-17:00", "Di -> Mi", "+bus", "+bus Do"])
def test_a_variant_takes_over_all_tours_that_it_has_time_for(variant: str, make: Making) -> None:
    district = make(days="Di Do")
    plan = planned(district)
    found = carried(altered(district, variant), plan)
    assert sorted(filter(None, found)) == sorted(order(plan))


def test_a_tour_keeps_its_own_afternoon(make: Making) -> None:
    district = make(days="Di Mi Do", places=8)
    plan = planned(district)
    # Without the first one, its tour could be driven on any other day.
    assert carried(district, replace(plan, tours=plan.tours[1:])) == [[], *order(plan)[1:]]


def test_what_is_too_long_for_its_afternoon_is_left_out(make: Making) -> None:
    district = make(days="Di Do")
    assert carried(altered(district, "14:00-15:00"), planned(district)) == [[], []]


def test_of_a_tour_that_is_not_possible_any_more_the_other_stops_are_kept(make: Making) -> None:
    district = make(days="Di Do", places=8)
    plan = planned(district)
    (gone, *others), second = order(plan)
    problem = problem_of(district, replace(NOTHING, bans=(gone,)))
    start = start_plan(problem, (plan,))
    assert [[halt.place for halt in halts] for halts in start] == [others, second]


def test_of_several_depots_of_a_bus_one_is_taken(make: Making) -> None:
    district = make()
    other = replace(district.config.depots[0], id="second", name="B")
    (afternoon,) = district.config.afternoons
    names = tuple(site.id for site in (*district.config.depots, other))
    both = replace(
        district.config,
        depots=(*district.config.depots, other),
        afternoons=(replace(afternoon, depots=names),),
    )
    plan = planned(district)
    twice = replace(plan, tours=plan.tours * 2)
    found = carried(replace(district, config=both), twice)
    assert sorted(map(len, found)) == [0, len(plan.tours[0].stops)]


# -- planning a week again ---------------------------------------------------------------------


def test_without_time_a_stored_plan_and_its_proof_are_kept(make: Making) -> None:
    district = make(days="Di Do", places=8)
    plan = planned(district)
    assert plan_week(district, WEEK, known=(plan,), time_limit=0) == plan


def test_without_time_the_tours_are_kept_that_a_new_wish_allows(make: Making) -> None:
    district = make(days="Di Do", places=8)
    plan = planned(district)
    gone = order(plan)[0][0]
    wishes = read_wishes(replace(NOTHING, bans=(gone,)))
    hurried = plan_week(district, WEEK, known=(plan,), wishes=wishes, time_limit=0)
    assert visited(hurried) == visited(plan) - {gone}


def test_the_bound_of_another_problem_is_not_taken_over(make: Making) -> None:
    district = make(days="Di Do", places=8)
    plan = planned(district)
    richer = replace(district, config=replace(district.config, contacts_per_hour=5.0))
    assert plan_week(richer, WEEK, known=(plan,), time_limit=0).bound > plan.bound


def test_a_stored_plan_that_is_not_the_best_gives_way(make: Making) -> None:
    district = make(days="Di Do", places=8)
    best = planned(district)
    bans = tuple(visited(best))
    worse = replace(planned(district, replace(NOTHING, bans=bans[:2])), wishes=NOTHING)
    found = plan_week(district, WEEK, known=(worse,))
    assert (found.value, found.is_optimal) == (best.value, True)


def test_weeks_of_a_cycle_begin_with_their_plans(make: Making) -> None:
    weeks = (WEEK, "2026-W49")
    district = make(places=6)
    plans = plan_weeks(district, weeks)
    assert plan_weeks(district, weeks, known=plans, time_limit=0) == plans


def test_single_weeks_after_a_cycle_keep_its_rhythm(make: Making) -> None:
    district = make(places=6)
    plans = list(plan_weeks(district, (WEEK, "2026-W49")))
    for week in ("2026-W50", "2026-W51", "2026-W52"):
        plans.append(plan_week(district, week, earlier=plans))
    assert [plan.rhythm for plan in plans] == [2] * 5
    starts = [
        {(stop.place_id, stop.start_s) for tour in plan.tours for stop in tour.stops}
        for plan in plans
    ]
    assert (starts[2], starts[3], starts[4]) == (starts[0], starts[1], starts[0])
