"""What plans are worth by the rules, and how much more one week can be worth than another.

Worth is counted in contacts: those that are expected, plus what the rules add, less the driving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tours.plan import Plan, Stop
from tours.problem import Option, Problem
from tours.schedule import Halt, Late, drive_costs, time_tour
from tours.solver.columns import Column, plan_value


@dataclass(frozen=True, slots=True)
class Worth:
    """What the best plan is worth, as far as it is known; hundredths of a contact.

    Attributes
    ----------
    value, bound : int
        What a plan is worth that was found, and what no plan exceeds.
    """

    value: int
    bound: int

    def __post_init__(self) -> None:
        if self.bound < self.value:
            raise ValueError(f"bound must be at least value, got {self.bound} < {self.value}")


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more the best week is worth than the best one under a further condition.

    Attributes
    ----------
    least, most : int
        Hundredths of a contact; equal if both are proven.
    """

    least: int
    most: int

    @property
    def is_proven(self) -> bool:
        """Whether it is known exactly."""
        return self.least == self.most


def difference(free: Worth, bound: Worth, *, is_part: bool) -> Difference:
    """Return how much more one week can be worth than another one.

    Parameters
    ----------
    free, bound : Worth
    is_part : bool
        Whether every plan that keeps the further condition is a plan of the free week, too.
    """
    least, most = free.value - bound.bound, free.bound - bound.value
    return Difference(max(0, least), max(0, most)) if is_part else Difference(least, most)


def worth_of(problem: Problem, plans: Sequence[Plan]) -> int | None:
    """Return what plans are worth together in a problem; None if it does not allow them.

    They were made with the same settings, wishes and roads as the problem, so that nothing but
    earlier plans can be different: what they announce, and which municipalities are due.

    Parameters
    ----------
    problem : Problem
    plans : sequence of Plan
        Of all weeks of the problem.
    """
    numbers = {shift.id: number for number, shift in enumerate(problem.shifts)}
    columns: list[Column] = []
    for tour in (tour for plan in plans for tour in plan.tours if tour.stops):
        number = numbers.get(tour.id)
        column = None if number is None else _column(problem, number, tour.stops)
        if column is None:
            return None
        columns.append(column)
    value, missed = plan_value(problem, columns)
    return None if missed else value


def _column(problem: Problem, number: int, stops: Sequence[Stop]) -> Column | None:
    shift, index = problem.shifts[number], problem.travel.index
    options = {c.place: c.options for c in problem.candidates if c.shift == number}
    halts = tuple(
        Halt(stop.place_id, stop.start_s, stop.departure_s - stop.start_s, stop.rest_s)
        for stop in stops
    )
    prizes = [_prize(options.get(halt.place, ()), halt) for halt in halts]
    known = set(problem.travel.ids)
    if None in prizes or not {halt.place for halt in halts} <= known:
        return None
    if isinstance(time_tour(problem, shift, halts), Late):
        return None
    depot = index(shift.depot)
    path = [depot, *(index(halt.place) for halt in halts), depot]
    costs, seconds = drive_costs(problem), problem.travel.seconds
    cost = sum(int(costs[a, b]) for a, b in pairwise(path))
    drive_s = sum(int(seconds[a, b]) for a, b in pairwise(path))
    return Column(number, halts, sum(prize or 0 for prize in prizes) - cost, drive_s)


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
