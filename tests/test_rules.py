"""The rules of the weeks: covers, limits, budgets and orders on the small district."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_districts import WEEK, covers_of, earlier_plan, offered, small_district

from geodata.network import RoadNetwork
from geodata.region import Area, Region
from tours.afternoons import Afternoon
from tours.appointments import Appointment
from tours.candidates import Offer
from tours.config import Config
from tours.district import District
from tours.history import read_history
from tours.wishes import Ban, Lineup, Outage, Pin, Wishes

EAST = "03000002"
WEST = "03000001"


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    """Return two places; the west is a focus area, the east is asked for by the cycle."""
    return small_district(region, region_toml, road_network)


def with_rules(district: District, **settings: object) -> District:
    config: Config = replace(district.config, **settings)  # type: ignore[arg-type]  # any field
    return replace(district, config=config)


def with_area(district: District, area: Area) -> District:
    return with_rules(district, areas=(area,))


def seen(district: District, weeks_ago: int) -> Offer:
    """Return what week 48 offers if the east was visited so long ago."""
    week = f"2026-W{48 - weeks_ago}"
    history = read_history([earlier_plan(district, week, ("east", "Di", 15))])
    return offered(district, history=history)


def bonuses(offer: Offer, place: str) -> list[int | None]:
    return [cover.bonus for cover in covers_of(offer, place)]


def test_a_focus_area_has_to_be_visited_every_week(district: District) -> None:
    (cover,) = covers_of(offered(district), "west")
    assert (cover.name, cover.at_least, cover.bonus) == ("Westen", 1, None)


def test_in_two_weeks_a_focus_area_has_to_be_visited_in_each(district: District) -> None:
    covers = covers_of(offered(district, "2026-W48", "2026-W49"), "west")
    assert [(cover.name, cover.shifts) for cover in covers] == [
        ("Westen (2026-W48)", frozenset({0, 1})),
        ("Westen (2026-W49)", frozenset({2, 3})),
    ]


def test_an_area_that_is_owed_nothing_is_no_rule(district: District) -> None:
    area = Area("Westen", "funding", frozenset({WEST}), at_least=0)
    assert [cover.name for cover in covers_of(offered(with_area(district, area)), "west")] == [
        "Westdorf"
    ]


def test_an_area_counts_on_its_days_only(district: District) -> None:
    area = Area("Westen", "focus", frozenset({WEST}), valid_from=dt.date(2026, 11, 25))
    (cover,) = covers_of(offered(with_area(district, area)), "west")
    assert cover.shifts == frozenset({1})


def test_an_area_that_is_over_leaves_its_municipality_to_the_cycle(district: District) -> None:
    area = Area("Westen", "focus", frozenset({WEST}), valid_until=dt.date(2026, 11, 23))
    (cover,) = covers_of(offered(with_area(district, area)), "west")
    assert (cover.name, cover.bonus) == ("Westdorf", 80)


def test_time_on_site_is_a_rule_of_its_own(district: District) -> None:
    area = Area("Westen", "focus", frozenset({WEST}), at_least=0, at_least_s=5400)
    (cover,) = covers_of(offered(with_area(district, area)), "west")
    assert (cover.bonus, cover.dwell_s) == (None, 5400)


def test_an_area_of_two_municipalities_leaves_both_to_the_cycle(district: District) -> None:
    area = Area("Alles", "focus", frozenset({WEST, EAST}))
    covers = covers_of(offered(with_area(district, area)), "east")
    assert [(cover.name, cover.bonus) for cover in covers] == [("Alles", None), ("Ostdorf", 80)]


@pytest.mark.parametrize(("weeks_ago", "bonus"), [(1, 20), (2, 40), (3, 60)])
def test_the_bonus_grows_with_the_weeks_since_the_last_visit(
    district: District, weeks_ago: int, bonus: int
) -> None:
    assert bonuses(seen(district, weeks_ago), "east") == [bonus]


def test_what_was_never_visited_earns_the_bonus_of_a_whole_cycle(district: District) -> None:
    assert bonuses(offered(district), "east") == [80]


@pytest.mark.parametrize("weeks_ago", [4, 7])
def test_at_the_end_of_its_cycle_a_municipality_has_to_be_visited(
    district: District, weeks_ago: int
) -> None:
    offer = seen(district, weeks_ago)
    assert bonuses(offer, "east") == [None]
    assert [duty.ags for duty in offer.duties.values()] == [EAST]


def test_a_duty_stands_at_the_position_of_its_cover(district: District) -> None:
    offer = seen(district, 4)
    (number,) = offer.duties
    assert offer.problem.covers[number].name == offer.duties[number].name


def test_what_is_waived_earns_its_bonus_instead(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W44", ("east", "Di", 15))])
    offer = offered(district, history=history, waived=(EAST,))
    assert (bonuses(offer, "east"), offer.duties) == ([80], {})


def test_a_municipality_that_is_due_without_an_open_place_is_unreached(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W44", ("east", "Di", 15))])
    offer = offered(district, history=history, wishes=Wishes(bans=(Ban("east"),)))
    assert {duty.ags: why for duty, why in offer.unreached.items()} == {EAST: "no_place"}


def test_a_municipality_that_is_due_may_lack_the_afternoon_that_is_cancelled(
    district: District,
) -> None:
    west, east = district.places
    district = replace(district, places=(west, replace(east, hours="Th 14:00-19:00")))
    history = read_history([earlier_plan(district, "2026-W44", ("east", "Di", 15))])
    offer = offered(district, history=history, wishes=Wishes(outages=(Outage(3),)))
    assert {duty.ags: why for duty, why in offer.unreached.items()} == {EAST: "cancelled"}


@pytest.mark.parametrize(
    ("week", "hours", "outages", "days"),
    [
        # Thursday, 24 December, is cancelled; so it is on Ascension Day, a public holiday.
        ("2026-W52", "Th 14:00-19:00", (Outage(3, reason="zu"),), ["2026-12-24"]),
        ("2026-W20", "Th 14:00-19:00; PH off", (), ["2026-05-14"]),
    ],
)
def test_an_area_whose_afternoons_are_all_cancelled_is_not_insisted_on(
    week: str, hours: str, outages: tuple[Outage, ...], days: list[str], district: District
) -> None:
    west, east = district.places
    district = replace(district, places=(replace(west, hours=hours), east))
    offer = offered(district, week, wishes=Wishes(outages=outages))
    assert covers_of(offer, "west") == []
    assert [
        (of, area.name, [c.date.isoformat() for c in area.cancelled]) for of, area in offer.unserved
    ] == [(week, "Westen", days)]


@pytest.mark.parametrize(
    ("hours", "outages"),
    [
        ("Tu,Th 14:00-19:00", (Outage(3),)),  # Tuesday is left
        ("off", (Outage(3),)),  # nor was it open before
        ("Su 14:00-19:00", ()),
    ],
)
def test_an_area_is_insisted_on_unless_a_cancellation_is_the_cause(
    hours: str, outages: tuple[Outage, ...], district: District
) -> None:
    west, east = district.places
    district = replace(district, places=(replace(west, hours=hours), east))
    offer = offered(district, wishes=Wishes(outages=outages))
    assert offer.unserved == ()
    assert [cover.name for cover in covers_of(offer, "west")] == ["Westen"]


def test_a_municipality_of_others_is_asked_by_nobody(district: District) -> None:
    district = with_rules(district, not_served=frozenset({EAST}))
    history = read_history([earlier_plan(district, "2026-W40", ("west", "Di", 15))])
    offer = offered(district, history=history)
    assert (covers_of(offer, "east"), offer.unreached) == ([], {})


def test_without_the_exploration_rule_there_is_no_bonus_for_it(district: District) -> None:
    assert not any("xplor" in cover.name for cover in offered(district).problem.covers)


@pytest.mark.parametrize(("weeks_ago", "is_unknown"), [(1, False), (2, False), (3, True)])
def test_an_exploration_stop_is_at_a_place_not_visited_for_long(
    district: District, weeks_ago: int, is_unknown: bool
) -> None:
    exploring = with_rules(district, exploration_weeks=3, exploration=0.7)
    assert (70 in bonuses(seen(exploring, weeks_ago), "east")) == is_unknown


def test_an_appointment_is_no_exploration_stop(district: District) -> None:
    exploring = with_rules(district, exploration_weeks=3)
    home = replace(exploring, appointments=(appointment(),))
    assert covers_of(offered(home), "home")[0].bonus is None
    assert len(covers_of(offered(home), "home")) == 1


def appointment() -> Appointment:
    return Appointment(
        id="home",
        weekday=1,
        start_s=55_800,
        latest_s=57_600,
        dwell_s=1800,
        name="Home",
        lon=10.05,
        lat=52.05,
        ags=WEST,
    )


def test_an_appointment_has_to_be_kept_on_its_day(district: District) -> None:
    (cover,) = covers_of(offered(replace(district, appointments=(appointment(),))), "home")
    assert (cover.bonus, cover.shifts) == (None, frozenset({0}))


def test_of_two_buses_one_keeps_the_appointment(district: District) -> None:
    buses = tuple(Afternoon(1, 50_400, 68_400, bus) for bus in ("1", "2"))
    home = replace(with_rules(district, afternoons=buses), appointments=(appointment(),))
    limits = [x for x in offered(home).problem.limits if x.places == frozenset({"home"})]
    assert [(limit.shifts, limit.at_most) for limit in limits] == [(frozenset({0, 1}), 1)]


@pytest.mark.parametrize(("service", "place", "most"), [(1, 3, 1), (3, 1, 1), (2, 3, 2)])
def test_visits_of_a_week_are_limited_by_service_and_place(
    district: District, service: int, place: int, most: int
) -> None:
    first, *others = district.places
    places = (replace(first, per_week=place), *others)
    offer = offered(with_rules(replace(district, places=places), visits_per_place=service))
    limits = [limit for limit in offer.problem.limits if limit.places == frozenset({"west"})]
    assert [(limit.shifts, limit.at_most) for limit in limits] == [(frozenset({0, 1}), most)]


def test_visits_of_each_week_are_limited_alone(district: District) -> None:
    limits = [
        limit.shifts
        for limit in offered(district, "2026-W48", "2026-W49").problem.limits
        if limit.places == frozenset({"west"})
    ]
    assert limits == [frozenset({0, 1}), frozenset({2, 3})]


@pytest.mark.parametrize(("between", "apart"), [(1, []), (2, []), (3, [frozenset({0, 1})])])
def test_days_between_two_visits_forbid_pairs_of_days(
    district: District, between: int, apart: list[frozenset[int]]
) -> None:
    # Tuesday and Thursday: two days.
    first, *others = district.places
    places = (replace(first, per_week=2), *others)
    offer = offered(
        with_rules(replace(district, places=places), visits_per_place=2, days_between=between)
    )
    pairs = [x.shifts for x in offer.problem.limits if x.at_most == 1 and "west" in x.places]
    assert pairs == apart


def test_stops_in_an_afternoon_are_limited_over_all_places(district: District) -> None:
    offer = offered(with_rules(district, stops_per_afternoon=4))
    limits = [limit for limit in offer.problem.limits if limit.at_most == 4]
    assert [(limit.places, limit.shifts) for limit in limits] == [
        (frozenset({"west", "east"}), frozenset({0})),
        (frozenset({"west", "east"}), frozenset({1})),
    ]


def test_driving_of_an_afternoon_is_limited_alone(district: District) -> None:
    budgets = offered(with_rules(district, drive_per_afternoon_s=3600)).problem.budgets
    assert [(budget.shifts, budget.drive_s) for budget in budgets] == [
        (frozenset({0}), 3600),
        (frozenset({1}), 3600),
    ]


def test_driving_of_a_week_is_limited_for_each_bus(district: District) -> None:
    buses = tuple(Afternoon(day, 50_400, 68_400, bus) for day in (1, 3) for bus in ("1", "2"))
    budgets = offered(with_rules(district, afternoons=buses, drive_per_week_s=7200)).problem.budgets
    assert [budget.shifts for budget in budgets] == [frozenset({0, 2}), frozenset({1, 3})]


def test_a_pin_is_a_rule_in_each_week(district: District) -> None:
    pin = Pin("east", 1)
    offer = offered(district, "2026-W48", "2026-W49", wishes=Wishes(pins=(pin,)))
    pins = [cover.shifts for cover in covers_of(offer, "east") if pin.name in cover.name]
    assert pins == [frozenset({0}), frozenset({2})]


def test_a_pin_on_a_holiday_is_no_rule_of_that_week(district: District) -> None:
    # Ascension Day 2027 is the Thursday of week 18.
    pin = Pin("west", 3)
    offer = offered(district, "2027-W18", "2027-W19", wishes=Wishes(pins=(pin,)))
    pins = [cover.shifts for cover in covers_of(offer, "west") if pin.name in cover.name]
    assert pins == [frozenset({2})]


def test_a_forced_place_has_to_be_visited_on_any_day(district: District) -> None:
    offer = offered(district, wishes=Wishes(forced=("east",)))
    assert (None, frozenset({0, 1})) in [(c.bonus, c.shifts) for c in covers_of(offer, "east")]


@pytest.mark.parametrize(("weekday", "shifts"), [(None, {0, 1}), (3, {1})])
def test_an_order_is_kept_on_its_days(
    district: District, weekday: int | None, shifts: set[int]
) -> None:
    wishes = Wishes(lineups=(Lineup(("east", "west"), weekday),))
    (order,) = offered(district, wishes=wishes).problem.orders
    assert (order.places, order.shifts) == (("east", "west"), frozenset(shifts))


def test_a_wish_said_twice_is_one_rule(district: District) -> None:
    wishes = Wishes(pins=(Pin("east"), Pin("east")), forced=("west", "west"))
    names = [cover.name for cover in offered(district, WEEK, wishes=wishes).problem.covers]
    assert len(names) == len(set(names))
