"""Who can walk to the bus: reach, the best reach of as many places, and E2SFCA.

All of it is reckoned on arrays: walking minutes of shape (places, cells), people per cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Zones of the enhanced two-step floating catchment area, minutes and weights (Luo and Qi 2009).
ZONES = ((5.0, 1.0), (10.0, 0.68), (15.0, 0.22))
REACH_MINUTES = 15.0

Floats = NDArray[np.float64]


def reached_people(minutes: Floats, people: Floats, places: NDArray[np.bool_]) -> float:
    """Return how many people are within a walk of 15 minutes of any of some places.

    Parameters
    ----------
    minutes : ndarray of float64, shape (p, n)
        Walk from each cell to each place; infinity where it is too far.
    people : ndarray of float64, shape (n,)
    places : ndarray of bool, shape (p,)
        The places that count.
    """
    return float(people[(minutes[places] <= REACH_MINUTES).any(axis=0)].sum())


def best_reach(minutes: Floats, people: Floats, number: int) -> float:
    """Return the most people that so many of the places can reach: maximal covering.

    Solved exactly, as an integer programme: choose places; a cell counts if one of the chosen
    reaches it (Church and ReVelle 1974).

    Parameters
    ----------
    minutes : ndarray of float64, shape (p, n)
    people : ndarray of float64, shape (n,)
    number : int
        How many places may be chosen.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, csr_array, hstack

    near = minutes <= REACH_MINUTES
    near, people = near[:, people > 0], people[people > 0]
    near = near[near.any(axis=1)]
    num_places = len(near)
    if number <= 0 or num_places == 0:
        return 0.0
    if number >= num_places:
        return float(people[near.any(axis=0)].sum())
    # Cells that the same places reach are one.
    patterns, which = np.unique(near, axis=1, return_inverse=True)
    worth = np.bincount(which.ravel(), weights=people, minlength=patterns.shape[1])
    is_reached = patterns.any(axis=0)
    patterns, worth = patterns[:, is_reached], worth[is_reached]
    num_groups = len(worth)
    covers = hstack([csr_array(patterns.T.astype(float)), -coo_array(np.eye(num_groups))])
    choice = np.concatenate([np.ones(num_places), np.zeros(num_groups)])[None, :]
    result = milp(
        np.concatenate([np.zeros(num_places), -worth]),
        integrality=np.concatenate([np.ones(num_places), np.zeros(num_groups)]),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(covers, 0, np.inf), LinearConstraint(choice, 0, number)],
        options={"mip_rel_gap": 0.0},
    )
    if result.x is None:
        raise RuntimeError(f"the best reach was not found: {result.message}")
    chosen = result.x[:num_places] > 0.5
    # Added up anew, so that no rounding of the solver is left.
    return float(worth[patterns[chosen].any(axis=0)].sum())


def zone_weights(minutes: Floats) -> Floats:
    """Return the weight of each walk: that of its zone, 0 beyond the last one."""
    weights = np.zeros(minutes.shape)
    for limit, weight in reversed(ZONES):
        weights[minutes <= limit] = weight
    return weights


def access(minutes: Floats, people: Floats, supply: Floats) -> Floats:
    """Return the supply per person that each cell can walk to: E2SFCA.

    First each place shares its supply among all who can walk there, R = S / Σ P·W; then each
    cell adds up what the places near it have for it, A = Σ R·W.

    Parameters
    ----------
    minutes : ndarray of float64, shape (p, n)
    people : ndarray of float64, shape (n,)
    supply : ndarray of float64, shape (p,)
        Such as hours a week.

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    weights = zone_weights(minutes)
    demand = weights @ people
    ratio = np.divide(supply, demand, out=np.zeros_like(demand), where=demand > 0)
    found: Floats = ratio @ weights
    return found
