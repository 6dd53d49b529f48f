"""Random numbers for compiled code, the same on every machine."""

from __future__ import annotations

import numpy as np

from tours.solver.arrays import Words
from tours.solver.compilation import compiled_part


def random_state(seed: int) -> Words:
    """Return a state to draw from, shape (1,); drawing changes it."""
    return np.array([(seed + 1) * 0x9E3779B97F4A7C15 % 2**64], dtype=np.uint64)


@compiled_part
def random_share(state: Words) -> float:
    """Return a number from 0 to 1 (xorshift64*, Vigna 2016)."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@compiled_part
def random_below(state: Words, number: int) -> int:
    """Return a whole number from 0, less than another one."""
    return min(number - 1, int(random_share(state) * number))
