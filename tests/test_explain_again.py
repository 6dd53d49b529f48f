"""What explanations say of plans that were made otherwise, and of places that were ruled out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from small_explanations import explained, lacking, needing, price
from small_services import NOTHING, WEEK, Making, planned, problem_of, visited, with_place

from tours.attempts import Attempts
from tours.cycle import alone
from tours.drawup import draw_up
from tours.due import Duty
from tours.explain.explain import explain
from tours.leftout import Overdue
from tours.plan import Plan
from tours.planning import Task, plan_weeks, settle
from tours.problem import Problem
from tours.solver.solution import Solution

SEEDS = range(5)


def test_a_cycle_is_solved_again_as_one(make: Making) -> None:
    weeks = (WEEK, "2026-W49")
    district = make(places=4)
    plans = plan_weeks(district, weeks)
    problem = problem_of(district, weeks=weeks)
    outside = next(place for place in district.places if place.id not in visited(plans[0]))
    found = explain(district, plans, WEEK, outside)
    in_each = replace(NOTHING, forced=(outside.id,))
    truth = price(problem, problem_of(district, in_each, weeks=weeks))
    assert found.price is not None
    assert (found.weeks, found.price.least, found.price.most) == (weeks, truth, truth)


def test_changed_settings_are_told_and_explained_as_they_are_now(make: Making) -> None:
    district = make()
    plan = planned(district)
    changed = replace(district, config=replace(district.config, contacts_per_hour=1.0))
    found = explain(changed, (plan,), WEEK, changed.places[0])
    assert (found.outdated, found.before) == ("settings", (planned(changed),))


def test_a_plan_as_it_was_is_explained_as_it_was(make: Making) -> None:
    district = make()
    found = explained(district, "p0")
    assert (found.outdated, found.before) == ("", (planned(district),))


def test_a_plan_that_was_not_the_best_is_told(make: Making) -> None:
    district = make()
    best = planned(district)
    worse = planned(district, replace(NOTHING, bans=tuple(visited(best))))
    stored = replace(worse, wishes=NOTHING, bound=best.value)
    found = explain(district, (stored,), WEEK, district.places[0])
    assert (found.outdated, found.before) == ("better", (best,))


def test_what_was_proven_of_the_very_same_week_is_not_solved_again(
    make: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = make()
    plan = planned(district)
    outside = next(place for place in district.places if place.id not in visited(plan))
    solved: list[Problem] = []

    def note(task: Task, attempts: Attempts) -> tuple[Task, Solution, Mapping[Duty, str]]:
        solved.append(task.offer.problem)
        return settle(task, attempts)

    monkeypatch.setattr("tours.explain.explain.settle", note)
    found = explain(district, (plan,), WEEK, outside)
    assert (len(solved), found.before) == (1, (plan,))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_price_of_a_ban_is_what_all_plans_with_the_place_are_worth_less(
    seed: int, make: Making
) -> None:
    district = make(seed=seed)
    free = problem_of(district)
    for place in district.places:
        found = explained(district, place.id, replace(NOTHING, bans=(place.id,)))
        truth = price(lacking(free, place.id), needing(free, place.id))
        assert found.price is not None
        assert (found.reason, found.price.least, found.price.most) == ("banned", truth, truth)
        assert place.id in visited(*found.after)


def test_a_banned_place_that_is_closed_as_well_is_closed(make: Making) -> None:
    shut = with_place(make(), 0, hours="Su 10:00-12:00")
    found = explained(shut, "p0", replace(NOTHING, bans=("p0",)))
    assert (found.reason, found.price) == ("closed", None)


def test_a_banned_place_that_rules_keep_away_besides_is_forbidden(make: Making) -> None:
    asked = replace(NOTHING, bans=("p0",), pins=("p1@Di 14:30", "p2@Di 16:00"))
    found = explained(make(), "p0", asked)
    assert (found.reason, found.hindrance) == ("forbidden", None)


def test_without_time_a_banned_place_is_still_banned(make: Making) -> None:
    found = explained(make(), "p0", replace(NOTHING, bans=("p0",)), time_limit=0)
    assert found.reason == "banned"
    assert found.price is None or not found.price.is_proven


def test_a_week_of_a_torn_cycle_is_explained_by_itself(make: Making) -> None:
    district = make(places=6)
    plans = plan_weeks(district, (WEEK, "2026-W49"))
    outside = next(place for place in district.places if place.id not in visited(plans[1]))
    single = alone(plans[1])
    found = explain(district, (single,), "2026-W49", outside, earlier=plans[:1], is_torn=True)
    assert (found.outdated, found.weeks) == ("cycle", ("2026-W49",))
    assert all(plan.cycle == () for plan in (*found.before, *found.after))


def test_what_was_only_not_found_in_time_is_no_reason(
    make: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = make()
    plan = planned(district)
    outside = next(place for place in district.places if place.id not in visited(plan))
    late = Overdue(district.places[0].ags, "Westdorf", 9, "not_found")

    def hurried(*args: object, **options: object) -> tuple[Plan, ...]:
        return tuple(replace(one, overdue=(late,)) for one in draw_up(*args, **options))  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr("tours.explain.explain.draw_up", hurried)
    assert explain(district, (plan,), WEEK, outside).reason == "undecided"


def test_without_time_no_reason_is_given(make: Making) -> None:
    district = make()
    for place in district.places:
        found = explained(district, place.id, time_limit=0)
        assert found.price is None or not found.price.is_proven
        assert found.reason in ("undecided", "worth_it")
