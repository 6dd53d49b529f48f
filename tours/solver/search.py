"""Large-neighbourhood search: parts of the tours are taken out and put back better.

Strings of stops near one place are removed (Christiaens and Vanden Berghe 2020), then places
are inserted where they earn the most. A tour keeps, for each of its stops, what was earned
by each departure and what can still be earned from each arrival, so that an insertion is
valued with the best starts and dwells of all stops. Worse tours are accepted within a
threshold that falls to nothing (Dueck and Scheuer 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tours.problem import Problem
from tours.solver.arrays import Ints, ShiftArrays
from tours.solver.columns import Column, driven_column
from tours.solver.completion import Floats, first_at_or_after

Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
# Departures that are kept per stop; more are rare, and the search may do without them.
MOST_POINTS = 96
# Places that are tried per iteration.
MOST_TRIED = 60
LONGEST_STRING = 10
MOST_STRINGS = 2
# How often all tours are tried, not only those that were taken apart.
EVERYWHERE = 0.1
# Share of the positions that are overlooked.
BLINK = 0.01
# The threshold at first, and what a drive of average length counts against a plan, both as
# shares of a good place's prize. Less driving leaves room for more stops.
WARMTH = 0.75
THRIFT = 0.15
NOWHERE = -(2**60)


class Weeks(NamedTuple):
    """A problem as the search sees it: P places, S shifts of K kinds.

    Attributes
    ----------
    kind : ndarray of int64, shape (S,)
    start, end : ndarray of int64, shape (K,)
    gap, cost, drive : ndarray of int64, shape (K, P + 1, P + 1)
    after : ndarray of bool, shape (K, P, P) or (0, 0, 0)
    first_slot : ndarray of int64, shape (K, P + 1)
    slot, first_way, way_length, way_fixed, way_prize : ndarray of int64
    first_cover, cover : ndarray of int64
        Per shift and place, in that order, the covers that a visit counts for.
    needed, bonus : ndarray of int64
        Per cover.
    is_hard : ndarray of bool
    first_limit, limit : ndarray of int64
        Per shift and place, the limits that a visit counts for.
    most : ndarray of int64
        Per limit.
    budget_of : ndarray of bool, shape (budgets, S)
    budget : ndarray of int64
    alternative_of : ndarray of bool, shape (alternatives, S)
    near : ndarray of int64, shape (P, P)
        Places by distance.
    """

    kind: Ints
    start: Ints
    end: Ints
    gap: Ints
    cost: Ints
    drive: Ints
    after: Flags
    first_slot: Ints
    slot: Ints
    first_way: Ints
    way_length: Ints
    way_fixed: Ints
    way_prize: Ints
    first_cover: Ints
    cover: Ints
    needed: Ints
    bonus: Ints
    is_hard: Flags
    first_limit: Ints
    limit: Ints
    most: Ints
    budget_of: Flags
    budget: Ints
    alternative_of: Flags
    near: Ints


class Tours(NamedTuple):
    """The tours of a plan and what is known of each stop.

    Attributes
    ----------
    stops : ndarray of int64, shape (S, longest)
    length, value, cost, drive : ndarray of int64, shape (S,)
        Stops; prizes less costs; the costs; seconds at the wheel.
    leave, earned : ndarray of int64, shape (S, longest + 1, points)
        Departures from each stop and what was earned until then, both rising; the depot first.
    num_left : ndarray of int64, shape (S, longest + 1)
    ready, rest : ndarray of int64, shape (S, longest + 1, points)
        Latest times to be ready for a stop and what can be earned from there on, less and
        less; the depot last.
    num_rest : ndarray of int64, shape (S, longest + 1)
    """

    stops: Ints
    length: Ints
    value: Ints
    cost: Ints
    drive: Ints
    leave: Ints
    earned: Ints
    num_left: Ints
    ready: Ints
    rest: Ints
    num_rest: Ints


@njit(cache=True)
def _random(state: Words) -> float:
    """Return a number from 0 to 1 (xorshift64*, Vigna 2016)."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def _below(state: Words, number: int) -> int:
    return min(number - 1, int(_random(state) * number))


