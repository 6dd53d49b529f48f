"""The year's benchmark keeps right accounts: weeks planned on weeks, gaps, shares, made visits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.made_visits import SCATTER, MadeVisits, visits_of
from benchmarks.tally import (
    NO_AFTERNOON,
    DoneWeek,
    missed_areas,
    places_visited,
    stable_shares,
    waitings,
)
from benchmarks.year import measures, plan_year
from small_districts import earlier_plan, small_district

from geodata.network import RoadNetwork
from geodata.region import Area, Region
from tours.afternoons import Afternoon
from tours.calendar import weeks_from
from tours.district import District
from tours.hotspots.hotspots import effective_hours
from tours.workspace import Workspace

WEST, EAST = "03000001", "03000002"
WEEKS = weeks_from("2026-W48", 9)


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    """Return a focus area in the west, and the east that the cycle of 4 weeks asks for."""
    return small_district(region, region_toml, road_network)


def done(district: District, *visits: str) -> list[DoneWeek]:
    """Return a week for each text: the places visited on Tuesday at 15 o'clock; “-” for no plan."""
    return [
        DoneWeek(week, None, trouble=NO_AFTERNOON)
        if places == "-"
        else DoneWeek(week, earlier_plan(district, week, *((p, "Di", 15) for p in places.split())))
        for week, places in zip(WEEKS, visits, strict=False)
    ]


def wait(district: District, *visits: str) -> list[tuple[str, int, int]]:
    found = waitings(district, done(district, *visits))
    return [(waiting.name, waiting.longest, waiting.visits) for waiting in found]


@pytest.mark.parametrize(
    ("visits", "longest", "number"),
    [
        (("east", "east", "east"), 1, 3),
        (("west", "west", "east"), 3, 1),
        (("east", "west", "west"), 3, 1),
        (("east", "west", "-", "west", "east"), 4, 2),
        (("west", "west"), 3, 0),
    ],
)
def test_a_gap_counts_from_before_the_first_week_to_after_the_last(
    district: District, visits: tuple[str, ...], longest: int, number: int
) -> None:
    assert wait(district, *visits) == [("Ostdorf", longest, number)]


def test_a_focus_area_of_one_municipality_is_not_asked_by_the_cycle(district: District) -> None:
    assert [name for name, *_rest in wait(district, "west")] == ["Ostdorf"]


def test_the_members_of_a_wider_area_are_asked_by_the_cycle(district: District) -> None:
    area = Area("Alles", "focus", frozenset({WEST, EAST}))
    wide = replace(district, config=replace(district.config, areas=(area,)))
    assert wait(wide, "west") == [("Westdorf", 1, 1), ("Ostdorf", 2, 0)]


def test_a_week_without_a_stop_in_an_area_is_missed(district: District) -> None:
    missed = missed_areas(district, done(district, "west", "east", "west east", "-"))
    assert [(m.area, m.week, m.reason) for m in missed] == [
        ("Westen", "2026-W49", "not in the plan"),
        ("Westen", "2026-W51", NO_AFTERNOON),
    ]


def test_an_area_that_is_owed_more_time_on_site_is_missed(district: District) -> None:
    area = Area("Westen", "focus", frozenset({WEST}), at_least=0, at_least_s=3601)
    long = replace(district, config=replace(district.config, areas=(area,)))
    assert len(missed_areas(long, done(long, "west"))) == 1


def test_stable_is_what_has_place_weekday_and_start_of_the_last_tour(district: District) -> None:
    plans = [
        earlier_plan(district, "2026-W48", ("west", "Di", 15), ("east", "Do", 15)),
        earlier_plan(district, "2026-W49", ("west", "Di", 16), ("east", "Do", 15)),
        # The Thursday is cancelled, and then as before.
        earlier_plan(district, "2026-W50", ("west", "Di", 16), days="Di"),
        earlier_plan(district, "2026-W51", ("east", "Di", 16), ("east", "Do", 15)),
    ]
    shares = stable_shares([DoneWeek(plan.week, plan) for plan in plans])
    assert shares == [("2026-W49", 0.5), ("2026-W50", 1.0), ("2026-W51", 0.5)]


def test_the_weeks_of_a_cycle_are_stable_against_those_of_the_last_one(district: District) -> None:
    weeks = done(district, "west", "east", "west", "west", "-", "east")
    assert stable_shares(weeks, 2) == [("2026-W50", 1.0), ("2026-W51", 0.0), ("2026-W53", 0.0)]


def test_places_are_counted_once(district: District) -> None:
    assert places_visited(done(district, "west", "west east", "-", "east")) == 2


