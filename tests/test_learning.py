"""Plans learn from visits: prizes, what was visited last, which place is explored."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_districts import covers_of, earlier_plan, offered, small_district
from small_services import WEEK, planned, service
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.candidates import Offer
from tours.district import District
from tours.history import read_history
from tours.team.crewrules import CrewRules
from tours.visits.visit import Change, Journal, PlannedStop, Visit

# The Tuesday of week 47, the week before the one that is planned.
TUESDAY = dt.date(2026, 11, 17)
HALF = 30 * 60


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    return small_district(region, region_toml, road_network)


def logged(district: District, *visits: Visit, changes: tuple[Change, ...] = ()) -> District:
    return replace(district, journal=Journal(visits, changes))


def prizes(offer: Offer, place: str) -> set[int]:
    return {
        option.prize
        for candidate in offer.problem.candidates
        if candidate.place == place
        for option in candidate.options
        if option.dwell_s == HALF
    }


def expected(offer: Offer, place: str) -> set[int]:
    return {
        contacts
        for (id_, _n, _s, dwell), contacts in offer.expected.items()
        if (id_, dwell) == (place, HALF)
    }


def test_without_visits_the_prize_is_what_is_expected(district: District) -> None:
    offer = offered(district)
    assert prizes(offer, "west") == expected(offer, "west") == {20}  # 0.5 · 0.39


def test_a_place_where_many_were_met_is_worth_more(district: District) -> None:
    before, after = (
        expected(offered(logged(district, *some)), "west")
        for some in ((visit("west", TUESDAY, met=0, new=0),), (visit("west", TUESDAY, met=9),))
    )
    assert min(after) > 2 * max(before)


def test_what_a_visit_can_teach_is_a_part_of_the_prize(district: District) -> None:
    offer = offered(logged(district, visit("west", TUESDAY)))
    assert min(prizes(offer, "east")) > max(expected(offer, "east"))


def test_curiosity_can_be_turned_off(district: District) -> None:
    still = replace(district, config=replace(district.config, curiosity=0.0))
    offer = offered(logged(still, visit("west", TUESDAY)))
    assert prizes(offer, "east") == expected(offer, "east")


def test_where_several_stops_are_possible_only_the_first_earns_for_curiosity(
    district: District,
) -> None:
    places = tuple(replace(place, per_week=2) for place in district.places)
    often = replace(district, places=places, config=replace(district.config, visits_per_place=2))
    offer = offered(logged(often, visit("west", TUESDAY)))
    assert prizes(offer, "east") == expected(offer, "east")
    (cover,) = (c for c in covers_of(offer, "east") if "erster Halt" in c.name)
    assert cover.at_least == 1
    assert 0 < (cover.bonus or 0) < max(expected(offer, "east"))


def test_what_happens_in_the_week_itself_is_not_known_yet(district: District) -> None:
    later = visit("west", TUESDAY + dt.timedelta(days=7), met=9)
    assert (
        offered(logged(district, later)).problem.candidates == offered(district).problem.candidates
    )


def test_a_change_without_a_visit_is_known(district: District) -> None:
    guessed = replace(district, places=tuple(replace(p, start_weight=4.0) for p in district.places))
    said = logged(guessed, changes=(Change("west", TUESDAY, True),))
    assert max(expected(offered(said), "west")) < min(expected(offered(guessed), "west"))


def test_visits_are_no_settings(district: District) -> None:
    assert logged(district, visit("west", TUESDAY)).digest == district.digest


def test_rules_of_the_crew_are_no_settings_of_a_plan(district: District) -> None:
    config = replace(district.config, crew_rules=CrewRules(at_least=3))
    assert replace(district, config=config).digest == district.digest


@pytest.mark.parametrize("values", [{"curiosity": 2.0}, {"hotspot": 2.0}])
def test_later_settings_are_told_where_they_are_set(
    district: District, values: dict[str, float]
) -> None:
    other = replace(district, config=replace(district.config, **values))  # type: ignore[arg-type]  # any of its fields
    assert other.digest != district.digest


def test_a_plan_shows_what_was_learned(
    region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml)
    many = tuple(
        visit("p0", TUESDAY - dt.timedelta(weeks=n), met=8, new=0) for n in range(4, -1, -1)
    )
    before, after = planned(district), planned(logged(district, *many))
    assert after.expected > before.expected
    assert "p0" in {stop.place_id for tour in after.tours for stop in tour.stops}


def test_a_visit_beside_the_plan_counts_as_one(district: District) -> None:
    history = read_history([], [visit("west", TUESDAY)], district.places)
    assert history.weeks_without_place("west", WEEK) == 1
    assert history.weeks_without_municipality(district.places[0].ags, WEEK) == 1


def test_a_stop_that_did_not_take_place_counts_as_none(district: District) -> None:
    plan = earlier_plan(district, "2026-W47", ("west", "Di", 15))
    stop = plan.tours[0].stops[0]
    planned_stop = PlannedStop(
        "2026-W47", plan.tours[0].id, stop.arrival_s, stop.start_s, stop.departure_s
    )
    gone = Visit(
        place="west",
        date=TUESDAY,
        arrival_s=stop.start_s,
        departure_s=stop.start_s,
        reason="staff",
        planned=planned_stop,
    )
    assert read_history([plan]).weeks_without_place("west", WEEK) == 1
    assert read_history([plan], [gone], district.places).weeks_without_place("west", WEEK) is None


def test_keeping_a_time_is_worth_as_much_as_usual_where_many_are_met(
    district: District,
) -> None:
    # Half a usual stop stays half a usual stop: at twice the contacts, twice as many.
    plan = earlier_plan(district, "2026-W47", ("west", "Di", 15))
    known = logged(district, *(visit("east", TUESDAY, met=met, new=0) for met in (9, 8, 9)))
    level = known.hotspots(TUESDAY + dt.timedelta(days=7)).level
    assert level > 1.2
    history = read_history([plan], known.journal.visits, known.places)
    careless = replace(known, config=replace(known.config, stability=0.0))
    more = {
        kept.prize - free.prize
        for a, b in zip(
            offered(known, history=history).problem.candidates,
            offered(careless, history=history).problem.candidates,
            strict=True,
        )
        for kept, free in zip(a.options, b.options, strict=True)
    }
    assert more == {0, round(100 * known.config.stability * level)}


def test_an_exploration_stop_is_worth_as_much_as_usual_where_many_are_met(
    district: District,
) -> None:
    config = replace(district.config, exploration_weeks=8)
    known = logged(
        replace(district, config=config),
        *(visit("east", TUESDAY, met=met, new=0) for met in (9, 8, 9)),
    )
    level = known.hotspots(TUESDAY + dt.timedelta(days=7)).level
    offer = offered(known, history=read_history([], known.journal.visits, known.places))
    (cover,) = (c for c in offer.problem.covers if c.name == "Erkundungshalt")
    assert (cover.bonus or 0) / 100 == pytest.approx(config.exploration * level, abs=0.006)


def explored(district: District, *visits: Visit) -> frozenset[str]:
    config = replace(district.config, exploration_weeks=8)
    known = logged(replace(district, config=config), *visits)
    offer = offered(known, history=read_history([], known.journal.visits, known.places))
    (cover,) = (c for c in offer.problem.covers if c.name == "Erkundungshalt")
    return cover.places


def test_without_visits_any_unknown_place_is_explored(district: District) -> None:
    assert explored(district) == {"west", "east"}


def test_with_visits_those_that_wait_longest_are_explored(district: District) -> None:
    places = tuple(replace(district.places[0], id=f"p{n}", name=f"P{n}") for n in range(6))
    many = replace(district, places=places)
    visits = tuple(
        visit(f"p{n}", TUESDAY - dt.timedelta(weeks=10 + n), met=0, new=0) for n in (4, 3, 2, 1, 0)
    )
    # One was never visited; then come those whose visits are the longest ago.
    assert explored(many, *visits) == {"p5", "p4", "p3"}