@njit(cache=True)
def _rest_value(ready: Ints, rest: Ints, count: int, time: int) -> int:
    """Return what can still be earned when ready at a time."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if ready[middle] < time:
            low = middle + 1
        else:
            high = middle
    return rest[low] if low < count else NOWHERE


@njit(cache=True)
def _keep_left(leave: Ints, earned: Ints, count: int, time: int, value: int) -> int:
    """Add a departure to a list of rising ones that each earn more; return its new length."""
    at = count
    while at > 0 and leave[at - 1] > time:
        at -= 1
    if at > 0 and earned[at - 1] >= value:
        return count
    end = at
    while end < count and earned[end] <= value:
        end += 1
    if end == at:
        if count == leave.shape[0]:
            return count
        for k in range(count, at, -1):
            leave[k], earned[k] = leave[k - 1], earned[k - 1]
        count += 1
    else:
        shift = end - at - 1
        for k in range(end, count):
            leave[k - shift], earned[k - shift] = leave[k], earned[k]
        count -= shift
    leave[at], earned[at] = time, value
    return count


@njit(cache=True)
def _keep_rest(ready: Ints, rest: Ints, count: int, time: int, value: int) -> int:
    """Add a latest time to a list of rising ones that each leave less; return its new length."""
    at = 0
    while at < count and ready[at] < time:
        at += 1
    if at < count and rest[at] >= value:
        return count
    start = at
    while start > 0 and rest[start - 1] <= value:
        start -= 1
    if at < count and ready[at] == time:
        at += 1
    if start == at:
        if count == ready.shape[0]:
            return count
        for k in range(count, at, -1):
            ready[k], rest[k] = ready[k - 1], rest[k - 1]
        count += 1
    else:
        shift = at - start - 1
        for k in range(at, count):
            ready[k - shift], rest[k - shift] = ready[k], rest[k]
        count -= shift
    ready[start], rest[start] = time, value
    return count


@njit(cache=True)
def _refresh(w: Weeks, t: Tours, s: int, first: int) -> None:
    """Work out anew what is known of a tour's stops; those before the first are unchanged."""
    slots, first_way, first_slot = w.slot, w.first_way, w.first_slot
    way_length, way_fixed, way_prize = w.way_length, w.way_fixed, w.way_prize
    all_leave, all_earned, num_left = t.leave, t.earned, t.num_left
    all_ready, all_rest, num_rest = t.ready, t.rest, t.num_rest
    k = w.kind[s]
    gap, cost_of, drive_of = w.gap[k], w.cost[k], w.drive[k]
    length, stops = t.length[s], t.stops[s]
    depot = gap.shape[0] - 1
    all_leave[s, 0, 0], all_earned[s, 0, 0], num_left[s, 0] = w.start[k], 0, 1
    for at in range(first, length):
        place = stops[at]
        before = stops[at - 1] if at else depot
        leave, earned, count = all_leave[s, at + 1], all_earned[s, at + 1], 0
        low, high = first_slot[k, place], first_slot[k, place + 1]
        step = gap[before, place]
        for e in range(num_left[s, at]):
            ready = all_leave[s, at, e] + step
            slot = first_at_or_after(slots, low, high, ready)
            if slot == high:
                break
            for way in range(first_way[slot], first_way[slot + 1]):
                time = max(ready + way_length[way], way_fixed[way])
                value = all_earned[s, at, e] + way_prize[way]
                count = _keep_left(leave, earned, count, time, value)
        num_left[s, at + 1] = count
    all_ready[s, length, 0], all_rest[s, length, 0], num_rest[s, length] = w.end[k], 0, 1
    for at in range(length - 1, -1, -1):
        place = stops[at]
        after = stops[at + 1] if at + 1 < length else depot
        step = gap[place, after]
        ready_of, rest_of, count = all_ready[s, at], all_rest[s, at], 0
        next_ready, next_rest, known = (
            all_ready[s, at + 1],
            all_rest[s, at + 1],
            num_rest[s, at + 1],
        )
        for slot in range(first_slot[k, place + 1] - 1, first_slot[k, place] - 1, -1):
            until = slots[slot]
            for way in range(first_way[slot], first_way[slot + 1]):
                fixed, run = way_fixed[way], way_length[way]
                if until + run <= fixed:
                    more = _rest_value(next_ready, next_rest, known, fixed + step)
                    if more > NOWHERE:
                        count = _keep_rest(ready_of, rest_of, count, until, way_prize[way] + more)
                    continue
                for e in range(known):
                    latest = next_ready[e] - step
                    if fixed <= latest:
                        time = min(latest - run, until)
                        value = way_prize[way] + next_rest[e]
                        count = _keep_rest(ready_of, rest_of, count, time, value)
        num_rest[s, at] = count
    cost, drive, before = 0, 0, depot
    for at in range(length):
        cost += cost_of[before, stops[at]]
        drive += drive_of[before, stops[at]]
        before = stops[at]
    if length:
        t.cost[s] = cost + cost_of[before, depot]
        t.drive[s] = drive + drive_of[before, depot]
        ready_first = w.start[k] + gap[depot, stops[0]]
        t.value[s] = _rest_value(all_ready[s, 0], all_rest[s, 0], num_rest[s, 0], ready_first)
        t.value[s] -= t.cost[s]
    else:
        t.value[s], t.cost[s], t.drive[s] = 0, 0, 0


