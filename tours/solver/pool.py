"""The tours that are known, however they were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np

from tours.schedule import Halt
from tours.solver.columns import Column, traced_column
from tours.solver.instance import Instance
from tours.solver.labels import Labels
from tours.solver.master import EPSILON

COLUMNS_PER_ROUND = 40


class Pool:
    """Known tours, each once, in the order in which they were found.

    Parameters
    ----------
    instance : Instance
    columns : iterable of Column
        Known at first.
    """

    def __init__(self, instance: Instance, columns: Iterable[Column] = ()) -> None:
        self._instance = instance
        self._columns: dict[tuple[int, tuple[Halt, ...]], Column] = {}
        for column in columns:
            self.add(column)

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns.values())

    def __len__(self) -> int:
        return len(self._columns)

    def __contains__(self, column: Column) -> bool:
        return (column.shift, column.halts) in self._columns

    def add(self, column: Column) -> None:
        """Make a tour known, if it is not."""
        self._columns.setdefault((column.shift, column.halts), column)

    def since(self, number: int) -> list[Column]:
        """Return the tours that came after the first so many."""
        return list(islice(self, number, None))

    def pick(self, number: int, labels: Labels) -> list[Column]:
        """Make the best new tours of a shift known, one per set of places, and return them."""
        order = np.argsort(-labels.closed, kind="stable")
        picked: list[Column] = []
        sets: set[frozenset[str]] = set()
        for label in order[: 10 * COLUMNS_PER_ROUND].tolist():
            if labels.closed[label] <= EPSILON or len(picked) == COLUMNS_PER_ROUND:
                break
            column = traced_column(number, self._instance.shifts[number], labels, label)
            if column.places not in sets and column not in self:
                sets.add(column.places)
                self.add(column)
                picked.append(column)
        return picked
