"""What the terminal says of a plan, and of what changed between two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.console import Console, RenderableType

from tours.plan import Plan, Stop
from tours.timetable import quality_text, render_left_out, render_timetable


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


def test_a_gap_is_told_in_percent(plan: Plan) -> None:
    assert "10,0" in quality_text(replace(plan, value=90, bound=100))


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
