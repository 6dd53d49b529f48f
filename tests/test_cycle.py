"""Whether the weeks of a cycle still belong together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tours.cycle import alone, asked_of_week, left_behind, replanned
from tours.plan import NOTHING_ASKED, Plan

WEEKS = ("2026-W47", "2026-W48")


@pytest.fixture
def both(plan: Plan) -> tuple[Plan, Plan]:
    first, second = (replace(plan, week=week, cycle=WEEKS, repeats=2) for week in WEEKS)
    return first, second


def test_weeks_that_were_planned_together_are_whole(both: tuple[Plan, Plan]) -> None:
    stored = {plan.week: plan for plan in both}
    assert [replanned(plan, stored) for plan in both] == [(), ()]


@pytest.mark.parametrize(
    "changes",
    [
        {"cycle": ()},
        {"cycle": ("2026-W47",)},
        {"value": 80},
        {"bound": 110},
        {"seed": 1},
        {"config_digest": "fedcba987654"},
        {"problem": "x"},
        {"wishes": replace(NOTHING_ASKED, bans=("a",))},
    ],
)
def test_a_week_that_was_planned_anew_is_named(
    changes: dict[str, object], both: tuple[Plan, Plan]
) -> None:
    first, second = both
    stored = {"2026-W47": replace(first, **changes), "2026-W48": second}  # type: ignore[arg-type]  # any field
    assert replanned(second, stored) == ("2026-W47",)


def test_a_week_without_a_plan_is_named(both: tuple[Plan, Plan]) -> None:
    assert replanned(both[0], {"2026-W47": both[0]}) == ("2026-W48",)


def test_a_single_week_has_no_others(plan: Plan) -> None:
    assert replanned(plan, {}) == ()


def test_the_other_weeks_are_left_behind_by_a_new_plan(both: tuple[Plan, Plan]) -> None:
    first, second = both
    single = replace(first, cycle=())
    assert [left_behind(first, (single,)), left_behind(first, (first, second))] == [
        ("2026-W48",),
        (),
    ]


def test_a_week_by_itself_keeps_its_wishes_and_its_rhythm(both: tuple[Plan, Plan]) -> None:
    days = ("2026-11-17 krank", "2026-11-24 Schulung")
    asked = replace(NOTHING_ASKED, bans=("a",), cancelled=days)
    found = alone(replace(both[1], wishes=asked))
    assert (found.cycle, found.rhythm) == ((), 2)
    assert found.wishes == replace(asked, cancelled=days[1:])


def test_an_afternoon_that_is_cancelled_by_its_weekday_is_one_of_any_week(plan: Plan) -> None:
    asked = replace(NOTHING_ASKED, cancelled=("Di krank",))
    assert asked_of_week(replace(plan, wishes=asked)) == asked
