"""What visits teach about places: order, season, changes, intervals; checked by other means."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import nbinom, poisson
from small_visits import DAY, missed, visit

from geodata.places import Place
from tours.hotspots.hotspots import (
    Hotspots,
    build_hotspots,
    effective_hours,
    interval,
    quantile,
    share_up_to,
)
from tours.hotspots.ledger import Factor, Forecast
from tours.visits.visit import Change, Journal, MonthSum, Visit, in_order

PLACES = tuple(
    Place(id=id_, name=id_, kind=kind, lon=10.0, lat=52.0, ags=ags, start_weight=weight)
    for id_, kind, ags, weight in (
        ("markt", "square", "03000001", 1.0),
        ("schule", "school", "03000001", 1.0),
        ("park", "park", "03000002", 2.0),
    )
)
WEEK = dt.timedelta(weeks=1)


def learned(*visits: Visit, changes: tuple[Change, ...] = (), rate: float = 2.0) -> Hotspots:
    journal = Journal(in_order(visits), changes)
    return build_hotspots(PLACES, journal, contacts_per_hour=rate, state="NI")


def weekly(*mets: int, place: str = "markt", first: dt.date = DAY) -> list[Visit]:
    return [visit(place, first + n * WEEK, met=met, new=0) for n, met in enumerate(mets)]


def test_before_the_first_visit_the_level_is_that_of_the_start_values() -> None:
    assert learned().level == 1


def test_the_level_is_what_was_met_of_what_the_start_values_promised() -> None:
    # Twice an hour at a usual place and one at a place of weight 2, with 20 contacts of doubt.
    stays = [*weekly(9, 8), *weekly(30, place="park")]
    hours = effective_hours(stays[0].dwell_s)
    promised = 2.0 * hours * (1 + 1 + 2)
    assert learned(*stays).level == pytest.approx((9 + 8 + 30 + 20) / (promised + 20))


def test_the_level_knows_removed_visits() -> None:
    stays = weekly(9, 8)
    one = MonthSum(
        "markt", stays[0].date.replace(day=1), 2, 0, sum(v.dwell_s for v in stays), met=17, new=0
    )
    left = build_hotspots(PLACES, Journal(sums=(one,)), contacts_per_hour=2.0, state="NI")
    assert left.level == pytest.approx(learned(*stays).level)


@pytest.mark.parametrize(("mean", "variance"), [(1.5, 5.4), (0.2, 0.3), (9.0, 30.0), (1e-6, 2e-6)])
@pytest.mark.parametrize("count", [0, 1, 5, 40])
def test_shares_are_those_of_the_negative_binomial(
    mean: float, variance: float, count: int
) -> None:
    expected = nbinom.cdf(count, mean**2 / (variance - mean), mean / variance)
    assert share_up_to(count, mean, variance) == pytest.approx(expected)


def test_without_scatter_shares_are_those_of_poisson() -> None:
    assert share_up_to(2, 1.5, 1.5) == pytest.approx(poisson.cdf(2, 1.5))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_quantiles_are_those_of_the_negative_binomial(share: float) -> None:
    forecast = Forecast(3.0, 0.5, 2.0, Factor(1, 3))
    variance = 2 * (3 + 9 * 0.5)
    assert quantile(forecast, share) == nbinom.ppf(share, 9 / (variance - 3), 3 / variance)


def test_nobody_is_expected_where_nobody_can_be() -> None:
    assert interval(Forecast(0.0, 0.5, 2.0, Factor(0, 3))) == (0, 0)


def test_before_the_first_visit_the_start_values_alone_count() -> None:
    forecast = learned().forecast("park", DAY + 30 * WEEK, 15 * 3600, 1800)
    assert forecast.mean == pytest.approx(2.0 * 2.0 * effective_hours(1800))


def test_a_place_where_many_are_met_counts_more_and_its_like_a_little() -> None:
    before, after = learned(), learned(*weekly(6, 5, 7))
    gain = {
        place.id: after.standing(place.id, DAY + 4 * WEEK).mean
        / before.standing(place.id, DAY + 4 * WEEK).mean
        for place in PLACES
    }
    assert gain["markt"] > 2 > gain["schule"] > gain["park"] > 1


def test_a_visit_in_vain_counts_less() -> None:
    assert learned(*weekly(0, 0, 0)).weight("markt", DAY + 4 * WEEK) < 1


def test_the_order_of_the_log_does_not_count() -> None:
    some = weekly(6, 0, 3, 1)
    found = {learned(*order).standing("markt", DAY + 5 * WEEK).mean for order in (some, some[::-1])}
    assert len(found) == 1


def test_a_stop_that_did_not_take_place_teaches_nothing() -> None:
    after = learned(missed())
    assert (after.experiences, after.has_visits) == ((), False)


def test_a_place_that_is_gone_from_the_list_still_tells_the_rate() -> None:
    after = learned(*weekly(9, 9, 9, place="gone"))
    assert after.weight("markt", DAY) == 1
    assert after.standing("markt", DAY).mean > learned().standing("markt", DAY).mean


def test_school_holidays_are_learned_apart_from_term_time() -> None:
    # Christmas holidays of Niedersachsen begin on 2026-12-23.
    holiday = dt.date(2026, 12, 28)
    found = learned(*weekly(4, 4, place="schule", first=holiday - 14 * WEEK)).forecast
    assert found("schule", holiday, 54_000, 1800).mean == pytest.approx(
        0.3 * found("schule", holiday - 3 * WEEK, 54_000, 1800).mean, rel=0.1
    )


def test_a_change_is_asked_about_when_the_last_four_are_too_rare() -> None:
    (prompt,) = learned(*weekly(3, 3, 4, 3, 3, 4, 0, 0, 0, 0)).prompts()
    assert (prompt.place, prompt.met, prompt.since) == ("markt", 0, DAY + 6 * WEEK)
    assert prompt.expected > 4


@pytest.mark.parametrize("mets", [(9, 9, 9), (1, 2, 1, 1, 0, 2, 1)])
def test_few_or_usual_visits_are_not_asked_about(mets: tuple[int, ...]) -> None:
    assert learned(*weekly(*mets)).prompts() == []


@pytest.mark.parametrize("has_changed", [True, False])
def test_what_was_answered_is_not_asked_again(has_changed: bool) -> None:
    visits = weekly(3, 3, 4, 3, 3, 4, 0, 0, 0, 0)
    said = Change("markt", visits[-1].date, has_changed)
    assert learned(*visits, changes=(said,)).prompts() == []


def test_yes_makes_the_place_an_average_one_from_the_next_day_on() -> None:
    visits = weekly(9, 9, 9, 9)
    said = Change("markt", visits[-1].date, True)
    after = learned(*visits, changes=(said,)).standing("markt", visits[-1].date).place
    assert after.value == 1
    assert after.memory == pytest.approx(3)


def test_no_changes_nothing() -> None:
    visits = weekly(9, 9, 9, 9)
    said = Change("markt", visits[-1].date, False)
    assert learned(*visits, changes=(said,)).weight("markt", DAY) == learned(*visits).weight(
        "markt", DAY
    )


def test_bad_weather_counts_where_its_days_are_known() -> None:
    visits = weekly(0, 0, 0, place="park")
    journal = Journal(in_order(visits))
    known = build_hotspots(
        PLACES,
        journal,
        contacts_per_hour=2.0,
        state="NI",
        bad_weather=frozenset(one.date for one in visits),
    )
    assert known.weight("park", DAY + 4 * WEEK) > learned(*visits).weight("park", DAY + 4 * WEEK)


def made_up(seed: int, number: int, weeks: int) -> list[Visit]:
    """Return a year of visits whose contacts are drawn from rates that nobody knows."""
    rng = np.random.default_rng(seed)
    rates = rng.gamma(1.5, 1.0, number)
    found = []
    for week in range(weeks):
        for slot, place in enumerate(rng.permutation(number)[:12].tolist()):
            mean = rates[place] * effective_hours(3600)
            met = int(rng.negative_binomial(mean, 0.5)) if mean > 0 else 0
            date = DAY + week * WEEK + dt.timedelta(days=slot // 4)
            one = visit(f"p{place}", date, f"{13 + slot % 4}:00", met=met, new=0)
            found.append(one)
    return found


def test_four_of_five_visits_lie_within_the_interval() -> None:
    places = [replace(PLACES[0], id=f"p{n}", ags=f"0300000{n % 8}") for n in range(24)]
    journal = Journal(in_order(made_up(7, 24, 52)))
    found = build_hotspots(places, journal, contacts_per_hour=1.0, state="NI").experiences
    # A whole number seldom is a quantile: the share is taken with the middle of its step.
    inside = []
    for one in found:
        forecast = one.lesson.forecast
        below = share_up_to(one.lesson.met - 1, forecast.mean, forecast.variance)
        upto = share_up_to(one.lesson.met, forecast.mean, forecast.variance)
        overlap = max(0.0, min(upto, 0.9) - max(below, 0.1))
        inside.append(overlap / (upto - below))
    assert 0.77 <= np.mean(inside) <= 0.83


def test_five_years_of_visits_take_less_than_a_second() -> None:
    places = [replace(PLACES[0], id=f"p{n}", ags=f"0300000{n % 8}") for n in range(70)]
    journal = Journal(in_order(made_up(1, 70, 417)))
    assert len(journal.visits) > 5000
    begun = time.process_time()
    build_hotspots(places, journal, contacts_per_hour=1.0, state="NI").prompts()
    assert time.process_time() - begun < 1
