"""OR-Tools routing: a node per stretch, and disjunctions with penalties for what is left out.

The model is exact. The copies of a place are one disjunction, whose penalty is the greatest
prize of the place; driving to a copy that earns less costs the difference. A wish is kept by
one more copy of each of its stretches, and these copies are a disjunction of their own with
the bonus as penalty: a single move earns it, and it is earned once. Windows need no copies
per start (see `stretches`); afternoons are vehicles that may visit their own copies only.

Tried on weeks of 40 and 80 places and on c101, r101 and pr05, 10 to 20 seconds each:

* Bonuses added to the prize of every place of the municipality: plans break up to four rules.
* A node that stands for a kept rule, on a vehicle of its own, if a place is visited: hardly any
  move finds it, since it takes two; the first plan is never improved.
* Without a small price on time c101 stays at 720 to 750 of 810; with it 800. The price is such
  that all the driving of a tour weighs less than a few prizes.
* On weeks guided local search, tabu search and simulated annealing win in turn. Half of the time
  goes to tabu search and half to guided local search, which starts from its plan. Without rules
  guided local search has all of it (pr05 1312; 1226 with both and a smaller price on time).
* Cheapest insertion in parallel starts better than locally. The neighbourhoods that put in a
  place while moving another, and the large one of places left out, help on weeks; other large
  ones do not, nor does choosing among them by their success.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np
from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import (
    FirstSolutionStrategy,
    LocalSearchMetaheuristic,
)

from tours.problem import Problem

from .answer import Answer, Step
from .stretches import Stretches, build_stretches

# Per vehicle, its kind and the stretches in turn.
Used = list[tuple[int, list[int]]]
# What a missing visit that must be costs, hundredths of a contact.
HARD = 2000
# A prize weighs this much against a step of driving, or the share of a shift if that is more.
LEAST_SCALE = 100
SHARE_OF_SHIFT = 100
MORE_MOVES = (
    "use_relocate_and_make_active",
    "use_exchange_and_make_active",
    "use_extended_swap_active",
    "use_inactive_lns",
)
ON = 3


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    """Return the best plan of the seconds; the search draws no numbers from the seed."""
    began = time.monotonic()
    it = build_stretches(problem)
    steps: list[Step] = []

    def note(used: Used) -> None:
        steps.append(Step(time.monotonic() - began, routes=it.routes(used)))

    routes = it.routes(find_tours(it, seconds, note))
    return Answer(routes, time.monotonic() - began, steps=tuple(steps))


def find_tours(it: Stretches, seconds: float, note: Callable[[Used], None]) -> Used:
    """Return the best tours of the seconds of search, and tell of better ones on the way."""
    model = _Model(it)
    best: list[int] = []

    def on_solution() -> None:
        cost = model.routing.CostVar().Max()
        if not best or cost < best[-1]:
            best.append(cost)
            note(model.used(lambda index: int(model.routing.NextVar(index).Value())))

    model.routing.AddAtSolutionCallback(on_solution)
    guided = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    if it.wishes:
        tabu = LocalSearchMetaheuristic.TABU_SEARCH
        first = _parameters(tabu, seconds / 2, MORE_MOVES)
        solution = model.routing.SolveWithParameters(first)
        if solution is not None:
            second = _parameters(guided, seconds / 2, MORE_MOVES)
            better = model.routing.SolveFromAssignmentWithParameters(solution, second)
            solution = better or solution
    else:
        solution = model.routing.SolveWithParameters(_parameters(guided, seconds))
    if solution is None:
        return []
    return model.used(lambda index: int(solution.Value(model.routing.NextVar(index))))


def _parameters(metaheuristic: int, seconds: float, more: Iterable[str] = ()) -> object:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = metaheuristic
    for move in more:
        setattr(parameters.local_search_operators, move, ON)
    parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    return parameters


class _Model:
    """The routing model of a problem in stretches."""

    def __init__(self, it: Stretches) -> None:
        # Nodes: the depot, each stretch, and once more each that keeps a wish.
        wished = [at for wish in it.wishes for at in wish.stretches]
        self.stretch = [*range(len(it.stretches)), *wished]
        self.kind_of = [kind for kind, shifts in enumerate(it.kinds) for _shift in shifts]
        self.manager = pywrapcp.RoutingIndexManager(
            len(self.stretch) + 1, max(1, len(self.kind_of)), 0
        )
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._scale = max(LEAST_SCALE, max(it.ends, default=0) // SHARE_OF_SHIFT)
        self._keep_time(it)
        self._price(it)

    def used(self, follower: Callable[[int], int]) -> Used:
        """Return the tours, read by what follows on each index."""
        found: Used = []
        for vehicle, kind in enumerate(self.kind_of):
            visited: list[int] = []
            index = follower(self.routing.Start(vehicle))
            while not self.routing.IsEnd(index):
                visited.append(self.stretch[self.manager.IndexToNode(index) - 1])
                index = follower(index)
            found.append((kind, visited))
        return found

    def _keep_time(self, it: Stretches) -> None:
        place = [0, *(it.stretches[at].place for at in self.stretch)]
        dwell = np.array([0, *(it.stretches[at].dwell for at in self.stretch)], dtype=np.int64)
        step = it.gap[np.ix_(place, place)] + dwell[:, None]
        step[0, 0] = 0
        end = max(it.ends, default=0)
        transit = self.routing.RegisterTransitMatrix(step.tolist())
        self.routing.AddDimension(transit, end, end, True, "time")
        times = self.routing.GetDimensionOrDie("time")
        for vehicle, kind in enumerate(self.kind_of):
            times.CumulVar(self.routing.End(vehicle)).SetMax(it.ends[kind])
        for node, at in enumerate(self.stretch, 1):
            stretch = it.stretches[at]
            index = self.manager.NodeToIndex(node)
            times.CumulVar(index).SetRange(stretch.earliest, stretch.latest)
            if len(it.kinds) > 1:
                mine = [v for v, kind in enumerate(self.kind_of) if kind == stretch.kind]
                self.routing.VehicleVar(index).SetValues([-1, *mine])

    def _price(self, it: Stretches) -> None:
        nodes_of: dict[int, list[int]] = {}
        for node, at in enumerate(self.stretch, 1):
            nodes_of.setdefault(at, []).append(node)
        lost = np.zeros(len(self.stretch) + 1, dtype=np.int64)
        for number, choice in enumerate(it.choices):
            greatest = max(it.stretches[at].prize for at in choice)
            for at in choice:
                lost[nodes_of[at]] = greatest - it.stretches[at].prize
            must = HARD if number in it.musts else 0
            self._choose_one((n for at in choice for n in nodes_of[at]), greatest + must)
        for wish in it.wishes:
            bonus = HARD if wish.bonus is None else wish.bonus
            self._choose_one((nodes_of[at][1] for at in wish.stretches), bonus)
        place = [0, *(it.stretches[at].place for at in self.stretch)]
        between = np.ix_(place, place)
        cost = (it.cost[between] + lost) * self._scale + it.gap[between]
        self.routing.SetArcCostEvaluatorOfAllVehicles(
            self.routing.RegisterTransitMatrix(cost.tolist())
        )

    def _choose_one(self, nodes: Iterable[int], penalty: int) -> None:
        indices = [self.manager.NodeToIndex(node) for node in nodes]
        self.routing.AddDisjunction(indices, penalty * self._scale, 1)
