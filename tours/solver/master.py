"""The master problem: which of the known tours to drive, as a linear or integer programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from tours.problem import Problem
from tours.solver.columns import Column, Recall, Rules

EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Duals:
    """The optimum of the linear programme over the known tours.

    Attributes
    ----------
    value : float
        Its objective, hundredths of a contact.
    shift, cover, limit : ndarray of float64
        Prices of the rows; covers pay a tour, shifts and limits charge it.
    weight : ndarray of float64
        How much of each tour is driven.
    """

    value: float
    shift: NDArray[np.float64]
    cover: NDArray[np.float64]
    limit: NDArray[np.float64]
    weight: NDArray[np.float64]


class Master:
    """Rows for shifts, covers and limits; a column per tour.

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
    ) -> None:
        self._problem = problem
        self._rules = rules
        self._recall = recall
        self._num_shifts = len(problem.shifts)
        self._num_covers = len(problem.covers)
        self._num_slacks = len(problem.covers)
        self._num_columns = 0
        self._highs = highspy.Highs()
        for name, option in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", seed),
            ("mip_rel_gap", 0.0),
            # Values are whole: less than one below the bound is the best.
            ("mip_abs_gap", 1 - EPSILON),
        ):
            self._highs.setOptionValue(name, option)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        infinity = highspy.kHighsInf
        for number in range(len(problem.shifts)):
            self._highs.addRow(-infinity, float(capacity.get(number, 0)), 0, *nothing)
        for cover in problem.covers:
            self._highs.addRow(cover.at_least if cover.bonus is None else 0, infinity, 0, *nothing)
        for limit in problem.limits:
            self._highs.addRow(-infinity, limit.at_most, 0, *nothing)
        for number, cover in enumerate(problem.covers):
            row = np.array([self._num_shifts + number], dtype=np.int32)
            if cover.bonus is None:
                self._highs.addCol(-float(penalty), 0.0, float(cover.at_least), 1, row, np.ones(1))
            else:
                needed = np.array([-float(cover.at_least)])
                self._highs.addCol(float(cover.bonus), 0.0, 1.0, 1, row, needed)

    def add(self, column: Column) -> None:
        """Make a tour known."""
        coverage = self._rules.coverage(column, self._recall)
        visits = self._rules.visits(column)
        first_limit = self._num_shifts + self._num_covers
        rows = [column.shift]
        rows += [self._num_shifts + c for c in coverage]
        rows += [first_limit + v for v in visits]
        counts = [1, *coverage.values(), *visits.values()]
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
        covers_end = self._num_shifts + self._num_covers
        return Duals(
            value=self._highs.getObjectiveValue(),
            shift=np.maximum(dual[: self._num_shifts], 0.0),
            cover=np.maximum(-dual[self._num_shifts : covers_end], 0.0),
            limit=np.maximum(dual[covers_end:], 0.0),
            weight=np.array(solution.col_value)[self._num_slacks :],
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
        total = self._num_slacks + self._num_columns
        kinds = np.full(total, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(total, np.arange(total, dtype=np.int32), kinds)
        if time_limit_s != float("inf"):
            self._highs.setOptionValue("time_limit", self._highs.getRunTime() + time_limit_s)
        if known:
            start = highspy.HighsSolution()
            start.col_value = self._start_values(columns, known)
            self._highs.setSolution(start)
        self._highs.run()
        is_best = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self._highs.getSolution().col_value)[self._num_slacks :]
        picked: list[Column] = []
        for column, times in zip(columns, values, strict=False):
            picked += [column] * round(times)
        return picked, is_best

    def _start_values(self, columns: Sequence[Column], known: Sequence[Column]) -> list[float]:
        times = Counter((column.shift, column.halts) for column in known)
        covers = []
        for cover in self._problem.covers:
            visits = sum(halt.place in cover.places for column in known for halt in column.halts)
            if cover.bonus is None:
                covers.append(float(max(0, cover.at_least - visits)))
            else:
                covers.append(float(visits >= cover.at_least))
        return covers + [float(times.pop((c.shift, c.halts), 0)) for c in columns]