def test_a_year_is_planned_on_the_plans_before_it(district: District, tmp_path: Path) -> None:
    # The west is the better place; without the bonus the bus comes east at the cycle's end only.
    config = replace(district.config, municipality_bonus=0.0, driving_hour=50.0)
    lazy = replace(district, config=config)
    weeks = plan_year(lazy, WEEKS, Workspace(tmp_path))
    east = [
        week.week
        for week in weeks
        if week.plan and any(s.ags == EAST for tour in week.plan.tours for s in tour.stops)
    ]
    assert east == [WEEKS[3], WEEKS[7]]
    assert [waiting.longest for waiting in waitings(lazy, weeks)] == [4]


def test_weeks_of_a_cycle_are_planned_as_one(district: District, tmp_path: Path) -> None:
    weeks = plan_year(district, WEEKS[:5], Workspace(tmp_path), at_once=2)
    cycles = [week.plan.cycle if week.plan else None for week in weeks]
    assert cycles == [WEEKS[:2], WEEKS[:2], WEEKS[2:4], WEEKS[2:4], ()]


def test_a_week_of_holidays_is_told_apart_and_the_service_goes_on(
    district: District, tmp_path: Path
) -> None:
    # Christmas Day 2026 and New Year's Day 2027 are the Fridays of weeks 52 and 53.
    friday = replace(district.config, afternoons=(Afternoon(4, 50_400, 68_400),))
    weeks = plan_year(
        replace(district, config=friday), weeks_from("2026-W51", 4), Workspace(tmp_path)
    )
    assert [week.trouble for week in weeks] == ["", NO_AFTERNOON, NO_AFTERNOON, ""]


def test_a_week_that_cannot_hold_is_told_with_its_rule(district: District, tmp_path: Path) -> None:
    shut = tuple(replace(place, hours="Su 10:00-11:00") for place in district.places)
    (week,) = plan_year(replace(district, places=shut), WEEKS[:1], Workspace(tmp_path))
    assert "Westen" in week.trouble


def test_what_is_measured_of_weeks_without_a_plan_is_no_number(
    district: District, tmp_path: Path
) -> None:
    found = measures(district, done(district, "-", "-"))
    assert (found["planned"], found["stable_mean"], found["met"]) == (0, None, None)


def test_the_targets_are_judged_by_what_was_measured(district: District) -> None:
    always = ["west east"] * 5
    found = [
        list(measures(district, done(district, *weeks))["is_reached"].values())
        for weeks in (always, ["west"] * 5, ["west east", "east"], ["west east", "-", "west east"])
    ]
    assert found == [[True] * 3, [True, False, True], [False, True, True], [True] * 3]


def test_the_same_visit_meets_the_same_count(district: District) -> None:
    day, place = dt.date(2026, 11, 24), district.places[0]
    days = [day + dt.timedelta(weeks=week) for week in range(30)]
    first, again, other = (
        [MadeVisits(district, seed).met(place, day, 3600) for day in days] for seed in (1, 1, 2)
    )
    assert first == again != other


def test_counts_have_the_mean_of_the_hidden_rate_and_scatter_more_than_by_chance(
    district: District,
) -> None:
    visits, place = MadeVisits(district, 1), district.places[0]
    # A square, outside the dark months: nothing but its rate counts.
    days = [dt.date(2000, 4, 1) + dt.timedelta(days=n) for n in range(9000)]
    found = np.array([visits.met(place, day, 3600) for day in days if 3 <= day.month <= 10])
    mean = district.config.contacts_per_hour * visits.rate(place) * effective_hours(3600)
    assert found.mean() == pytest.approx(mean, rel=0.1)
    assert found.var() == pytest.approx(SCATTER * mean, rel=0.15)


def test_what_visits_meet_is_logged_and_known_in_the_next_week(district: District) -> None:
    visits = MadeVisits(district, 1)
    plan = earlier_plan(district, "2026-W48", ("west", "Di", 15), ("east", "Do", 15))
    met = visits.log(plan)
    learned = visits.learned().journal.visits
    assert [(visit.place, visit.date.weekday(), visit.id) for visit in learned] == [
        ("west", 1, 1),
        ("east", 3, 2),
    ]
    assert sum(visit.met for visit in learned) == met


def test_visits_are_at_the_announced_times(district: District) -> None:
    plan = earlier_plan(district, "2026-W48", ("west", "Di", 15))
    (visit,) = visits_of(plan, lambda _place, day, start_s, _dwell_s: day.day + start_s)
    (stop,) = plan.tours[0].stops
    assert (visit.start_s, visit.met) == (stop.start_s, 24 + stop.start_s)
    assert visit.dwell_s == stop.departure_s - stop.start_s
