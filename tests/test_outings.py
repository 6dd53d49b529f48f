"""The afternoons of some weeks: what is driven, from which depots, and what is cancelled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geodata.language import speaking
from geodata.region import Region
from tours.afternoons import Afternoon, DepotSite
from tours.config import Config, read_config
from tours.errors import ConfigError
from tours.leftout import Cancelled
from tours.outings import Outings, build_outings
from tours.problem import Rest
from tours.wishes import Outage

TUESDAY, THURSDAY = dt.date(2026, 11, 24), dt.date(2026, 11, 26)


@pytest.fixture
def config(region: Region, region_toml: str) -> Config:
    """Return settings with an afternoon on Tuesday and one on Thursday, 14 to 19 o'clock."""
    return read_config(region_toml, "region.toml", region.municipalities)


def with_afternoons(config: Config, *afternoons: Afternoon) -> Config:
    east = DepotSite("east", "Osthof", 10.15, 52.05)
    return replace(config, afternoons=afternoons, depots=(*config.depots, east))


def two_buses(config: Config) -> Config:
    """Return settings with two buses on Tuesday."""
    buses = (Afternoon(1, 50_400, 68_400, bus) for bus in ("1", "2"))
    return with_afternoons(config, *buses)


def faults(config: Config, *outages: Outage, weeks: tuple[str, ...] = ("2026-W48",)) -> list[str]:
    with speaking("en"), pytest.raises(ConfigError) as caught:
        build_outings(config, weeks, outages)
    return list(map(str, caught.value.faults))


def driven(outings: Outings) -> list[tuple[dt.date, str]]:
    return [(outings.shifts[outing.shifts[0]].date, outing.bus) for outing in outings.outings]


def cancelled(config: Config, week: str, *outages: Outage) -> tuple[Cancelled, ...]:
    with speaking("en"):
        return build_outings(config, (week,), outages).cancelled


def test_each_afternoon_of_the_week_is_driven(config: Config) -> None:
    assert driven(build_outings(config, ("2026-W48",))) == [(TUESDAY, ""), (THURSDAY, "")]


def test_a_shift_has_the_hours_and_the_break_of_its_afternoon(config: Config) -> None:
    rest = Rest(57_600, 61_200, 900)
    (shift,) = build_outings(
        with_afternoons(config, Afternoon(1, 50_400, 68_400, rest=rest)), ("2026-W48",)
    ).shifts
    assert (shift.start_s, shift.end_s, shift.rest) == (50_400, 68_400, rest)


def test_each_bus_has_an_outing_of_its_own(config: Config) -> None:
    outings = build_outings(two_buses(config), ("2026-W48",))
    assert driven(outings) == [(TUESDAY, "1"), (TUESDAY, "2")]


def test_buses_of_a_day_are_no_alternatives(config: Config) -> None:
    assert build_outings(two_buses(config), ("2026-W48",)).alternatives == ()


def test_an_afternoon_with_two_depots_is_one_outing_with_two_shifts(config: Config) -> None:
    afternoon = Afternoon(1, 50_400, 68_400, depots=("depot", "east"))
    outings = build_outings(with_afternoons(config, afternoon), ("2026-W48",))
    assert [shift.depot for shift in outings.shifts] == ["#depot", "#east"]
    assert outings.alternatives == (frozenset({0, 1}),)


def test_shifts_of_two_outings_are_no_alternatives(config: Config) -> None:
    outings = build_outings(config, ("2026-W48",))
    assert [outings.are_alternatives(a, b) for a, b in ((0, 0), (0, 1))] == [True, False]


def test_ids_of_shifts_are_unique(config: Config) -> None:
    afternoons = [Afternoon(1, 50_400, 68_400, bus, depots=("depot", "east")) for bus in ("1", "2")]
    shifts = build_outings(with_afternoons(config, *afternoons), ("2026-W48", "2026-W49")).shifts
    assert len({shift.id for shift in shifts}) == len(shifts) == 8


def test_shifts_are_found_by_their_week(config: Config) -> None:
    outings = build_outings(config, ("2026-W48", "2026-W49"))
    assert [outings.in_week("2026-W49"), outings.in_week("2026-W48", "2026-W49")] == [
        frozenset({2, 3}),
        frozenset({0, 1, 2, 3}),
    ]


