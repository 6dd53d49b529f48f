"""Explanations against all plans of a week on the napkin, each tried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from small_services import NOTHING, WEEK, planned, problem_of, service, visited, with_place
from small_weeks import best_by_trying

from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.region import Region
from tours.appointments import Appointment
from tours.attempts import Attempts
from tours.cycle import alone
from tours.district import District
from tours.drawup import draw_up
from tours.due import Duty
from tours.explain import explain
from tours.explanation import Explanation
from tours.leftout import Overdue
from tours.plan import Asked, Plan
from tours.planning import Task, plan_weeks, settle
from tours.problem import Cover, Problem
from tours.solver.solution import Solution

Making = Callable[..., District]
SEEDS = range(5)


@pytest.fixture
def make(region: Region, road_network: RoadNetwork, region_toml: str) -> Making:
    def make_(**values: object) -> District:
        return service(region, road_network, region_toml, **values)  # type: ignore[arg-type]

    return make_


def explained(
    district: District, id_: str, asked: Asked = NOTHING, *, time_limit: float = 60
) -> Explanation:
    everything: tuple[Place | Appointment, ...] = (*district.places, *district.appointments)
    place = next(one for one in everything if one.id == id_)
    return explain(district, (planned(district, asked),), WEEK, place, time_limit=time_limit)


def needing(problem: Problem, place: str) -> Problem:
    """Return a problem whose plans visit a place."""
    return replace(problem, covers=(*problem.covers, Cover("x", frozenset({place}))))


def lacking(problem: Problem, place: str) -> Problem:
    """Return a problem whose plans do not visit a place."""
    return replace(problem, candidates=tuple(c for c in problem.candidates if c.place != place))


def price(free: Problem, other: Problem) -> int:
    """Return the difference of the best of all plans each."""
    (_none, most), (missed, value) = best_by_trying(free), best_by_trying(other)
    assert missed == 0
    return most - value


# -- places that are not in the plan ---------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_price_of_a_place_is_what_all_plans_with_it_are_worth_less(
    seed: int, make: Making
) -> None:
    district = make(seed=seed)
    problem = problem_of(district)
    for id_ in {place.id for place in district.places} - visited(planned(district)):
        found = explained(district, id_).price
        assert found is not None
        truth = price(problem, needing(problem, id_))
        assert (found.least, found.most) == (truth, truth)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("driving", [0.3, 30.0])
def test_a_place_has_no_room_if_no_plan_has_it_and_all_other_stops(
    seed: int, driving: float, make: Making
) -> None:
    district = make(seed=seed, driving=driving, end="18:00", places=4)
    plan, problem = planned(district), problem_of(district)
    for id_ in {place.id for place in district.places} - visited(plan):
        beside = problem
        for other in (*visited(plan), id_):
            beside = needing(beside, other)
        fits = best_by_trying(beside)[0] == 0
        found = explained(district, id_)
        if found.reason != "as_good":
            assert (found.reason, found.is_room_proven) == (
                "worth_less" if fits else "no_room",
                True,
            )


def test_both_of_these_reasons_occur(make: Making) -> None:
    tight, dear = make(), make(driving=30.0, end="18:00", places=4)
    reasons = [
        {explained(district, place.id).reason for place in district.places}
        for district in (tight, dear)
    ]
    assert ["no_room" in reasons[0], "worth_less" in reasons[1]] == [True, True]


def test_the_plan_with_the_place_is_the_one_that_forcing_it_gives(make: Making) -> None:
    district = make()
    outside = min({place.id for place in district.places} - visited(planned(district)))
    found = explained(district, outside)
    forced = planned(district, replace(NOTHING, forced=(outside,)))
    assert outside in visited(*found.after)
    assert [plan.value for plan in found.after] == [forced.value]


def test_a_place_as_good_as_another_one_costs_nothing(make: Making) -> None:
    district = make(places=3, end="16:00")
    twin = district.places[0]
    alike = tuple(replace(twin, id=f"p{number}") for number in range(3))
    district = replace(district, places=alike)
    outside = min({"p0", "p1", "p2"} - visited(planned(district)))
    found = explained(district, outside)
    assert found.price is not None
    assert (found.reason, found.price.most) == ("as_good", 0)


def test_a_rule_that_forbids_a_place_is_named_with_the_one_it_collides_with(
    make: Making, region: Region
) -> None:
    west, east = region.municipalities
    areas = f'[[areas]]\nname = "Westen"\nkind = "focus"\nmunicipalities = ["{west}"]\n'
    district = make(rules="stops_per_afternoon = 1", areas=areas)
    in_the_east = next(place.id for place in district.places if place.ags == east)
    found = explained(district, in_the_east)
    assert found.reason == "forbidden"
    assert {demand.origin for demand in found.demands} == {
        ("area", "Westen"),
        ("stops",),
        ("forced", in_the_east),
    }


def test_a_municipality_that_would_go_without_its_due_visit_is_named(make: Making) -> None:
    district = make(places=2, end="16:00")
    district = replace(district, config=replace(district.config, cycle_weeks=1))
    (inside,) = visited(planned(district))
    (outside,) = {"p0", "p1"} - {inside}
    found = explained(district, outside)
    left = next(place.ags for place in district.places if place.id == inside)
    assert (found.reason, [overdue.ags for overdue in found.due]) == ("displaces_due", [left])


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"status": "resting"}, "resting"),
        ({"status": "retired"}, "retired"),
        ({"hours": "Su 10:00-12:00"}, "closed"),
        ({"hours": "Tu 16:45-20:00"}, "closed"),
        ({"hours": "Tu 14:00-14:30"}, "unreachable"),
    ],
)
def test_a_place_that_cannot_be_visited_says_why(
    values: dict[str, str], reason: str, make: Making
) -> None:
    found = explained(with_place(make(), 0, **values), "p0")
    assert (found.reason, found.price) == (reason, None)


def test_a_place_of_others_says_so(make: Making) -> None:
    district = make()
    others = frozenset({district.places[0].ags})
    district = replace(district, config=replace(district.config, not_served=others))
    assert explained(district, "p0").reason == "not_served"


def test_a_banned_place_says_so(make: Making) -> None:
    assert explained(make(), "p0", replace(NOTHING, bans=("p0",))).reason == "banned"


def test_a_place_that_is_open_in_a_cancelled_afternoon_only_says_so(make: Making) -> None:
    district = with_place(make(days="Di Do"), 0, hours="Th 14:00-18:00")
    assert explained(district, "p0", replace(NOTHING, cancelled=("Do",))).reason == "cancelled"


def test_the_day_of_an_afternoon_shows_when_the_place_is_open(make: Making) -> None:
    found = explained(with_place(make(), 0, hours="Tu 16:45-20:00"), "p0").hindrance
    assert found is not None
    (opening,) = found.openings
    assert opening.open_s == ((int(16.75 * 3600), 20 * 3600),)


def test_an_afternoon_longer_by_the_missing_time_reaches_the_place_and_a_shorter_one_does_not(
    make: Making,
) -> None:
    district = with_place(make(), 0, hours="Tu 14:00-14:30")
    found = explained(district, "p0").hindrance
    assert found is not None
    (afternoon,) = district.config.afternoons
    reached = []
    for seconds in (found.missing_s - 60, found.missing_s):
        earlier = replace(afternoon, start_s=afternoon.start_s - seconds)
        config = replace(district.config, afternoons=(earlier,))
        candidates = problem_of(replace(district, config=config)).candidates
        reached.append("p0" in {candidate.place for candidate in candidates})
    assert reached == [False, True]


# -- stops that are in the plan --------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stop_is_worth_what_all_plans_without_it_are_worth_less(seed: int, make: Making) -> None:
    district = make(seed=seed)
    problem = problem_of(district)
    for id_ in visited(planned(district)):
        found = explained(district, id_)
        assert found.price is not None
        truth = price(problem, lacking(problem, id_))
        assert (found.reason, found.price.least, found.price.most) == ("worth_it", truth, truth)


def test_a_stop_that_a_rule_needs_names_the_rule(make: Making, region: Region) -> None:
    west, _east = region.municipalities
    areas = f'[[areas]]\nname = "Westen"\nkind = "focus"\nmunicipalities = ["{west}"]\n'
    found = explained(make(places=2, areas=areas), "p0")
    assert (found.reason, [demand.origin for demand in found.demands]) == (
        "needed",
        [("area", "Westen")],
    )


def test_what_a_wish_costs_is_a_worth_below_nothing(make: Making) -> None:
    district = make()
    outside = min({place.id for place in district.places} - visited(planned(district)))
    problem = problem_of(district)
    found = explained(district, outside, replace(NOTHING, pins=(outside,)))
    truth = best_by_trying(needing(problem, outside))[1]
    truth -= best_by_trying(lacking(problem, outside))[1]
    assert found.price is not None
    assert (found.is_wished, found.price.least, found.price.most) == (True, truth, truth)


def an_appointment(district: District, weekday: int) -> Appointment:
    home = district.places[0]
    start = 15 * 3600
    return Appointment(
        id="visit",
        weekday=weekday,
        start_s=start,
        latest_s=start,
        dwell_s=1800,
        name="Frau Muster",
        lon=home.lon,
        lat=home.lat,
        ags=home.ags,
    )


def test_what_an_appointment_costs_is_what_the_week_would_be_worth_more_without_it(
    make: Making,
) -> None:
    bare = make()
    district = replace(bare, appointments=(an_appointment(bare, 1),))
    found = explained(district, "visit")
    truth = best_by_trying(problem_of(district))[1] - best_by_trying(problem_of(bare))[1]
    assert found.price is not None
    assert (found.is_planned, found.price.least, found.price.most) == (True, truth, truth)


def test_an_appointment_of_another_week_says_so(make: Making) -> None:
    bare = make()
    later = replace(an_appointment(bare, 1), weekday=None, date=dt.date(2026, 12, 1))
    assert explained(replace(bare, appointments=(later,)), "visit").reason == "another_day"


def test_an_appointment_in_a_cancelled_afternoon_says_so(make: Making) -> None:
    bare = make(days="Di Do")
    district = replace(bare, appointments=(an_appointment(bare, 3),))
    found = explained(district, "visit", replace(NOTHING, cancelled=("Do",)))
    assert found.reason == "cancelled"


# -- what the plan was made with -------------------------------------------------------------


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

    monkeypatch.setattr("tours.explain.settle", note)
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
        return tuple(replace(one, overdue=(late,)) for one in draw_up(*args, **options))  # type: ignore[arg-type]

    monkeypatch.setattr("tours.explain.draw_up", hurried)
    assert explain(district, (plan,), WEEK, outside).reason == "undecided"


def test_without_time_no_reason_is_given(make: Making) -> None:
    district = make()
    for place in district.places:
        found = explained(district, place.id, time_limit=0)
        assert found.price is None or not found.price.is_proven
        assert found.reason in ("undecided", "worth_it")
