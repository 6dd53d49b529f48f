"""Compiled search for tours of one shift by labels, values as floats.

A label is a partial tour: its last place, the departure there, what it has earned and which
places it may not visit again. Labels that cannot lead beyond a threshold are cut by a bound
on what the rest of the tour can still earn; labels that another one beats are dropped. With
neighbourhoods (Baldacci, Mingozzi and Roberti 2011) a label forgets places far from its last
one, which makes it a relaxation: the tours found may visit a place twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tours.solver.arrays import Ints, ShiftArrays
from tours.solver.completion import NOWHERE, Bounds, Floats, first_at_or_after

Words = NDArray[np.uint64]

# How labels are compared: HEURISTIC forgets the sets, RELAXED compares them as they are
# remembered, COMPLETE keeps a label for every set of places.
HEURISTIC, RELAXED, COMPLETE = 0, 1, 2


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


class Labels(NamedTuple):
    """Labels in the order of their making; see `extend_labels`.

    Attributes
    ----------
    place, parent, way : ndarray of int64
    closed : ndarray of float64
        What the tour earns if the bus returns now; -inf where it cannot.
    earned : ndarray of int64
        Prizes less drive costs of the closed tour, without duals.
    is_complete : bool
        False if there were more labels than allowed, and some are missing.
    """

    place: Ints
    parent: Ints
    way: Ints
    closed: Floats
    earned: Ints
    is_complete: bool


@njit(cache=True)
def _contains(big: Words, small: Words) -> bool:
    missing = np.uint64(0)
    for w in range(big.shape[0]):
        missing |= small[w] & ~big[w]
    return bool(missing == 0)


@njit(cache=True)
def _same(a: Words, b: Words) -> bool:
    different = np.uint64(0)
    for w in range(a.shape[0]):
        different |= a[w] ^ b[w]
    return bool(different == 0)


@njit(cache=True)
def _unpaid(mine: Words, yours: Words, pay: Floats) -> float:
    """Return what the other can still collect from covers that have paid this one."""
    total = 0.0
    for w in range(mine.shape[0]):
        more = mine[w] & ~yours[w]
        if more:
            for bit in range(64):
                if more & (np.uint64(1) << np.uint64(bit)):
                    total += pay[64 * w + bit]
    return total


@njit(cache=True)
def _hash(place: int, mask: Words, size: int) -> np.int64:
    key = np.uint64(place + 1) * np.uint64(0x9E3779B97F4A7C15)
    for w in range(mask.shape[0]):
        key = (key ^ mask[w]) * np.uint64(0xD6E8FEB86659FD93)
        key = key ^ (key >> np.uint64(32))
    return np.int64(key % np.uint64(size))


@njit(cache=True)
def _extend(
    start_s: int,
    end_s: int,
    step_s: int,
    gap: Ints,
    cost: Ints,
    reward: Floats,
    base: float,
    first_start: Ints,
    start: Ints,
    first_way: Ints,
    way_end: Ints,
    way_prize: Ints,
    near: Words,
    first_cover: Ints,
    cover: Ints,
    pay: Floats,
    recall: Words,
    best: Floats,
    best_next: Ints,
    second: Floats,
    threshold: float,
    mode: int,
    most: int,
) -> tuple[Ints, Ints, Ints, Floats, Ints, bool]:
    n = gap.shape[0] - 1
    words = near.shape[1]
    steps = best.shape[1]
    room = 4096
    place = np.empty(room, dtype=np.int64)
    parent = np.empty(room, dtype=np.int64)
    way_of = np.empty(room, dtype=np.int64)
    time_of = np.empty(room, dtype=np.int64)
    value = np.empty(room)
    earned = np.empty(room, dtype=np.int64)
    closed = np.empty(room)
    mask = np.zeros((room, words), dtype=np.uint64)
    # Covers that have paid already, a bit each.
    cover_words = recall.shape[1]
    paid = np.zeros((room, cover_words), dtype=np.uint64)
    payers = np.zeros(cover_words, dtype=np.uint64)
    is_beaten = np.zeros(room, dtype=np.bool_)
    in_step = np.full(room, -1, dtype=np.int64)
    in_chain = np.full(room, -1, dtype=np.int64)
    step_head = np.full(steps, -1, dtype=np.int64)
    step_tail = np.full(steps, -1, dtype=np.int64)
    # Chains of labels to compare with: by place and step, or by place and set.
    chains = n * steps if mode != COMPLETE else 1 << 20
    chain_head = np.full(chains, -1, dtype=np.int64)
    fresh = np.zeros(words, dtype=np.uint64)
    count = 0
    # The depot stands before the first label, as label -1.
    step, current = -1, -1
    while True:
        if current == -1:
            i, time, so_far, prizes = n, start_s, base, 0
        else:
            i, time = place[current], time_of[current]
            so_far, prizes = value[current], earned[current]
        if current == -1 or not is_beaten[current]:
            for j in range(n):
                if j == i:
                    continue
                word, bit = j // 64, np.uint64(1) << np.uint64(j % 64)
                if current >= 0 and mask[current, word] & bit:
                    continue
                at = first_at_or_after(start, first_start[j], first_start[j + 1], time + gap[i, j])
                if at == first_start[j + 1]:
                    continue
                for w in range(words):
                    kept = mask[current, w] if current >= 0 else np.uint64(0)
                    fresh[w] = kept & near[j, w]
                fresh[word] |= bit
                gain = reward[i, j]
                for w in range(cover_words):
                    payers[w] = paid[current, w] if current >= 0 else np.uint64(0)
                for at_cover in range(first_cover[j], first_cover[j + 1]):
                    c = cover[at_cover]
                    cover_bit = np.uint64(1) << np.uint64(c % 64)
                    if not payers[c // 64] & cover_bit:
                        gain += pay[c]
                    payers[c // 64] |= cover_bit
                for w in range(cover_words):
                    payers[w] &= recall[j, w]
                for way in range(first_way[at], first_way[at + 1]):
                    leave = way_end[way]
                    to_step = (leave - start_s) // step_s
                    if to_step >= steps:
                        break
                    worth = so_far + gain + way_prize[way]
                    rest = best[j, to_step] if best_next[j, to_step] != i else second[j, to_step]
                    if worth + rest <= threshold:
                        continue
                    true_worth = prizes + way_prize[way] - cost[i, j]
                    beaten = False
                    if mode == COMPLETE:
                        chain = _hash(j, fresh, chains)
                        other = chain_head[chain]
                        while other >= 0:
                            if (
                                place[other] == j
                                and time_of[other] <= leave
                                and earned[other] >= true_worth
                                and _same(mask[other], fresh)
                            ):
                                beaten = True
                                break
                            other = in_chain[other]
                    else:
                        chain = j * steps + to_step
                        for c in range(j * steps, chain + 1):
                            other = chain_head[c]
                            while other >= 0:
                                if (
                                    value[other] >= worth
                                    and time_of[other] <= leave
                                    and (
                                        mode == HEURISTIC
                                        or (
                                            _contains(fresh, mask[other])
                                            and value[other] - _unpaid(paid[other], payers, pay)
                                            >= worth
                                        )
                                    )
                                ):
                                    beaten = True
                                    break
                                other = in_chain[other]
                            if beaten:
                                break
                    if beaten:
                        continue
                    if mode != COMPLETE:
                        for c in range(chain, (j + 1) * steps):
                            other = chain_head[c]
                            before = -1
                            while other >= 0:
                                follower = in_chain[other]
                                if (
                                    value[other] <= worth
                                    and time_of[other] >= leave
                                    and (
                                        mode == HEURISTIC
                                        or (
                                            _contains(mask[other], fresh)
                                            and worth - _unpaid(payers, paid[other], pay)
                                            >= value[other]
                                        )
                                    )
                                ):
                                    is_beaten[other] = True
                                    if before >= 0:
                                        in_chain[before] = follower
                                    else:
                                        chain_head[c] = follower
                                else:
                                    before = other
                                other = follower
                    if count == most:
                        return (
                            place[:count],
                            parent[:count],
                            way_of[:count],
                            closed[:count],
                            earned[:count],
                            False,
                        )
                    if count == room:
                        room *= 2
                        place = np.append(place, np.empty(count, dtype=np.int64))
                        parent = np.append(parent, np.empty(count, dtype=np.int64))
                        way_of = np.append(way_of, np.empty(count, dtype=np.int64))
                        time_of = np.append(time_of, np.empty(count, dtype=np.int64))
                        value = np.append(value, np.empty(count))
                        earned = np.append(earned, np.empty(count, dtype=np.int64))
                        closed = np.append(closed, np.empty(count))
                        wider = np.zeros((room, words), dtype=np.uint64)
                        wider[:count] = mask
                        mask = wider
                        wider = np.zeros((room, cover_words), dtype=np.uint64)
                        wider[:count] = paid
                        paid = wider
                        is_beaten = np.append(is_beaten, np.zeros(count, dtype=np.bool_))
                        in_step = np.append(in_step, np.full(count, -1, dtype=np.int64))
                        in_chain = np.append(in_chain, np.full(count, -1, dtype=np.int64))
                    place[count], parent[count], way_of[count] = j, current, way
                    time_of[count], value[count], earned[count] = leave, worth, true_worth
                    mask[count] = fresh
                    paid[count] = payers
                    is_home = leave + gap[j, n] <= end_s
                    closed[count] = worth + reward[j, n] if is_home else NOWHERE
                    in_chain[count] = chain_head[chain]
                    chain_head[chain] = count
                    if step_tail[to_step] >= 0:
                        in_step[step_tail[to_step]] = count
                    else:
                        step_head[to_step] = count
                    step_tail[to_step] = count
                    count += 1
        # The next label in the order of departures.
        following = in_step[current] if current >= 0 else -1
        while following == -1 and step + 1 < steps:
            step += 1
            following = step_head[step]
        if following == -1:
            break
        current = following
    for label in range(count):
        earned[label] -= cost[place[label], n]
    return place[:count], parent[:count], way_of[:count], closed[:count], earned[:count], True


def extend_labels(
    shift: ShiftArrays,
    reward: Floats,
    base: float,
    near: Words,
    covers: CoverArrays,
    bounds: Bounds,
    threshold: float,
    mode: int,
    most: int,
) -> Labels:
    """Return the labels that can lead to a tour worth more than a threshold.

    Parameters
    ----------
    shift : ShiftArrays
    reward : ndarray of float64, shape (n + 1, n + 1)
        Duals less costs that the drive from row to column earns, without covers.
    base : float
        What a tour earns before it begins: less the dual of its shift.
    near : ndarray of uint64, shape (n, words)
        Per place, the set of places that a label there still remembers, a bit each.
    covers : CoverArrays
    bounds : Bounds
    threshold : float
    mode : int
        `HEURISTIC`, `RELAXED` or `COMPLETE`.
    most : int
        Give up beyond so many labels.
    """
    return Labels(
        *_extend(
            shift.start_s,
            shift.end_s,
            shift.step_s,
            shift.gap,
            shift.cost,
            reward,
            base,
            shift.first_start,
            shift.start,
            shift.first_way,
            shift.way_end,
            shift.way_prize,
            near,
            covers.first,
            covers.cover,
            covers.pay,
            covers.recall,
            bounds.best,
            bounds.best_next,
            bounds.second,
            threshold,
            mode,
            most,
        )
    )
