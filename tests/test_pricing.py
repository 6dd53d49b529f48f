"""The tours that enumeration keeps: one per set of places, unless a rule tells them apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from small_weeks import HOUR, MINUTE, line_travel, shift

from tours.problem import Budget, Candidate, Cover, Option, Problem
from tours.solver.arrays import shift_arrays
from tours.solver.columns import Rules, traced_column
from tours.solver.extension import COMPLETE
from tours.solver.master import Duals
from tours.solver.memory import Memory
from tours.solver.pricing import Bans, Pricing


def offered(place: str, *options: tuple[float, int, int]) -> Candidate:
    """Return a candidate by starts in hours, minutes on site and prizes."""
    ways = (Option(int(h * HOUR), minutes * MINUTE, prize) for h, minutes, prize in options)
    return Candidate(place, 0, tuple(ways))


# Ten minutes apart on one road, p2 before p1: p2, p1, p3 is an hour at the wheel, p1, p2, p3 is
# 80 minutes, earns more, and leaves p3 at the same time.
TWO_ORDERS = Problem(
    shifts=(shift(),),
    candidates=(
        offered("p1", (14.5, 30, 60), (15.5, 30, 45)),
        offered("p2", (14.5, 30, 45), (15.5, 30, 60)),
        offered("p3", (16.5, 30, 100)),
    ),
    travel=line_travel(0, 20, 10, 30),
)
# An hour at p1 earns less than half an hour; p2 is reached in time after both.
TWO_DWELLS = Problem(
    shifts=(shift(),),
    candidates=(offered("p1", (14.5, 30, 50), (14.5, 60, 40)), offered("p2", (16, 30, 50))),
    travel=line_travel(0, 10, 20),
)


def enumerated(problem: Problem) -> set[tuple[str, int]]:
    """Return the tours of all places that are left, by order and value; nothing is charged."""
    rules, arrays = Rules(problem), shift_arrays(problem)
    pricing = Pricing(problem, rules, arrays, Memory(arrays, rules))
    duals = Duals(
        shift=np.zeros(1),
        cover=np.zeros(len(problem.covers)),
        limit=np.zeros(0),
        budget=np.zeros(len(problem.budgets)),
        alternative=np.zeros(0),
        weight=np.zeros(0),
        floor=0.0,
    )
    prices = pricing.prices(0, duals, Bans())
    labels = pricing.tours(0, prices, mode=COMPLETE, above=-1000, seconds=float("inf"))
    tours = [traced_column(0, arrays[0], labels, label) for label in range(len(labels.place))]
    every = len(problem.candidates)
    return {("-".join(tour.order), tour.value) for tour in tours if len(tour.halts) == every}


def test_of_the_same_places_the_tour_that_earns_most_is_enough() -> None:
    assert enumerated(TWO_ORDERS) == {("p1-p2-p3", 220)}


def test_a_budget_keeps_the_tour_that_drives_less() -> None:
    limited = replace(TWO_ORDERS, budgets=(Budget(frozenset({0}), HOUR),))
    assert enumerated(limited) == {("p1-p2-p3", 220), ("p2-p1-p3", 190)}


def test_a_tour_that_stays_longer_for_less_is_not_kept() -> None:
    assert enumerated(TWO_DWELLS) == {("p1-p2", 100)}


def test_a_rule_in_minutes_keeps_the_tour_that_stays_longer() -> None:
    asked = Cover("minutes", frozenset({"p1"}), dwell_s=HOUR)
    assert enumerated(replace(TWO_DWELLS, covers=(asked,))) == {("p1-p2", 100), ("p1-p2", 90)}
