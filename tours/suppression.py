"""Small numbers: which figures of a report are hidden so that none of them can be recomputed.

A count from 1 to `smallest` - 1 is hidden (a primary figure); zeros are published. Other figures
are hidden beside it, totals too where it must be, until nobody who knows the published figures,
the sums between all figures and this rule can say

1. exactly what any hidden figure is,
2. of a primary figure that it is small: there are whole numbers for all hidden figures that fit
   everything published and have it at `smallest` or more,
3. which small number it is, even for somebody who guesses which of the hidden ones were small;
   this alone gives way where published zeros forbid it (a total of 2 over two hidden cells).

Such numbers are searched by integer programmes: hidden figures are at least 1, published ones
fixed. What the reader knows from elsewhere (other reports, or the town) is beyond this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

SMALLEST = 3


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that is the sum of others, and known to be: municipalities of an area, quarters.

    Attributes
    ----------
    total : int
        Index of the figure.
    parts : tuple of int
        Indices of the figures that add up to it; they may be totals themselves.
    """

    total: int
    parts: tuple[int, ...]


def hidden_cells(counts: NDArray[np.int64], smallest: int = SMALLEST) -> NDArray[np.bool_]:
    """Return what is hidden of a two-way table whose totals are published, too.

    Parameters
    ----------
    counts : ndarray of int64, shape (rows, columns)
        Not negative; without totals.
    smallest : int
        Least count that is published, beside 0.

    Returns
    -------
    ndarray of bool, shape (rows + 1, columns + 1)
        Row totals are in the last column, column totals in the last row, the grand total in the
        corner: a total of 1 or 2 is a small number itself, and sometimes a total must go with
        its cells.
    """
    if counts.ndim != 2 or not counts.size:
        raise ValueError(f"counts must be a table of at least one cell, got shape {counts.shape}")
    rows, columns = counts.shape
    table = np.zeros((rows + 1, columns + 1), np.int64)
    table[:rows, :columns] = counts
    table[:rows, columns] = counts.sum(axis=1)
    table[rows] = table[:rows].sum(axis=0)
    return hidden_figures(table.ravel(), two_way_sums(rows, columns), smallest).reshape(table.shape)


def two_way_sums(rows: int, columns: int) -> list[Sum]:
    """Return the sums of a two-way table with totals.

    The figures are in order of rows of length columns + 1; the last row holds the totals.
    """
    index = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    return [
        *(Sum(int(line[-1]), tuple(line[:-1].tolist())) for line in index),
        *(Sum(int(line[-1]), tuple(line[:-1].tolist())) for line in index.T),
    ]


