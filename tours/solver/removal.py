"""Strings of stops near one place are taken out of tours (Christiaens, Vanden Berghe 2020)."""

from __future__ import annotations

from tours.solver.arrays import Flags, Words
from tours.solver.chance import random_below
from tours.solver.compilation import compiled_part
from tours.solver.field import Field
from tours.solver.profiles import Tours, refresh
from tours.solver.tallies import Tallies, count_visit
from tours.solver.terms import Terms

LONGEST_STRING = 10
MOST_STRINGS = 2


@compiled_part
def remove_strings(
    f: Field,
    terms: Terms,
    t: Tours,
    c: Tallies,
    is_changed: Flags,
    middle: int,
    state: Words,
) -> None:
    """Take a string of stops out of some tours, those that come nearest to a place.

    Parameters
    ----------
    f : Field
    terms : Terms
    t : Tours
    c : Tallies
    is_changed : ndarray of bool, shape (S,)
        Which tours were changed; more of them afterwards.
    middle : int
        The place.
    state : ndarray of uint64
        Of the random numbers.
    """
    places, shifts = f.near.shape[0], f.kind.shape[0]
    strings = 1 + random_below(state, min(MOST_STRINGS, shifts))
    for n in range(places):
        place = f.near[middle, n]
        for s in range(shifts):
            if strings == 0 or is_changed[s] or not c.visited[s, place]:
                continue
            length = t.length[s]
            size = 1 + random_below(state, min(length, LONGEST_STRING))
            at = 0
            while t.stops[s, at] != place:
                at += 1
            lowest, highest = max(0, at - size + 1), min(at, length - size)
            is_changed[s] = True
            strings -= 1
            first = lowest + random_below(state, highest - lowest + 1)
            _take_out(f, terms, t, c, s, first, size)
        if strings == 0:
            return


@compiled_part
def _take_out(f: Field, terms: Terms, t: Tours, c: Tallies, s: int, at: int, size: int) -> None:
    for k in range(at, at + size):
        count_visit(terms, c, s, t.stops[s, k], -1)
    for k in range(at + size, t.length[s]):
        t.stops[s, k - size] = t.stops[s, k]
    t.length[s] -= size
    refresh(f, t, s, at)
