"""A plan that is known beforehand, as far as a problem allows it: where the solver begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from tours.problem import Option, Problem, Rest
from tours.schedule import Halt, Late, drive_costs, time_tour
from tours.solver.columns import Column
from tours.solver.instance import Instance


def known_plan(instance: Instance, tours: Sequence[Sequence[Halt]]) -> list[Column]:
    """Return the tours that can be driven, all others left out; none if a rule is broken.

    What hard covers miss is no reason to refuse a plan: that is its price.

    Parameters
    ----------
    instance : Instance
    tours : sequence of sequence of Halt
        Per shift, in order; empty where the bus stays.
    """
    problem = instance.problem
    first = {n: group for group, numbers in instance.alike.items() for n in numbers}
    driven = (
        driven_tour(problem, number, halts)
        for number, halts in enumerate(tours)
        if halts and number in first
    )
    found = [column for column in driven if column is not None]
    if not _keeps_totals(problem, found):
        return []
    return [replace(column, shift=first[column.shift]) for column in found]


def driven_tour(problem: Problem, number: int, halts: Sequence[Halt]) -> Column | None:
    """Return a tour with what it earns; None if it cannot be driven.

    Parameters
    ----------
    problem : Problem
    number : int
        Position of the shift.
    halts : sequence of Halt
        At least one.
    """
    shift, index = problem.shifts[number], problem.travel.index
    options = {c.place: c.options for c in problem.candidates if c.shift == number}
    prizes = [_prize(options.get(halt.place, ()), halt) for halt in halts]
    places = [halt.place for halt in halts]
    if None in prizes or len(set(places)) < len(places) or not _in_order(problem, number, places):
        return None
    times = time_tour(problem, shift, halts)
    if isinstance(times, Late) or not _is_rested(
        shift.rest, halts, times.return_s + problem.buffer_s
    ):
        return None
    depot = index(shift.depot)
    path = [depot, *(index(place) for place in places), depot]
    costs, seconds = drive_costs(problem), problem.travel.seconds
    cost = sum(int(costs[a, b]) for a, b in pairwise(path))
    drive_s = sum(int(seconds[a, b]) for a, b in pairwise(path))
    return Column(number, tuple(halts), sum(prize or 0 for prize in prizes) - cost, drive_s)


def offered_halts(problem: Problem, number: int, halts: Sequence[Halt]) -> tuple[Halt, ...]:
    """Return the halts of a tour that a shift has an option for."""
    options = {c.place: c.options for c in problem.candidates if c.shift == number}
    return tuple(h for h in halts if _prize(options.get(h.place, ()), h) is not None)


def _prize(options: Sequence[Option], halt: Halt) -> int | None:
    return max(
        (
            option.prize
            for option in options
            if option.dwell_s == halt.dwell_s
            and option.start_s <= halt.start_s <= option.start_s + option.slack_s
        ),
        default=None,
    )


def _in_order(problem: Problem, number: int, places: Sequence[str]) -> bool:
    return not any(
        number in order.shifts and order.places.index(a) > order.places.index(b)
        for order in problem.orders
        for a, b in combinations([place for place in places if place in order.places], 2)
    )


def _is_rested(rest: Rest | None, halts: Sequence[Halt], back_s: int) -> bool:
    breaks = [halt for halt in halts if halt.rest_s]
    if rest is None or not breaks:
        return not breaks and (rest is None or back_s <= rest.latest_s)
    begins = [halt.departure_s - rest.length_s for halt in breaks]
    return (
        len(breaks) == 1
        and breaks[0].rest_s >= rest.length_s
        and rest.earliest_s <= begins[0] <= rest.latest_s
    )


def _keeps_totals(problem: Problem, columns: Sequence[Column]) -> bool:
    """Tell whether tours together keep limits, budgets and alternatives."""
    driven = {column.shift for column in columns}
    return (
        all(
            sum(h.place in x.places for c in columns if c.shift in x.shifts for h in c.halts)
            <= x.at_most
            for x in problem.limits
        )
        and all(
            sum(c.drive_s for c in columns if c.shift in budget.shifts) <= budget.drive_s
            for budget in problem.budgets
        )
        and all(len(driven & numbers) <= 1 for numbers in problem.alternatives)
    )
