"""Single figures: the gap by the calendar, Gini by all pairs, interval and trend by hand."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.coverage.metrics import amount_trend, gini, longest_gap, rate_interval, rate_trend

FIRST, LAST = dt.date(2026, 7, 1), dt.date(2026, 9, 30)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=number)


def test_the_longest_gap_lies_between_two_visits() -> None:
    assert longest_gap([day(1), day(36), day(43), day(70)], FIRST, LAST) == 5


@pytest.mark.parametrize(("weekday", "other"), [(0, 3), (3, 0), (2, 2)])
def test_a_gap_is_counted_in_calendar_weeks_whatever_the_weekdays(weekday: int, other: int) -> None:
    monday = dt.date(2026, 7, 6)
    visits = [monday + dt.timedelta(days=weekday), monday + dt.timedelta(days=28 + other)]
    assert longest_gap(visits, visits[0], visits[1]) == 4


@pytest.mark.parametrize(("last", "weeks"), [(26, 3), (27, 4)])
def test_a_week_that_is_over_without_a_visit_is_counted(last: int, weeks: int) -> None:
    monday = dt.date(2026, 7, 6)
    assert longest_gap([monday], monday, monday + dt.timedelta(days=last)) == weeks


def test_the_gap_at_the_end_counts() -> None:
    assert longest_gap([day(7)], FIRST, day(35)) == 4


def test_the_gap_begins_with_the_visit_before_the_period() -> None:
    assert longest_gap([day(7)], FIRST, day(14), since=day(-21)) == 4
    assert longest_gap([day(7)], FIRST, day(14)) == 1


def test_without_a_visit_the_gap_is_the_period() -> None:
    assert longest_gap([], FIRST, day(63)) == 9


def pairwise(values: list[float], weights: list[float]) -> float:
    """Return half the mean absolute difference over the mean, all pairs of people."""
    people = sum(weights)
    mean = sum(v * w for v, w in zip(values, weights, strict=True)) / people
    gaps = sum(
        a * b * abs(x - y)
        for x, a in zip(values, weights, strict=True)
        for y, b in zip(values, weights, strict=True)
    )
    return gaps / (2 * people**2 * mean)


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.integers(1, 1000)),
        min_size=1,
        max_size=8,
    ).filter(lambda pairs: sum(v * w for v, w in pairs) > 1e-3)
)
def test_gini_is_that_of_all_pairs_of_people(pairs: list[tuple[float, int]]) -> None:
    values, weights = [v for v, _w in pairs], [float(w) for _v, w in pairs]
    assert gini(values, weights) == pytest.approx(pairwise(values, weights), abs=1e-9)


def test_gini_of_the_same_for_all_is_0_and_of_nothing_is_not_known() -> None:
    assert gini([3, 3, 3], [10, 20, 70]) == pytest.approx(0)
    assert gini([0, 0], [10, 20]) is None
    # One of four people has all of it.
    assert gini([0, 8], [3, 1]) == pytest.approx(0.75)


def test_the_interval_is_as_by_hand() -> None:
    low, high = rate_interval(64, 32, 4) or (0, 0)
    assert (low, high) == pytest.approx((2 * (1 - 0.32), 2 * (1 + 0.32)))


def test_the_interval_of_few_contacts_does_not_fall_below_0() -> None:
    assert (rate_interval(1, 2, 2) or (1, 1))[0] == 0
    assert rate_interval(0, 2, 2) is None


@pytest.mark.parametrize(("now", "trend"), [(60, "up"), (43, "flat"), (20, "down"), (0, None)])
def test_a_trend_is_more_than_chance(now: int, trend: str | None) -> None:
    assert rate_trend(now, 10, 40, 10, 1.0) == trend


def test_the_trend_turns_where_the_rule_says() -> None:
    edge = 1.28 * math.sqrt(2.0 * (1 / 100 + 1 / 50))
    for factor, trend in ((0.999, "flat"), (1.001, "up")):
        exposure = 2 / math.exp(edge * factor)
        assert rate_trend(100, exposure, 50, 1.0, 2.0) == trend


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.25, 3))
def test_amounts_that_are_alike_change_as_their_number_does(
    now: int, former: int, hours: float
) -> None:
    found = amount_trend([hours] * now, 91, [hours] * former, 92)
    assert found == rate_trend(now, 91, former, 92, 1.0)


def test_the_sum_of_unlike_amounts_scatters_more() -> None:
    # 16 hours in 16 visits against 9: ln(16/9) = 0.58 is more than 1.28·√(1/16 + 1/9) = 0.53.
    assert amount_trend([1.0] * 16, 90, [1.0] * 9, 90) == "up"
    # The same hours in visits of 0.5 and 4 hours: Σa²/(Σa)² is 36/256 instead of 16/256.
    assert amount_trend([0.5] * 16 + [4.0] * 2, 90, [1.0] * 9, 90) == "flat"
    assert amount_trend([], 90, [1.0], 90) is None
