"""Labels are extended by a place each, in the order of their departures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints, Words
from tours.solver.bitsets import bit_of
from tours.solver.chains import (
    LINK_STEPS,
    Chains,
    add_to_chain,
    drop_in_time,
    find_in_set,
    find_in_time,
    hashed_chain,
    num_links,
)
from tours.solver.compilation import compiled, compiled_part
from tours.solver.completion import NOWHERE, Bounds, Floats, first_at_or_after
from tours.solver.labelstore import (
    AMOUNTS,
    CLOSED,
    EARNED,
    IN_STEP,
    IS_BEATEN,
    PARENT,
    PLACE,
    RESTED,
    TIME,
    VALUE,
    WAY,
    Store,
    empty_store,
    wider_store,
)

# How labels are compared: HEURISTIC forgets the sets, RELAXED compares them as they are
# remembered, COMPLETE keeps a label for every set of places.
HEURISTIC, RELAXED, COMPLETE = 0, 1, 2
# Rows that there are room for at first.
FIRST_ROOM = 4096


class CoverArrays(NamedTuple):
    """Covers that pay a tour when it visits them, and once as long as it remembers.

    Attributes
    ----------
    first : ndarray of int64, shape (n + 1,)
        Where each place's covers begin in `cover`.
    cover : ndarray of int64
    pay : ndarray of float64
        What each cover pays.
    recall : ndarray of uint64, shape (n, words)
        Per place, the covers that a label there still remembers, a bit each.
    """

    first: Ints
    cover: Ints
    pay: Floats
    recall: Words


class Amounts(NamedTuple):
    """What rules add up along a tour; used to compare tours that visit the same places.

    Attributes
    ----------
    drive : ndarray of int64, shape (k,)
        How much each amount counts the seconds of a drive: 0, or -1 as less is better.
    dwell : ndarray of int64, shape (n, k)
        How much each amount counts the seconds on site at a place: 0 or 1.
    """

    drive: Ints
    dwell: Ints


class Drives(NamedTuple):
    """All between two of n places and the depot, which is the last.

    Attributes
    ----------
    gap, cost, drive : ndarray of int64, shape (n + 1, n + 1)
        See `ShiftArrays`.
    reward : ndarray of float64, shape (n + 1, n + 1)
        Duals less costs that the drive from row to column earns, without covers.
    after : ndarray of uint64, shape (n, words) or (0, words)
        Per place, those that come after it, a bit each.
    """

    gap: Ints
    cost: Ints
    drive: Ints
    reward: Floats
    after: Words


class Ways(NamedTuple):
    """How places can be visited; see `ShiftArrays`.

    Attributes
    ----------
    first_slot, slot, first_way : ndarray of int64
    length, fixed, prize, rests, dwell : ndarray of int64
    gain : ndarray of float64
        What each way earns: its prize, and what its minutes are worth.
    """

    first_slot: Ints
    slot: Ints
    first_way: Ints
    length: Ints
    fixed: Ints
    prize: Ints
    rests: Ints
    dwell: Ints
    gain: Floats


class Agenda(NamedTuple):
    """Labels by steps of time, each in the order of their making.

    Attributes
    ----------
    head, tail : ndarray of int64, shape (steps,)
        First and last label; -1 for none.
    top : ndarray of float64, shape (2 n, steps) or (0, steps)
        Greatest value by place and step, later steps included; then that of the rested.
    """

    head: Ints
    tail: Ints
    top: Floats


@compiled
def extend(
    start_s: int,
    end_s: int,
    step_s: int,
    rest_s: int,
    drives: Drives,
    ways: Ways,
    near: Words,
    covers: CoverArrays,
    amounts: Amounts,
    bounds: Bounds,
    chains: Chains,
    agenda: Agenda,
    base: float,
    threshold: float,
    mode: int,
    most: int,
    most_work: int,
) -> tuple[Store, int, bool, int]:
    """Return labels, how many there are, whether these are all, and how many were compared.

    See `tours.solver.labels.extend_labels`.
    """
    gap, reward, slot, first_way = drives.gap, drives.reward, ways.slot, ways.first_way
    top, best, best_next, second = agenda.top, bounds.best, bounds.best_next, bounds.second
    n, steps = gap.shape[0] - 1, best.shape[1]
    links = num_links(steps)
    num_amounts = amounts.drive.shape[0] if mode == COMPLETE else 0
    s = empty_store(FIRST_ROOM, num_amounts, near.shape[1], covers.recall.shape[1])
    room = FIRST_ROOM
    count, work = 0, 0
    is_complete = True
    # The depot stands before the first label, as label -1.
    step, current = -1, -1
    while is_complete:
        i, time, so_far, prizes, has_rested = n, start_s, base, 0, 0
        is_beaten = False
        if current >= 0:
            i, time, has_rested = (
                s.fact[current, PLACE],
                s.fact[current, TIME],
                s.fact[current, RESTED],
            )
            so_far, prizes = s.value[current, VALUE], s.fact[current, EARNED]
            is_beaten = s.fact[current, IS_BEATEN] > 0
            if mode == HEURISTIC and top[has_rested * n + i, step] > so_far:
                is_beaten = True
        if not is_beaten:
            work += n
            if work > most_work:
                is_complete = False
                break
            for j in range(n):
                if j == i or (current >= 0 and s.mask[current, j // 64] & bit_of(j)):
                    continue
                ready = time + gap[i, j]
                at = first_at_or_after(slot, ways.first_slot[j], ways.first_slot[j + 1], ready)
                if at == ways.first_slot[j + 1]:
                    continue
                if current >= 0 and _is_too_late(s, drives.after, current, j):
                    continue
                is_fresh = False
                gain = reward[i, j]
                for way in range(first_way[at], first_way[at + 1]):
                    leave = max(ready + ways.length[way], ways.fixed[way])
                    if leave > end_s or (has_rested and ways.rests[way]):
                        continue
                    to_step = (leave - start_s) // step_s
                    rest = best[j, to_step] if best_next[j, to_step] != i else second[j, to_step]
                    if not is_fresh:
                        # What is the same for all ways, once the first one needs it.
                        gain = _with_covers(s, covers, current, j, gain)
                        is_fresh = True
                    worth = so_far + gain + ways.gain[way]
                    if worth + rest <= threshold:
                        continue
                    now_rested = max(has_rested, ways.rests[way])
                    if mode == HEURISTIC:
                        others = top[n + j, to_step]
                        if now_rested == 0:
                            others = max(others, top[j, to_step])
                        if others >= worth:
                            continue
                    # It is written down behind the others, and stays if none of them beats it.
                    if count == room:
                        s = wider_store(s)
                        room *= 2
                    _set_sets(s, count, current, j, near, covers)
                    s.fact[count, PLACE], s.fact[count, TIME] = j, leave
                    s.fact[count, RESTED] = now_rested
                    s.fact[count, EARNED] = prizes + ways.prize[way] - drives.cost[i, j]
                    s.value[count, VALUE] = worth
                    chain = 0
                    if mode == COMPLETE:
                        for k in range(num_amounts):
                            before = s.fact[current, AMOUNTS + k] if current >= 0 else 0
                            on_the_way = amounts.drive[k] * drives.drive[i, j]
                            on_site = amounts.dwell[j, k] * ways.dwell[way]
                            s.fact[count, AMOUNTS + k] = before + on_the_way + on_site
                        chain = hashed_chain(s, count, j)
                        is_known, more = find_in_set(s, chains, chain, count)
                        work += more
                        if is_known:
                            continue
                    elif mode == RELAXED:
                        chain = j * links + to_step // LINK_STEPS
                        is_known, more = find_in_time(
                            s, chains, j * links, chain, count, covers.pay
                        )
                        work += more
                        if is_known:
                            continue
                        end = (j + 1) * links
                        work += drop_in_time(s, chains, chain, end, count, covers.pay)
                    else:
                        row = now_rested * n + j
                        for later in range(to_step, steps):
                            if top[row, later] >= worth:
                                break
                            top[row, later] = worth
                    if count == most:
                        is_complete = False
                        break
                    s.fact[count, PARENT], s.fact[count, WAY] = current, way
                    s.fact[count, IS_BEATEN] = 0
                    back = leave + gap[j, n]
                    is_home = back <= end_s and (now_rested or back <= rest_s)
                    s.value[count, CLOSED] = worth + reward[j, n] if is_home else NOWHERE
                    add_to_chain(s, chains, chain, count)
                    _put_on(agenda, s, to_step, count)
                    count += 1
                if not is_complete:
                    break
        # The next label in the order of departures.
        following = s.fact[current, IN_STEP] if current >= 0 else -1
        while following == -1 and step + 1 < steps:
            step += 1
            following = agenda.head[step]
        if following == -1:
            break
        current = following
    for label in range(count):
        s.fact[label, EARNED] -= drives.cost[s.fact[label, PLACE], n]
    return s, count, is_complete, work


@compiled_part
def _is_too_late(s: Store, after: Words, label: int, place: int) -> bool:
    """Tell whether a label has visited a place that has to come after another one."""
    if after.shape[0]:
        for w in range(after.shape[1]):
            if s.mask[label, w] & after[place, w]:
                return True
    return False


@compiled_part
def _with_covers(s: Store, covers: CoverArrays, label: int, place: int, gain: float) -> float:
    """Return a gain with what a place's covers pay that a label remembers no payment of."""
    for n in range(covers.first[place], covers.first[place + 1]):
        c = covers.cover[n]
        if label < 0 or not s.paid[label, c // 64] & bit_of(c):
            gain += covers.pay[c]
    return gain


@compiled_part
def _set_sets(
    s: Store, label: int, parent: int, place: int, near: Words, covers: CoverArrays
) -> None:
    """Write down what a label remembers that goes on from another one to a place."""
    for w in range(near.shape[1]):
        s.mask[label, w] = s.mask[parent, w] & near[place, w] if parent >= 0 else np.uint64(0)
    s.mask[label, place // 64] |= bit_of(place)
    for w in range(covers.recall.shape[1]):
        s.paid[label, w] = s.paid[parent, w] if parent >= 0 else np.uint64(0)
    for n in range(covers.first[place], covers.first[place + 1]):
        c = covers.cover[n]
        s.paid[label, c // 64] |= bit_of(c)
    for w in range(covers.recall.shape[1]):
        s.paid[label, w] &= covers.recall[place, w]


@compiled_part
def _put_on(agenda: Agenda, s: Store, step: int, label: int) -> None:
    """Add a label to those of a step."""
    s.fact[label, IN_STEP] = -1
    if agenda.tail[step] >= 0:
        s.fact[agenda.tail[step], IN_STEP] = label
    else:
        agenda.head[step] = label
    agenda.tail[step] = label
