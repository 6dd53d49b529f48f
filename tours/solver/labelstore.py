"""The labels of a search as they are made: one row each, chained to be found again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints, Words
from tours.solver.bitsets import is_same, is_subset, sum_without
from tours.solver.compilation import compiled_part
from tours.solver.completion import Floats

# What stands in the columns of whole numbers: last place, label that it comes from, way to
# visit the place, departure, prizes less costs, whether the crew has rested, the next label of
# the same step of time and of the same chain, whether another label beats it. The amounts that
# rules add up come after these.
PLACE, PARENT, WAY, TIME, EARNED, RESTED, IN_STEP, IN_CHAIN, IS_BEATEN, AMOUNTS = range(10)
# And in those of values: what it has earned at the duals, and what if the bus returns now.
VALUE, CLOSED = range(2)


class Store(NamedTuple):
    """Labels, a row each; there are more rows than labels.

    Attributes
    ----------
    fact : ndarray of int64, shape (rows, AMOUNTS + amounts)
    value : ndarray of float64, shape (rows, 2)
    mask : ndarray of uint64, shape (rows, words)
        Places remembered, a bit each.
    paid : ndarray of uint64, shape (rows, cover words)
        Covers that have paid already, a bit each.
    """

    fact: Ints
    value: Floats
    mask: Words
    paid: Words


@compiled_part
def empty_store(rows: int, amounts: int, words: int, cover_words: int) -> Store:
    """Return room for labels."""
    return Store(
        np.empty((rows, AMOUNTS + amounts), dtype=np.int64),
        np.empty((rows, 2), dtype=np.float64),
        np.empty((rows, words), dtype=np.uint64),
        np.empty((rows, cover_words), dtype=np.uint64),
    )


@compiled_part
def wider_store(s: Store) -> Store:
    """Return the same labels with room for as many more."""
    rows = s.fact.shape[0]
    wider = empty_store(2 * rows, s.fact.shape[1] - AMOUNTS, s.mask.shape[1], s.paid.shape[1])
    for row in range(rows):
        for k in range(s.fact.shape[1]):
            wider.fact[row, k] = s.fact[row, k]
        for k in range(2):
            wider.value[row, k] = s.value[row, k]
        for w in range(s.mask.shape[1]):
            wider.mask[row, w] = s.mask[row, w]
        for w in range(s.paid.shape[1]):
            wider.paid[row, w] = s.paid[row, w]
    return wider


@compiled_part
def beats(s: Store, a: int, b: int, pay: Floats) -> bool:
    """Tell whether a label, of the same place, can do all that another one can, and earns more.

    Whatever the other one goes on to do earns this one as much, less what covers pay no more.
    """
    fact, value = s.fact, s.value
    return (
        value[a, VALUE] >= value[b, VALUE]
        and fact[a, TIME] <= fact[b, TIME]
        and fact[a, RESTED] >= fact[b, RESTED]
        and is_subset(s.mask, a, b)
        and value[a, VALUE] - sum_without(s.paid, a, b, pay) >= value[b, VALUE]
    )


@compiled_part
def beats_same(s: Store, a: int, b: int) -> bool:
    """Tell whether a label beats another one of the same places, whatever the duals."""
    fact = s.fact
    is_better = (
        fact[a, PLACE] == fact[b, PLACE]
        and fact[a, TIME] <= fact[b, TIME]
        and fact[a, EARNED] >= fact[b, EARNED]
        and fact[a, RESTED] >= fact[b, RESTED]
        and is_same(s.mask, a, b)
    )
    if is_better:
        for k in range(AMOUNTS, fact.shape[1]):
            is_better &= fact[a, k] >= fact[b, k]
    return is_better
