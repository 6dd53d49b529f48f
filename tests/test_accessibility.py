"""Walking reach against every choice of places, and E2SFCA against a sum by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tours.coverage.accessibility import access, best_reach, reached_people, zone_weights

FAR = np.inf


def test_zones_end_with_their_last_minute() -> None:
    minutes = np.array([[0, 5, 5.1, 10, 10.1, 15, 15.1, FAR]])
    assert zone_weights(minutes).tolist() == [[1, 1, 0.68, 0.68, 0.22, 0.22, 0, 0]]


def test_nobody_is_reached_twice() -> None:
    minutes = np.array([[5, 15, FAR], [3, FAR, 16]])
    people = np.array([10.0, 20.0, 40.0])
    assert reached_people(minutes, people, np.array([True, True])) == 30
    assert reached_people(minutes, people, np.array([False, True])) == 10
    assert reached_people(minutes, people, np.array([False, False])) == 0


def test_e2sfca_is_as_by_hand() -> None:
    # Two places, three cells. A has 2 hours for 100·1 + 50·0.68, B 1 hour for 50·1 + 200·0.22.
    minutes = np.array([[4, 9, FAR], [FAR, 2, 14]])
    people, hours = np.array([100.0, 50.0, 200.0]), np.array([2.0, 1.0])
    a, b = 2 / 134, 1 / 94
    assert access(minutes, people, hours) == pytest.approx([a, 0.68 * a + b, 0.22 * b])


def test_e2sfca_hands_out_all_that_there_is() -> None:
    # What people can walk to, weighted by how they share it, is what is offered near them.
    rng = np.random.default_rng(1)
    minutes, people = rng.uniform(0, 14, (4, 30)), rng.uniform(1, 9, 30)
    assert access(minutes, people, np.arange(4.0)) @ people == pytest.approx(6)


def test_a_place_that_nobody_can_walk_to_serves_nobody() -> None:
    assert access(np.array([[FAR]]), np.array([5.0]), np.array([3.0])).tolist() == [0]


@given(
    num_places=st.integers(1, 7),
    number=st.integers(0, 8),
    seed=st.integers(0, 10_000),
    near=st.floats(0.1, 0.6),
)
def test_no_choice_of_places_reaches_more_than_the_best(
    num_places: int, number: int, seed: int, near: float
) -> None:
    rng = np.random.default_rng(seed)
    minutes = np.where(rng.random((num_places, 12)) < near, 10.0, FAR)
    people = rng.integers(0, 20, 12).astype(float)
    chosen = itertools.combinations(range(num_places), min(number, num_places))
    most = max(
        reached_people(minutes, people, np.isin(np.arange(num_places), list(some)))
        for some in chosen
    )
    assert best_reach(minutes, people, number) == most