def test_shifts_are_found_by_their_day(config: Config) -> None:
    outings = build_outings(two_buses(config), ("2026-W48",))
    assert [outings.on_day(day) for day in (TUESDAY, THURSDAY)] == [frozenset({0, 1}), frozenset()]


def test_an_outing_is_named_by_day_and_bus(config: Config) -> None:
    outings = build_outings(two_buses(config), ("2026-W48",))
    assert outings.day_name(outings.outings[1]) == "Di 2026-11-24/2"


def test_a_public_holiday_cancels_its_afternoon_by_name(config: Config) -> None:
    assert cancelled(config, "2027-W18") == (Cancelled(dt.date(2027, 5, 6), "Ascension Day"),)


def test_a_week_of_holidays_has_no_shift(config: Config) -> None:
    # Good Friday and Easter Monday 2027.
    friday = with_afternoons(config, Afternoon(4, 50_400, 68_400))
    assert build_outings(friday, ("2027-W12",)).shifts == ()


def test_an_outage_cancels_its_afternoon_with_its_reason(config: Config) -> None:
    found = cancelled(config, "2026-W48", Outage(3, reason="illness"))
    assert found == (Cancelled(THURSDAY, "illness"),)


def test_an_outage_without_a_reason_is_the_team_s(config: Config) -> None:
    found = cancelled(config, "2026-W48", Outage(3))
    assert found == (Cancelled(THURSDAY, "cancelled by the team"),)


def test_an_outage_of_one_bus_leaves_the_other(config: Config) -> None:
    outings = build_outings(two_buses(config), ("2026-W48",), (Outage(1, bus="2"),))
    assert driven(outings) == [(TUESDAY, "1")]


def test_an_outage_of_the_day_stops_all_buses(config: Config) -> None:
    found = cancelled(two_buses(config), "2026-W48", Outage(1, reason="snow"))
    assert found == (Cancelled(TUESDAY, "snow", "1"), Cancelled(TUESDAY, "snow", "2"))


def test_an_outage_with_a_date_is_of_one_week(config: Config) -> None:
    outings = build_outings(config, ("2026-W48", "2026-W49"), (Outage(date=THURSDAY),))
    assert [len(outings.in_week(week)) for week in outings.weeks] == [1, 2]


def test_what_is_cancelled_on_a_holiday_anyway_is_no_fault(config: Config) -> None:
    found = cancelled(config, "2027-W18", Outage(3, reason="illness"))
    assert [one.holiday for one in found] == ["Ascension Day"]


def test_an_afternoon_that_is_cancelled_twice_is_no_fault(config: Config) -> None:
    found = cancelled(config, "2026-W48", Outage(3), Outage(date=THURSDAY, reason="illness"))
    assert found == (Cancelled(THURSDAY, "illness"),)


@pytest.mark.parametrize(
    ("outage", "day"),
    [
        (Outage(2), "Mi"),
        (Outage(0), "Mo"),
        (Outage(1, bus="3"), "Di/3"),
        (Outage(date=dt.date(2026, 11, 25)), "2026-11-25"),
    ],
)
def test_an_outage_without_an_afternoon_is_refused(
    config: Config, outage: Outage, day: str
) -> None:
    assert faults(config, outage) == [
        f"{day}: there is no afternoon to cancel. "
        "Choose a day with an afternoon, and a bus that region.toml knows."
    ]


def test_a_day_of_another_week_is_refused_with_its_week(config: Config) -> None:
    assert faults(config, Outage(date=THURSDAY + dt.timedelta(weeks=1))) == [
        "Thursday, 3 December 2026 is in 2026-W49, which is not planned here. "
        "Cancel it where its week is planned: --week 2026-W49."
    ]


def test_a_weekday_to_cancel_in_several_weeks_needs_a_date(config: Config) -> None:
    assert faults(config, Outage(3), weeks=("2026-W48", "2026-W49")) == [
        "Do comes in each of the weeks. "
        "Write the date of the afternoon that is cancelled, as in 2026-11-25."
    ]


def test_all_faults_of_outages_come_at_once(config: Config) -> None:
    assert len(faults(config, Outage(2), Outage(4))) == 2
