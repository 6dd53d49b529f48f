"""Days on which the service does not drive: how they are read, and what they do to a week."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from geodata.language import speaking
from geodata.region import Region
from tours.config import read_config
from tours.dayoff import DayOff, eve_of, read_days_off
from tours.leftout import Cancelled
from tours.outings import build_outings
from tours.tomltable import Table

CHRISTMAS_EVE = dt.date(2026, 12, 24)


def read(entries: str) -> tuple[tuple[DayOff, ...], list[str]]:
    """Return the days of a list, and what is wrong with it in English."""
    wrong: list[str] = []
    with speaking("en"):
        values = tomllib.loads(f"no_service = {entries}")
        found = read_days_off(Table("rules", values, lambda _k, what, _r: wrong.append(what)))
    return found, wrong


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ('"12-24"', DayOff(12, 24)),
        ('"12-24 Heiligabend"', DayOff(12, 24, reason="Heiligabend")),
        ('"2026-10-31"', DayOff(10, 31, 2026)),
        ('"2026-10-31  Team Tag"', DayOff(10, 31, 2026, "Team Tag")),
        ("2026-10-31", DayOff(10, 31, 2026)),
        ('"24.12."', DayOff(12, 24)),
        ('"1.6.2026 Ausflug"', DayOff(6, 1, 2026, "Ausflug")),
        ('"02-29"', DayOff(2, 29)),
    ],
)
def test_a_day_is_read(entry: str, day: DayOff) -> None:
    assert read(f"[{entry}]") == ((day,), [])


@pytest.mark.parametrize(
    "entry",
    ['"12-32"', '"2026-02-29"', '"Heiligabend"', "24", "2026-10-31T10:00:00", '"24-12"', '""'],
)
def test_what_is_no_day_is_one_fault(entry: str) -> None:
    found, wrong = read(f'["12-24", {entry}]')
    assert (found, len(wrong), "is not a day" in wrong[0]) == ((DayOff(12, 24),), 1, True)


def test_a_single_day_needs_brackets() -> None:
    assert read('"12-24"') == ((), ["“no_service” must be a list"])


@pytest.mark.parametrize(
    ("day", "date", "is_on"),
    [
        (DayOff(12, 24), dt.date(2031, 12, 24), True),
        (DayOff(12, 24), dt.date(2031, 12, 25), False),
        (DayOff(12, 24, 2026), dt.date(2026, 12, 24), True),
        (DayOff(12, 24, 2026), dt.date(2027, 12, 24), False),
    ],
)
def test_a_day_without_a_year_comes_every_year(day: DayOff, date: dt.date, is_on: bool) -> None:
    assert day.is_on(date) == is_on


@pytest.mark.parametrize(
    ("entry", "said"),
    [("12-24 Betrieb zu", "Betrieb zu"), ("12-24", "no service on this day (region.toml)")],
)
def test_the_afternoon_of_such_a_day_is_cancelled_with_its_reason(
    entry: str, said: str, region: Region, region_toml: str
) -> None:
    text = region_toml.replace("[rules]", f'[rules]\nno_service = ["{entry}"]')
    config = read_config(text, "region.toml", region.municipalities)
    with speaking("en"):
        outings = build_outings(config, ("2026-W52",))
    assert outings.cancelled == (Cancelled(CHRISTMAS_EVE, said),)
    assert [shift.date for shift in outings.shifts] == [dt.date(2026, 12, 22)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 12, 24), "Heiligabend"),
        (dt.date(2026, 12, 31), "Silvester"),
        (dt.date(2026, 12, 25), None),
    ],
)
def test_the_two_eves_have_names(day: dt.date, name: str | None) -> None:
    with speaking("de"):
        assert eve_of(day) == name
