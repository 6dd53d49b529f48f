"""Where roads run through built-up areas, told by the streets around them.

Signs at the entrance of a place are rarely mapped along with the roads, and what is downloaded
holds no houses. But whoever drives into a village passes its residential streets.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Streets are added up in squares of this size, each with its eight neighbours.
CELL_M = 100.0
# From so much residential street in the 9 ha around it on, a road lies in a built-up area; a
# square of houses has about 1 km, a lane with houses on both sides 300 m.
LEAST_STREET_M = 250.0
STREETS = ("residential", "living_street")


def built_up(
    middles: NDArray[np.float64], lengths: NDArray[np.float64], is_street: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which pieces of road lie in built-up areas.

    Parameters
    ----------
    middles : ndarray of float64, shape (n, 2)
        Metres, EPSG:25832.
    lengths : ndarray of float64, shape (n,)
        Metres.
    is_street : ndarray of bool, shape (n,)
        Which pieces are residential streets.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    if not len(middles):
        return np.zeros(0, dtype=bool)
    cell = np.floor((middles - middles.min(axis=0)) / CELL_M).astype(np.int64) + 1
    wide = int(cell[:, 0].max()) + 2
    key = cell[:, 1] * wide + cell[:, 0]
    known, at = np.unique(key[is_street], return_inverse=True)
    metres = np.bincount(at, weights=lengths[is_street], minlength=len(known))
    around = np.zeros(len(key))
    for step in (-wide - 1, -wide, -wide + 1, -1, 0, 1, wide - 1, wide, wide + 1):
        place = np.searchsorted(known, key + step)
        is_there = place < len(known)
        is_there[is_there] = known[place[is_there]] == (key + step)[is_there]
        around[is_there] += metres[place[is_there]]
    return around >= LEAST_STREET_M
