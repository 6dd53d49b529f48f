"""Chains of labels to compare with, so that a label is compared with few others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Ints
from tours.solver.bitsets import hash_of
from tours.solver.compilation import compiled_part
from tours.solver.completion import NOWHERE, Floats
from tours.solver.labelstore import IN_CHAIN, IS_BEATEN, VALUE, Store, beats, beats_same

# Steps of time that share a chain of labels, and chains by place and set.
LINK_STEPS = 4
HASHED_CHAINS = 1 << 20


class Chains(NamedTuple):
    """Labels by place and time, or by place and set of places.

    Attributes
    ----------
    head : ndarray of int64
        The label that was added last; -1 for none.
    most, least : ndarray of float64
        Greatest and least value that a chain has seen; empty where labels of a set are compared.
    """

    head: Ints
    most: Floats
    least: Floats


def timed_chains(num_places: int, num_steps: int) -> Chains:
    """Return empty chains by place and time."""
    num = num_places * num_links(num_steps)
    return Chains(np.full(num, -1), np.full(num, NOWHERE), np.full(num, np.inf))


def hashed_chains() -> Chains:
    """Return empty chains by place and set."""
    return Chains(np.full(HASHED_CHAINS, -1), np.empty(0), np.empty(0))


@compiled_part
def num_links(num_steps: int) -> int:
    """Return how many chains a place has."""
    return (num_steps - 1) // LINK_STEPS + 1


@compiled_part
def add_to_chain(s: Store, chains: Chains, chain: int, label: int) -> None:
    """Put a label at the head of a chain."""
    s.fact[label, IN_CHAIN] = chains.head[chain]
    chains.head[chain] = label


@compiled_part
def hashed_chain(s: Store, label: int, place: int) -> int:
    """Return the chain of a label by place and set."""
    return hash_of(s.mask, label, place, HASHED_CHAINS)


@compiled_part
def find_in_set(s: Store, chains: Chains, chain: int, label: int) -> tuple[bool, int]:
    """Tell whether a label of the same places beats one; and how many were compared."""
    work = 0
    other = chains.head[chain]
    while other >= 0:
        work += 1
        if beats_same(s, other, label):
            return True, work
        other = s.fact[other, IN_CHAIN]
    return False, work


@compiled_part
def find_in_time(
    s: Store, chains: Chains, first: int, chain: int, label: int, pay: Floats
) -> tuple[bool, int]:
    """Tell whether a label of the same place, not later, beats one; and how many were compared.

    Parameters
    ----------
    s : Store
    chains : Chains
    first, chain : int
        The first chain of the place, and that of the label.
    label : int
    pay : ndarray of float64
        What covers pay.
    """
    work = 0
    for c in range(first, chain + 1):
        work += 1
        if chains.most[c] < s.value[label, VALUE]:
            continue
        other = chains.head[c]
        while other >= 0:
            work += 1
            if beats(s, other, label, pay):
                return True, work
            other = s.fact[other, IN_CHAIN]
    return False, work


@compiled_part
def drop_in_time(s: Store, chains: Chains, chain: int, end: int, label: int, pay: Floats) -> int:
    """Drop the labels of the same place, not earlier, that one beats; return how many compared.

    Parameters
    ----------
    s : Store
    chains : Chains
    chain, end : int
        The chain of the label, and where those of the place end.
    label : int
    pay : ndarray of float64
        What covers pay.
    """
    work = 0
    worth = s.value[label, VALUE]
    for c in range(chain, end):
        work += 1
        if chains.least[c] > worth:
            continue
        other, before = chains.head[c], -1
        while other >= 0:
            work += 1
            follower = s.fact[other, IN_CHAIN]
            if beats(s, label, other, pay):
                s.fact[other, IS_BEATEN] = 1
                if before >= 0:
                    s.fact[before, IN_CHAIN] = follower
                else:
                    chains.head[c] = follower
            else:
                before = other
            other = follower
    chains.most[chain] = max(chains.most[chain], worth)
    chains.least[chain] = min(chains.least[chain], worth)
    return work
