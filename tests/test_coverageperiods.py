"""Quarters, months and spans of 4 weeks, by the calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from tours.coverage.periods import (
    Period,
    before,
    blocks,
    common,
    months,
    quarter_of,
    quarters,
    read_quarter,
    year_of,
    year_to,
    years,
)
from tours.errors import CoverageError

Q3 = Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30), "2026-Q3")


@pytest.mark.parametrize(
    "text", ["2026-Q3", "2026q3", "2026 Q3", "3/2026", "Q3/2026", "Q3 2026", " 2026-Q3 "]
)
def test_a_quarter_can_be_written_in_several_ways(text: str) -> None:
    assert read_quarter(text) == Q3


@pytest.mark.parametrize("text", ["2026-Q5", "2026", "Q3", "0026-Q3", "2026-W40", ""])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(CoverageError, match="2026-Q3"):
        read_quarter(text)


def test_the_quarter_before_the_first_one_is_in_the_year_before() -> None:
    assert before(quarter_of(dt.date(2026, 3, 31))).name == "2025-Q4"


def test_before_some_days_are_as_many() -> None:
    days = Period(dt.date(2026, 7, 10), dt.date(2026, 7, 19))
    assert before(days) == Period(dt.date(2026, 6, 30), dt.date(2026, 7, 9))


def test_52_weeks_end_with_the_day() -> None:
    assert year_to(Q3.last) == Period(dt.date(2025, 10, 2), dt.date(2026, 9, 30))


def test_the_year_of_a_quarter_are_four_quarters() -> None:
    assert year_of(Q3) == Period(dt.date(2025, 10, 1), Q3.last)
    assert year_of(Period(Q3.first, Q3.last)) == year_to(Q3.last)


def test_spans_of_4_weeks_end_with_the_period() -> None:
    spans = blocks(Q3)
    assert [(s.first, s.last) for s in spans] == [
        (dt.date(2026, 7, 9), dt.date(2026, 8, 5)),
        (dt.date(2026, 8, 6), dt.date(2026, 9, 2)),
        (dt.date(2026, 9, 3), dt.date(2026, 9, 30)),
    ]
    assert len(blocks(year_to(Q3.last))) == 13


def test_a_short_period_is_one_span() -> None:
    days = Period(dt.date(2026, 7, 10), dt.date(2026, 7, 19))
    assert blocks(days) == [days]


def test_months_are_cut_at_the_ends() -> None:
    found = months(Period(dt.date(2025, 12, 30), dt.date(2026, 2, 1)))
    assert [part.num_days for part in found] == [2, 31, 1]


def test_four_quarters_are_a_year_leap_year_or_not() -> None:
    for year in (2027, 2028):
        quarters = [quarter_of(dt.date(year, month, 1)) for month in (1, 4, 7, 10)]
        assert sum(map(years, quarters)) == pytest.approx(1)
    assert years(Period(dt.date(2027, 1, 1), dt.date(2028, 12, 31))) == pytest.approx(2)


def test_common_days_may_be_none() -> None:
    assert common(Q3, dt.date(2026, 9, 1), None) == Period(dt.date(2026, 9, 1), Q3.last, Q3.name)
    assert common(Q3, None, dt.date(2026, 6, 30)) is None


def test_quarters_of_days_are_those_that_have_some_of_them() -> None:
    found = quarters(dt.date(2025, 12, 31), dt.date(2026, 4, 1))
    assert [one.name for one in found] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert quarters(dt.date(2026, 1, 1), dt.date(2026, 3, 31)) == [read_quarter("2026-Q1")]
