"""PyVRP: optional clients with prizes, copies of a place as a group of which one is visited.

Windows need no copies per start (see `stretches`); each afternoon is a type of vehicle with
days of its own on one time line, so that copies are visited on their day only. All this is
exact. A client is in one group, though, and groups allow one visit: that a municipality has
to be visited, or earns a bonus once, cannot be said. The search is therefore led in rounds:

* First, all places of a municipality are one group, required or with the bonus in the prize.
  Such a plan visits each municipality once at most.
* Then the group of a visited municipality shrinks to the place that was visited, which stays
  required, or keeps the bonus; the others become groups of their own. Every round starts from
  the best plan so far.

Tried on weeks of 40 and 80 places and on c101, r101 and pr05, 10 seconds each:

* Bonuses added to the prize of every place of the municipality: plans break one or two rules.
* Each place both in the group of its municipality and in its own, with double visits taken out
  afterwards: .75 to .97 of the best value; one visit per municipality alone: .88 to 1.
* Without a small price on time, neighbours are no neighbours: pr05 at 970 of 1500; with it 1247 to
  1340, depending on its weight. The time of all drives stays a trifle.
* Of perturbations (4, 8, 25, 50 at most), lengths of the history (1, 50, 300, 500) and numbers
  of neighbours (20, 30, 60, 100), 8 and the usual ones gave pr05 1409 and r101 469, where all
  the usual ones gave 1255 and 477; the others lay in between or below, 30 neighbours with a
  history of 50 at 1411 and 461.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyvrp import (
    Client,
    ClientGroup,
    Depot,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
    Location,
    ProblemData,
    Route,
    Solution,
    SolveParams,
    VehicleType,
)
from pyvrp import solve as search
from pyvrp.search import PerturbationParams
from pyvrp.stop import MaxRuntime

from tours.problem import Problem

from .answer import Answer, Step
from .stretches import Stretches, build_stretches

# Per vehicle, its kind and the stretches in turn.
Used = list[tuple[int, list[int]]]
# Shares of the time per round; the first is short where buses are many, and visits too.
SHARES, MANY_BUSES = (0.5, 0.25, 0.25), (0.1, 0.3, 0.3, 0.3)
MOST_PERTURBATIONS = 8
# A prize weighs this much against a step of driving, or the share of a shift if that is more.
LEAST_SCALE = 100
SHARE_OF_SHIFT = 10


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    """Return the best plan of the seconds."""
    began = time.monotonic()
    it = build_stretches(problem)
    steps: list[Step] = []
    best: Used = []
    is_many = sum(map(len, it.kinds)) > len(it.wishes)
    shares = (MANY_BUSES if is_many else SHARES) if it.wishes else (1.0,)
    for number, share in enumerate(shares):
        model = _model(it, best)

        def note(found: Solution, model: _Model = model) -> None:
            steps.append(Step(time.monotonic() - began, routes=it.routes(model.used(found))))

        result = search(
            model.data,
            MaxRuntime(seconds * share),
            seed=seed + number,
            collect_stats=False,
            params=SolveParams(
                ils=IteratedLocalSearchParams(callbacks=_Callbacks(note)),
                perturbation=PerturbationParams(1, MOST_PERTURBATIONS),
            ),
            initial_solution=model.solution(best) if best else None,
        )
        if result.best.is_feasible():
            best = model.used(result.best)
            note(result.best)
    return Answer(it.routes(best), time.monotonic() - began, steps=tuple(steps))


class _Callbacks(IteratedLocalSearchCallbacks):
    """Tells of better plans."""

    def __init__(self, note: Callable[[Solution], None]) -> None:
        self._note = note

    def on_best(self, best: Solution) -> None:
        """Note a plan, if it can be driven."""
        if best.is_feasible():
            self._note(best)


@dataclass(frozen=True, eq=False)
class _Model:
    """A model and what its clients stand for.

    Attributes
    ----------
    data : ProblemData
    stretch : list of int
        Per client.
    """

    data: ProblemData
    stretch: list[int]

    def used(self, solution: Solution) -> Used:
        """Return the tours of a solution."""
        return [
            (route.vehicle_type(), [self.stretch[at.idx] for at in route if at.is_client()])
            for route in solution.routes()
        ]

    def solution(self, used: Used) -> Solution:
        """Return the solution of some tours."""
        client = {at: number for number, at in enumerate(self.stretch)}
        return Solution(
            self.data,
            [Route(self.data, [client[at] for at in visited], kind) for kind, visited in used],
        )


def _model(it: Stretches, leading: Used) -> _Model:
    """Return the model in which municipalities are led by their first visited place."""
    visited = {at for _kind, some in leading for at in some}
    choice_of = {at: number for number, choice in enumerate(it.choices) for at in choice}
    bonus = [0] * len(it.stretches)
    together: list[tuple[tuple[int, ...], bool]] = []
    alone = set(range(len(it.choices)))
    for wish in it.wishes:
        leader = next((choice_of[at] for at in wish.stretches if at in visited), None)
        members = wish.stretches if leader is None else it.choices[leader]
        alone -= {choice_of[at] for at in members}
        for at in members:
            bonus[at] = wish.bonus or 0
        together.append((members, wish.bonus is None))
    together += [(it.choices[number], number in it.musts) for number in sorted(alone)]
    # Every afternoon has a time of its own on one line.
    day = 4 * max(it.ends, default=0)
    scale = max(LEAST_SCALE, max(it.ends, default=0) // SHARE_OF_SHIFT)
    clients: list[Client] = []
    groups: list[ClientGroup] = []
    stretch: list[int] = []
    for number, (members, is_required) in enumerate(together):
        numbers = range(len(clients), len(clients) + len(members))
        groups.append(ClientGroup(list(numbers), required=is_required))
        stretch += members
        clients += [_client(it, at, number, day, scale, bonus[at]) for at in members]
    # As the stub of the package has shapes that numpy's do not fit.
    distance: Any = it.cost * scale + it.gap
    duration: Any = it.gap.copy()
    np.fill_diagonal(distance, 0)
    np.fill_diagonal(duration, 0)
    vehicles = [
        VehicleType(len(shifts), tw_early=kind * day, tw_late=kind * day + it.ends[kind])
        for kind, shifts in enumerate(it.kinds)
    ]
    locations = [Location(0, 0) for _place in it.places]
    data = ProblemData(locations, clients, [Depot(0)], vehicles, [distance], [duration], groups)
    return _Model(data, stretch)


def _client(it: Stretches, at: int, group: int, day: int, scale: int, bonus: int) -> Client:
    stretch = it.stretches[at]
    return Client(
        stretch.place,
        service_duration=stretch.dwell,
        tw_early=stretch.earliest + stretch.kind * day,
        tw_late=stretch.latest + stretch.kind * day,
        prize=(stretch.prize + bonus) * scale,
        required=False,
        group=group,
    )
