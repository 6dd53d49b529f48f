"""What the team types for one plan: pins, bans, orders, cancelled afternoons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.language import speaking
from tours.errors import ConfigError
from tours.plan import Asked
from tours.wishes import (
    Ban,
    Lineup,
    Outage,
    Pin,
    Wishes,
    read_ban,
    read_lineup,
    read_outage,
    read_pin,
    read_wishes,
)

WEDNESDAY, THURSDAY = dt.date(2026, 11, 25), dt.date(2026, 11, 26)


def fault(read: Callable[[str], object], text: str, language: str = "en") -> str:
    """Return the one sentence that refuses a text."""
    with speaking(language), pytest.raises(ConfigError) as caught:
        read(text)
    (only,) = caught.value.faults
    return str(only)


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("markt", Pin("markt")),
        ("  markt  ", Pin("markt")),
        ("markt@Mi", Pin("markt", 2)),
        ("markt@mi", Pin("markt", 2)),
        ("markt@Wed", Pin("markt", 2)),
        ("markt@Wednesday 15:30", Pin("markt", 2, 55_800)),
        ("markt@Mittwoch", Pin("markt", 2)),
        ("markt@SO 9:05", Pin("markt", 6, 9 * 3600 + 300)),
        ("markt@Mo 00:00", Pin("markt", 0, 0)),
        ("markt@Mi 23:55", Pin("markt", 2, 86_100)),
    ],
)
def test_a_pin_is_read_as_it_is_typed(text: str, pin: Pin) -> None:
    assert read_pin(text) == pin


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "@Mi", "markt@", "markt@Wo", "markt@Mittw", "markt@Mi@Do", "markt@ Mi"),
        *("markt@Mi 24:00", "markt@Mi 15", "markt@Mi 15:60", "markt@Mi  15:30", "markt@15:30"),
        *("markt@Mi 15:30 Uhr", "markt@Mi\n15:30", "a@b@c"),
    ],
)
def test_what_is_no_pin_is_refused_in_one_sentence(text: str) -> None:
    assert fault(read_pin, text) == (
        f"“{' '.join(text.splitlines())}” is not a pin. "
        "Write PLACE, PLACE@Mi or “PLACE@Mi 15:30”, days Mo Di Mi Do Fr Sa So or Mon Tue Wed."
    )


@pytest.mark.parametrize("text", ["markt@Mi15:30", "ma@rkt", "@"])
def test_a_refused_pin_is_repeated_in_german(text: str) -> None:
    assert fault(read_pin, text, "de").startswith(f"„{text}“ ")


@pytest.mark.parametrize(
    ("text", "ban"),
    [("markt", Ban("markt")), (" markt@Do ", Ban("markt", 3)), ("markt@do", Ban("markt", 3))],
)
def test_a_ban_is_read_as_it_is_typed(text: str, ban: Ban) -> None:
    assert read_ban(text) == ban


@pytest.mark.parametrize("text", ["", "@", "@Mi", " @Mi", "markt@", "markt@Mi 15:30", "a@Mi@Do"])
def test_what_is_no_ban_is_refused_in_one_sentence(text: str) -> None:
    assert fault(read_ban, text) == (
        f"“{text}” does not say what to leave out. "
        "Write PLACE or PLACE@Mi, days Mo Di Mi Do Fr Sa So or Mon Tue Wed."
    )


@pytest.mark.parametrize(
    ("text", "lineup"),
    [
        ("a,b", Lineup(("a", "b"))),
        (" a , b , c ", Lineup(("a", "b", "c"))),
        ("a,b@fr", Lineup(("a", "b"), 4)),
    ],
)
def test_an_order_is_read_as_it_is_typed(text: str, lineup: Lineup) -> None:
    assert read_lineup(text) == lineup


@pytest.mark.parametrize(
    "text", ["", "a", "a,", ",a", "a,,b", "a,a", "a,b,a", "a,b@", "a,b@Xx", "@Mi", "a;b"]
)
def test_what_is_no_order_is_refused_in_one_sentence(text: str) -> None:
    assert fault(read_lineup, text) == (
        f"“{text}” is not an order of places. "
        "Write two or more different places, as in A,B,C or A,B,C@Mi."
    )


@pytest.mark.parametrize(
    ("text", "outage"),
    [
        ("Mi", Outage(2)),
        ("mi illness of two", Outage(2, reason="illness of two")),
        ("2026-11-25", Outage(date=WEDNESDAY)),
        ("2026-11-25/2  flat tyre ", Outage(date=WEDNESDAY, bus="2", reason="flat tyre")),
        ("25.11.2026", Outage(date=WEDNESDAY)),
        ("25.11.26/2 flat tyre", Outage(date=WEDNESDAY, bus="2", reason="flat tyre")),
        ("25. 11. 2026 training", Outage(date=WEDNESDAY, reason="training")),
        ("Mi/B", Outage(2, bus="B")),
    ],
)
def test_a_cancelled_afternoon_is_read_as_it_is_typed(text: str, outage: Outage) -> None:
    assert read_outage(text) == outage


@pytest.mark.parametrize(
    ("text", "outage"),
    [
        ("25.11.", Outage(date=WEDNESDAY)),
        ("25.11. Fortbildung", Outage(date=WEDNESDAY, reason="Fortbildung")),
        ("25.11 Fortbildung", Outage(date=WEDNESDAY, reason="Fortbildung")),
        ("1.1./2 26 sind krank", Outage(date=dt.date(2027, 1, 1), bus="2", reason="26 sind krank")),
    ],
)
def test_a_day_without_a_year_is_that_of_the_weeks_that_are_planned(
    text: str, outage: Outage
) -> None:
    assert read_outage(text, dt.date(2026, 11, 23)) == outage


@pytest.mark.parametrize(
    "text",
    [
        *("", "/2", "Mittw", "Xx", "Xx illness", "25.11.", "30.2.2026", "2026-02-30", "2026-13-01"),
        *("2026-11", "2026-W48", "Mi/", "Mi illness\nmore", "٢٠٢٦-١١-٢٥"),
    ],
)
def test_what_is_no_day_to_cancel_is_refused_in_one_sentence(text: str) -> None:
    assert fault(read_outage, text) == (
        f"“{' '.join(text.splitlines())}” is not a day to cancel. "
        "Write Mi, “Mi illness”, 25.11.2026 or 2026-11-25, days Mo Di Mi Do Fr Sa So or Mon Tue "
        "Wed."
    )


NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
DAYS = st.none() | st.integers(0, 6)


@given(name=NAMES, day=st.integers(0, 6), minutes=st.none() | st.integers(0, 1439))
def test_a_pin_reads_itself_again(name: str, day: int, minutes: int | None) -> None:
    pin = Pin(name, day, None if minutes is None else minutes * 60)
    assert read_pin(pin.text) == pin


@given(names=st.lists(NAMES, min_size=2, max_size=4, unique=True), day=DAYS)
def test_an_order_reads_itself_again(names: list[str], day: int | None) -> None:
    lineup = Lineup(tuple(names), day)
    assert read_lineup(lineup.text) == lineup


@given(
    day=st.integers(0, 6),
    date=st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    bus=st.sampled_from(["", "1", "B", "A-2"]),
    reason=st.sampled_from(["", "illness", "two are ill; <b>x</b>", "/2", "[red]"]),
)
def test_a_cancelled_afternoon_reads_itself_again(
    day: int, date: dt.date | None, bus: str, reason: str
) -> None:
    outage = Outage(None if date else day, date, bus, reason)
    assert read_outage(outage.text) == outage


@given(text=st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for read in (read_pin, read_ban, read_lineup, read_outage):
        try:
            read(text)
        except ConfigError as error:
            assert error.faults[0].remedy


def test_what_a_plan_stores_gives_the_same_wishes() -> None:
    wishes = Wishes(
        pins=(Pin("a", 2, 57_600),),
        bans=(Ban("b", 0), Ban("c")),
        lineups=(Lineup(("a", "d"), 3),),
        outages=(Outage(4, reason="illness"),),
        forced=("e",),
    )
    assert read_wishes(wishes.asked) == wishes


def test_forced_places_lose_the_blanks_around_them() -> None:
    asked = Asked(pins=(), bans=(), forced=(" a ",), orders=(), cancelled=())
    assert read_wishes(asked).forced == ("a",)


def test_a_pin_with_a_day_fits_that_day_only() -> None:
    assert [Pin("a", 2).fits(day, 0) for day in (WEDNESDAY, THURSDAY)] == [True, False]


def test_a_pin_with_a_time_fits_that_time_only() -> None:
    assert [Pin("a", 2, 3600).fits(WEDNESDAY, s) for s in (3600, 7200)] == [True, False]


def test_a_ban_of_a_day_leaves_the_other_days() -> None:
    wishes = Wishes(bans=(Ban("a", 2),))
    assert [wishes.is_banned("a", day) for day in (WEDNESDAY, THURSDAY)] == [True, False]


def test_a_ban_leaves_other_places() -> None:
    assert not Wishes(bans=(Ban("a"),)).is_banned("b", WEDNESDAY)


@pytest.mark.parametrize(
    ("outage", "buses"),
    [(Outage(2), ["1", "2"]), (Outage(2, bus="2"), ["2"]), (Outage(date=THURSDAY), [])],
)
def test_an_outage_stops_the_buses_it_names(outage: Outage, buses: list[str]) -> None:
    assert [bus for bus in ("1", "2") if outage.stops(WEDNESDAY, bus)] == buses


def test_an_outage_with_a_date_leaves_the_same_weekday_of_other_weeks() -> None:
    assert not Outage(date=WEDNESDAY).stops(WEDNESDAY + dt.timedelta(weeks=1), "")
