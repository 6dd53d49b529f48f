"""What plans are worth by the rules, and how much more one week can be worth than another.

Worth is counted in contacts: those that are expected, plus what the rules add, less the driving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tours.plan import Plan
from tours.problem import Problem
from tours.solver.columns import Column, plan_value
from tours.solver.start import driven_tour
from tours.startplan import halts_of


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
        column = None if number is None else driven_tour(problem, number, halts_of(tour))
        if column is None:
            return None
        columns.append(column)
    value, missed = plan_value(problem, columns)
    return None if missed else value
