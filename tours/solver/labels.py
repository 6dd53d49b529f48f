"""Compiled search for tours of one shift by labels, values as floats.

A label is a partial tour: its last place, the departure there, what it has earned and which
places it may not visit again. Labels that cannot lead beyond a threshold are cut by a bound
on what the rest of the tour can still earn; labels that another one beats are dropped. With
neighbourhoods (Baldacci, Mingozzi and Roberti 2011) a label forgets places far from its last
one, which makes it a relaxation: the tours found may visit a place twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tours.solver.arrays import Ints, ShiftArrays
from tours.solver.compilation import compiled, compiled_part
from tours.solver.completion import NOWHERE, Bounds, Floats, first_at_or_after

Words = NDArray[np.uint64]

# How labels are compared: HEURISTIC forgets the sets, RELAXED compares them as they are
# remembered, COMPLETE keeps a label for every set of places.
HEURISTIC, RELAXED, COMPLETE = 0, 1, 2
# Steps of time that share a chain of labels.
LINK_STEPS = 4


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


def bits(members: Sequence[int], size: int) -> Words:
    """Return a set of numbers below a size as words of 64 bits."""
    words = np.zeros(size // 64 + 1, dtype=np.uint64)
    for member in members:
        words[member // 64] |= np.uint64(1) << np.uint64(member % 64)
    return words


@compiled_part
def _contains(big: Words, small: Words) -> bool:
    missing = np.uint64(0)
    for w in range(big.shape[0]):
        missing |= small[w] & ~big[w]
    return bool(missing == 0)


@compiled_part
def _same(a: Words, b: Words) -> bool:
    different = np.uint64(0)
    for w in range(a.shape[0]):
        different |= a[w] ^ b[w]
    return bool(different == 0)


@compiled_part
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


@compiled_part
def _hash(place: int, mask: Words, size: int) -> np.int64:
    key = np.uint64(place + 1) * np.uint64(0x9E3779B97F4A7C15)
    for w in range(mask.shape[0]):
        key = (key ^ mask[w]) * np.uint64(0xD6E8FEB86659FD93)
        key = key ^ (key >> np.uint64(32))
    return np.int64(key % np.uint64(size))


@compiled
def _extend(
    start_s: int,
    end_s: int,
    step_s: int,
    rest_s: int,
    gap: Ints,
    cost: Ints,
    drive: Ints,
    after: Words,
    reward: Floats,
    base: float,
    first_slot: Ints,
    slot: Ints,
    first_way: Ints,
    way_length: Ints,
    way_fixed: Ints,
    way_prize: Ints,
    way_rests: Ints,
    way_dwell: Ints,
    way_gain: Floats,
    near: Words,
    first_cover: Ints,
    cover: Ints,
    pay: Floats,
    recall: Words,
    drive_amount: Ints,
    dwell_amount: Ints,
    best: Floats,
    best_next: Ints,
    second: Floats,
    threshold: float,
    mode: int,
    most: int,
    most_work: int,
) -> tuple[Ints, Ints, Ints, Floats, Ints, Words, bool, int]:
    n = gap.shape[0] - 1
    words = near.shape[1]
    steps = best.shape[1]
    has_orders = after.shape[0] > 0
    room = 4096
    place = np.empty(room, dtype=np.int64)
    parent = np.empty(room, dtype=np.int64)
    way_of = np.empty(room, dtype=np.int64)
    time_of = np.empty(room, dtype=np.int64)
    value = np.empty(room)
    earned = np.empty(room, dtype=np.int64)
    closed = np.empty(room)
    rested = np.zeros(room, dtype=np.int64)
    mask = np.zeros((room, words), dtype=np.uint64)
    # Covers that have paid already, a bit each.
    cover_words = recall.shape[1]
    paid = np.zeros((room, cover_words), dtype=np.uint64)
    payers = np.zeros(cover_words, dtype=np.uint64)
    amounts = drive_amount.shape[0] if mode == COMPLETE else 0
    amount = np.zeros((room, amounts), dtype=np.int64)
    sums = np.zeros(amounts, dtype=np.int64)
    is_beaten = np.zeros(room, dtype=np.bool_)
    in_step = np.full(room, -1, dtype=np.int64)
    in_chain = np.full(room, -1, dtype=np.int64)
    step_head = np.full(steps, -1, dtype=np.int64)
    step_tail = np.full(steps, -1, dtype=np.int64)
    # Chains of labels to compare with: by place and some steps, or by place and set.
    links = (steps - 1) // LINK_STEPS + 1
    chains = n * links if mode != COMPLETE else 1 << 20
    chain_head = np.full(chains, -1, dtype=np.int64)
    # Greatest and least value that a chain has seen.
    chain_most = np.full(chains if mode == RELAXED else 0, NOWHERE)
    chain_least = np.full(chains if mode == RELAXED else 0, np.inf)
    # Greatest value by place and step, later steps included; then the same of the rested.
    top = np.full((2 * n if mode == HEURISTIC else 0, steps), NOWHERE)
    fresh = np.zeros(words, dtype=np.uint64)
    count, work = 0, 0
    is_complete = True
    # The depot stands before the first label, as label -1.
    step, current = -1, -1
    while is_complete:
        if current == -1:
            i, time, so_far, prizes, has_rested = n, start_s, base, 0, 0
        else:
            i, time = place[current], time_of[current]
            so_far, prizes, has_rested = value[current], earned[current], rested[current]
            if mode == HEURISTIC and top[has_rested * n + i, step] > so_far:
                is_beaten[current] = True
        if current == -1 or not is_beaten[current]:
            work += n
            if work > most_work:
                is_complete = False
                break
            for j in range(n):
                if j == i:
                    continue
                word, bit = j // 64, np.uint64(1) << np.uint64(j % 64)
                if current >= 0 and mask[current, word] & bit:
                    continue
                ready = time + gap[i, j]
                at = first_at_or_after(slot, first_slot[j], first_slot[j + 1], ready)
                if at == first_slot[j + 1]:
                    continue
                if has_orders and current >= 0:
                    is_too_late = False
                    for w in range(words):
                        if mask[current, w] & after[j, w]:
                            is_too_late = True
                    if is_too_late:
                        continue
                is_fresh = False
                gain = reward[i, j]
                for way in range(first_way[at], first_way[at + 1]):
                    leave = max(ready + way_length[way], way_fixed[way])
                    if leave > end_s or (has_rested and way_rests[way]):
                        continue
                    to_step = (leave - start_s) // step_s
                    rest = best[j, to_step] if best_next[j, to_step] != i else second[j, to_step]
                    if not is_fresh:
                        # What is the same for all ways, once the first one needs it.
                        for at_cover in range(first_cover[j], first_cover[j + 1]):
                            c = cover[at_cover]
                            is_paid = current >= 0 and paid[current, c // 64] & (
                                np.uint64(1) << np.uint64(c % 64)
                            )
                            if not is_paid:
                                gain += pay[c]
                        is_fresh = True
                        is_masked = False
                    worth = so_far + gain + way_gain[way]
                    if worth + rest <= threshold:
                        continue
                    if not is_masked:
                        is_masked = True
                        for w in range(words):
                            kept = mask[current, w] if current >= 0 else np.uint64(0)
                            fresh[w] = kept & near[j, w]
                        fresh[word] |= bit
                        for w in range(cover_words):
                            payers[w] = paid[current, w] if current >= 0 else np.uint64(0)
                        for at_cover in range(first_cover[j], first_cover[j + 1]):
                            c = cover[at_cover]
                            payers[c // 64] |= np.uint64(1) << np.uint64(c % 64)
                        for w in range(cover_words):
                            payers[w] &= recall[j, w]
                    true_worth = prizes + way_prize[way] - cost[i, j]
                    now_rested = max(has_rested, way_rests[way])
                    for k in range(amounts):
                        before_k = amount[current, k] if current >= 0 else 0
                        sums[k] = (
                            before_k
                            + drive_amount[k] * drive[i, j]
                            + dwell_amount[j, k] * way_dwell[way]
                        )
                    beaten = False
                    if mode == COMPLETE:
                        chain = _hash(j, fresh, chains)
                        other = chain_head[chain]
                        while other >= 0:
                            work += 1
                            if (
                                place[other] == j
                                and time_of[other] <= leave
                                and earned[other] >= true_worth
                                and rested[other] >= now_rested
                                and _same(mask[other], fresh)
                            ):
                                beaten = True
                                for k in range(amounts):
                                    beaten &= amount[other, k] >= sums[k]
                                if beaten:
                                    break
                            other = in_chain[other]
                    elif mode == HEURISTIC:
                        chain = np.int64(0)
                        others = top[n + j, to_step]
                        if now_rested == 0:
                            others = max(others, top[j, to_step])
                        beaten = bool(others >= worth)
                    else:
                        chain = j * links + to_step // LINK_STEPS
                        for c in range(j * links, chain + 1):
                            work += 1
                            if chain_most[c] < worth:
                                continue
                            other = chain_head[c]
                            while other >= 0:
                                work += 1
                                if (
                                    value[other] >= worth
                                    and time_of[other] <= leave
                                    and rested[other] >= now_rested
                                    and _contains(fresh, mask[other])
                                    and value[other] - _unpaid(paid[other], payers, pay) >= worth
                                ):
                                    beaten = True
                                    break
                                other = in_chain[other]
                            if beaten:
                                break
                    if beaten:
                        continue
                    if mode == HEURISTIC:
                        row = now_rested * n + j
                        for later in range(to_step, steps):
                            if top[row, later] >= worth:
                                break
                            top[row, later] = worth
                    elif mode == RELAXED:
                        for c in range(chain, (j + 1) * links):
                            work += 1
                            if chain_least[c] > worth:
                                continue
                            other = chain_head[c]
                            before = -1
                            while other >= 0:
                                work += 1
                                follower = in_chain[other]
                                if (
                                    value[other] <= worth
                                    and time_of[other] >= leave
                                    and rested[other] <= now_rested
                                    and _contains(mask[other], fresh)
                                    and worth - _unpaid(payers, paid[other], pay) >= value[other]
                                ):
                                    is_beaten[other] = True
                                    if before >= 0:
                                        in_chain[before] = follower
                                    else:
                                        chain_head[c] = follower
                                else:
                                    before = other
                                other = follower
                        chain_most[chain] = max(chain_most[chain], worth)
                        chain_least[chain] = min(chain_least[chain], worth)
                    if count == most:
                        is_complete = False
                        break
                    if count == room:
                        room *= 2
                        place = np.append(place, np.empty(count, dtype=np.int64))
                        parent = np.append(parent, np.empty(count, dtype=np.int64))
                        way_of = np.append(way_of, np.empty(count, dtype=np.int64))
                        time_of = np.append(time_of, np.empty(count, dtype=np.int64))
                        value = np.append(value, np.empty(count))
                        earned = np.append(earned, np.empty(count, dtype=np.int64))
                        closed = np.append(closed, np.empty(count))
                        rested = np.append(rested, np.zeros(count, dtype=np.int64))
                        wider = np.zeros((room, words), dtype=np.uint64)
                        wider[:count] = mask
                        mask = wider
                        wider = np.zeros((room, cover_words), dtype=np.uint64)
                        wider[:count] = paid
                        paid = wider
                        more = np.zeros((room, amounts), dtype=np.int64)
                        more[:count] = amount
                        amount = more
                        is_beaten = np.append(is_beaten, np.zeros(count, dtype=np.bool_))
                        in_step = np.append(in_step, np.full(count, -1, dtype=np.int64))
                        in_chain = np.append(in_chain, np.full(count, -1, dtype=np.int64))
                    place[count], parent[count], way_of[count] = j, current, way
                    time_of[count], value[count], earned[count] = leave, worth, true_worth
                    rested[count] = now_rested
                    mask[count] = fresh
                    paid[count] = payers
                    for k in range(amounts):
                        amount[count, k] = sums[k]
                    back = leave + gap[j, n]
                    is_home = back <= end_s and (now_rested or back <= rest_s)
                    closed[count] = worth + reward[j, n] if is_home else NOWHERE
                    in_chain[count] = chain_head[chain]
                    chain_head[chain] = count
                    if step_tail[to_step] >= 0:
                        in_step[step_tail[to_step]] = count
                    else:
                        step_head[to_step] = count
                    step_tail[to_step] = count
                    count += 1
                if not is_complete:
                    break
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
    return (
        place[:count],
        parent[:count],
        way_of[:count],
        closed[:count],
        earned[:count],
        mask[:count],
        is_complete,
        work,
    )


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
    n = shift.num_places
    after = np.array([bits(np.flatnonzero(row).tolist(), n) for row in shift.after])
    if not shift.after.any():
        after = np.zeros((0, near.shape[1]), dtype=np.uint64)
    return Labels(
        *_extend(
            shift.start_s,
            shift.end_s,
            shift.step_s,
            shift.rest_s,
            shift.gap,
            shift.cost,
            shift.drive,
            after,
            reward,
            base,
            shift.first_slot,
            shift.slot,
            shift.first_way,
            shift.way_length,
            shift.way_fixed,
            shift.way_prize,
            shift.way_rests,
            shift.way_dwell,
            way_gain,
            near,
            covers.first,
            covers.cover,
            covers.pay,
            covers.recall,
            amounts.drive,
            amounts.dwell,
            bounds.best,
            bounds.best_next,
            bounds.second,
            threshold,
            mode,
            most,
            most_work,
        )
    )