@njit(cache=True)
def _cover_gain(w: Weeks, covered: Ints, penalty: int, s: int, place: int) -> int:
    """Return what a visit more is worth for the covers."""
    gain = 0
    at = s * (w.gap.shape[1] - 1) + place
    for n in range(w.first_cover[at], w.first_cover[at + 1]):
        c = w.cover[n]
        if covered[c] < w.needed[c]:
            if w.is_hard[c]:
                gain += penalty
            elif covered[c] + 1 == w.needed[c]:
                gain += w.bonus[c]
    return gain


@njit(cache=True)
def _count(w: Weeks, covered: Ints, used: Ints, s: int, place: int, step: int) -> None:
    at = s * (w.gap.shape[1] - 1) + place
    for n in range(w.first_cover[at], w.first_cover[at + 1]):
        covered[w.cover[n]] += step
    for n in range(w.first_limit[at], w.first_limit[at + 1]):
        used[w.limit[n]] += step


@njit(cache=True)
def _has_alternative(w: Weeks, t: Tours, s: int) -> bool:
    """Tell whether an alternative of a shift is driven already."""
    for a in range(w.alternative_of.shape[0]):
        if w.alternative_of[a, s]:
            for other in range(w.kind.shape[0]):
                if other != s and w.alternative_of[a, other] and t.length[other]:
                    return True
    return False


@njit(cache=True)
def _within_budget(w: Weeks, t: Tours, s: int, detour: int) -> bool:
    for b in range(w.budget.shape[0]):
        if w.budget_of[b, s]:
            total = detour
            for other in range(w.kind.shape[0]):
                if w.budget_of[b, other]:
                    total += t.drive[other]
            if total > w.budget[b]:
                return False
    return True


@njit(cache=True)
def _worth(w: Weeks, t: Tours, covered: Ints, penalty: int) -> int:
    # A stop that was taken out can make the drive longer.
    for b in range(w.budget.shape[0]):
        drive = 0
        for s in range(w.kind.shape[0]):
            if w.budget_of[b, s]:
                drive += t.drive[s]
        if drive > w.budget[b]:
            return NOWHERE
    worth = 0
    for s in range(w.kind.shape[0]):
        worth += t.value[s]
    for c in range(w.needed.shape[0]):
        if w.is_hard[c]:
            worth -= penalty * max(0, w.needed[c] - covered[c])
        elif covered[c] >= w.needed[c]:
            worth += w.bonus[c]
    return worth


