"""An order of points in which neighbours mostly follow each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 16


def along_curve(at: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the order of points along a curve that fills the plane (Morton 1966).

    Parameters
    ----------
    at : ndarray of float64, shape (n, 2)

    Returns
    -------
    ndarray of int64, shape (n,)
        Positions; points in one spot keep their order.
    """
    if not len(at):
        return np.zeros(0, dtype=np.int64)
    low = at.min(axis=0)
    size = np.maximum(at.max(axis=0) - low, 1e-12)
    whole = ((at - low) / size * (2**BITS - 1)).astype(np.int64)
    key = np.zeros(len(at), dtype=np.int64)
    for bit in range(BITS):
        for axis in (0, 1):
            key |= ((whole[:, axis] >> bit) & 1) << (2 * bit + axis)
    return np.argsort(key, kind="stable")
