"""Explanations against all plans of a week on the napkin, each tried out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_explanations import explained, lacking, needing, price
from small_services import NOTHING, Making, planned, problem_of, visited, with_place
from small_weeks import best_by_trying

from geodata.region import Region
from tours.appointments import Appointment
from tours.district import District

SEEDS = range(5)


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