@njit(cache=True)
def _take_out(
    w: Weeks, t: Tours, covered: Ints, used: Ints, visited: Flags, s: int, at: int, size: int
) -> None:
    for k in range(at, at + size):
        place = t.stops[s, k]
        visited[s, place] = False
        _count(w, covered, used, s, place, -1)
    for k in range(at + size, t.length[s]):
        t.stops[s, k - size] = t.stops[s, k]
    t.length[s] -= size
    _refresh(w, t, s, at)


@njit(cache=True)
def _put_in(
    w: Weeks, t: Tours, covered: Ints, used: Ints, visited: Flags, s: int, at: int, place: int
) -> None:
    for k in range(t.length[s], at, -1):
        t.stops[s, k] = t.stops[s, k - 1]
    t.stops[s, at] = place
    t.length[s] += 1
    visited[s, place] = True
    _count(w, covered, used, s, place, 1)
    _refresh(w, t, s, at)


@njit(cache=True)
def _ruin(
    w: Weeks,
    t: Tours,
    covered: Ints,
    used: Ints,
    visited: Flags,
    is_changed: Flags,
    middle: int,
    state: Words,
) -> None:
    places, shifts = w.near.shape[0], w.kind.shape[0]
    strings = 1 + _below(state, min(MOST_STRINGS, shifts))
    for n in range(places):
        place = w.near[middle, n]
        for s in range(shifts):
            if strings == 0 or is_changed[s] or not visited[s, place]:
                continue
            length = t.length[s]
            size = 1 + _below(state, min(length, LONGEST_STRING))
            at = 0
            while t.stops[s, at] != place:
                at += 1
            lowest, highest = max(0, at - size + 1), min(at, length - size)
            is_changed[s] = True
            strings -= 1
            _take_out(
                w, t, covered, used, visited, s, lowest + _below(state, highest - lowest + 1), size
            )
        if strings == 0:
            return


@njit(cache=True)
def _is_free(w: Weeks, used: Ints, visited: Flags, place: int) -> bool:
    """Tell whether a place may be visited once more in some shift."""
    places, shifts = w.near.shape[0], w.kind.shape[0]
    for s in range(shifts):
        if (
            visited[s, place]
            or w.first_slot[w.kind[s], place] == w.first_slot[w.kind[s], place + 1]
        ):
            continue
        at = s * places + place
        is_allowed = True
        for n in range(w.first_limit[at], w.first_limit[at + 1]):
            is_allowed &= used[w.limit[n]] < w.most[w.limit[n]]
        if is_allowed:
            return True
    return False


