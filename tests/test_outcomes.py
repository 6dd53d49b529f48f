"""Planned against happened, on stops that can be counted by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from small_visits import DAY, PLANNED, missed, visit

from tours.plan import Plan
from tours.visits.outcomes import outcomes, summary, unplanned

WEEK = (DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=5))


def test_a_stop_without_a_visit_is_open(plan: Plan) -> None:
    (found,) = outcomes([plan], [], *WEEK)
    total = summary([found], [])
    assert (found.visit, total.announced, total.open, total.kept) == (None, 1, 1, 0)


def test_a_stop_that_was_kept_is_measured(plan: Plan) -> None:
    late = visit(start="14:51", minutes=40, planned=PLANNED)
    (found,) = outcomes([plan], [late], *WEEK)
    total = summary([found], [])
    assert found.late_s == 11 * 60
    assert (total.kept, total.punctual) == (1, 0)
    assert (total.planned_dwell_s, total.dwell_s) == (3600, 2400)


def test_ten_minutes_late_is_punctual_and_so_is_early(plan: Plan) -> None:
    for start in ("14:50", "14:00"):
        some = outcomes([plan], [visit(start=start, minutes=90, planned=PLANNED)], *WEEK)
        assert summary(some, []).punctual == 1


def test_missed_stops_are_counted_by_reason(plan: Plan) -> None:
    some = outcomes([plan], [missed(reason="road")], *WEEK)
    total = summary(some, [])
    assert (total.missed, total.open, total.kept) == ({"road": 1}, 0, 0)


def test_a_visit_counts_by_the_plan_that_it_answered_even_if_that_was_changed(plan: Plan) -> None:
    stop = replace(plan.tours[0].stops[0], start_s=60_000, departure_s=63_600)
    anew = replace(plan, tours=(replace(plan.tours[0], stops=(stop,)),))
    some = outcomes([anew], [visit(planned=PLANNED)], *WEEK)
    assert [one.visit is None for one in some] == [False, True]


def test_visits_beside_the_plan_are_told_apart() -> None:
    some = [visit(planned=PLANNED), visit("kirche"), missed("schule")]
    assert [v.place for v in unplanned(some, *WEEK)] == ["kirche"]


def test_days_outside_do_not_count(plan: Plan) -> None:
    later = (DAY + dt.timedelta(days=7), DAY + dt.timedelta(days=9))
    some = [visit(planned=PLANNED), visit("kirche")]
    assert (outcomes([plan], some, *later), unplanned(some, *later)) == ((), ())
