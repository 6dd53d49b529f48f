"""Made-up weeks: the same for the same seed, and what they promise at any size."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.weeks import made_week

from tours.problem import Option, Problem
from tours.solver.exact import solve

QUARTER, FIVE = 900, 300


def offered(problem: Problem) -> dict[tuple[str, int], set[Option]]:
    return {(c.place, c.shift): set(c.options) for c in problem.candidates}


def test_a_seed_gives_the_same_week() -> None:
    one, other = (made_week(30, grid_s=QUARTER, seed=4) for _ in range(2))
    assert offered(one) == offered(other)
    assert (one.covers, one.limits) == (other.covers, other.limits)
    assert np.array_equal(one.travel.seconds, other.travel.seconds)


def test_another_seed_gives_another_week() -> None:
    one, other = (made_week(30, grid_s=QUARTER, seed=seed) for seed in (4, 5))
    assert not np.array_equal(one.travel.seconds, other.travel.seconds)


@pytest.mark.parametrize("seed", range(5))
def test_a_finer_grid_only_adds_starts(seed: int) -> None:
    coarse, fine = (made_week(30, grid_s=grid, seed=seed) for grid in (QUARTER, FIVE))
    assert all(options <= offered(fine)[key] for key, options in offered(coarse).items())
    # A place that only the finer grid can reach may be all that a municipality has.
    assert {c.name for c in coarse.covers} <= {c.name for c in fine.covers}


def test_buses_of_an_afternoon_are_offered_the_same() -> None:
    problem = made_week(20, grid_s=QUARTER, seed=1, buses=2)
    options = offered(problem)
    assert {s: o for (p, s), o in options.items() if p == "p7"} == {
        s ^ 1: o for (p, s), o in options.items() if p == "p7"
    }


@pytest.mark.parametrize("places", [1, 2, 12, 40])
def test_rules_of_a_week_can_be_kept_at_any_size(places: int) -> None:
    assert solve(made_week(places, grid_s=QUARTER, seed=2)).broken == ()
