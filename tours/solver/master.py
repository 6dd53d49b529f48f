"""The master problem: which of the known tours to drive, as a linear or integer programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from tours.problem import Problem
from tours.solver.columns import Column, Recall, Rules, missing

EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Duals:
    """Prices of the rows, none below 0; covers pay a tour, all others charge it.

    Attributes
    ----------
    shift, cover, limit, budget, alternative : ndarray of float64
    weight : ndarray of float64
        How much of each tour is driven at these prices.
    floor : float
        What the rows alone are worth: with the best tours of all shifts at these prices a
        bound on every plan.
    """

    shift: NDArray[np.float64]
    cover: NDArray[np.float64]
    limit: NDArray[np.float64]
    budget: NDArray[np.float64]
    alternative: NDArray[np.float64]
    weight: NDArray[np.float64]
    floor: float


class Master:
    """Rows for shifts, covers, limits, budgets and alternatives; a column per tour.

    Parameters
    ----------
    problem : Problem
    rules : Rules
    capacity : mapping of int to int
        Tours that can be driven, per first of the shifts that are alike.
    penalty : int
        Charged for each missing visit of a hard cover, so that there is always a solution.
    seed : int
        Of the random numbers inside HiGHS.
    recall : mapping or None
        Which covers a tour remembers; see `Rules.coverage`.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        penalty: int,
        capacity: Mapping[int, int],
        *,
        seed: int = 0,
        recall: Recall | None = None,
        unit: int = 1,
    ) -> None:
        self._problem = problem
        self._rules = rules
        self._recall = recall
        self._penalty = penalty
        self._num_columns = 0
        self._highs = highspy.Highs()
        for name, option in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", seed),
            ("mip_rel_gap", 0.0),
            # Values are multiples of the unit: less than one below the bound is the best.
            ("mip_abs_gap", unit - EPSILON),
        ):
            self._highs.setOptionValue(name, option)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        capacities = [capacity.get(number, 0) for number in range(len(problem.shifts))]
        most = [
            *capacities,
            *(limit.at_most for limit in problem.limits),
            *(min(1, budget.drive_s) for budget in problem.budgets),
            *(1 for _numbers in problem.alternatives),
        ]
        sizes = [len(part) for part in (capacities, problem.limits, problem.budgets)]
        self._first_limit, self._first_budget, self._first_alternative = np.cumsum(sizes).tolist()
        self._first_cover = len(most)
        self._most = np.array(most, dtype=np.float64)
        # Covers in minutes count shares of what they need.
        self._needed = np.array([1 if c.dwell_s else c.at_least for c in problem.covers], float)
        self._bonus = np.array([c.bonus or 0 for c in problem.covers], float)
        self._is_hard = np.array([c.bonus is None for c in problem.covers], dtype=np.bool_)
        nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        infinity = highspy.kHighsInf
        for number in most:
            self._highs.addRow(-infinity, float(number), 0, *nothing)
        for needed, is_hard in zip(self._needed, self._is_hard, strict=True):
            self._highs.addRow(needed if is_hard else 0.0, infinity, 0, *nothing)
        for number, needed in enumerate(self._needed):
            row = np.array([self._first_cover + number], dtype=np.int32)
            if self._is_hard[number]:
                self._highs.addCol(-float(penalty), 0.0, needed, 1, row, np.ones(1))
            else:
                share = np.array([-needed])
                self._highs.addCol(self._bonus[number], 0.0, 1.0, 1, row, share)

    def add(self, column: Column) -> None:
        """Make a tour known."""
        rules, shift = self._rules, column.shift
        coverage, visits = rules.coverage(column, self._recall), rules.visits(column)
        drive = {b: rules.budget_share(b, column.drive_s) for b in rules.budgets_of(shift)}
        instead = rules.alternatives_of(shift)
        rows = [shift]
        rows += [self._first_limit + v for v in visits]
        rows += [self._first_budget + b for b in drive]
        rows += [self._first_alternative + a for a in instead]
        rows += [self._first_cover + c for c in coverage]
        counts = [1, *visits.values(), *drive.values(), *(1 for _ in instead), *coverage.values()]
        self._highs.addCol(
            float(column.value),
            0.0,
            highspy.kHighsInf,
            len(rows),
            np.array(rows, dtype=np.int32),
            np.array(counts, dtype=np.float64),
        )
        self._num_columns += 1

    def solve_linear(self) -> Duals:
        """Solve the relaxation over the known tours."""
        self._highs.run()
        solution = self._highs.getSolution()
        dual = np.array(solution.row_dual)
        charged = np.maximum(dual[: self._first_cover], 0.0)
        cover = np.maximum(-dual[self._first_cover :], 0.0)
        # The prices bound every plan whatever they are: the rows at their limits, and each
        # bonus or penalty where it pays more than its price.
        floor = float(charged @ self._most - cover[self._is_hard] @ self._needed[self._is_hard])
        paid = np.where(self._is_hard, (cover - self._penalty) * self._needed, 0.0)
        paid = np.where(self._is_hard, paid, self._bonus - cover * self._needed)
        return Duals(
            shift=charged[: self._first_limit],
            limit=charged[self._first_limit : self._first_budget],
            budget=charged[self._first_budget : self._first_alternative],
            alternative=charged[self._first_alternative :],
            cover=cover,
            weight=np.array(solution.col_value)[len(self._needed) :],
            floor=floor + float(np.maximum(paid, 0.0).sum()),
        )

    def solve_integer(
        self, columns: Sequence[Column], known: Sequence[Column], time_limit_s: float
    ) -> tuple[list[Column], bool]:
        """Choose whole tours, at best the best ones.

        Parameters
        ----------
        columns : sequence of Column
            The tours in the order in which they were added.
        known : sequence of Column
            A choice to begin with; may be empty.
        time_limit_s : float
            Seconds; infinity for none.

        Returns
        -------
        list of Column
            At most as many per shift as it has capacity.
        bool
            Whether no choice among the columns is better.
        """
        first = len(self._needed)
        total = first + self._num_columns
        kinds = np.full(total, highspy.HighsVarType.kInteger)
        # What is missing of minutes is counted as a share, and whole all the same.
        self._highs.changeColsIntegrality(total, np.arange(total, dtype=np.int32), kinds)
        if time_limit_s != float("inf"):
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + time_limit_s)
        if known:
            start = highspy.HighsSolution()
            start.col_value = self._start_values(columns, known)
            self._highs.setSolution(start)
        self._highs.run()
        is_best = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self._highs.getSolution().col_value)[first:]
        picked: list[Column] = []
        for column, times in zip(columns, values, strict=False):
            picked += [column] * round(times)
        return picked, is_best

    def _start_values(self, columns: Sequence[Column], known: Sequence[Column]) -> list[float]:
        times = Counter((column.shift, column.halts) for column in known)
        lacks = missing(self._problem, known)
        covers = [
            float(lack if is_hard else lack == 0)
            for lack, is_hard in zip(lacks, self._is_hard, strict=True)
        ]
        return covers + [float(times.pop((c.shift, c.halts), 0)) for c in columns]
