"""Tours that the search passes on its way: parts of good plans, to be combined anew later."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints, Words
from tours.solver.compilation import compiled_part
from tours.solver.field import Field
from tours.solver.profiles import Tours

# Tours that are kept until they are taken away, and how many are recognised.
MOST_FINDS = 4000
MOST_SIGNS = 2**16


class Finds(NamedTuple):
    """Tours as nothing but places in the order of their visits, each set of places once.

    Attributes
    ----------
    stops : ndarray of int64, shape (most, longest)
    length, shift : ndarray of int64, shape (most,)
    number : ndarray of int64, shape (1,)
        How many there are.
    sign : ndarray of uint64, shape (P + K,)
        A random number for each place and kind of shift; a tour is known by their sum.
    seen : ndarray of uint64
        Sums of tours that were kept.
    """

    stops: Ints
    length: Ints
    shift: Ints
    number: Ints
    sign: Words
    seen: Words


def no_finds(field: Field, longest: int) -> Finds:
    """Return a store without tours.

    Parameters
    ----------
    field : Field
    longest : int
        Most stops of a tour.
    """
    names = len(field.near) + len(field.start)
    return Finds(
        np.zeros((MOST_FINDS, longest), dtype=np.int64),
        np.zeros(MOST_FINDS, dtype=np.int64),
        np.zeros(MOST_FINDS, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        np.random.default_rng(0).integers(1, 2**63, size=names, dtype=np.uint64),
        np.zeros(MOST_SIGNS, dtype=np.uint64),
    )


@compiled_part
def keep_find(f: Field, t: Tours, finds: Finds, s: int) -> None:
    """Keep a tour, if it is new and there is room."""
    row = finds.number[0]
    if row == finds.length.shape[0] or t.length[s] == 0:
        return
    total = finds.sign[f.near.shape[0] + f.kind[s]]
    for at in range(t.length[s]):
        total += finds.sign[t.stops[s, at]]
    slot = total % np.uint64(finds.seen.shape[0])
    if finds.seen[slot] == total:
        return
    finds.seen[slot] = total
    finds.shift[row], finds.length[row] = s, t.length[s]
    for at in range(t.length[s]):
        finds.stops[row, at] = t.stops[s, at]
    finds.number[0] = row + 1
