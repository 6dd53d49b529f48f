"""Places are put into tours, each where it earns the most with the best starts and dwells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Flags, Ints, Words
from tours.solver.chance import random_below, random_share
from tours.solver.compilation import compiled_part
from tours.solver.completion import Floats, first_at_or_after
from tours.solver.field import Field
from tours.solver.profiles import NOWHERE, Tours, refresh
from tours.solver.tallies import (
    Tallies,
    count_visit,
    cover_gain,
    has_alternative,
    is_free,
    is_within_budget,
    is_within_limits,
)
from tours.solver.terms import Terms

# Places that are tried per iteration.
MOST_TRIED = 60
# How often all tours are tried, not only those that were taken apart.
EVERYWHERE = 0.1
# Share of the positions that are overlooked.
BLINK = 0.01


class Trial(NamedTuple):
    """Places in the order of their trial.

    Attributes
    ----------
    prize : ndarray of float64, shape (P,)
        The most that each place earns.
    place : ndarray of int64, shape (P,)
        Those to be tried, first.
    key : ndarray of float64, shape (P,)
        What they are sorted by.
    """

    prize: Floats
    place: Ints
    key: Floats


def empty_trial(prize: Floats) -> Trial:
    """Return a trial of no places."""
    return Trial(prize, np.zeros(len(prize), dtype=np.int64), np.zeros(len(prize)))


@compiled_part
def insert_places(
    f: Field,
    terms: Terms,
    t: Tours,
    c: Tallies,
    trial: Trial,
    is_changed: Flags,
    middle: int,
    penalty: int,
    state: Words,
) -> None:
    """Put places in where they earn the most, each once, as long as they earn anything.

    Parameters
    ----------
    f : Field
    terms : Terms
    t : Tours
    c : Tallies
    trial : Trial
    is_changed : ndarray of bool, shape (S,)
        Which tours were changed; more of them afterwards.
    middle : int
        A place; those near it are tried.
    penalty : int
        For each missing visit of a hard cover.
    state : ndarray of uint64
        Of the random numbers.
    """
    tried = _choose(f, terms, c, trial, middle, penalty, state)
    # Everything at hand: the loop below is where the time goes.
    gap, cost, drive, after = f.gap, f.cost, f.drive, f.after
    first_slot, slots, first_way = f.first_slot, f.slot, f.first_way
    way_length, way_fixed, way_prize = f.way_length, f.way_fixed, f.way_prize
    stops, length, leave, earned, num_left = t.stops, t.length, t.leave, t.earned, t.num_left
    all_ready, all_rest, num_rest = t.ready, t.rest, t.num_rest
    has_covers, has_budgets = terms.cover.shape[0] > 0, terms.budget.shape[0] > 0
    has_alternatives = terms.alternative_of.shape[0] > 0
    depot = f.near.shape[0]
    # A tour that was not touched had no room before, and has hardly got any.
    everywhere = random_share(state) < EVERYWHERE
    for n in range(tried):
        place = trial.place[n]
        best, best_s, best_at, best_detour = 0, -1, -1, 0
        for s in range(f.kind.shape[0]):
            k = f.kind[s]
            low, high = first_slot[k, place], first_slot[k, place + 1]
            if not (everywhere or is_changed[s]):
                continue
            if low == high or c.visited[s, place] or length[s] + 2 > stops.shape[1]:
                continue
            if not is_within_limits(terms, c, s, place):
                continue
            if has_alternatives and length[s] == 0 and has_alternative(terms, length, s):
                continue
            # A place that makes a tour drivable again is worth more than any other.
            base = -NOWHERE if t.value[s] == NOWHERE else -t.value[s] - t.cost[s]
            if has_covers:
                base += cover_gain(terms, c, penalty, s, place)
            first, last = 0, length[s]
            if after.shape[0]:
                for at in range(length[s]):
                    if after[k, stops[s, at], place]:
                        first = at + 1
                    if after[k, place, stops[s, at]] and at < last:
                        last = at
            closing = slots[high - 1]
            before = stops[s, first - 1] if first else depot
            for at in range(first, last + 1):
                if leave[s, at, 0] > closing:
                    break
                follower = stops[s, at] if at < length[s] else depot
                to, on = gap[k, before, place], gap[k, place, follower]
                count = num_rest[s, at]
                latest = all_ready[s, at, count - 1] - on if count else NOWHERE
                gained = NOWHERE
                for e in range(num_left[s, at]):
                    ready = leave[s, at, e] + to
                    if ready > closing or ready > latest:
                        break
                    slot = low
                    if high - low > 4:
                        slot = first_at_or_after(slots, low, high, ready)
                    else:
                        while slots[slot] < ready:
                            slot += 1
                    for way in range(first_way[slot], first_way[slot + 1]):
                        then = max(ready + way_length[way], way_fixed[way])
                        if then > latest:
                            continue
                        then += on
                        lowest, highest = 0, count - 1
                        while lowest < highest:
                            half = (lowest + highest) // 2
                            if all_ready[s, at, half] < then:
                                lowest = half + 1
                            else:
                                highest = half
                        rest = all_rest[s, at, lowest]
                        gained = max(gained, earned[s, at, e] + way_prize[way] + rest)
                if gained > NOWHERE and random_share(state) >= BLINK:
                    detour = drive[k, before, place] + drive[k, place, follower]
                    gained += base - cost[k, before, place] - cost[k, place, follower]
                    if length[s]:
                        detour -= drive[k, before, follower]
                        gained += cost[k, before, follower]
                    is_better = gained > best or (
                        gained == best and best_s >= 0 and detour < best_detour
                    )
                    if is_better and not (
                        has_budgets and not is_within_budget(terms, t.drive, s, detour)
                    ):
                        best, best_s, best_at, best_detour = gained, s, at, detour
                before = follower
        if best_s >= 0:
            is_changed[best_s] = True
            _put_in(f, terms, t, c, best_s, best_at, place)


@compiled_part
def _choose(
    f: Field, terms: Terms, c: Tallies, trial: Trial, middle: int, penalty: int, state: Words
) -> int:
    """Put places near one of them, and some others, into the order of trial; return how many."""
    places, shifts = f.near.shape[0], f.kind.shape[0]
    order, keys, prize = trial.place, trial.key, trial.prize
    by_prize = random_share(state) < 0.5
    close = min(places, MOST_TRIED // 2)
    tried = 0
    for n in range(min(places, MOST_TRIED)):
        if n < close or places <= MOST_TRIED:
            place = f.near[middle, n]
        else:
            place = f.near[middle, close + random_below(state, places - close)]
            is_known = False
            for other in range(tried):
                is_known |= order[other] == place
            if is_known:
                continue
        if not is_free(f, terms, c, place):
            continue
        if by_prize:
            key = -prize[place] * (0.5 + random_share(state))
        else:
            gain = 0
            if terms.cover.shape[0]:
                for s in range(shifts):
                    gain = max(gain, cover_gain(terms, c, penalty, s, place))
            key = -(prize[place] + gain) * (0.8 + 0.4 * random_share(state))
        at = tried
        while at > 0 and keys[at - 1] > key:
            keys[at], order[at] = keys[at - 1], order[at - 1]
            at -= 1
        keys[at], order[at] = key, place
        tried += 1
    return tried


@compiled_part
def _put_in(f: Field, terms: Terms, t: Tours, c: Tallies, s: int, at: int, place: int) -> None:
    for k in range(t.length[s], at, -1):
        t.stops[s, k] = t.stops[s, k - 1]
    t.stops[s, at] = place
    t.length[s] += 1
    count_visit(terms, c, s, place, 1)
    refresh(f, t, s, at)
