"""Small numbers: which figures of a report are hidden so that none of them can be recomputed.

A count from 1 to `smallest` - 1 is hidden (a primary figure); zeros are published. Other figures
are hidden beside it, totals too where it must be, until nobody who knows the published figures,
the sums between all figures and this rule can say

1. exactly what any hidden figure is,
2. of a primary figure that it is small: there are whole numbers for all hidden figures that fit
   everything published and have it at `smallest` or more,
3. which small number it is, even for somebody who guesses which of the hidden ones were small;
   this alone gives way where published zeros forbid it (a total of 2 over two hidden cells).

Such numbers are searched by integer programmes, see `tours.coverage.disclosure`. What the reader
knows from elsewhere (other reports, or the town) is beyond this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tours.coverage.disclosure import Demand, Disclosure
from tours.coverage.disclosure import Sum as Sum

SMALLEST = 3


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
    report = Disclosure(figures, tuple(sums), unpublished)
    small = (figures > 0) & (figures < smallest)
    hidden = small | unpublished
    demands = [
        demand
        for demand in _demands(figures, small, smallest)
        # A figure can always have been larger.
        if demand.low > figures[demand.figure] or report.meets(demand, report.everything)
    ]
    for demand in demands:
        hidden = report.hidden_for(demand, hidden)
    # What was hidden for one figure may have become needless by what was hidden for another.
    extra = np.flatnonzero(hidden & ~small & ~unpublished)
    for index in extra[np.argsort(-report.loss[extra], kind="stable")]:
        fewer = hidden.copy()
        fewer[index] = False
        if all(report.meets(demand, fewer) for demand in demands):
            hidden = fewer
    return hidden


def _demands(
    figures: NDArray[np.int64], small: NDArray[np.bool_], smallest: int
) -> Iterator[Demand]:
    """Yield what has to stay possible: first each small figure a large one, then another small."""
    for index in np.flatnonzero(small).tolist():
        yield Demand(index, smallest, None)
    for index in np.flatnonzero(small).tolist():
        own = int(figures[index])
        if own > 1:
            yield Demand(index, 1, own - 1)
        elif smallest > 2:
            yield Demand(index, 2, smallest - 1)
