"""The linear programme over all tours, while others add tours to those that are known."""

from __future__ import annotations

import time

import pytest
from small_weeks import random_week

from tours.problem import Problem
from tours.solver.branching import Node
from tours.solver.choice import Choice
from tours.solver.columns import Column
from tours.solver.generation import Generation, Relaxation
from tours.solver.incumbent import Incumbent
from tours.solver.instance import build_instance
from tours.solver.leads import Leads
from tours.solver.looks import Looks
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.timelimit import TimeLimit


class _Finder(Looks):
    """Finds the tours that it is told to, once."""

    found: tuple[Column, ...] = ()

    def look_on(self, rounds: int) -> None:
        for column in self.found if rounds else ():
            self._pool.add(column)


def relaxed(problem: Problem, found: tuple[Column, ...] = ()) -> tuple[Relaxation, Pool]:
    instance = build_instance(problem, seed=0)
    incumbent = Incumbent(instance, lambda _progress: None)
    limit = TimeLimit(time.monotonic(), None, None, False, incumbent, lambda: False)
    pool, memory = Pool(instance), Memory(instance.shifts, instance.rules)
    choice = Choice(instance, incumbent, limit, pool, memory)
    looks = _Finder(instance, incumbent, limit, pool, choice)
    looks.found = found
    leads = Leads(instance, incumbent, limit, pool, memory, choice, looks)
    generation = Generation(instance, incumbent, limit, pool, memory, looks, leads)
    relaxation = generation.relax(Node())
    assert relaxation is not None
    return relaxation, pool


@pytest.mark.parametrize("seed", range(5))
def test_a_tour_found_in_between_is_part_of_the_linear_programme(seed: int) -> None:
    problem = random_week(seed)
    alone, pool = relaxed(problem)
    beside, _pool = relaxed(problem, tuple(pool))
    assert beside.bound == pytest.approx(alone.bound)
