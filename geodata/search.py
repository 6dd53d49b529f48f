"""Shortest paths on roads: Dijkstra's algorithm in compiled code, in whole numbers.

A drive costs its milliseconds, and of equally fast ones the millimetres decide: both are in one
number, which adds up exactly, so that no order of roads changes what is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

from geodata.curve import along_curve

# Time in the upper bits and length in the lower ones: three weeks and 4,000 km have room.
MM_BITS = 32
MM_MASK = 2**MM_BITS - 1
UNREACHED = 2**62

Ints = NDArray[np.int64]


Whole = TypeVar("Whole", int, Ints)


def cost_of(ms: Whole, mm: Whole) -> Whole:
    """Return milliseconds and millimetres as one number."""
    return (ms << MM_BITS) + mm


def parts_of(cost: Ints) -> tuple[Ints, Ints]:
    """Return the milliseconds and millimetres of a cost."""
    return cost >> MM_BITS, cost & MM_MASK


@dataclass(frozen=True, eq=False)
class Arcs:
    """Roads by the node that they leave, nodes near each other side by side.

    Attributes
    ----------
    place : ndarray of int64, shape (n,)
        Where each node of the network stands among the nodes here.
    first : ndarray of int32, shape (n + 1,)
        Where the arcs of each node start.
    head : ndarray of int32, shape (m,)
        Nodes, by their place.
    cost : ndarray of int64, shape (m,)
        See `cost_of`.
    edge : ndarray of int64, shape (m,)
        Position of the edge in the network.
    """

    place: Ints
    first: NDArray[np.int32]
    head: NDArray[np.int32]
    cost: Ints
    edge: Ints


def arcs_between(tail: Ints, head: Ints, cost: Ints, at: NDArray[np.float64]) -> Arcs:
    """Return edges sorted for the search.

    Parameters
    ----------
    tail, head : ndarray of int64, shape (m,)
        Nodes.
    cost : ndarray of int64, shape (m,)
        See `cost_of`.
    at : ndarray of float64, shape (n, 2)
        Where the nodes are. What is near is then near in memory, which saves a third of the time.
    """
    place = np.empty(len(at), dtype=np.int64)
    place[along_curve(at)] = np.arange(len(at))
    tail, head = place[tail], place[head]
    edge = np.argsort(tail, kind="stable")
    first = np.searchsorted(tail[edge], np.arange(len(at) + 1))
    return Arcs(place, first.astype(np.int32), head[edge].astype(np.int32), cost[edge], edge)


def search(
    arcs: Arcs, nodes: Ints, costs: Ints, goals: Ints | None = None
) -> tuple[Ints, NDArray[np.int32]]:
    """Search from some nodes until all goals are found.

    Parameters
    ----------
    arcs : Arcs
    nodes, costs : ndarray of int64, shape (k,)
        Where one can start, and what it costs to be there.
    goals : ndarray of int64 or None
        Nodes, each once; None to search everything.

    Returns
    -------
    ndarray of int64, shape (n,)
        Costs: right for goals, too high for others, `UNREACHED` where there is no way.
    ndarray of int32, shape (n,)
        The arc by which each node was reached; -1 for none.
    """
    num = len(arcs.place)
    is_goal = np.zeros(num, dtype=np.bool_)
    if goals is not None:
        is_goal[arcs.place[goals]] = True
    found = np.full(num, UNREACHED, dtype=np.int64)
    via = np.full(num, -1, dtype=np.int32)
    number = -1 if goals is None else len(goals)
    starts = arcs.place[nodes]
    _search(arcs.first, arcs.head, arcs.cost, starts, costs, is_goal, number, found, via)
    return found[arcs.place], via[arcs.place]


@njit(cache=True)
def _search(
    first: NDArray[np.int32],
    head: NDArray[np.int32],
    cost: Ints,
    nodes: Ints,
    costs: Ints,
    is_goal: NDArray[np.bool_],
    num_goals: int,
    found: Ints,
    via: NDArray[np.int32],
) -> None:
    # A heap of four branches in which a node can stand several times; its cheapest entry counts.
    heap_cost = np.empty(len(head) + len(nodes) + 1, dtype=np.int64)
    heap_node = np.empty(len(head) + len(nodes) + 1, dtype=np.int32)
    size = 0
    for start in range(len(nodes)):
        if costs[start] < found[nodes[start]]:
            found[nodes[start]] = costs[start]
            size = _push(heap_cost, heap_node, size, costs[start], nodes[start])
    while size > 0:
        price, node = heap_cost[0], heap_node[0]
        size = _pop(heap_cost, heap_node, size)
        if price > found[node]:
            continue
        if is_goal[node]:
            num_goals -= 1
            if num_goals == 0:
                return
        for arc in range(first[node], first[node + 1]):
            further = price + cost[arc]
            if further < found[head[arc]]:
                found[head[arc]] = further
                via[head[arc]] = arc
                size = _push(heap_cost, heap_node, size, further, head[arc])


@njit(cache=True, inline="always")
def _push(heap_cost: Ints, heap_node: NDArray[np.int32], size: int, price: int, node: int) -> int:
    at = size
    while at > 0:
        up = (at - 1) >> 2
        if heap_cost[up] <= price:
            break
        heap_cost[at], heap_node[at] = heap_cost[up], heap_node[up]
        at = up
    heap_cost[at], heap_node[at] = price, node
    return size + 1


@njit(cache=True, inline="always")
def _pop(heap_cost: Ints, heap_node: NDArray[np.int32], size: int) -> int:
    size -= 1
    price, node = heap_cost[size], heap_node[size]
    at = 0
    while 4 * at + 1 < size:
        best = 4 * at + 1
        for other in range(best + 1, min(best + 4, size)):
            if heap_cost[other] < heap_cost[best]:
                best = other
        if heap_cost[best] >= price:
            break
        heap_cost[at], heap_node[at] = heap_cost[best], heap_node[best]
        at = best
    heap_cost[at], heap_node[at] = price, node
    return size
