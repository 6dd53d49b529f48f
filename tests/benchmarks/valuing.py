"""What a plan is worth: the same judge for every solver."""

from __future__ import annotations

from dataclasses import dataclass

from tours.problem import Problem
from tours.schedule import Late, time_tour
from tours.solver.arrays import ShiftArrays, shift_arrays
from tours.solver.columns import Column, plan_value
from tours.solver.timing import best_tour

from .answer import Answer, Routes, Step


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan is worth.

    Attributes
    ----------
    value : int
        Hundredths of a contact, with the best starts and dwells for its orders.
    broken : int
        Visits that hard covers miss.
    """

    value: int
    broken: int


class Judge:
    """Values the plans of one problem.

    Parameters
    ----------
    problem : Problem
        Without breaks, budgets, orders, alternatives and covers in minutes, whose worth does
        not follow from the orders of the places alone.
    """

    def __init__(self, problem: Problem) -> None:
        if problem.budgets or problem.orders or problem.alternatives:
            raise ValueError("problem must have no budgets, orders or alternatives")
        if any(shift.rest for shift in problem.shifts) or any(c.dwell_s for c in problem.covers):
            raise ValueError("problem must have no breaks and no covers in minutes")
        self._problem = problem
        self._shifts: tuple[ShiftArrays, ...] = shift_arrays(problem)

    def worth(self, routes: Routes) -> Worth:
        """Return what a plan is worth.

        Raises
        ------
        ValueError
            If it cannot be driven, or breaks a limit.
        """
        columns = [
            best_tour(number, self._shifts[number], route)
            for number, route in enumerate(routes)
            if route
        ]
        self._check(columns)
        value, broken = plan_value(self._problem, columns)
        return Worth(value, broken)

    def best(self, answer: Answer) -> Worth:
        """Return the worth of the best plan on the way; solvers may count otherwise than we."""
        plans = [answer.routes, *(step.routes for step in answer.steps if step.routes)]
        return max(map(self.worth, plans), key=lambda worth: (-worth.broken, worth.value))

    def _check(self, columns: list[Column]) -> None:
        for column in columns:
            shift = self._problem.shifts[column.shift]
            timed = time_tour(self._problem, shift, column.halts)
            if isinstance(timed, Late):
                raise ValueError(f"tour must reach {timed.place!r} in time, got {timed.by_s} late")
            if len(column.places) < len(column.halts):
                raise ValueError(f"places of a tour must differ, got {column.order}")
        for limit in self._problem.limits:
            visits = sum(
                halt.place in limit.places
                for column in columns
                if column.shift in limit.shifts
                for halt in column.halts
            )
            if visits > limit.at_most:
                raise ValueError(
                    f"visits of {sorted(limit.places)} must be at most {limit.at_most}, "
                    f"got {visits}"
                )

    def reached(self, steps: tuple[Step, ...], seconds: float) -> int | None:
        """Return the best value of a plan without broken rules after some seconds."""
        values: list[int] = []
        for step in steps:
            if step.seconds > seconds:
                continue
            if step.value is not None:
                values.append(step.value)
            elif step.routes is not None and not (worth := self.worth(step.routes)).broken:
                values.append(worth.value)
        return max(values, default=None)
