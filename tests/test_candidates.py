"""What the week offers to the solver, on the small district of the fixtures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geodata.errors import OutreachError
from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.region import Region
from geodata.travel import Router
from tours.candidates import Offer, Pin, Wishes, offer_week, read_pin
from tours.config import Config, read_config
from tours.district import District
from tours.plan import Plan
from tours.planning import travel_points, week_shifts
from tours.schedule import clock


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    config = read_config(region_toml, "region.toml", region.municipalities)
    west, east = list(region.municipalities.values())[:2]
    places = (
        Place(id="west", name="West", kind="square", lon=west.lon, lat=west.lat, ags=west.ags),
        Place(id="east", name="East", kind="school", lon=east.lon, lat=east.lat, ags=east.ags),
    )
    return District(region, config, places, replace(road_network, snap_limit_m=100_000))


def offered(
    district: District,
    week: str = "2026-W48",
    *,
    wishes: Wishes | None = None,
    roster: Plan | None = None,
    weeks_since: dict[str, int] | None = None,
) -> Offer:
    shifts, _cancelled = week_shifts(district.config, week)
    travel = Router(district.network, travel_points(district)).travel_times()
    return offer_week(
        district.config,
        district.region,
        district.places,
        shifts,
        travel,
        weeks_since=weeks_since or {},
        roster=roster,
        wishes=wishes,
    )


def with_place(district: District, *, hours: str = "", status: str = "active") -> District:
    first, *others = district.places
    return replace(district, places=(replace(first, hours=hours, status=status), *others))


def starts(offer: Offer, place: str) -> list[str]:
    return sorted(
        {clock(o.start_s) for c in offer.problem.candidates if c.place == place for o in c.options}
    )


def test_starts_lie_on_the_grid(district: District) -> None:
    grid = district.config.grid_s
    found = {o.start_s % grid for c in offered(district).problem.candidates for o in c.options}
    assert found == {0}


def test_halts_end_before_the_place_closes(district: District) -> None:
    offer = offered(with_place(district, hours="Mo-Su 15:00-16:00"))
    ends = {
        clock(o.start_s + o.dwell_s)
        for c in offer.problem.candidates
        if c.place == "west"
        for o in c.options
    }
    assert max(ends) == "16:00"


def test_a_place_that_is_shut_all_week_is_closed(district: District) -> None:
    assert offered(with_place(district, hours="Su 15:00-16:00")).left_out["west"] == "closed"


def test_a_resting_place_is_left_out(district: District) -> None:
    assert offered(with_place(district, status="resting")).left_out["west"] == "resting"


def test_a_banned_place_is_left_out(district: District) -> None:
    assert offered(district, wishes=Wishes(bans=frozenset({"west"}))).left_out["west"] == "banned"


def test_a_place_of_others_is_left_out(district: District) -> None:
    config = replace(district.config, not_served=frozenset({district.places[0].ags}))
    assert offered(replace(district, config=config)).left_out["west"] == "not_served"


def test_a_pin_with_a_time_leaves_that_time_alone(district: District) -> None:
    pin = Pin("west", start_s=16 * 3600)
    assert starts(offered(district, wishes=Wishes(pins=(pin,))), "west") == ["16:00"]


def test_a_pin_is_a_rule_that_must_hold(district: District) -> None:
    covers = offered(district, wishes=Wishes(pins=(Pin("west"),))).problem.covers
    assert [(c.places, c.bonus) for c in covers if "west" in c.name] == [
        (frozenset({"west"}), None)
    ]


def test_wishes_for_unknown_places_are_all_named(district: District) -> None:
    wishes = Wishes(pins=(Pin("nowhere"),), bans=frozenset({"elsewhere"}))
    with pytest.raises(OutreachError, match="nowhere") as caught:
        offered(district, wishes=wishes)
    assert len(caught.value.faults) == 2


def test_a_place_pinned_and_banned_is_a_fault(district: District) -> None:
    wishes = Wishes(pins=(Pin("west"),), bans=frozenset({"west"}))
    with pytest.raises(OutreachError, match="west"):
        offered(district, wishes=wishes)


def test_bonus_grows_with_the_weeks_since_the_last_visit(district: District) -> None:
    config: Config = replace(district.config, areas=(), municipality_bonus=0.2, cycle_weeks=4)
    plain = replace(district, config=config)
    ags = plain.places[0].ags
    bonus = [
        next(
            c.bonus for c in offered(plain, weeks_since=since).problem.covers if "west" in c.places
        )
        for since in ({ags: 1}, {ags: 3}, {ags: 9}, {})
    ]
    assert bonus == [20, 60, 80, 80]


def test_longer_halts_earn_more_but_not_in_proportion(district: District) -> None:
    offer = offered(district)
    short, long = (
        expected
        for (place, shift, dwell), expected in sorted(offer.expected.items())
        if (place, shift) == ("west", 0) and dwell in (30 * 60, 60 * 60)
    )
    assert short < long < 2 * short


def test_schools_expect_less_in_school_holidays(district: District) -> None:
    term, holiday = (
        offered(district, week).expected["east", 0, 30 * 60] for week in ("2026-W48", "2026-W43")
    )
    assert holiday < term


def test_weekday_of_a_shift_is_that_of_the_settings(district: District) -> None:
    shifts, _cancelled = week_shifts(district.config, "2026-W48")
    assert {s.date.weekday() for s in shifts} == {a.weekday for a in district.config.afternoons}


def test_an_afternoon_on_a_public_holiday_is_cancelled(district: District) -> None:
    afternoon = replace(district.config.afternoons[0], weekday=4)
    config = replace(district.config, afternoons=(afternoon,))
    shifts, cancelled = week_shifts(config, "2026-W53")
    assert (shifts, [c.date for c in cancelled]) == ((), [dt.date(2027, 1, 1)])


@pytest.mark.parametrize("pin", [Pin("west", weekday=6), Pin("west", start_s=16 * 3600 + 60)])
def test_a_pin_that_no_rule_allows_is_a_fault(district: District, pin: Pin) -> None:
    with pytest.raises(OutreachError, match="west"):
        offered(district, wishes=Wishes(pins=(pin,)))


def test_a_pin_on_a_resting_place_is_a_fault(district: District) -> None:
    resting = with_place(district, status="resting")
    with pytest.raises(OutreachError, match="west"):
        offered(resting, wishes=Wishes(pins=(Pin("west"),)))


def test_two_pins_of_one_place_are_two_rules(district: District) -> None:
    wishes = Wishes(pins=(Pin("west", weekday=1), Pin("west", weekday=3)))
    covers = [c for c in offered(district, wishes=wishes).problem.covers if "west" in c.name]
    assert [c.shifts for c in covers] == [frozenset({0}), frozenset({1})]


def test_an_area_counts_visits_on_its_days_only(district: District) -> None:
    west = replace(district.config.areas[0], valid_until=dt.date(2026, 11, 25))
    config = replace(district.config, areas=(west,))
    covers = offered(replace(district, config=config)).problem.covers
    assert [c.shifts for c in covers if c.bonus is None] == [frozenset({0})]


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("west", Pin("west")),
        ("west@Mi", Pin("west", 2)),
        ("west@mi 15:30", Pin("west", 2, 15 * 3600 + 30 * 60)),
    ],
)
def test_a_pin_is_read_as_it_is_typed(text: str, pin: Pin) -> None:
    assert read_pin(text) == pin


@pytest.mark.parametrize("text", ["", "@Mi", "west@Xx", "west@Mi 25:00", "west@Mi 15:99", "a@b@c"])
def test_what_is_no_pin_is_refused(text: str) -> None:
    with pytest.raises(OutreachError):
        read_pin(text)
