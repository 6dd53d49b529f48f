"""Weeks on the napkin that cannot be planned, and the rules that are named for it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from small_services import NOTHING, WEEK, Making, problem_of, visited, with_place
from small_weeks import best_by_trying

from geodata.region import Region
from tours.appointments import Appointment
from tours.district import District
from tours.explain.infeasible import MOST_NAMES, RulesConflictError, conflict_lines
from tours.explain.lengthening import MINUTES, lengthened
from tours.plan import Asked
from tours.planning import plan_weeks
from tours.problem import Rest
from tours.solver.incumbent import Incumbent
from tours.wishes import read_wishes


def area(region: Region, at_least: int = 1) -> str:
    west = next(iter(region.municipalities))
    head = f'[[areas]]\nname = "Westen"\nkind = "focus"\nmunicipalities = ["{west}"]\n'
    return f"{head}at_least = {at_least}\n"


def refused(
    district: District, asked: Asked = NOTHING, *, time_limit: float | None = None
) -> RulesConflictError:
    with pytest.raises(RulesConflictError) as caught:
        plan_weeks(district, (WEEK,), wishes=read_wishes(asked), time_limit=time_limit)
    return caught.value


def origins(error: RulesConflictError) -> set[tuple[str, ...]]:
    return {demand.origin for demand in error.demands}


def wishing(**wishes: tuple[str, ...]) -> Asked:
    return replace(NOTHING, **wishes)


def test_more_visits_than_there_is_time_for_are_too_many_by_themselves(
    make: Making, region: Region
) -> None:
    error = refused(make(areas=area(region, 5)))
    assert (origins(error), len(error.faults)) == ({("area", "Westen")}, 1)


def test_two_pins_at_the_same_time_are_named_both(make: Making) -> None:
    pins = ("p0@Di 15:30", "p4@Di 15:30")
    assert origins(refused(make(), wishing(pins=pins))) == {("pin", pin) for pin in pins}


def test_all_limits_of_a_place_are_one_rule(make: Making, region: Region) -> None:
    district = make(days="Mo Di Mi", areas=area(region, 3), places=2)
    config = replace(district.config, visits_per_place=2, days_between=2)
    district = with_place(replace(district, config=config), 0, per_week=2)
    assert origins(refused(district)) == {("area", "Westen"), ("place", "p0")}


def test_a_break_that_is_too_long_is_named_with_what_it_keeps_away(make: Making) -> None:
    district = make()
    rest = Rest(int(14.75 * 3600), 15 * 3600, 90 * 60)
    (afternoon,) = district.config.afternoons
    config = replace(district.config, afternoons=(replace(afternoon, rest=rest),))
    error = refused(replace(district, config=config), wishing(pins=("p0@Di 16:00",)))
    assert origins(error) == {("pin", "p0@Di 16:00"), ("break", "1", "", "50400")}


@pytest.mark.parametrize(
    ("rule", "origin"),
    [
        ("stops_per_afternoon = 1", ("stops",)),
        ("driving_minutes = 1", ("driving",)),
        ("driving_minutes_per_week = 1", ("driving_week",)),
    ],
)
def test_a_rule_for_the_afternoon_is_named_with_its_key(
    rule: str, origin: tuple[str, ...], make: Making
) -> None:
    error = refused(make(rules=rule), wishing(forced=("p0", "p4")))
    assert origin in origins(error)
    assert rule.split(" = ")[0] in str(error)


def test_an_order_against_the_pins_is_named_with_them(make: Making) -> None:
    pins = ("p0@Di 14:30", "p4@Di 15:30")
    error = refused(make(), wishing(pins=pins, orders=("p4,p0",)))
    assert origins(error) == {("order", "p4,p0"), *(("pin", pin) for pin in pins)}


def test_of_many_forced_places_as_few_are_named_as_cannot_be_had_together(make: Making) -> None:
    district = make()
    ids = tuple(place.id for place in district.places)
    smallest = next(
        size
        for size in range(1, len(ids) + 1)
        for some in itertools.combinations(ids, size)
        if best_by_trying(problem_of(district, wishing(forced=some)))[0]
    )
    error = refused(district, wishing(forced=ids))
    assert (len(error.demands), error.conflict.is_smallest) == (smallest, True)
    assert (
        best_by_trying(
            problem_of(
                district, wishing(forced=tuple(demand.origin[1] for demand in error.demands))
            )
        )[0]
        > 0
    )


@pytest.mark.parametrize(
    ("hours", "asked", "said"),
    [
        ("Tu 17:00-20:00", wishing(forced=("p0",)), "keine Öffnungszeit"),
        ("Tu 14:00-14:30", wishing(forced=("p0",)), "zu weit"),
        (
            "Tu 14:00-15:30",
            wishing(pins=("p0@Di 16:00",)),
            "dann 14:00–15:30 geöffnet (Spalte hours in places.csv), und ein Halt dauert 30",
        ),
        ("We 14:00-15:30", wishing(pins=("p0@Di",)), "dann ganztägig geschlossen"),
        ("", wishing(pins=("p0@Di 12:00",)), "der Nachmittag beginnt um 14:00"),
        ("", wishing(pins=("p0@Di 17:00",)), "der Nachmittag endet um 17:00"),
        ("", wishing(pins=("p0@Di 14:00",)), "vor 14:30 kann der Bus dort nicht bereit sein"),
        ("", wishing(pins=("p0@Di 16:30",)), "bis 16:00 beginnen"),
    ],
)
def test_a_stop_that_is_impossible_by_itself_is_one_sentence_with_the_reason(
    hours: str, asked: Asked, said: str, make: Making
) -> None:
    (fault,) = refused(with_place(make(), 0, hours=hours), asked).faults
    assert (said in fault.what, "weglassen" in fault.remedy) == (True, True)


def test_longer_afternoons_are_not_advised_where_they_do_not_help(make: Making) -> None:
    error = refused(make(), wishing(pins=("p0@Di 15:30", "p4@Di 15:30")))
    assert error.faults[0].remedy == "Eine davon lockern"
    assert "Nachmittag" not in str(error)


def test_longer_afternoons_are_advised_if_they_have_a_plan(make: Making) -> None:
    district = make()
    forced = wishing(forced=tuple(place.id for place in district.places))
    remedy = refused(district, forced).faults[0].remedy
    match = re.search(r"jeden Nachmittag (\d+) Minuten früher", remedy)
    assert match is not None
    minutes = int(match[1])
    plans = [
        best_by_plan(district, forced, length) for length in MINUTES[: MINUTES.index(minutes) + 1]
    ]
    assert plans == [*[False] * (len(plans) - 1), True]


def best_by_plan(district: District, asked: Asked, minutes: int) -> bool:
    """Tell whether there is a plan with longer afternoons."""
    config = lengthened(district.config, minutes)
    assert config is not None
    try:
        plan_weeks(replace(district, config=config), (WEEK,), wishes=read_wishes(asked))
    except RulesConflictError:
        return False
    return True


def test_afternoons_of_a_bus_are_not_lengthened_into_each_other(make: Making) -> None:
    config = make().config
    (only,) = config.afternoons
    early = replace(only, start_s=9 * 3600, end_s=12 * 3600)
    both = replace(config, afternoons=(early, only))
    assert lengthened(both, 120) is None
    assert lengthened(both, 30) is not None


def test_an_appointment_at_night_is_one_sentence_with_the_reason(make: Making) -> None:
    district = make()
    home = district.places[0]
    start = 22 * 3600
    night = Appointment(
        id="visit",
        weekday=1,
        start_s=start,
        latest_s=start,
        dwell_s=1800,
        name="X",
        lon=home.lon,
        lat=home.lat,
        ags=home.ags,
    )
    (fault,) = refused(replace(district, appointments=(night,))).faults
    assert ("Nachmittag" in fault.what, "appointments.csv" in fault.remedy) == (True, True)


def test_an_area_without_an_open_place_says_so(make: Making, region: Region) -> None:
    (fault,) = refused(with_place(make(places=2, areas=area(region)), 0, hours="off")).faults
    assert "Kein Treffpunkt dort ist offen" in fault.what


def test_without_time_nothing_is_called_proven(
    make: Making, region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the first bound did not tell.
    monkeypatch.setattr(Incumbent, "is_hopeless", False)
    error = refused(make(areas=area(region, 5)), time_limit=0)
    assert not error.conflict.is_proven
    assert "nicht bewiesen" in error.faults[0].what


def test_limits_of_many_places_are_one_line(make: Making, region: Region) -> None:
    district = make(places=16, days="Mo Di Mi Do Fr", areas=area(region, 9))
    error = refused(district)
    lines = conflict_lines(error.demands)
    assert len(error.demands) == 9
    assert [line.what.count("höchstens") for line in lines] == [0, MOST_NAMES]


def test_a_hard_week_that_is_possible_is_planned(make: Making, region: Region) -> None:
    (plan,) = plan_weeks(make(areas=area(region, 2)), (WEEK,))
    assert visited(plan) == {"p0", "p1"}
