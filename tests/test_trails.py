"""Joined lines cover the same roads, in as few pieces as can be."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from maps.lanes import Corner
from maps.trails import trails

Lines = list[list[Corner]]


def pieces(lines: Lines) -> Counter[frozenset[Corner]]:
    return Counter(frozenset(piece) for line in lines for piece in pairwise(line))


def board(seed: int) -> Lines:
    """Return some streets of a chess board in any order and direction, one of them a ring."""
    rng = random.Random(seed)
    spots = [(x, y) for x in range(5) for y in range(5)]
    lines: Lines = [
        [(x, y), (x + dx, y + dy)]
        for x, y in spots
        for dx, dy in ((0, 1), (1, 0))
        if x + dx < 5 and y + dy < 5 and rng.random() < 0.7
    ]
    lines.append([(9, 9), (9, 10), (10, 10), (9, 9)])
    rng.shuffle(lines)
    return [line[:: rng.choice([1, -1])] for line in lines]


@pytest.mark.parametrize("seed", range(20))
def test_every_road_is_there_once(seed: int) -> None:
    assert pieces(trails(board(seed))) == pieces(board(seed))


def test_a_road_of_many_parts_becomes_one() -> None:
    (road,) = trails([[(2, 0), (3, 0)], [(1, 0), (0, 0)], [(1, 0), (2, 0)]])
    assert sorted(road) == [(0, 0), (1, 0), (2, 0), (3, 0)]


def test_at_a_junction_the_straightest_goes_on() -> None:
    cross: Lines = [[(0, 5), (5, 5)], [(5, 0), (5, 5)], [(5, 5), (9, 5)], [(5, 5), (5, 9)]]
    assert sorted(sorted(line) for line in trails(cross)) == [
        [(0, 5), (5, 5), (9, 5)],
        [(5, 0), (5, 5), (5, 9)],
    ]


def test_a_ring_stays_closed() -> None:
    (ring,) = trails([[(0, 0), (0, 1), (1, 1)], [(1, 1), (1, 0), (0, 0)]])
    assert (len(ring), ring[0]) == (5, ring[-1])


def test_two_roads_between_the_same_ends_both_stay() -> None:
    lines: Lines = [[(0, 0), (5, 1), (9, 0)], [(0, 0), (5, -1), (9, 0)]]
    assert pieces(trails(lines)) == pieces(lines)


def test_without_lines_there_are_none() -> None:
    assert trails([]) == []
