"""Small numbers cannot be recomputed; the linear programmes here know nothing of the code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

from tours.coverage.disclosure import Sum
from tours.coverage.suppression import hidden_cells, hidden_figures

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
# Stands for "as large as you like" in a linear programme that must not be unbounded.
MUCH = 1000
REPORTS = 1000


def with_totals(counts: Counts) -> Counts:
    """Return a table with its row totals, column totals and grand total."""
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


@cache
def random_reports() -> tuple[Counts, ...]:
    draws = np.random.default_rng(2026)
    return tuple(
        draws.poisson(draws.choice([0.7, 2, 5, 12]), draws.integers(1, 4, 2)).astype(np.int64)
        for _number in range(REPORTS)
    )


def small(table: Counts) -> Mask:
    return np.isin(table, (1, 2))


def equations(table: Counts, hidden: Mask) -> tuple[csr_array, NDArray[np.float64]]:
    """Return what a reader can write down about the hidden figures, in row-major order."""
    number = np.cumsum(hidden).reshape(hidden.shape) - 1
    lines, right = [], []
    for values, is_hidden, numbers in (
        *zip(table, hidden, number, strict=True),
        *zip(table.T, hidden.T, number.T, strict=True),
    ):
        sign = np.ones(len(values))
        sign[-1] = -1
        line = np.zeros(int(hidden.sum()))
        line[numbers[is_hidden]] = sign[is_hidden]
        lines.append(line)
        right.append(-float((sign * values)[~is_hidden].sum()))
    return csr_array(np.array(lines)), np.array(right)


def audit(pairs: list[tuple[Counts, Mask]]) -> Iterator[tuple[Counts, Mask, Counts, Counts]]:
    """Yield each table, what is hidden, and least and most of each hidden figure.

    Hidden figures are at least 1, since zeros are published. The linear programmes of all
    tables stand side by side in one.
    """
    blocks, right, costs = [], [], []
    for table, hidden in pairs:
        matrix, side = equations(table, hidden)
        for cell, sign in product(range(matrix.shape[1]), (1.0, -1.0)):
            cost = np.zeros(matrix.shape[1])
            cost[cell] = sign
            blocks.append(matrix)
            right.append(side)
            costs.append(cost)
    found = linprog(
        np.concatenate(costs),
        A_eq=block_diag(blocks, format="csr"),
        b_eq=np.concatenate(right),
        bounds=(1, MUCH),
        method="highs",
    )
    assert found.x is not None
    worth = [
        c @ x
        for c, x in zip(
            costs, np.split(found.x, np.cumsum([len(c) for c in costs])[:-1]), strict=True
        )
    ]
    ends = np.rint(np.abs(worth)).astype(np.int64).reshape(-1, 2)
    start = 0
    for table, hidden in pairs:
        stop = start + int(hidden.sum())
        yield table, hidden, ends[start:stop, 0], ends[start:stop, 1]
        start = stop


def in_hundreds(pairs: list[tuple[Counts, Mask]]) -> Iterator[tuple[Counts, Mask, Counts, Counts]]:
    pairs = [pair for pair in pairs if pair[1].any()]
    for first in range(0, len(pairs), 50):
        yield from audit(pairs[first : first + 50])


@cache
def protected_reports() -> tuple[tuple[Counts, Mask, Counts, Counts], ...]:
    pairs = [(with_totals(counts), hidden_cells(counts)) for counts in random_reports()]
    return tuple(in_hundreds(pairs))


def test_small_numbers_are_hidden_and_zeros_are_not() -> None:
    assert protected_reports()
    for table, hidden, _least, _most in protected_reports():
        assert hidden[small(table)].all()
        assert not hidden[table == 0].any()


def test_no_hidden_figure_of_1000_reports_can_be_recomputed() -> None:
    known = [table for table, _h, least, most in protected_reports() if np.any(least == most)]
    assert known == []


def test_no_small_figure_of_1000_reports_can_be_told_to_be_small() -> None:
    for table, hidden, _least, most in protected_reports():
        assert most[small(table)[hidden]].min() >= 3


def test_nobody_who_guesses_the_small_cells_of_1000_reports_learns_which_number_it_is() -> None:
    for table, hidden, least, _most in protected_reports():
        is_cell = np.zeros(table.shape, bool)
        is_cell[:-1, :-1] = True
        assert least[((table == 2) & is_cell)[hidden]].max(initial=1) == 1


def test_small_cells_alone_could_be_recomputed() -> None:
    pairs = [(table, small(table)) for table in map(with_totals, random_reports())]
    tables = list(in_hundreds(pairs))
    recomputed = [table for table, _h, least, most in tables if np.any(least == most)]
    assert len(recomputed) > 0.5 * len(tables)


def test_of_a_large_table_one_rectangle_is_hidden() -> None:
    counts = np.array([[1, 39, 50], [10, 20, 30], [40, 50, 60]])
    hidden = hidden_cells(counts)
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_nothing_is_hidden_without_small_numbers() -> None:
    assert not hidden_cells(np.array([[3, 0, 4], [0, 0, 0]])).any()


def test_a_total_of_two_is_a_small_number() -> None:
    assert hidden_cells(np.array([[1, 1]])).all()


def test_a_lonely_one_takes_its_totals_along() -> None:
    assert hidden_cells(np.array([[1]])).all()


def test_what_is_small_can_be_set() -> None:
    counts = np.array([[4, 30, 30], [30, 30, 30], [30, 30, 30]])
    assert not hidden_cells(counts).any()
    assert hidden_cells(counts, 5)[0, 0]


def test_the_same_table_hides_the_same() -> None:
    counts = np.random.default_rng(1).poisson(2, (6, 5))
    assert np.array_equal(hidden_cells(counts), hidden_cells(counts.copy()))


def possible(
    figures: Counts, sums: list[Sum], hidden: Mask, unpublished: Mask, most: int
) -> Counts:
    """Return all whole numbers up to a most that fit what is published, one report a row."""
    total_of = {one.total for one in sums}
    cells = [i for i in range(len(figures)) if i not in total_of]
    ranges = [
        range(0 if unpublished[i] else 1, most + 1) if hidden[i] else (int(figures[i]),)
        for i in cells
    ]
    rows = np.zeros((int(np.prod([len(r) for r in ranges])), len(figures)), np.int64)
    rows[:, cells] = np.array(list(product(*ranges)))
    for one in sums:
        rows[:, one.total] = rows[:, list(one.parts)].sum(axis=1)
    fits = (rows == figures) | hidden
    fits &= (rows > 0) | ~hidden | unpublished
    found: Counts = rows[fits.all(axis=1)]
    return found


# Municipalities 0 to 3, areas 4 = 0 + 1 + 2 and 5 = 1 + 2 + 3, district 6.
OVERLAPPING = [Sum(4, (0, 1, 2)), Sum(5, (1, 2, 3)), Sum(6, (0, 1, 2, 3))]


def overlapping(*cells: int) -> Counts:
    a, b, c, d = cells
    return np.array([a, b, c, d, a + b + c, b + c + d, a + b + c + d])


@pytest.mark.parametrize("cells", [(1, 5, 6, 7), (4, 5, 2, 7), (1, 5, 0, 2), (9, 1, 1, 9)])
def test_areas_that_overlap_do_not_give_a_municipality_away(cells: tuple[int, ...]) -> None:
    figures = overlapping(*cells)
    nowhere = np.zeros(7, bool)
    hidden = hidden_figures(figures, OVERLAPPING)
    rows = possible(figures, OVERLAPPING, hidden, nowhere, 12)
    assert all(len(np.unique(rows[:, i])) > 1 for i in np.flatnonzero(hidden))
    assert rows[:, small(figures)].max(axis=0).min() >= 3


def test_a_municipality_in_no_table_does_not_follow_from_areas() -> None:
    # Area 2 has municipality 0, area 3 has both: the difference is one person.
    figures, sums = np.array([20, 1, 20, 21]), [Sum(2, (0,)), Sum(3, (0, 1))]
    unpublished = np.array([True, True, False, False])
    hidden = hidden_figures(figures, sums, unpublished=unpublished)
    assert hidden.tolist() in ([True, True, True, False], [True, True, False, True])


def test_whoever_was_met_before_does_not_follow_from_the_new_ones() -> None:
    # Met 9, of them new 8: one was known already.
    figures, sums = np.array([9, 8, 1]), [Sum(0, (1, 2))]
    hidden = hidden_figures(figures, sums, unpublished=np.array([False, False, True]))
    assert hidden.sum() == 2


def test_figures_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match=r"figure 2 must be 7, the sum of its parts, got 8"):
        hidden_figures(np.array([3, 4, 8]), [Sum(2, (0, 1))])


def test_negative_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative, got -1"):
        hidden_figures(np.array([-1]), [])


def test_a_report_without_sums_hides_its_small_figures_alone() -> None:
    assert hidden_figures(np.array([1, 3, 0]), []).tolist() == [True, False, False]
