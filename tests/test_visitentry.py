"""The lines that a person types, and the questions of an afternoon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from small_visits import DAY, PLANNED, missed, visit

from geodata.places import Place
from tours.errors import VisitError
from tours.plan import Plan
from tours.visits.dialog import ask_afternoon, open_stops
from tours.visits.entry import Asking, read_entry, read_time, read_visit_day
from tours.visits.visit import Visit

TODAY = dt.date(2026, 11, 25)
ASKING = Asking("markt", DAY, TODAY, PLANNED)
PLACES = (
    Place(id="markt", name="Ostdorf, Markt", kind="square", lon=10.0, lat=52.0, ags="03000002"),
    Place(id="kirche", name="Westdorf, Kirche", kind="square", lon=10.0, lat=52.0, ags="03000001"),
)


@pytest.mark.parametrize(
    ("text", "met", "new", "arrival", "departure"),
    [
        ("0", 0, 0, "14:30", "15:40"),
        ("3", 3, 0, "14:30", "15:40"),
        ("3 1", 3, 1, "14:30", "15:40"),
        ("3 1 1445", 3, 1, "14:45", "15:40"),
        ("3 1 14:45 1530", 3, 1, "14:45", "15:30"),
        ("3  1  14.45  15.30", 3, 1, "14:45", "15:30"),
        ("3 1 945 1530", 3, 1, "9:45", "15:30"),
    ],
)
def test_a_line_tells_a_visit(text: str, met: int, new: int, arrival: str, departure: str) -> None:
    found = read_entry(text, ASKING)
    times = (found.arrival_s, found.departure_s)
    assert (found.met, found.new) == (met, new)
    assert times == (read_time(arrival), read_time(departure))
    assert found.planned == PLANNED


@pytest.mark.parametrize(
    "text", ["x", "-1", "3 4", "3 1 2560", "3 1 1600 1500", "1 2 3 4 5", "3,5", "999", "٣ x"]
)
def test_a_line_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(VisitError):
        read_entry(text, ASKING)


@pytest.mark.parametrize("text", ["3", "3 1 1430"])
def test_a_stop_that_was_not_planned_needs_its_times(text: str) -> None:
    with pytest.raises(VisitError):
        read_entry(text, replace(ASKING, planned=None))


@pytest.mark.parametrize("text", ["2026-11-17", "17.11.2026", "17.11.26"])
def test_a_day_is_read_in_its_spellings(text: str) -> None:
    assert read_visit_day(text) == DAY


def test_a_day_without_a_year_is_the_last_one_up_to_today() -> None:
    assert read_visit_day("17.11.", until=TODAY) == DAY
    assert read_visit_day("26.11.", until=TODAY) == dt.date(2025, 11, 26)


@pytest.mark.parametrize("text", ["gestern", "30.02.2026", "2026-W47"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(VisitError):
        read_visit_day(text)


def afternoon(plan: Plan, answers: Iterable[str]) -> tuple[list[Visit], list[str]]:
    """Return what the answers come to, and what the program complained about."""
    left, told = iter(answers), list[str]()
    stops = open_stops([plan], [])
    found = ask_afternoon(
        stops, DAY, PLACES, TODAY, ask=lambda _question: next(left), tell=told.append
    )
    assert list(left) == []
    return found, told


def test_an_afternoon_is_one_line_per_stop(plan: Plan) -> None:
    found, told = afternoon(plan, ["3 1 1440 1540", ""])
    assert (found, told) == ([visit(planned=PLANNED)], [])


def test_a_stop_that_did_not_take_place_is_asked_for_its_reason(plan: Plan) -> None:
    assert afternoon(plan, ["-", "1", ""])[0] == [missed()]
    assert afternoon(plan, ["-3", ""])[0] == [missed(reason="weather")]


def test_a_stop_can_be_left_for_later(plan: Plan) -> None:
    assert afternoon(plan, ["", ""])[0] == []


def test_what_is_not_understood_is_asked_again(plan: Plan) -> None:
    found, told = afternoon(plan, ["many", "3 9", "-9", "3 1 1440 1540", ""])
    assert (found, len(told)) == ([visit(planned=PLANNED)], 3)


def test_stops_that_were_not_planned_can_be_added(plan: Plan) -> None:
    found, told = afternoon(plan, ["", "nowhere", "kirche", "2", "2 0 1700 1730", ""])
    assert ([(v.place, v.met, v.planned) for v in found], len(told)) == ([("kirche", 2, None)], 2)


def test_a_stop_that_is_answered_is_not_asked_again(plan: Plan) -> None:
    assert open_stops([plan], [visit(planned=PLANNED)]) == ()
    assert open_stops([plan], [missed()]) == ()


def test_a_stop_at_the_time_of_another_at_its_place_is_asked_again(plan: Plan) -> None:
    found, told = afternoon(plan, ["3 1 1440 1540", "markt", "2 0 1530 1600", "2 0 1540 1600", ""])
    assert [(v.arrival_s, v.departure_s) for v in found] == [(52_800, 56_400), (56_400, 57_600)]
    assert (len(told), "14:40" in told[0], "15:40" in told[0]) == (1, True, True)


def test_a_stop_at_the_time_of_one_in_the_log_is_asked_again(plan: Plan) -> None:
    left, told = iter(["", "kirche", "2 0 1700 1730", "", ""]), list[str]()
    found = ask_afternoon(
        open_stops([plan], []), DAY, PLACES, TODAY,
        ask=lambda _question: next(left), tell=told.append,
        logged=[replace(visit("kirche", start="17:15"), id=4)],
    )  # fmt: skip
    assert (found, len(told)) == ([], 1)


def test_a_stop_at_another_place_at_the_same_time_may_be_of_another_bus(plan: Plan) -> None:
    found, told = afternoon(plan, ["3 1 1440 1540", "kirche", "2 0 1530 1600", ""])
    assert (len(found), told) == (2, [])
