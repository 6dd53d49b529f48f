"""The solver against trying every plan: each rule of a problem alone, in pairs and in threes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from small_plans import best_plan, faults
from small_rules import FEATURES, rule_week

from tours.problem import Problem
from tours.solver import looks
from tours.solver.exact import solve
from tours.solver.solution import Solution

Case = tuple[int, tuple[str, ...]]


def some_triples(number: int) -> list[tuple[str, ...]]:
    every = list(itertools.combinations(FEATURES, 3))
    return [every[i] for i in np.random.default_rng(0).permutation(len(every))[:number]]


SINGLES: list[Case] = [(seed, (name,)) for name in FEATURES for seed in range(3)]
PAIRS: list[Case] = [
    (seed, pair) for pair in itertools.combinations(FEATURES, 2) for seed in (100,)
]
TRIPLES: list[Case] = [(200 + n, triple) for n, triple in enumerate(some_triples(60))]
CASES = [*((seed, ()) for seed in range(4)), *SINGLES, *PAIRS, *TRIPLES]


@cache
def solved(case: Case) -> tuple[Problem, Solution]:
    problem = rule_week(*case)
    return problem, solve(problem)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_value_and_status_are_those_of_trying_every_plan(case: Case) -> None:
    problem, solution = solved(case)
    missed, value = best_plan(problem)
    assert (solution.value, solution.status) == (value, "infeasible" if missed else "optimal")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_hard_rule_is_kept(case: Case) -> None:
    problem, solution = solved(case)
    assert faults(problem, solution.tours) == []


# Weeks at which a solver is wrong that forgets part of a rule: that a break begins late, that
# another order drives less, that two buses draw on different budgets.
TELLING: list[Case] = [
    *((seed, ("slack", "rest")) for seed in (10, 44, 70)),
    *((seed, ("budgets", "coarse")) for seed in (1271, 1272, 1622)),
    *((seed, ("budgets", "buses")) for seed in (0, 3, 10)),
]


@pytest.mark.parametrize("case", TELLING, ids=str)
@pytest.mark.parametrize("places", [4, 5])
def test_what_is_easily_forgotten_is_not(
    case: Case, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "FIRST_LOOK", looks.LOOKS)
    monkeypatch.setattr(looks, "SECOND_LOOK", looks.LOOKS)
    problem = rule_week(*case, places=places)
    missed, value = best_plan(problem)
    solution = solve(problem)
    found = solution.value, solution.status, faults(problem, solution.tours)
    assert found == (value, "infeasible" if missed else "optimal", [])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_proof_is_exact_without_much_of_a_search(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "FIRST_LOOK", looks.LOOKS)
    monkeypatch.setattr(looks, "SECOND_LOOK", looks.LOOKS)
    problem = rule_week(case[0] + 1000, case[1])
    missed, value = best_plan(problem)
    solution = solve(problem)
    assert (solution.value, solution.status) == (value, "infeasible" if missed else "optimal")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("features", [("slack",), ("slack", "rest"), ("slack", "rest", "minutes")])
def test_to_be_early_is_as_good_as_any_second(seed: int, features: tuple[str, ...]) -> None:
    problem = rule_week(seed, features, places=3, options=3, unit_s=1)
    missed, value = best_plan(problem, every_second=True)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)


@pytest.mark.parametrize("seed", range(4))
def test_seven_places_on_one_afternoon_are_exact(seed: int) -> None:
    problem = rule_week(seed, ("slack", "orders", "minutes"), places=7, days=1)
    missed, value = best_plan(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("features", [("slack",), ("slack", "rest"), ("slack", "rest", "minutes")])
def test_starts_on_full_minutes_are_the_best_of_those(seed: int, features: tuple[str, ...]) -> None:
    problem = by_the_minute(rule_week(seed, features))
    missed, value = best_plan(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)
    assert faults(problem, solution.tours) == []
    assert {h.start_s % 60 for halts in solution.tours for h in halts} <= {0}


def by_the_minute(problem: Problem) -> Problem:
    """Return a week whose starts lie on full minutes, also those that are not published."""
    candidates = tuple(
        replace(c, options=tuple(replace(o, slack_s=o.slack_s // 60 * 60) for o in c.options))
        for c in problem.candidates
    )
    return replace(problem, candidates=candidates, tick_s=60)
