"""Tours and what is known of each stop: what was earned before it, what can be earned from it.

For each stop a tour keeps the departures that are worth it with what was earned until then, and
the latest times to be ready with what can still be earned from there on. So an insertion is
valued with the best starts and dwells of all stops.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints
from tours.solver.compilation import compiled_part
from tours.solver.completion import first_at_or_after
from tours.solver.field import Field

# Departures that are kept per stop; more are rare, and the search may do without them.
MOST_POINTS = 96
# The value of what cannot be driven: less than all else, and never added up.
NOWHERE = -(2**60)


class Tours(NamedTuple):
    """The tours of a plan and what is known of each stop; S shifts.

    Attributes
    ----------
    stops : ndarray of int64, shape (S, longest)
    length, value, cost, drive : ndarray of int64, shape (S,)
        Stops; prizes less costs, or `NOWHERE`; the costs; seconds at the wheel.
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


def empty_tours(num_shifts: int, longest: int, points: int) -> Tours:
    """Return tours without stops.

    Parameters
    ----------
    num_shifts : int
    longest : int
        Most stops of a tour.
    points : int
        Most departures that are kept per stop.
    """
    wide = num_shifts, longest + 1, points
    return Tours(
        np.zeros((num_shifts, longest), dtype=np.int64),
        *(np.zeros(num_shifts, dtype=np.int64) for _each in range(4)),
        *(np.zeros(shape, dtype=np.int64) for shape in (wide, wide, wide[:2])),
        *(np.zeros(shape, dtype=np.int64) for shape in (wide, wide, wide[:2])),
    )


@compiled_part
def refresh(f: Field, t: Tours, s: int, first: int) -> None:
    """Work out anew what is known of a tour's stops; those before the first are unchanged."""
    slots, first_way, first_slot = f.slot, f.first_way, f.first_slot
    way_length, way_fixed, way_prize = f.way_length, f.way_fixed, f.way_prize
    all_leave, all_earned, num_left = t.leave, t.earned, t.num_left
    all_ready, all_rest, num_rest = t.ready, t.rest, t.num_rest
    k = f.kind[s]
    gap, cost_of, drive_of = f.gap[k], f.cost[k], f.drive[k]
    length, stops = t.length[s], t.stops[s]
    depot = gap.shape[0] - 1
    all_leave[s, 0, 0], all_earned[s, 0, 0], num_left[s, 0] = f.start[k], 0, 1
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
    all_ready[s, length, 0], all_rest[s, length, 0], num_rest[s, length] = f.end[k], 0, 1
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
        ready_first = f.start[k] + gap[depot, stops[0]]
        t.value[s] = _rest_value(all_ready[s, 0], all_rest[s, 0], num_rest[s, 0], ready_first)
        if t.value[s] != NOWHERE:
            t.value[s] -= t.cost[s]
    else:
        t.value[s], t.cost[s], t.drive[s] = 0, 0, 0


@compiled_part
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


@compiled_part
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


@compiled_part
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
