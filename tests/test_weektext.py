"""Weeks as people write them; those without a year are the nearest from today on."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.language import speaking
from tours.errors import WeekError
from tours.weektext import read_week

# A Wednesday of week 48.
TODAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-W48", "2026-w48", "2026W48", "2026-KW48", "2026 KW 48"),
        *("KW 48/2026", "KW48/26", "kw 48 2026", "W48/2026", "48/2026", "48. KW 2026"),
        *("Woche 48 2026", "24.11.2026", "29.11.26", "2026-11-23", " 2026-W48 "),
    ],
)
def test_a_week_with_its_year_needs_no_today(text: str) -> None:
    assert read_week(text, None) == "2026-W48"


@pytest.mark.parametrize(
    ("text", "week"),
    [
        *(("48", "2026-W48"), ("KW48", "2026-W48"), ("W48", "2026-W48"), ("48. KW", "2026-W48")),
        *(("47", "2027-W47"), ("1", "2027-W01"), ("01", "2027-W01"), ("53", "2026-W53")),
        *(("diese", "2026-W48"), ("diese Woche", "2026-W48"), ("this", "2026-W48")),
        *(("letzte", "2026-W47"), ("vorige Woche", "2026-W47"), ("last week", "2026-W47")),
        *(("nächste", "2026-W49"), ("NÄCHSTE WOCHE", "2026-W49"), ("naechste", "2026-W49")),
        *(("na\u0308chste", "2026-W49"), ("next week", "2026-W49")),
        *(("24.11.", "2026-W48"), ("23.11.", "2026-W48"), ("22.11.", "2027-W47")),
        *(("1.1.", "2026-W53"), ("24.12", "2026-W52")),
    ],
)
def test_a_week_without_its_year_is_the_nearest_from_today_on(text: str, week: str) -> None:
    assert read_week(text, TODAY) == week


@pytest.mark.parametrize(
    ("text", "week"),
    [("40", "2026-W40"), ("KW 41", "2026-W41"), ("52", "2026-W52"), ("12.10.", "2026-W42")],
)
def test_a_week_without_its_year_is_the_last_one_known_if_there_is_one(
    text: str, week: str
) -> None:
    known = ("2025-W40", "2026-W40", "2026-W41", "2026-W42")
    assert read_week(text, TODAY, known) == week


@pytest.mark.parametrize(("text", "week"), [("40/2025", "2025-W40"), ("next", "2026-W49")])
def test_what_names_its_week_means_it_whatever_is_known(text: str, week: str) -> None:
    assert read_week(text, TODAY, ("2026-W40",)) == week


def test_the_53rd_week_of_last_year_is_this_one_in_january() -> None:
    assert read_week("53", dt.date(2027, 1, 2)) == "2026-W53"
    assert read_week("53", dt.date(2027, 1, 4)) == "2032-W53"


@pytest.mark.parametrize("text", ["48", "KW48", "24.11.", "diese", "next"])
def test_without_today_the_year_has_to_be_there(text: str) -> None:
    with pytest.raises(WeekError):
        read_week(text, None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "54", "480", "2026-W00", "2026-W60", "KW", "KW 48/126", "0000-W10", "9999-W53"),
        *("morgen", "Woche", "24.13.2026", "2026-11", "٤٨", "4²", "../x", "31.12.9999"),
    ],
)
def test_what_is_no_week_is_told_what_is(text: str) -> None:
    with speaking("de"), pytest.raises(WeekError) as caught:
        read_week(text, TODAY)
    (fault,) = caught.value.faults
    assert fault.what.startswith(f"„{text}“ ist keine Kalenderwoche")
    assert "2026-W48" in fault.remedy


def test_a_year_with_fewer_weeks_is_told() -> None:
    with speaking("en"), pytest.raises(WeekError, match="2027 has 52 weeks"):
        read_week("KW 53/2027", TODAY)


def test_the_fault_shows_every_form() -> None:
    with speaking("de"), pytest.raises(WeekError) as caught:
        read_week("foo", TODAY)
    assert str(caught.value).endswith(
        "Schreibweise wie 2026-W48, 48, KW 48/2026, 24.11.2026 (die Woche dieses Tages), diese "
        "oder nächste."
    )
