"""What the terminal says of a plan, and of what changed between two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from tours.leftout import SchoolHoliday
from tours.plan import Plan
from tours.timetable import calendar_notes, quality_text, render_left_out, render_timetable
from tours.tour import Stop


def text(part: RenderableType) -> str:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


def with_stop(plan: Plan, change: Callable[[Stop], Stop]) -> Plan:
    """Return the plan with its first stop changed."""
    tour = plan.tours[0]
    tour = replace(tour, stops=(change(tour.stops[0]), *tour.stops[1:]))
    return replace(plan, tours=(tour, *plan.tours[1:]))


def test_a_name_is_no_markup(plan: Plan) -> None:
    hostile = with_stop(plan, lambda s: replace(s, name="[red]x[/red]"))
    assert "[red]x[/red]" in text(render_timetable(hostile))


def test_unknown_school_holidays_are_told(plan: Plan) -> None:
    told = [
        "Schulferien" in text(render_timetable(replace(plan, knows_school_holidays=known)))
        for known in (True, False)
    ]
    assert told == [False, True]


def test_school_holidays_are_told_by_name(plan: Plan) -> None:
    days = tuple(SchoolHoliday(tour.date, "Herbstferien") for tour in plan.tours)
    assert calendar_notes(replace(plan, school_holidays=days)) == ["Schulferien: Herbstferien."]
    assert calendar_notes(replace(plan, school_holidays=days[1:])) == [
        "Schulferien: Herbstferien (Do. 19. Nov.)."
    ]


def test_an_afternoon_on_christmas_eve_is_told_with_how_to_cancel_it(plan: Plan) -> None:
    tour = replace(plan.tours[0], date=dt.date(2026, 12, 24))
    (note,) = calendar_notes(replace(plan, tours=(tour, plan.tours[1])))
    assert note.startswith("Do. 24. Dez.: Heiligabend ist kein gesetzlicher Feiertag")
    assert "--cancel 2026-12-24" in note
    assert "--cancel 2026-12-24" in " ".join(
        text(render_timetable(replace(plan, tours=(tour,)))).split()
    )


def test_an_ordinary_week_has_no_calendar_note(plan: Plan) -> None:
    assert calendar_notes(plan) == []


def test_a_gap_is_told_in_percent(plan: Plan) -> None:
    assert "10,0" in quality_text(replace(plan, value=90, bound=100))


@pytest.mark.parametrize(
    ("value", "bound", "percent"),
    [(90, 100, "10,0"), (9_999, 10_000, "0,1"), (612, 640, "4,4"), (957, 1000, "4,3")],
)
def test_a_gap_is_never_told_smaller_than_it_is(
    value: int, bound: int, percent: str, plan: Plan
) -> None:
    assert f"Höchstens {percent} %" in quality_text(replace(plan, value=value, bound=bound))


def test_the_percentage_is_told_with_what_it_is_of(plan: Plan) -> None:
    said = quality_text(replace(plan, value=1231, bound=1291))
    assert "Wert 12,3, höchstens 13,0 möglich." in said
    assert "Der Wert ist in Kontakten gerechnet" in said


def test_where_nothing_can_be_earned_there_is_no_percentage(plan: Plan) -> None:
    said = quality_text(replace(plan, value=-40, bound=-10))
    assert ("Wert −0,4" in said.replace("-", "−"), "%" in said) == (True, False)


def test_a_cycle_that_is_not_whole_any_more_says_what_was_proven(plan: Plan) -> None:
    both = replace(plan, value=100, bound=100, cycle=("2026-W47", "2026-W48"))
    assert "zusammen." in quality_text(both)
    said = quality_text(both, ("2026-W48",))
    assert "wie sie zusammen geplant wurden" in said
    assert "neu geplant oder gelöscht: 2026-W48" in said


def test_only_a_proven_plan_is_called_proven(plan: Plan) -> None:
    proven = [quality_text(replace(plan, value=90, bound=bound)) for bound in (90, 100)]
    assert ["Bewiesen" in words for words in proven] == [True, False]


def test_a_place_without_a_road_is_named(plan: Plan) -> None:
    (place,) = plan.unassigned
    named = {
        reason: place.name
        in text(
            render_left_out(
                replace(plan, unassigned=(replace(place, reason=reason),)), details=False
            )
        )
        for reason in ("no_road", "cut_off", "outranked")
    }
    assert named == {"no_road": True, "cut_off": True, "outranked": False}
