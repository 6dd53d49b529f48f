"""What differs between two plans, on plans of a few stops."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console, RenderableType

from tours.changes import (
    changes_between,
    render_changes,
    render_diff,
    render_diff_json,
)
from tours.comparability import incomparable
from tours.figures import figures
from tours.plan import NOTHING_ASKED, Plan
from tours.tour import Leg, Stop

Halting = tuple[str, float, int]


def text(part: RenderableType) -> str:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(part)
    return capture.get()


def week(plan: Plan, *days: list[Halting], number: int = 47, bus: str = "") -> Plan:
    """Return a plan whose tours have stops (place, start hour, minutes), Monday first."""
    (like, *_more), leg = plan.tours[0].stops, plan.tours[0].legs[0]
    tours = []
    for day, halts in enumerate(days):
        stops = tuple(
            replace(
                like,
                place_id=place,
                name=place.upper(),
                start_s=int(hour * 3600),
                departure_s=int(hour * 3600) + minutes * 60,
            )
            for place, hour, minutes in halts
        )
        tours.append(
            replace(
                plan.tours[0],
                date=dt.date.fromisocalendar(2026, number, day + 1),
                stops=stops,
                legs=(leg,) * (len(stops) + 1) if stops else (),
                bus=bus,
            )
        )
    return replace(plan, week=f"2026-W{number}", tours=tuple(tours))


def kinds(before: Plan, after: Plan) -> list[tuple[str, str]]:
    return [(change.kind, change.place_id) for change in changes_between(before, after).stops]


def test_the_same_plan_has_no_changes(plan: Plan) -> None:
    assert text(render_changes(plan, plan)).strip().endswith("keine")


def test_the_same_times_a_week_later_are_no_change(plan: Plan) -> None:
    first, later = (week(plan, [("a", 15, 30)], number=number) for number in (47, 48))
    assert changes_between(first, later).lines == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([[], []], [[("a", 15, 30)], []], [("new", "a")]),
        ([[("a", 15, 30)], []], [[], []], [("gone", "a")]),
        ([[("a", 15, 30)], []], [[], [("a", 15, 30)]], [("day", "a")]),
        ([[("a", 15, 30)], []], [[("a", 16, 45)], []], [("time", "a")]),
        ([[("a", 15, 30)], []], [[("a", 15, 45)], []], [("dwell", "a")]),
        # Of two visits the one that stayed is not taken for the one that is new.
        ([[("a", 15, 30)], []], [[("a", 14, 30)], [("a", 15, 30)]], [("time", "a"), ("new", "a")]),
        ([[("a", 15, 30)], [("a", 15, 30)]], [[], [("a", 15, 30)]], [("gone", "a")]),
    ],
)
def test_a_change_is_the_greatest_difference(
    plan: Plan,
    before: list[list[Halting]],
    after: list[list[Halting]],
    expected: list[tuple[str, str]],
) -> None:
    assert kinds(week(plan, *before), week(plan, *after)) == expected


def test_another_bus_at_the_same_time_is_a_move(plan: Plan) -> None:
    one, two = (week(plan, [("a", 15, 30)], bus=bus) for bus in ("1", "2"))
    assert changes_between(one, two).lines == [
        "verlegt: A, Mo. 15:00, Bus 2 statt Mo. 15:00, Bus 1"
    ]


def test_changes_are_in_the_order_of_the_week(plan: Plan) -> None:
    after = week(plan, [("c", 15, 30), ("b", 16, 30)], [("a", 14, 30)])
    assert [place for _kind, place in kinds(week(plan, [], []), after)] == ["c", "b", "a"]


def test_a_move_with_another_dwell_says_both(plan: Plan) -> None:
    before, after = week(plan, [("a", 15, 30)], []), week(plan, [], [("a", 16, 45)])
    assert changes_between(before, after).lines == [
        "verlegt: A, Di. 16:00 statt Mo. 15:00, 45 statt 30 Minuten"
    ]


def test_a_longer_stop_is_not_called_shorter(plan: Plan) -> None:
    lines = [
        changes_between(week(plan, [("a", 15, was)]), week(plan, [("a", 15, now)])).lines[0]
        for was, now in ((30, 45), (45, 30))
    ]
    assert [line.split(":")[0] for line in lines] == ["länger", "kürzer"]


@pytest.mark.parametrize(
    ("order", "said"),
    [("abc", None), ("cba", "umgekehrt"), ("bac", "B; A; C"), ("abd", None), ("bad", "B; A")],
)
def test_another_order_of_the_same_places_is_said(plan: Plan, order: str, said: str | None) -> None:
    before = week(plan, [("a", 14, 30), ("b", 15, 30), ("c", 16, 30)])
    after = week(plan, [(place, 14 + n, 30) for n, place in enumerate(order)])
    turns = [turn.text for turn in changes_between(before, after).orders]
    assert [bool(said and said in turn) for turn in turns] == ([True] if said else [])


def test_figures_are_sums_over_the_stops_and_legs(plan: Plan) -> None:
    made = week(plan, [("a", 15, 30), ("b", 16, 45)], [("c", 15, 60)])
    assert (figures(made).stops, figures(made).dwell_s, figures(made).length_m) == (
        3,
        135 * 60,
        5 * plan.tours[0].legs[0].length_m,
    )


def test_differences_are_those_of_what_is_shown(plan: Plan) -> None:
    leg = Leg(600, 5_049, plan.tours[0].legs[0].route)
    longer = replace(leg, length_m=5_051)
    before = replace(plan, tours=(replace(plan.tours[0], legs=(leg, leg)),))
    after = replace(plan, tours=(replace(plan.tours[0], legs=(longer, longer)),))
    (km,) = [line.split() for line in text(render_diff(before, after)).splitlines() if "km" in line]
    assert km == ["km", "10,1", "10,1", "0,0"]


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"seed": 7, "value": 80, "tours": ()}, []),
        ({"cycle": ("2026-W47", "2026-W48")}, ["Turnus"]),
        ({"week": "2026-W48"}, ["jede Woche anders"]),
        ({"config_digest": "fedcba987654"}, ["Einstellungen"]),
        ({"wishes": replace(NOTHING_ASKED, bans=("a",))}, ["--ban"]),
        ({"problem": "b"}, ["frühere Pläne"]),
        ({"problem": ""}, []),
        ({"week": "2026-W48", "config_digest": "f", "problem": "b"}, ["jede Woche", "Einstell"]),
    ],
)
def test_worth_is_compared_among_plans_of_the_same_problem_only(
    plan: Plan, changes: dict[str, Any], reasons: list[str]
) -> None:
    before = replace(plan, problem="a")
    said = " ".join(text(render_diff(before, replace(before, **changes))).split())
    assert ("Wert nach den Regeln" in said) == (not reasons)
    assert ("wird nicht verglichen" in said) == bool(reasons)
    assert [reason for reason in reasons if reason not in said] == []
    told = ("Turnus", "jede Woche", "Einstellungen", "--ban", "frühere Pläne")
    assert sum(word in said for word in told) == len(reasons)


def test_the_weeks_of_one_cycle_are_not_compared_by_what_both_are_worth(plan: Plan) -> None:
    first = replace(plan, cycle=("2026-W47", "2026-W48"))
    assert incomparable(first, replace(first, week="2026-W48")) == ("week",)


def test_json_holds_the_same_changes(plan: Plan) -> None:
    before, after = week(plan, [("a", 15, 30)], []), week(plan, [], [("a", 16, 45)])
    body = json.loads(render_diff_json(before, after))
    (change,) = body["stops"]
    assert (change["kind"], change["before"]["start_s"], change["after"]["dwell_s"]) == (
        "day",
        15 * 3600,
        45 * 60,
    )


def test_a_name_is_no_markup(plan: Plan) -> None:
    hostile: Stop = replace(plan.tours[0].stops[0], place_id="x", name="[red]x[/red]")
    after = replace(plan, tours=(replace(plan.tours[0], stops=(hostile,)),))
    assert "[red]x[/red]" in text(render_changes(plan, after))
