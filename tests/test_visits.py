"""Visits: what cannot be right, which planned stop they answer, what they clash with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from small_visits import DAY, PLANNED, missed, visit

from tours.plan import Plan
from tours.visits.visit import Change, Journal, Visit, answering, clash, in_order, slips

H = 3600


def wrong(**values: object) -> list[str]:
    given: dict[str, object] = {
        "date": DAY,
        "arrival_s": 14 * H,
        "departure_s": 15 * H,
        "met": 3,
        "new": 1,
        "today": DAY,
    }
    return [field for field, _what, _remedy in slips(**(given | values))]  # type: ignore[arg-type]  # any field


def test_a_plain_visit_is_right() -> None:
    assert wrong() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"date": DAY + dt.timedelta(days=1)}, "date"),
        ({"date": dt.date(1926, 11, 17)}, "date"),
        ({"departure_s": 14 * H}, "departure"),
        ({"departure_s": 25 * H}, "departure"),
        ({"met": -1}, "met"),
        ({"met": 501}, "met"),
        ({"new": 4}, "new"),
        ({"new": -1}, "new"),
    ],
)
def test_what_cannot_be_is_found(values: dict[str, object], field: str) -> None:
    assert wrong(**values) == [field]


@pytest.mark.parametrize(
    "values",
    [
        {"new": 4},
        {"departure_s": 0},
        {"reason": "tired"},
        {"reason": "staff", "met": 0, "new": 0},
    ],
)
def test_a_visit_that_cannot_be_is_a_mistake_of_the_program(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="got"):
        replace(visit(), **values)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("arrival", "minutes", "start", "dwell"),
    [
        ("14:30", 70, "14:40", 60),  # waits for the published start
        ("14:50", 50, "14:50", 50),  # late
        ("13:00", 30, "13:00", 30),  # gone before it
    ],
)
def test_young_people_can_come_from_the_published_start_on(
    arrival: str, minutes: int, start: str, dwell: int
) -> None:
    found = visit(start=arrival, minutes=minutes, planned=PLANNED)
    assert (found.start_s, found.dwell_s) == (visit(start=start).arrival_s, dwell * 60)


def test_a_visit_answers_the_stop_of_its_place_and_day(plan: Plan) -> None:
    assert answering(visit(), [plan], []).planned == PLANNED


@pytest.mark.parametrize("other", [visit("kirche"), visit(date=DAY + dt.timedelta(days=2))])
def test_a_visit_elsewhere_or_on_another_day_answers_nothing(plan: Plan, other: Visit) -> None:
    assert answering(other, [plan], []).planned is None


def test_a_stop_is_answered_once(plan: Plan) -> None:
    first = answering(visit(), [plan], [])
    assert answering(visit(start="18:00"), [plan], [first]).planned is None


def test_of_two_stops_the_nearest_is_answered(plan: Plan) -> None:
    tour = plan.tours[0]
    late = replace(tour.stops[0], start_s=61_200, departure_s=64_800)
    both = replace(
        plan, tours=(replace(tour, stops=(*tour.stops, late), legs=(*tour.legs, tour.legs[0])),)
    )
    found = answering(visit(start="16:50"), [both], []).planned
    assert found is not None
    assert found.start_s == 61_200


@pytest.mark.parametrize(
    ("one", "other", "is_clash"),
    [
        (visit(), visit(), True),
        (visit(), visit(start="15:39"), True),
        (visit(), visit(start="15:40"), False),
        (visit(), visit("kirche"), False),
        (visit(), visit(date=DAY + dt.timedelta(days=1)), False),
        (visit(planned=PLANNED), missed(), True),
        (missed(), visit(start="18:00"), False),
        (missed(), missed(reason="weather"), True),
    ],
)
def test_visits_clash_where_they_cannot_both_have_been(
    one: Visit, other: Visit, is_clash: bool
) -> None:
    assert (clash(one, [other]) is other, clash(other, [one]) is one) == (is_clash, is_clash)


def test_order_is_date_then_arrival_then_number() -> None:
    some = [
        replace(visit(), id=3),
        replace(visit(), id=2),
        replace(visit(start="14:00"), id=4),
        replace(visit(date=DAY - dt.timedelta(days=1)), id=5),
    ]
    assert [v.id for v in in_order(some)] == [5, 4, 2, 3]


def test_a_journal_before_a_day_ends_the_evening_before() -> None:
    next_day = DAY + dt.timedelta(days=1)
    journal = Journal(
        (visit(), visit(date=next_day)), (Change("a", DAY, True), Change("a", next_day, True))
    )
    assert journal.before(next_day) == Journal((visit(),), (Change("a", DAY, True),))
