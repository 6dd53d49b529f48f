"""The ledger against a run of other code, printed to four digits, and against what must hold."""

from __future__ import annotations

import datetime as dt

import pytest

from tours.hotspots.factors import Occasion, Site
from tours.hotspots.hotspots import quantile
from tours.hotspots.ledger import Ledger, Lesson

THURSDAY = dt.date(2026, 9, 3)
FIVE = 17 * 3600
SKATEPARK = Site("skatepark", "skate_park", "03155012")
# Week, hours, met; expected, 80 % interval, factor and memory of the place before and after, φ.
REFERENCE = [
    (0, 0.75, 6, "1.5000 0-4 1.0000 3.000 1.8262 5.023 2.2439"),
    (1, 0.75, 4, "4.4415 0-11 1.8097 4.924 1.7514 7.204 1.8264"),
    (2, 0.5, 0, "2.7523 0-7 1.7368 6.915 1.3739 8.056 1.7972"),
    (3, 0.75, 5, "2.4698 0-6 1.3674 7.671 1.6239 9.857 1.7775"),
    (12, 0.75, 1, "3.5208 0-8 1.5268 6.382 1.2441 7.986 1.6838"),
]


def occasion(week: int) -> Occasion:
    # Neither a holiday nor the dark season, from the first week to the last.
    return Occasion(THURSDAY + dt.timedelta(weeks=week) - dt.timedelta(weeks=20), FIVE)


def learned() -> tuple[Ledger, list[Lesson]]:
    ledger = Ledger(2.0)
    return ledger, [ledger.learn(SKATEPARK, occasion(w), h, met) for w, h, met, _text in REFERENCE]


@pytest.mark.parametrize("number", range(len(REFERENCE)))
def test_each_visit_teaches_what_the_reference_run_printed(number: int) -> None:
    lesson = learned()[1][number]
    was = lesson.forecast
    text = (
        f"{was.mean:.4f} {quantile(was, 0.1)}-{quantile(was, 0.9)} {was.place.value:.4f} "
        f"{was.place.memory:.3f} {lesson.place.value:.4f} {lesson.place.memory:.3f} "
        f"{lesson.scatter:.4f}"
    )
    assert text == REFERENCE[number][3]


def test_the_next_week_is_forecast_as_in_the_reference_run() -> None:
    found = learned()[0].forecast(SKATEPARK, occasion(13), 0.75)
    text = f"{found.mean:.3f} {quantile(found, 0.1)}-{quantile(found, 0.9)} {found.curiosity:.3f}"
    assert text == "2.342 0-6 1.102"


def test_a_place_of_another_kind_nearby_is_forecast_as_in_the_reference_run() -> None:
    found = learned()[0].forecast(Site("bolzplatz", "sports", "03155012"), occasion(13), 0.75)
    assert f"{found.mean:.3f} {found.curiosity:.3f}" == "1.642 1.231"


def test_a_factor_alone_moves_as_a_person_would_reckon() -> None:
    # Memory 3 and all the others so firm that they do not move: F·(M + met)/(M + expected).
    ledger = Ledger(2.0)
    lesson = ledger.learn(Site("p"), Occasion(THURSDAY, FIVE), 0.75, 6)
    assert lesson.place.value == pytest.approx((3 + 6) / (3 + 1.5), rel=0.15)


@pytest.mark.parametrize("met", [0, 1, 50])
@pytest.mark.parametrize("hours", [0.0, 0.1, 0.9])
def test_factors_stay_above_nothing_and_memory_grows(met: int, hours: float) -> None:
    ledger = Ledger(0.5)
    lesson = ledger.learn(SKATEPARK, occasion(0), hours, met)
    assert lesson.place.value > 0
    assert lesson.place.memory >= 3


def test_a_place_that_was_guessed_to_be_empty_can_still_surprise() -> None:
    ledger = Ledger(2.0)
    site = Site("empty", "square", "03155012", 0.0)
    before = ledger.forecast(site, occasion(0), 0.6).mean
    ledger.learn(site, occasion(0), 0.6, 5)
    assert (before, ledger.forecast(site, occasion(1), 0.6).mean > 0.1) == (0.0, True)


def test_a_guess_is_returned_to_where_nothing_is_seen_for_long() -> None:
    ledger = Ledger(2.0)
    site = Site("p", "square", "03155012", 3.0)
    ledger.learn(site, occasion(0), 0.6, 0)
    late = ledger.factor(("place", "p"), site, THURSDAY + dt.timedelta(weeks=1000))
    assert late.value == pytest.approx(3, rel=1e-3)
    assert late.memory == pytest.approx(3, rel=1e-3)


def test_a_place_that_changed_is_an_average_one_again() -> None:
    ledger = learned()[0]
    ledger.forget("skatepark", occasion(12).date)
    found = ledger.forecast(SKATEPARK, occasion(13), 0.75).place
    assert found.value == 1
    assert found.memory == pytest.approx(3)


def test_holidays_start_as_assumed_for_the_kind() -> None:
    ledger = Ledger(2.0)
    site = Site("s", "school", "03155012")
    term, holiday = (
        ledger.forecast(site, Occasion(THURSDAY, FIVE, is_holiday=is_holiday), 1.0).mean
        for is_holiday in (False, True)
    )
    assert holiday == pytest.approx(0.3 * term)


def test_one_dark_evening_tells_of_other_places_in_the_open() -> None:
    ledger = Ledger(2.0)
    november = dt.date(2026, 11, 5)
    for _week in range(5):
        ledger.learn(SKATEPARK, Occasion(november, FIVE), 0.6, 0)
    other = Site("other", "pool", "03155099")
    dark = ledger.forecast(other, Occasion(november, FIVE), 0.6).mean
    light = ledger.forecast(other, Occasion(november + dt.timedelta(weeks=25), FIVE), 0.6).mean
    assert dark < light


def test_weather_counts_only_where_it_is_known() -> None:
    ledger = Ledger(2.0)
    bad = Occasion(THURSDAY, FIVE, is_bad_weather=True)
    for _week in range(5):
        ledger.learn(SKATEPARK, bad, 0.6, 0)
    other = Site("other", "pool", "03155099")
    found = [
        ledger.forecast(other, Occasion(THURSDAY, FIVE, is_bad_weather=is_bad), 0.6).mean
        for is_bad in (True, False, None)
    ]
    assert found[0] < found[1] == found[2]


def test_a_rate_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="got 0"):
        Ledger(0.0)
