"""Splitting a problem in two: nothing is lost, and both halves are smaller."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import pytest
from small_plans import best_plan
from small_rules import rule_week

from tours.problem import Problem
from tours.solver import exact
from tours.solver.branching import Mixture, Node, branches
from tours.solver.exact import solve
from tours.solver.pricing import Bans, forced_arcs

NAMES = ("p1", "p2", "p3")
ORDERS = [order for size in range(4) for order in itertools.permutations(NAMES, size)]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_a_place_that_must_follow_another_comes_right_after_it_or_both_stay_away(
    order: tuple[str, ...],
) -> None:
    bans = Bans(arcs=forced_arcs(0, "p1", "p2", NAMES))
    follows = ("p1", "p2") in itertools.pairwise(order)
    assert bans.allows(0, order) == (follows or not {"p1", "p2"} & set(order))


def splits_only(monkeypatch: pytest.MonkeyPatch) -> list[Node]:
    """Let the solver prove by splitting instead of enumerating; return the nodes it makes."""
    made: list[Node] = []

    def split(
        node: Node, mixture: Mixture, problem: Problem, alike: Mapping[int, tuple[int, ...]]
    ) -> list[Node]:
        halves = branches(node, mixture, problem, alike)
        for half in halves:
            assert replace(half, depth=0) != replace(node, depth=0), "a half is the whole"
        made.extend(halves)
        return halves

    monkeypatch.setattr(exact, "branches", split)
    monkeypatch.setattr(exact, "MOST_ROUTES", 0)
    # Hardly any search: the best plan is found late, and much is left to prove.
    monkeypatch.setattr(exact, "FIRST_LOOK", exact.LOOKS)
    monkeypatch.setattr(exact, "SECOND_LOOK", exact.LOOKS)
    return made


def test_a_place_that_comes_last_or_first_is_not_split_off_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    splits_only(monkeypatch)
    problem = rule_week(30334, ("budgets", "losses"), places=5)
    assert solve(problem).bound >= best_plan(problem)[1]