def hidden_figures(
    figures: NDArray[np.int64],
    sums: Sequence[Sum],
    smallest: int = SMALLEST,
    *,
    unpublished: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Return which figures of a report are hidden, over all its tables.

    Parameters
    ----------
    figures : ndarray of int64, shape (n,)
        All counts of the report, totals among them, each once; not negative.
    sums : sequence of Sum
        Every sum between them that a reader may know, over all tables: areas may overlap.
    smallest : int
        Least count that is published, beside 0.
    unpublished : ndarray of bool, shape (n,), or None
        Figures that are in no table but follow from some that are, and must not be found out
        either if they are small: the part of an area that another one does not share, those met
        who were not new. Zeros of them are unknown, too.

    Returns
    -------
    ndarray of bool, shape (n,)
        Unpublished figures are hidden.

    Raises
    ------
    ValueError
        If a figure is negative or is not the sum that it is said to be.
    """
    if smallest < 1:
        raise ValueError(f"smallest must be 1 or more, got {smallest}")
    if unpublished is None:
        unpublished = np.zeros(figures.shape, np.bool_)
    report = _Report(figures, tuple(sums), smallest, unpublished)
    hidden = report.primary | unpublished
    witnesses: list[NDArray[np.int64]] = []
    demands = [demand for demand in report.demands() if report.can_ever(demand)]
    for demand in demands:
        if not _seen(demand, hidden, witnesses, report):
            found = report.change(demand, hidden)
            assert found is not None, "hiding everything meets every demand that is left"
            hidden |= found != 0
            witnesses.append(found)
    # What was hidden for one figure may have become needless by what was hidden for another.
    extra = np.flatnonzero(hidden & ~report.primary & ~unpublished)
    for index in extra[np.argsort(-report.loss[extra], kind="stable")]:
        fewer = hidden.copy()
        fewer[index] = False
        if all(_still(demand, fewer, witnesses, report) for demand in demands):
            hidden = fewer
    return hidden


@dataclass(frozen=True, slots=True)
class _Demand:
    """That a figure could as well be from `low` to `high` (without a limit if None)."""

    figure: int
    low: int
    high: int | None


def _seen(
    demand: _Demand,
    hidden: NDArray[np.bool_],
    witnesses: Sequence[NDArray[np.int64]],
    report: _Report,
) -> bool:
    """Say whether a change that was found before meets a demand, too."""
    own = report.figures[demand.figure]
    for change in witnesses:
        value = own + change[demand.figure]
        if demand.low <= value <= (value if demand.high is None else demand.high) and not np.any(
            change[~hidden]
        ):
            return True
    return False


def _still(
    demand: _Demand,
    hidden: NDArray[np.bool_],
    witnesses: list[NDArray[np.int64]],
    report: _Report,
) -> bool:
    """Say whether a demand is met by what is hidden, and note the change that shows it."""
    if _seen(demand, hidden, witnesses, report):
        return True
    found = report.change(demand, hidden, may_hide=False)
    if found is not None:
        witnesses.append(found)
    return found is not None


@dataclass(frozen=True, eq=False)
class _Report:
    figures: NDArray[np.int64]
    sums: tuple[Sum, ...]
    smallest: int
    unpublished: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if self.figures.ndim != 1:
            raise ValueError(f"figures must have one dimension, got shape {self.figures.shape}")
        if self.unpublished.shape != self.figures.shape:
            raise ValueError(
                f"unpublished must have shape {self.figures.shape}, got {self.unpublished.shape}"
            )
        if np.any(self.figures < 0):
            raise ValueError(f"figures must not be negative, got {self.figures.min()}")
        for one in self.sums:
            added = int(self.figures[list(one.parts)].sum())
            if added != self.figures[one.total]:
                raise ValueError(
                    f"figure {one.total} must be the sum {added} of its parts, "
                    f"got {self.figures[one.total]}"
                )

    @cached_property
    def primary(self) -> NDArray[np.bool_]:
        return (self.figures > 0) & (self.figures < self.smallest)

    @cached_property
    def loss(self) -> NDArray[np.float64]:
        """What a reader loses with each figure: a total weighs as much as the cells below it."""
        below: dict[int, tuple[int, ...]] = {}
        for one in self.sums:
            below.setdefault(one.total, one.parts)

        @cache
        def cells(index: int) -> frozenset[int]:
            if index not in below:
                return frozenset((index,))
            return frozenset().union(*(cells(part) for part in below[index]))

        size = np.array([len(cells(i)) for i in range(len(self.figures))])
        # Of as many figures the smaller ones go.
        share: NDArray[np.float64] = self.figures / (1 + self.figures.max(initial=0))
        return share + size

    def demands(self) -> Iterator[_Demand]:
        for index in np.flatnonzero(self.primary).tolist():
            own = int(self.figures[index])
            yield _Demand(index, self.smallest, None)
            if own > 1:
                yield _Demand(index, 1, own - 1)
            elif self.smallest > 2:
                yield _Demand(index, 2, self.smallest - 1)

    def can_ever(self, demand: _Demand) -> bool:
        """Say whether a demand is met if every figure but zeros is hidden."""
        if demand.high is None or demand.low > self.figures[demand.figure]:
            return True
        everything = (self.figures > 0) | self.unpublished
        return self.change(demand, everything, may_hide=False) is not None

    def change(
        self, demand: _Demand, hidden: NDArray[np.bool_], *, may_hide: bool = True
    ) -> NDArray[np.int64] | None:
        """Return other whole numbers that fit what is published, as differences.

        The figures that differ and are not hidden yet are those to hide beside, with the least
        loss. None if there are no such numbers.
        """
        furthest = 2 * max(self.smallest, 2)
        # Small differences are found faster, and mostly there.
        while (found := self._solved(demand, hidden, furthest, may_hide)) is None:
            if furthest > self.smallest * (1 + self.figures.max()):
                return None
            furthest *= 8
        return found

    def _solved(
        self, demand: _Demand, hidden: NDArray[np.bool_], furthest: int, may_hide: bool
    ) -> NDArray[np.int64] | None:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array, hstack

        free = np.flatnonzero((self.figures > 0) | self.unpublished if may_hide else hidden)
        place = {index: k for k, index in enumerate(free.tolist())}
        n = len(free)
        entries = [
            (row, place[index], sign)
            for row, one in enumerate(self.sums)
            for index, sign in ((one.total, -1), *((part, 1) for part in one.parts))
            if index in place
        ]
        row, column, sign = np.array(entries).reshape(-1, 3).T
        balance = coo_array((sign, (row, column)), shape=(len(self.sums), n)).tocsr()
        least = np.where(self.unpublished[free], 0, 1)
        down = np.minimum(self.figures[free] - least, furthest)
        up = np.full(n, furthest)
        here = place[demand.figure]
        own = int(self.figures[demand.figure])
        lower, upper = -down.astype(float), up.astype(float)
        lower[here] = max(lower[here], demand.low - own)
        if demand.high is not None:
            upper[here] = min(upper[here], demand.high - own)
        if lower[here] > upper[here]:
            return None
        open_ = np.flatnonzero(~hidden[free])
        k = len(open_)
        choice = coo_array((np.ones(k), (np.arange(k), open_)), shape=(k, n))
        size_up = coo_array((-up[open_].astype(float), (np.arange(k), np.arange(k))), shape=(k, k))
        size_down = coo_array(
            (down[open_].astype(float), (np.arange(k), np.arange(k))), shape=(k, k)
        )
        zero = np.zeros(len(self.sums))
        constraints = [
            LinearConstraint(hstack([balance, coo_array((len(self.sums), k))]), zero, zero)
        ]
        if k:
            constraints += [
                LinearConstraint(hstack([choice, size_up]), -np.inf, 0),
                LinearConstraint(hstack([choice, size_down]), 0, np.inf),
            ]
        result = milp(
            np.concatenate([np.zeros(n), self.loss[free][open_]]),
            integrality=np.ones(n + k, np.int64),
            bounds=Bounds(
                np.concatenate([lower, np.zeros(k)]), np.concatenate([upper, np.ones(k)])
            ),
            constraints=constraints,
        )
        if result.x is None:
            return None
        change = np.zeros(len(self.figures), np.int64)
        change[free] = np.rint(result.x[:n]).astype(np.int64)
        return change