@njit(cache=True)
def _order_of_trial(
    w: Weeks,
    covered: Ints,
    used: Ints,
    visited: Flags,
    middle: int,
    prize: Floats,
    penalty: int,
    order: Ints,
    keys: Floats,
    state: Words,
) -> int:
    """Put places near one of them, and some others, into the order of trial; return how many."""
    places, shifts = w.near.shape[0], w.kind.shape[0]
    by_prize = _below(state, 2) == 0
    close = min(places, MOST_TRIED // 2)
    tried = 0
    for n in range(min(places, MOST_TRIED)):
        if n < close or places <= MOST_TRIED:
            place = w.near[middle, n]
        else:
            place = w.near[middle, close + _below(state, places - close)]
            is_known = False
            for other in range(tried):
                is_known |= order[other] == place
            if is_known:
                continue
        if not _is_free(w, used, visited, place):
            continue
        if by_prize:
            key = -prize[place] * (0.5 + _random(state))
        else:
            gain = 0
            if w.cover.shape[0]:
                for s in range(shifts):
                    gain = max(gain, _cover_gain(w, covered, penalty, s, place))
            key = -(prize[place] + gain) * (0.8 + 0.4 * _random(state))
        at = tried
        while at > 0 and keys[at - 1] > key:
            keys[at], order[at] = keys[at - 1], order[at - 1]
            at -= 1
        keys[at], order[at] = key, place
        tried += 1
    return tried


@njit(cache=True)
def _recreate(
    w: Weeks,
    t: Tours,
    covered: Ints,
    used: Ints,
    visited: Flags,
    is_changed: Flags,
    middle: int,
    prize: Floats,
    order: Ints,
    keys: Floats,
    penalty: int,
    state: Words,
) -> None:
    """Put places in where they earn the most, each once, as long as they earn anything."""
    tried = _order_of_trial(w, covered, used, visited, middle, prize, penalty, order, keys, state)
    # Everything at hand: the loop below is where the time goes.
    kind, gap, cost, drive, after = w.kind, w.gap, w.cost, w.drive, w.after
    first_slot, slots, first_way = w.first_slot, w.slot, w.first_way
    way_length, way_fixed, way_prize = w.way_length, w.way_fixed, w.way_prize
    first_limit, limit, most = w.first_limit, w.limit, w.most
    stops, length, value_of, cost_of = t.stops, t.length, t.value, t.cost
    leave, earned, num_left = t.leave, t.earned, t.num_left
    all_ready, all_rest, num_rest = t.ready, t.rest, t.num_rest
    places, shifts = w.near.shape[0], kind.shape[0]
    has_covers, has_budgets = w.cover.shape[0] > 0, w.budget.shape[0] > 0
    has_alternatives = w.alternative_of.shape[0] > 0
    depot = places
    # A tour that was not touched had no room before, and has hardly got any.
    everywhere = _random(state) < EVERYWHERE
    for n in range(tried):
        place = order[n]
        best, best_s, best_at, best_detour = 0, -1, -1, 0
        for s in range(shifts):
            k = kind[s]
            low, high = first_slot[k, place], first_slot[k, place + 1]
            if not (everywhere or is_changed[s]):
                continue
            if low == high or visited[s, place] or length[s] + 2 > stops.shape[1]:
                continue
            is_allowed = True
            for m in range(first_limit[s * places + place], first_limit[s * places + place + 1]):
                is_allowed &= used[limit[m]] < most[limit[m]]
            if not is_allowed:
                continue
            if has_alternatives and length[s] == 0 and _has_alternative(w, t, s):
                continue
            base = -value_of[s] - cost_of[s]
            if has_covers:
                base += _cover_gain(w, covered, penalty, s, place)
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
                latest = all_ready[s, at, count - 1] - on
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
                            middle = (lowest + highest) // 2
                            if all_ready[s, at, middle] < then:
                                lowest = middle + 1
                            else:
                                highest = middle
                        rest = all_rest[s, at, lowest]
                        gained = max(gained, earned[s, at, e] + way_prize[way] + rest)
                if gained > NOWHERE and _random(state) >= BLINK:
                    detour = drive[k, before, place] + drive[k, place, follower]
                    gained += base - cost[k, before, place] - cost[k, place, follower]
                    if length[s]:
                        detour -= drive[k, before, follower]
                        gained += cost[k, before, follower]
                    is_better = gained > best or (
                        gained == best and best_s >= 0 and detour < best_detour
                    )
                    if is_better and not (has_budgets and not _within_budget(w, t, s, detour)):
                        best, best_s, best_at, best_detour = gained, s, at, detour
                before = follower
        if best_s >= 0:
            is_changed[best_s] = True
            _put_in(w, t, covered, used, visited, best_s, best_at, place)


@njit(cache=True)
def _search(
    w: Weeks,
    t: Tours,
    covered: Ints,
    used: Ints,
    visited: Flags,
    best_stops: Ints,
    best_length: Ints,
    best_worth: int,
    prize: Floats,
    penalty: int,
    iterations: int,
    hot: float,
    cold: float,
    thrift: float,
    state: Words,
) -> int:
    shifts, places = w.kind.shape[0], w.near.shape[0]
    is_changed = np.zeros(shifts, dtype=np.bool_)
    old_stops, old_length = t.stops.copy(), t.length.copy()
    order, keys = np.empty(places, dtype=np.int64), np.empty(places)
    now = _worth(w, t, covered, penalty) - thrift * t.drive.sum()
    for iteration in range(iterations):
        is_changed[:] = iteration == 0
        middle = _below(state, places)
        if iteration:
            _ruin(w, t, covered, used, visited, is_changed, middle, state)
        _recreate(
            w, t, covered, used, visited, is_changed, middle, prize, order, keys, penalty, state
        )
        worth = _worth(w, t, covered, penalty)
        energy = worth - thrift * t.drive.sum()
        threshold = (hot + (cold - hot) * iteration / iterations) * _random(state)
        if worth > best_worth:
            best_worth = worth
            best_stops[:] = t.stops
            best_length[:] = t.length
        if energy >= now - threshold:
            now = energy
            for s in range(shifts):
                if is_changed[s]:
                    old_length[s] = t.length[s]
                    old_stops[s] = t.stops[s]
            continue
        for s in range(shifts):
            if not is_changed[s]:
                continue
            for at in range(t.length[s]):
                visited[s, t.stops[s, at]] = False
                _count(w, covered, used, s, t.stops[s, at], -1)
            t.length[s] = old_length[s]
            t.stops[s] = old_stops[s]
            for at in range(t.length[s]):
                visited[s, t.stops[s, at]] = True
                _count(w, covered, used, s, t.stops[s, at], 1)
            _refresh(w, t, s, 0)
    return best_worth


class Search:
    """A search that can go on where it stopped.

    Parameters
    ----------
    problem : Problem
        Without breaks.
    shifts : sequence of ShiftArrays
    penalty : int
        For each missing visit of a hard cover.
    seed : int
    """

    def __init__(
        self, problem: Problem, shifts: Sequence[ShiftArrays], penalty: int, seed: int
    ) -> None:
        self._shifts = shifts
        self._penalty = penalty
        self._places = sorted({place for shift in shifts for place in shift.places})
        self._weeks = _weeks(problem, shifts, self._places)
        self._state = np.array([(seed + 1) * 0x9E3779B97F4A7C15 % 2**64], dtype=np.uint64)
        num_shifts, num_places = len(shifts), len(self._places)
        longest = 2 + max((_most_stops(shift) for shift in shifts), default=0)
        longest = min(longest, num_places + 2)
        options = max((len(some) for shift in shifts for some in shift.options), default=0)
        points = MOST_POINTS if options > 1 else 4
        wide = num_shifts, longest + 1, points
        self._tours = Tours(
            np.zeros((num_shifts, longest), dtype=np.int64),
            np.zeros(num_shifts, dtype=np.int64),
            np.zeros(num_shifts, dtype=np.int64),
            np.zeros(num_shifts, dtype=np.int64),
            np.zeros(num_shifts, dtype=np.int64),
            np.zeros(wide, dtype=np.int64),
            np.zeros(wide, dtype=np.int64),
            np.zeros(wide[:2], dtype=np.int64),
            np.zeros(wide, dtype=np.int64),
            np.zeros(wide, dtype=np.int64),
            np.zeros(wide[:2], dtype=np.int64),
        )
        self._prize = np.zeros(num_places)
        where = {place: i for i, place in enumerate(self._places)}
        for candidate in problem.candidates:
            most = max(option.prize for option in candidate.options)
            at = where[candidate.place]
            self._prize[at] = max(self._prize[at], most)
        self._best_stops = self._tours.stops.copy()
        self._best_length = self._tours.length.copy()
        self._best_worth = NOWHERE
        typical = float(np.sort(self._prize)[::-1][: 5 * num_shifts].mean()) if num_places else 0.0
        self._warmth = WARMTH * typical
        self._thrift = THRIFT * typical / max(1.0, float(self._weeks.drive.mean()))

    def run(
        self, iterations: int, *, hot: float = 1.0, cold: float = 0.0, again: bool = True
    ) -> list[Column]:
        """Search on, and return the best plan so far, without its empty tours.

        Parameters
        ----------
        iterations : int
        hot, cold : float
            How much worse a plan may get, in the beginning and in the end, from 1 to 0.
        again : bool
            Begin with the best plan, not with the one that was accepted last.
        """
        if not self._places:
            return []
        w, t = self._weeks, self._tours
        if again:
            t.stops[:] = self._best_stops
            t.length[:] = self._best_length
        covered = np.zeros(len(w.needed), dtype=np.int64)
        used = np.zeros(len(w.most), dtype=np.int64)
        visited = np.zeros((len(self._shifts), len(self._places)), dtype=np.bool_)
        for s in range(len(self._shifts)):
            for at in range(int(t.length[s])):
                visited[s, t.stops[s, at]] = True
                _count(w, covered, used, s, int(t.stops[s, at]), 1)
            _refresh(w, t, s, 0)
        self._best_worth = _search(
            w,
            t,
            covered,
            used,
            visited,
            self._best_stops,
            self._best_length,
            self._best_worth,
            self._prize,
            self._penalty,
            iterations,
            self._warmth * hot,
            self._warmth * cold,
            self._thrift,
            self._state,
        )
        return self.best()

    def best(self) -> list[Column]:
        """Return the tours of the best plan."""
        columns: list[Column] = []
        for number, shift in enumerate(self._shifts):
            stops = self._best_stops[number, : self._best_length[number]].tolist()
            if stops:
                columns.append(best_tour(number, shift, [self._places[i] for i in stops]))
        return columns


def best_tour(number: int, shift: ShiftArrays, order: Sequence[str]) -> Column:
    """Return the tour of these places in this order with the best starts and dwells.

    Raises
    ------
    ValueError
        If there is none.
    """
    where = {place: i for i, place in enumerate(shift.places)}
    # Departure, earned, and the ways so far: rising, and each worth more than the ones before.
    fronts: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(shift.start_s, 0, ())]
    before = shift.num_places
    for place in order:
        j = where[place]
        found: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
        for leave, earned, path in fronts:
            ready = leave + int(shift.gap[before, j])
            low, high = int(shift.first_slot[j]), int(shift.first_slot[j + 1])
            at = low + int(np.searchsorted(shift.slot[low:high], ready))
            if at == high:
                continue
            for way in range(int(shift.first_way[at]), int(shift.first_way[at + 1])):
                later = max(ready + int(shift.way_length[way]), int(shift.way_fixed[way]))
                found.append((later, earned + int(shift.way_prize[way]), (*path, (j, way))))
        found.sort(key=lambda front: (front[0], -front[1]))
        fronts = []
        for front in found:
            if not fronts or front[1] > fronts[-1][1]:
                fronts.append(front)
        before = j
    home = [front for front in fronts if front[0] + int(shift.gap[before, -1]) <= shift.end_s]
    if not home:
        raise ValueError(f"order must be one that can be driven, got {tuple(order)}")
    return driven_column(number, shift, home[-1][2])


