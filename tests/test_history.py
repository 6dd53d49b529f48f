"""What earlier plans tell: when something was last visited, and what the public knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_districts import earlier_plan, small_district

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.district import District
from tours.history import History, read_history
from tours.leftout import Cancelled
from tours.plan import Plan

H = 3600
EAST = "03000002"


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    return small_district(region, region_toml, road_network)


def buses(plan: Plan, *labels: str) -> Plan:
    """Return the plan with a bus on each of its tours."""
    tours = zip(plan.tours, labels, strict=True)
    return replace(plan, tours=tuple(replace(tour, bus=label) for tour, label in tours))


def test_plans_are_in_the_order_of_their_weeks(district: District) -> None:
    weeks = ("2027-W01", "2026-W53", "2026-W47")
    history = read_history([earlier_plan(district, week) for week in weeks])
    assert [plan.week for plan in history.plans] == ["2026-W47", "2026-W53", "2027-W01"]


def test_weeks_are_counted_from_the_last_stop_in_a_municipality(district: District) -> None:
    history = read_history(
        [
            earlier_plan(district, "2026-W44", ("east", "Di", 15)),
            earlier_plan(district, "2026-W46", ("east", "Do", 15)),
            earlier_plan(district, "2026-W47", ("west", "Do", 15)),
        ]
    )
    assert history.weeks_without_municipality(EAST, "2026-W48") == 2


def test_weeks_are_counted_over_the_end_of_a_year_of_53_weeks(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W52", ("east", "Di", 15))])
    assert history.weeks_without_place("east", "2027-W02") == 3


def test_what_was_never_visited_has_no_number_of_weeks(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W47", ("west", "Di", 15))])
    assert history.weeks_without_municipality(EAST, "2026-W48") is None
    assert history.weeks_without_place("east", "2026-W48") is None


def test_an_appointment_is_no_visit_of_its_municipality(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W47", ("home", "Di", 15))])
    assert history.weeks_without_municipality(district.places[0].ags, "2026-W48") is None


@pytest.mark.parametrize(("first", "weeks"), [("2026-W48", 1), ("2026-W47", 2), ("2026-W40", 9)])
def test_service_is_as_old_as_its_first_plan(district: District, first: str, weeks: int) -> None:
    history = read_history([earlier_plan(district, first)] if first < "2026-W48" else [])
    assert history.weeks_of_service("2026-W48") == weeks


def test_without_plans_nothing_is_announced() -> None:
    assert History().announced("2026-W48") == frozenset()


def test_what_is_announced_is_the_last_plan(district: District) -> None:
    history = read_history(
        [
            earlier_plan(district, "2026-W46", ("east", "Di", 15)),
            earlier_plan(district, "2026-W47", ("west", "Di", 16)),
        ]
    )
    assert history.announced("2026-W48") == {("west", 1, 16 * H)}


def test_a_day_that_was_cancelled_is_known_from_the_week_before(district: District) -> None:
    history = read_history(
        [
            earlier_plan(district, "2026-W45", ("east", "Do", 17)),
            earlier_plan(district, "2026-W46", ("west", "Di", 15), ("east", "Do", 15)),
            earlier_plan(district, "2026-W47", ("west", "Di", 16), days="Di"),
        ]
    )
    assert history.announced("2026-W48") == {("west", 1, 16 * H), ("east", 3, 15 * H)}


def test_a_day_on_which_the_bus_stayed_is_known_to_be_empty(district: District) -> None:
    history = read_history(
        [
            earlier_plan(district, "2026-W46", ("east", "Do", 15)),
            earlier_plan(district, "2026-W47", ("west", "Di", 15)),
        ]
    )
    assert history.announced("2026-W48") == {("west", 1, 15 * H)}


def test_a_bus_that_was_cancelled_is_known_from_the_week_before(district: District) -> None:
    before = earlier_plan(
        district, "2026-W46", ("west", "Di", 15), ("east", "Do", 15), days="Di Do"
    )
    # Both buses drive on Tuesday; the second one stays a week later.
    tuesday = before.tours[0].date
    both = buses(
        replace(before, tours=(before.tours[0], replace(before.tours[1], date=tuesday))), "1", "2"
    )
    after = buses(earlier_plan(district, "2026-W47", ("west", "Di", 16), days="Di"), "1")
    stays = Cancelled(tuesday + dt.timedelta(weeks=1), "illness", "2")
    history = read_history([both, replace(after, cancelled=(stays,))])
    assert history.announced("2026-W48") == {("west", 1, 16 * H), ("east", 1, 15 * H)}


def test_a_bus_that_is_there_no_more_is_known_no_more(district: District) -> None:
    before = buses(earlier_plan(district, "2026-W46", ("east", "Di", 15), days="Di"), "2")
    after = buses(earlier_plan(district, "2026-W47", ("west", "Di", 16), days="Di"), "1")
    assert read_history([before, after]).announced("2026-W48") == {("west", 1, 16 * H)}


def test_a_cycle_repeats_the_weeks_of_the_last_one_in_turn(district: District) -> None:
    cycle = ("2026-W46", "2026-W47")
    history = read_history(
        [
            earlier_plan(district, "2026-W46", ("west", "Di", 15), cycle=cycle),
            earlier_plan(district, "2026-W47", ("east", "Di", 15), cycle=cycle),
        ]
    )
    found = [history.announced(week, 2) for week in ("2026-W48", "2026-W49")]
    assert found == [{("west", 1, 15 * H)}, {("east", 1, 15 * H)}]


def test_a_single_week_after_a_cycle_goes_on_with_it(district: District) -> None:
    cycle = ("2026-W46", "2026-W47")
    history = read_history(
        [
            earlier_plan(district, "2026-W46", ("west", "Di", 15), cycle=cycle),
            earlier_plan(district, "2026-W47", ("east", "Di", 15), cycle=cycle),
        ]
    )
    assert history.rosters("2026-W48")[0].week == "2026-W46"


def test_a_first_cycle_repeats_the_week_before(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W47", ("west", "Di", 15))])
    assert history.rosters("2026-W49", 2)[0].week == "2026-W47"


@pytest.mark.parametrize(("week", "known"), [("2026-W50", "west"), ("2026-W51", "east")])
def test_single_weeks_after_a_cycle_take_turns_for_as_long_as_they_follow(
    district: District, week: str, known: str
) -> None:
    cycle = ("2026-W46", "2026-W47")
    plans = [
        earlier_plan(district, "2026-W46", ("west", "Di", 15), cycle=cycle),
        earlier_plan(district, "2026-W47", ("east", "Di", 15), cycle=cycle),
        replace(earlier_plan(district, "2026-W48", ("west", "Di", 16)), repeats=2),
        replace(earlier_plan(district, "2026-W49", ("east", "Di", 16)), repeats=2),
    ]
    if week == "2026-W51":
        plans.append(replace(earlier_plan(district, "2026-W50", ("west", "Di", 16)), repeats=2))
    assert read_history(plans).announced(week) == {(known, 1, 16 * H)}


def test_the_turn_is_known_when_the_plans_of_the_cycle_are_not(district: District) -> None:
    plans = [
        replace(earlier_plan(district, week, (place, "Di", 15)), repeats=2)
        for week, place in (("2026-W46", "west"), ("2026-W47", "east"))
    ]
    assert read_history(plans).announced("2026-W48") == {("west", 1, 15 * H)}


def test_a_cycle_after_single_weeks_that_took_turns_repeats_those(district: District) -> None:
    cycle = ("2026-W46", "2026-W47")
    plans = [
        earlier_plan(district, "2026-W46", ("west", "Di", 15), cycle=cycle),
        earlier_plan(district, "2026-W47", ("east", "Di", 15), cycle=cycle),
        replace(earlier_plan(district, "2026-W48", ("west", "Di", 16)), repeats=2),
    ]
    found = [read_history(plans).announced(week, 2) for week in ("2026-W49", "2026-W50")]
    assert found == [{("east", 1, 15 * H)}, {("west", 1, 16 * H)}]
