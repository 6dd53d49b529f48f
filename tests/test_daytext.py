"""Days as people write them, with a year and without."""

from __future__ import annotations

import datetime as dt

import pytest

from geodata.daytext import lacks_year, read_day

DAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["2026-11-24", "24.11.2026", "24.11.26", "24. 11. 2026", "24. 11.2026"],
)
def test_a_day_is_read_in_its_spellings(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        *("", "heute", "24", "24.11.126", "24/11/2026", "11-24", "2026-W48", "٢٤.١١.٢٠٢٦"),
        *("30.2.2026", "2026-13-01", "0.1.2026", "1.1.0000", "24.11.2026 x"),
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, since=DAY) is None


@pytest.mark.parametrize("text", ["24.11.", "24.11", "24. 11."])
@pytest.mark.parametrize(
    ("since", "until", "day"),
    [
        (DAY, None, DAY),
        (DAY + dt.timedelta(days=1), None, dt.date(2027, 11, 24)),
        (None, DAY, DAY),
        (None, DAY - dt.timedelta(days=1), dt.date(2025, 11, 24)),
        (None, None, None),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(
    text: str, since: dt.date | None, until: dt.date | None, day: dt.date | None
) -> None:
    assert read_day(text, since=since, until=until) == day
    assert lacks_year(text)


def test_the_leap_day_is_found_across_the_century_without_one() -> None:
    assert read_day("29.2.", since=dt.date(2096, 3, 1)) == dt.date(2104, 2, 29)
    assert read_day("29.2.", until=dt.date(2103, 3, 1)) == dt.date(2096, 2, 29)


@pytest.mark.parametrize("text", ["24.11.26", "2026-11-24", "x"])
def test_a_day_with_a_year_lacks_none(text: str) -> None:
    assert not lacks_year(text)