def _most_stops(shift: ShiftArrays) -> int:
    n = shift.num_places
    shortest = min(
        (
            int(np.delete(shift.gap[:, j], j).min())
            + int(shift.way_length[shift.first_way[shift.first_slot[j]]])
            for j in range(n)
        ),
        default=1,
    )
    return min(n, (shift.end_s - shift.start_s) // max(1, shortest) + 1)


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    first = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return first, np.array([value for row in rows for value in row], dtype=np.int64)


def _weeks(problem: Problem, shifts: Sequence[ShiftArrays], places: Sequence[str]) -> Weeks:
    where = {place: i for i, place in enumerate(places)}
    p = len(places)
    kinds: dict[tuple[object, ...], int] = {}
    kind = [kinds.setdefault(shift.key, len(kinds)) for shift in shifts]
    each = [shifts[kind.index(k)] for k in range(len(kinds))]
    gap = np.zeros((len(each), p + 1, p + 1), dtype=np.int64)
    cost, drive = gap.copy(), gap.copy()
    has_orders = any(shift.after.any() for shift in each)
    after = np.zeros((len(each), p, p) if has_orders else (0, 0, 0), dtype=np.bool_)
    first_slot = np.zeros((len(each), p + 1), dtype=np.int64)
    slot: list[int] = []
    first_way = [0]
    ways: list[list[int]] = [[], [], []]
    for k, shift in enumerate(each):
        index = [where[place] for place in shift.places]
        to = np.ix_([*index, p], [*index, p])
        gap[k][to], cost[k][to], drive[k][to] = shift.gap, shift.cost, shift.drive
        if has_orders:
            after[k][np.ix_(index, index)] = shift.after
        local = {place: i for i, place in enumerate(shift.places)}
        for i, place in enumerate(places):
            first_slot[k, i] = len(slot)
            if place not in local:
                continue
            j = local[place]
            for at in range(int(shift.first_slot[j]), int(shift.first_slot[j + 1])):
                slot.append(int(shift.slot[at]))
                part = slice(int(shift.first_way[at]), int(shift.first_way[at + 1]))
                for column, values in zip(
                    ways, (shift.way_length, shift.way_fixed, shift.way_prize), strict=True
                ):
                    column.extend(values[part].tolist())
                first_way.append(len(ways[0]))
        first_slot[k, p] = len(slot)
    pairs = [(s, place) for s in range(len(shifts)) for place in places]
    # Minutes are left to the integer programme.
    covers = [
        [
            c
            for c, cover in enumerate(problem.covers)
            if cover.counts(place, s) and not cover.dwell_s
        ]
        for s, place in pairs
    ]
    limits = [
        [n for n, limit in enumerate(problem.limits) if place in limit.places and s in limit.shifts]
        for s, place in pairs
    ]
    index = [problem.travel.index(place) for place in places]
    distance = problem.travel.seconds[np.ix_(index, index)]
    of_covers, of_limits = _ragged(covers), _ragged(limits)
    return Weeks(
        np.array(kind, dtype=np.int64),
        np.array([shift.start_s for shift in each], dtype=np.int64),
        np.array([shift.end_s for shift in each], dtype=np.int64),
        gap,
        cost,
        drive,
        after,
        first_slot,
        np.array(slot, dtype=np.int64),
        np.array(first_way, dtype=np.int64),
        np.array(ways[0], dtype=np.int64),
        np.array(ways[1], dtype=np.int64),
        np.array(ways[2], dtype=np.int64),
        *of_covers,
        np.array([0 if c.dwell_s else c.at_least for c in problem.covers], dtype=np.int64),
        np.array([c.bonus or 0 for c in problem.covers], dtype=np.int64),
        np.array([c.bonus is None for c in problem.covers], dtype=np.bool_),
        *of_limits,
        np.array([limit.at_most for limit in problem.limits], dtype=np.int64),
        np.array(
            [[s in budget.shifts for s in range(len(shifts))] for budget in problem.budgets],
            dtype=np.bool_,
        ).reshape(len(problem.budgets), len(shifts)),
        np.array([budget.drive_s for budget in problem.budgets], dtype=np.int64),
        np.array(
            [[s in some for s in range(len(shifts))] for some in problem.alternatives],
            dtype=np.bool_,
        ).reshape(len(problem.alternatives), len(shifts)),
        np.argsort(distance, axis=1, kind="stable").astype(np.int64),
    )
