"""Dives: plans that begin with one tour, against the rules and against all plans."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_plans import best_plan, faults
from small_rules import rule_week

from tours.schedule import Halt
from tours.solver.columns import Column, plan_value
from tours.solver.dive import Diver, can_dive
from tours.solver.instance import build_instance
from tours.solver.memory import Memory
from tours.solver.pricing import Bans
from tours.solver.timing import best_tour

FEATURES = ("buses", "limits", "again", "some days")


@pytest.mark.parametrize("seed", range(500, 540))
def test_a_dive_keeps_the_limits_and_is_worth_no_more_than_the_best_plan(seed: int) -> None:
    problem = rule_week(seed, FEATURES, places=5)
    instance = build_instance(problem, seed=0)
    shifts, alike = instance.shifts, instance.alike
    diver = Diver(instance, Memory(shifts, instance.rules), float("inf"))
    missed, value = best_plan(problem)
    for number in alike:
        for place in shifts[number].places:
            try:
                lead = best_tour(number, shifts[number], [place])
            except ValueError:
                continue
            if not diver.is_whole(lead):
                continue
            chosen, _made = diver.dive(lead, [], Bans())
            worth, lacks = plan_value(problem, chosen)
            assert (lacks, -worth) >= (missed, -value)
            wrong = faults(problem, tours_of(chosen, alike, len(shifts)))
            assert wrong == []


def tours_of(
    chosen: list[Column], alike: Mapping[int, tuple[int, ...]], number: int
) -> tuple[tuple[Halt, ...], ...]:
    """Return the tours per shift; each shift takes one of its kind."""
    tours: list[tuple[Halt, ...]] = [()] * number
    for first, numbers in alike.items():
        mine = [column.halts for column in chosen if column.shift == first]
        assert len(mine) <= len(numbers)
        for shift, halts in zip(numbers, mine, strict=False):
            tours[shift] = halts
    return tuple(tours)


def test_a_budget_or_minutes_keep_from_diving() -> None:
    assert not can_dive(rule_week(500, ("budgets",)))
    assert not can_dive(rule_week(500, ("minutes",)))
