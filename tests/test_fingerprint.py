"""The same letters for the same problem, others for any other one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from small_weeks import random_week

from geodata.travel import TravelTimes
from tours.fingerprint import fingerprint
from tours.problem import Budget, Order, Problem

DAYS = frozenset({0, 1})


def test_the_order_of_candidates_does_not_matter() -> None:
    problem = random_week(0)
    turned = replace(problem, candidates=problem.candidates[::-1])
    assert fingerprint(turned) == fingerprint(problem)


CHANGES: dict[str, Callable[[Problem], object]] = {
    "shifts": lambda p: (replace(p.shifts[0], end_s=p.shifts[0].end_s + 60), *p.shifts[1:]),
    "candidates": lambda p: p.candidates[1:],
    "travel": lambda p: TravelTimes(p.travel.ids, p.travel.seconds + 1, p.travel.metres),
    "covers": lambda p: (replace(p.covers[0], bonus=7), *p.covers[1:]),
    "limits": lambda p: p.limits[1:],
    "setup_s": lambda p: p.setup_s + 60,
    "buffer_s": lambda p: p.buffer_s + 60,
    "driving_price": lambda p: p.driving_price + 1,
    "distance_price": lambda p: p.distance_price + 1,
    "budgets": lambda _p: (Budget(DAYS, 60),),
    "orders": lambda _p: (Order(("p1", "p2"), DAYS),),
    "alternatives": lambda _p: (DAYS,),
    "tick_s": lambda _p: 60,
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_is_changed_changes_it(name: str) -> None:
    problem = random_week(0)
    changed = replace(problem, **{name: CHANGES[name](problem)})  # type: ignore[arg-type]  # any field
    assert fingerprint(changed) != fingerprint(problem)


def test_nothing_of_a_problem_is_left_out_here() -> None:
    assert set(CHANGES) == {field.name for field in fields(Problem)}
