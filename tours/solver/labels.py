"""Search for tours of one shift by labels, values as floats.

A label is a partial tour: its last place, the departure there, what it has earned and which
places it may not visit again. Labels that cannot lead beyond a threshold are cut by a bound
on what the rest of the tour can still earn; labels that another one beats are dropped. With
neighbourhoods (Baldacci, Mingozzi and Roberti 2011) a label forgets places far from its last
one, which makes it a relaxation: the tours found may visit a place twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints, ShiftArrays, Words
from tours.solver.bitsets import bits
from tours.solver.chains import hashed_chains, timed_chains
from tours.solver.completion import NOWHERE, Bounds, Floats
from tours.solver.extension import (
    COMPLETE,
    HEURISTIC,
    Agenda,
    Amounts,
    CoverArrays,
    Drives,
    Ways,
    extend,
)
from tours.solver.labelstore import CLOSED, EARNED, PARENT, PLACE, WAY


class Labels(NamedTuple):
    """Labels in the order of their making; see `extend_labels`.

    Attributes
    ----------
    place, parent, way : ndarray of int64
    closed : ndarray of float64
        What the tour earns if the bus returns now; -inf where it cannot.
    earned : ndarray of int64
        Prizes less drive costs of the closed tour, without duals.
    mask : ndarray of uint64
        Places remembered; all that were visited where nothing is forgotten.
    is_complete : bool
        False if there was more to do than allowed, and some are missing.
    work : int
        Comparisons made, a measure of time that is the same everywhere.
    """

    place: Ints
    parent: Ints
    way: Ints
    closed: Floats
    earned: Ints
    mask: Words
    is_complete: bool
    work: int


def extend_labels(
    shift: ShiftArrays,
    reward: Floats,
    way_gain: Floats,
    base: float,
    near: Words,
    covers: CoverArrays,
    amounts: Amounts,
    bounds: Bounds,
    threshold: float,
    mode: int,
    most: int,
    most_work: int,
) -> Labels:
    """Return the labels that can lead to a tour worth more than a threshold.

    Parameters
    ----------
    shift : ShiftArrays
    reward : ndarray of float64, shape (n + 1, n + 1)
        Duals less costs that the drive from row to column earns, without covers.
    way_gain : ndarray of float64
        What each way earns: its prize, and what its minutes are worth.
    base : float
        What a tour earns before it begins: less the dual of its shift.
    near : ndarray of uint64, shape (n, words)
        Per place, the set of places that a label there still remembers, a bit each.
    covers : CoverArrays
    amounts : Amounts
    bounds : Bounds
    threshold : float
    mode : int
        `HEURISTIC`, `RELAXED` or `COMPLETE`.
    most : int
        Give up beyond so many labels.
    most_work : int
        Give up beyond so many comparisons.
    """
    n, steps = shift.num_places, bounds.best.shape[1]
    after = np.zeros((0, near.shape[1]), dtype=np.uint64)
    if shift.after.any():
        after = np.array([bits(np.flatnonzero(row).tolist(), n) for row in shift.after])
    store, count, is_complete, work = extend(
        shift.start_s,
        shift.end_s,
        shift.step_s,
        shift.rest_s,
        Drives(shift.gap, shift.cost, shift.drive, reward, after),
        Ways(
            shift.first_slot,
            shift.slot,
            shift.first_way,
            shift.way_length,
            shift.way_fixed,
            shift.way_prize,
            shift.way_rests,
            shift.way_dwell,
            way_gain,
        ),
        near,
        covers,
        amounts,
        bounds,
        hashed_chains() if mode == COMPLETE else timed_chains(n, steps),
        Agenda(
            np.full(steps, -1),
            np.full(steps, -1),
            np.full((2 * n if mode == HEURISTIC else 0, steps), NOWHERE),
        ),
        float(base),
        float(threshold),
        mode,
        most,
        most_work,
    )
    fact = store.fact[:count]
    return Labels(
        place=fact[:, PLACE].copy(),
        parent=fact[:, PARENT].copy(),
        way=fact[:, WAY].copy(),
        closed=store.value[:count, CLOSED].copy(),
        earned=fact[:, EARNED].copy(),
        mask=store.mask[:count],
        is_complete=is_complete,
        work=work,
    )
