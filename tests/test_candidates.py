"""What the week offers to the solver, on the small district of the fixtures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_districts import WEEK, offered, small_district

from geodata.errors import OutreachError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.region import Region
from geodata.travel import Router
from tours.candidates import Offer, offer_weeks
from tours.district import District
from tours.outings import build_outings
from tours.planning import travel_points
from tours.schedule import clock
from tours.wishes import Ban, Outage, Pin, Wishes


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    return small_district(region, region_toml, road_network)


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
    assert offered(with_place(district, hours="Su 15:00-16:00")).left_out["west", WEEK] == "closed"


def test_a_resting_place_is_left_out(district: District) -> None:
    assert offered(with_place(district, status="resting")).left_out["west", WEEK] == "resting"


@pytest.mark.parametrize("reason", ["no_road", "cut_off"])
def test_a_place_without_a_road_is_left_out(reason: str, district: District) -> None:
    offer = without_road(district, Wishes(), reason)
    assert offer.left_out["east", WEEK] == reason
    assert {c.place for c in offer.problem.candidates} == {"west"}


def test_a_wish_for_a_place_without_a_road_is_a_fault(district: District) -> None:
    with pytest.raises(OutreachError, match="Straße"):
        without_road(district, Wishes(pins=(Pin("east"),)), "no_road")


def without_road(district: District, wishes: Wishes, reason: str) -> Offer:
    """Return the offer of a week in which the eastern place has no times."""
    points = [point for point in travel_points(district) if point.id != "east"]
    travel = replace(Router(district.network, points).travel_times(), missing={"east": reason})
    return offer_weeks(district, build_outings(district.config, (WEEK,), ()), travel, wishes=wishes)


def test_a_banned_place_is_left_out(district: District) -> None:
    assert offered(district, wishes=Wishes(bans=(Ban("west"),))).left_out["west", WEEK] == "banned"


def test_a_place_of_others_is_left_out(district: District) -> None:
    config = replace(district.config, not_served=frozenset({district.places[0].ags}))
    assert offered(replace(district, config=config)).left_out["west", WEEK] == "not_served"


def test_a_pin_with_a_time_leaves_that_time_alone(district: District) -> None:
    pin = Pin("west", start_s=16 * 3600)
    assert starts(offered(district, wishes=Wishes(pins=(pin,))), "west") == ["16:00"]


def test_a_pin_is_a_rule_that_must_hold(district: District) -> None:
    covers = offered(district, wishes=Wishes(pins=(Pin("west"),))).problem.covers
    assert [(c.places, c.bonus) for c in covers if "west" in c.name] == [
        (frozenset({"west"}), None)
    ]


def test_wishes_for_unknown_places_are_all_named(district: District) -> None:
    wishes = Wishes(pins=(Pin("nowhere"),), bans=(Ban("elsewhere"),))
    with pytest.raises(OutreachError, match="nowhere") as caught:
        offered(district, wishes=wishes)
    assert len(caught.value.faults) == 2


def test_a_place_pinned_and_banned_is_a_fault(district: District) -> None:
    wishes = Wishes(pins=(Pin("west"),), bans=(Ban("west"),))
    with pytest.raises(OutreachError, match="west"):
        offered(district, wishes=wishes)


def test_longer_halts_earn_more_but_not_in_proportion(district: District) -> None:
    offer = offered(district)
    short, long = (
        expected
        for (place, shift, start, dwell), expected in sorted(offer.expected.items())
        if (place, shift, start) == ("west", 0, 15 * 3600) and dwell in (30 * 60, 60 * 60)
    )
    assert short < long < 2 * short


def test_schools_expect_less_in_school_holidays(district: District) -> None:
    term, holiday = (
        offered(district, week).expected["east", 0, 17 * 3600, 30 * 60]
        for week in ("2026-W48", "2026-W43")
    )
    assert holiday < term


@pytest.mark.parametrize(
    ("week", "outages", "said"),
    [
        ("2026-W48", (Outage(1, reason="Krankheit"),), "Tue 24 Nov is not driven (Krankheit)"),
        ("2028-W40", (), "Tue 3 Oct is not driven (German Unity Day)"),
    ],
)
def test_a_pin_on_a_day_that_is_not_driven_names_the_cause(
    week: str, outages: tuple[Outage, ...], said: str, district: District
) -> None:
    wishes = Wishes(pins=(Pin("west", weekday=1),), outages=outages)
    with speaking("en"), pytest.raises(OutreachError) as caught:
        offered(district, week, wishes=wishes)
    (fault,) = caught.value.faults
    assert fault.what.endswith(said)


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
