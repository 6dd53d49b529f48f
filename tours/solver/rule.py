"""Rules that a person would take away together, and which of them a plan keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tours.problem import Cover, Problem
from tours.schedule import Halt

Set = frozenset[int]
NONE: Set = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Parts of a problem that a person would take away together.

    Attributes
    ----------
    name : str
    covers, limits, budgets, orders : frozenset of int
        Positions in the problem; covers only of the hard ones.
    rests : frozenset of int
        Positions of the shifts whose break is meant.
    """

    name: str
    covers: Set = NONE
    limits: Set = NONE
    budgets: Set = NONE
    orders: Set = NONE
    rests: Set = NONE


def single_rules(problem: Problem) -> tuple[Rule, ...]:
    """Return every rule of a problem by itself: hard covers, limits, budgets, orders, breaks."""
    return (
        *(
            Rule(cover.name, covers=frozenset({number}))
            for number, cover in enumerate(problem.covers)
            if cover.bonus is None
        ),
        *(Rule(limit.name, limits=frozenset({n})) for n, limit in enumerate(problem.limits)),
        *(Rule(budget.name, budgets=frozenset({n})) for n, budget in enumerate(problem.budgets)),
        *(Rule(order.name, orders=frozenset({n})) for n, order in enumerate(problem.orders)),
        *(
            Rule(shift.id, rests=frozenset({number}))
            for number, shift in enumerate(problem.shifts)
            if shift.rest is not None
        ),
    )


def is_kept(problem: Problem, rule: Rule, tours: Sequence[Sequence[Halt]]) -> bool:
    """Tell whether a plan keeps a rule, as far as it can be seen without timing it again."""
    return (
        all(_is_covered(problem.covers[n], tours) for n in rule.covers)
        and all(
            sum(h.place in limit.places for s in limit.shifts for h in tours[s]) <= limit.at_most
            for limit in (problem.limits[n] for n in rule.limits)
        )
        and all(
            sum(_drive_s(problem, s, tours[s]) for s in budget.shifts) <= budget.drive_s
            for budget in (problem.budgets[n] for n in rule.budgets)
        )
        and all(
            _is_in_order(order.places, tours[s])
            for order in (problem.orders[n] for n in rule.orders)
            for s in order.shifts
        )
        and not any(tours[s] for s in rule.rests)
    )


def _is_covered(cover: Cover, tours: Sequence[Sequence[Halt]]) -> bool:
    halts = [h for n, tour in enumerate(tours) for h in tour if cover.counts(h.place, n)]
    if cover.dwell_s:
        return sum(halt.dwell_s for halt in halts) >= cover.dwell_s
    return len(halts) >= cover.at_least


def _drive_s(problem: Problem, number: int, halts: Sequence[Halt]) -> int:
    index = problem.travel.index
    depot = index(problem.shifts[number].depot)
    path = [depot, *(index(halt.place) for halt in halts), depot]
    return int(problem.travel.seconds[path[:-1], path[1:]].sum())


def _is_in_order(places: Sequence[str], halts: Sequence[Halt]) -> bool:
    positions = [places.index(halt.place) for halt in halts if halt.place in places]
    return positions == sorted(positions)
