"""What could be concluded about hidden figures: other whole numbers that fit all that is published.

A reader knows the published figures, every sum between figures, and that zeros are published:
a hidden figure is at least 1. What such a reader cannot exclude is shown by an example, found
by an integer programme: the differences between other numbers that fit and the true ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

# So long whole numbers are looked for; without an answer more is hidden.
NODES = 1000


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


@dataclass(frozen=True, slots=True)
class Demand:
    """That a figure could as well be from `low` to `high`, without a limit if `high` is None."""

    figure: int
    low: int
    high: int | None


@dataclass(frozen=True, eq=False)
class Disclosure:
    """The figures of a report and all that is known about them.

    Attributes
    ----------
    figures : ndarray of int64, shape (n,)
        Not negative.
    sums : tuple of Sum
    unpublished : ndarray of bool, shape (n,)
        Figures that are in no table; they may be zero.
    """

    figures: NDArray[np.int64]
    sums: tuple[Sum, ...]
    unpublished: NDArray[np.bool_]
    _examples: list[NDArray[np.int64]] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        shape = self.figures.shape
        if len(shape) != 1:
            raise ValueError(f"figures must have one dimension, got shape {shape}")
        if self.unpublished.shape != shape:
            raise ValueError(f"unpublished must have shape {shape}, got {self.unpublished.shape}")
        if np.any(self.figures < 0):
            raise ValueError(f"figures must not be negative, got {self.figures.min()}")
        for one in self.sums:
            added = int(self.figures[list(one.parts)].sum())
            if added != self.figures[one.total]:
                raise ValueError(
                    f"figure {one.total} must be {added}, the sum of its parts, "
                    f"got {self.figures[one.total]}"
                )

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

        size = np.array([len(cells(index)) for index in range(len(self.figures))])
        # Of as many figures the smaller ones go.
        return np.asarray(size + self.figures / (1 + self.figures.max(initial=0)), np.float64)

    def meets(self, demand: Demand, hidden: NDArray[np.bool_]) -> bool:
        """Say whether a demand is met if so much is hidden."""
        return self._is_shown(demand, hidden) or self._example(demand, hidden, hidden) is not None

    def hidden_for(self, demand: Demand, hidden: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return what is to be hidden so that a demand is met, with little loss."""
        if self.meets(demand, hidden):
            return hidden
        change = self._example(demand, hidden, self.everything)
        # Hiding everything is always enough.
        return self.everything if change is None else hidden | (change != 0)

    @cached_property
    def everything(self) -> NDArray[np.bool_]:
        """All that can be hidden: every figure but published zeros."""
        return (self.figures > 0) | self.unpublished

    @cached_property
    def _balance(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return the sums as entries of a matrix: rows, figures, signs."""
        terms = [
            (row, index, sign)
            for row, one in enumerate(self.sums)
            for index, sign in ((one.total, -1), *((part, 1) for part in one.parts))
        ]
        rows, columns, signs = np.array(terms, np.int64).reshape(-1, 3).T
        return rows, columns, signs.astype(np.float64)

    def _is_shown(self, demand: Demand, hidden: NDArray[np.bool_]) -> bool:
        """Say whether an example that is known already shows that a demand is met."""
        for change in self._examples:
            value = self.figures[demand.figure] + change[demand.figure]
            is_met = demand.low <= value and (demand.high is None or value <= demand.high)
            if is_met and not np.any(change[~hidden]):
                return True
        return False

    def _example(
        self, demand: Demand, hidden: NDArray[np.bool_], may_differ: NDArray[np.bool_]
    ) -> NDArray[np.int64] | None:
        """Return differences that meet a demand, and keep them as an example; or None.

        What may differ but is not hidden is lost if it does. The least sum of differences times
        loss is looked for: a linear programme, which has whole numbers in most reports; where
        it has not, they are asked for.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csc_array

        free = np.flatnonzero(may_differ)
        lower = np.where(self.unpublished[free], 0, 1) - self.figures[free]
        # No difference has to be larger for any demand about a small figure.
        upper = np.full(len(free), 3 * (1 + self.figures.max(initial=0)))
        here = int(np.searchsorted(free, demand.figure))
        own = self.figures[demand.figure]
        lower[here] = max(lower[here], demand.low - own)
        if demand.high is not None:
            upper[here] = min(upper[here], demand.high - own)
        if lower[here] > upper[here]:
            return None
        at_stake = np.flatnonzero(~hidden[free])
        num = len(at_stake)
        # After the differences come the sizes of those at stake: rows of balance, then two rows
        # for each, |difference| <= size.
        rows, columns, signs = self._balance
        is_in = may_differ[columns]
        each = np.arange(num)
        first, second = len(self.sums) + each, len(self.sums) + num + each
        size, one = len(free) + each, np.ones(num)
        matrix = csc_array(
            (
                np.concatenate([signs[is_in], one, one, one, -one]),
                (
                    np.concatenate([rows[is_in], first, first, second, second]),
                    np.concatenate(
                        [np.searchsorted(free, columns[is_in]), at_stake, size, at_stake, size]
                    ),
                ),
            ),
            shape=(len(self.sums) + 2 * num, len(free) + num),
        )
        low = np.concatenate([np.zeros(len(self.sums) + num), np.full(num, -np.inf)])
        high = np.concatenate([np.zeros(len(self.sums)), np.full(num, np.inf), np.zeros(num)])
        if num:
            along = np.zeros(len(free))
        else:
            # One example shows much if all small figures move the same way.
            step = 1.0 if demand.low < own else -1.0
            along = np.where(self.unpublished[free], 0.0, step)
        for is_whole in (0, 1):
            result = milp(
                np.concatenate([along, self.loss[free][at_stake]]),
                integrality=np.full(len(free) + num, is_whole),
                bounds=Bounds(
                    np.concatenate([lower, np.zeros(num)]), np.concatenate([upper, [np.inf] * num])
                ),
                constraints=LinearConstraint(matrix, low, high) if len(low) else (),
                options={"node_limit": NODES},
            )
            if result.x is None:
                return None
            whole = np.rint(result.x[: len(free)]).astype(np.int64)
            if np.allclose(result.x[: len(free)], whole, atol=1e-6):
                change = np.zeros(len(self.figures), np.int64)
                change[free] = whole
                self._examples.append(change)
                return change
        return None
