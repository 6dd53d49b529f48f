"""Sets of small numbers as words of 64 bits, a row of them each, in compiled code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tours.solver.arrays import Words
from tours.solver.compilation import compiled_part
from tours.solver.completion import Floats


def bits(members: Sequence[int], size: int) -> Words:
    """Return a set of numbers below a size as words of 64 bits."""
    words = np.zeros(size // 64 + 1, dtype=np.uint64)
    for member in members:
        words[member // 64] |= np.uint64(1) << np.uint64(member % 64)
    return words


@compiled_part
def bit_of(member: int) -> np.uint64:
    """Return the bit of a number in its word, which is the one at a 64th of it."""
    return np.uint64(1) << np.uint64(member % 64)


@compiled_part
def is_subset(rows: Words, small: int, big: int) -> bool:
    """Tell whether all that is in the set of one row is in that of another."""
    missing = np.uint64(0)
    for w in range(rows.shape[1]):
        missing |= rows[small, w] & ~rows[big, w]
    return bool(missing == 0)


@compiled_part
def is_same(rows: Words, a: int, b: int) -> bool:
    """Tell whether the sets of two rows are the same."""
    different = np.uint64(0)
    for w in range(rows.shape[1]):
        different |= rows[a, w] ^ rows[b, w]
    return bool(different == 0)


@compiled_part
def sum_without(rows: Words, a: int, b: int, worth: Floats) -> float:
    """Return what the numbers are worth that are in the set of one row and not of another."""
    total = 0.0
    for w in range(rows.shape[1]):
        more = rows[a, w] & ~rows[b, w]
        if more:
            for bit in range(64):
                if more & (np.uint64(1) << np.uint64(bit)):
                    total += worth[64 * w + bit]
    return total


@compiled_part
def hash_of(rows: Words, row: int, number: int, size: int) -> int:
    """Return a number below a size that depends on the set of a row and on a further number."""
    key = np.uint64(number + 1) * np.uint64(0x9E3779B97F4A7C15)
    for w in range(rows.shape[1]):
        key = (key ^ rows[row, w]) * np.uint64(0xD6E8FEB86659FD93)
        key = key ^ (key >> np.uint64(32))
    return np.int64(key % np.uint64(size))  # type: ignore[return-value]  # numpy's % tells no type
