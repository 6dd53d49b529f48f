"""How long what is kept, and what stays of visits that go."""

from __future__ import annotations

import datetime as dt

from small_retention import LIMIT, OLD, TODAY
from small_visits import missed, visit

from tours.privacy.limits import limits
from tours.privacy.settings import PrivacySettings
from tours.visits.purge import merged, sums_of
from tours.visits.visit import MonthSum


def test_visits_are_kept_for_so_many_months() -> None:
    assert limits(PrivacySettings(), TODAY).visits == LIMIT


def test_a_month_without_such_a_day_ends_with_its_last_one() -> None:
    settings = PrivacySettings(visits_months=6)
    assert limits(settings, dt.date(2026, 8, 31)).visits == dt.date(2026, 2, 28)


def test_addresses_are_kept_for_so_many_days() -> None:
    assert limits(PrivacySettings(), TODAY).appointments == dt.date(2026, 11, 11)


def test_addresses_are_kept_until_the_week_is_over() -> None:
    settings = PrivacySettings(appointments_days=0)
    assert limits(settings, TODAY).appointments == dt.date(2026, 11, 23)


def test_visits_of_a_place_in_a_month_become_one_sum() -> None:
    visits = [
        visit(date=OLD, met=3, new=1),
        visit(date=OLD + dt.timedelta(days=1), minutes=30, met=2, new=0),
        missed(date=OLD),
        visit("kirche", OLD, met=1, new=1),
    ]
    month = dt.date(2024, 5, 1)
    assert sums_of(visits) == (
        MonthSum("kirche", month, 1, 0, 3600, 1, 1),
        MonthSum("markt", month, 2, 1, 5400, 5, 1),
    )


def test_sums_of_the_same_month_are_added() -> None:
    one = MonthSum("markt", dt.date(2024, 5, 1), 1, 0, 3600, 1, 1)
    assert merged([one, one]) == (MonthSum("markt", dt.date(2024, 5, 1), 2, 0, 7200, 2, 2),)
