"""CP-SAT: a circuit per afternoon with optional places, a variable for each start, exact.

Literals say which stretch of a place is used and which drive is made; a drive fixes what lies
between a departure and the next start, in steps of the grid (see `stretches`). Buses that are
alike share circuits that meet at the depot. A rule that must hold is a bonus greater than all
else, so that there is a plan from the start. One worker takes turns among the strategies of
the portfolio, large neighbourhoods included.

CP-SAT alone is slow to find a first plan without broken rules: a week of 40 places has none
after 20 seconds, with or without taking turns. It is therefore given one: OR-Tools routing
plans for a part of the time (see `peer_ortools`), and that plan is the hint.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from tours.problem import Problem

from .answer import Answer, Routes, Step
from .peer_ortools import Used, find_tours
from .stretches import Stretches, build_stretches

# What routing gets of the time.
HINT_SHARE = 0.15


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    """Return the best plan and bound of the seconds."""
    began = time.monotonic()
    it = build_stretches(problem)
    steps: list[Step] = []

    def note(routes: Routes) -> None:
        steps.append(Step(time.monotonic() - began, routes=routes))

    first = find_tours(it, HINT_SHARE * seconds, lambda used: note(it.routes(used)))
    model = _Model(it)
    model.hint(first)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = (1 - HINT_SHARE) * seconds
    solver.parameters.num_workers = 1
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = seed
    status = solver.solve(model.model, _Callback(lambda value: note(model.routes(value))))
    # The bonuses of rules that must hold are no contacts.
    surplus = model.hard * sum(wish.bonus is None for wish in it.wishes) - it.sure
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return Answer(
        routes=model.routes(solver.boolean_value) if found else it.routes(first),
        seconds=time.monotonic() - began,
        value=round(solver.objective_value) - surplus if found else None,
        bound=round(solver.best_objective_bound) - surplus if found else None,
        proven=status == cp_model.OPTIMAL,
        steps=tuple(steps),
    )


class _Callback(cp_model.CpSolverSolutionCallback):
    """Tells of better plans."""

    def __init__(self, note: Callable[[Callable[[cp_model.IntVar], bool]], None]) -> None:
        super().__init__()
        self._note = note

    def on_solution_callback(self) -> None:
        """Note a plan."""
        self._note(self.boolean_value)


@dataclass(frozen=True, eq=False)
class _Day:
    """The circuit of a kind of shift, its nodes the places and 0 for the depot.

    Attributes
    ----------
    drives : dict of (int, int) to IntVar
    start, leave : dict of int to IntVar
    skipped : dict of int to IntVar
    """

    drives: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    start: dict[int, cp_model.IntVar] = field(default_factory=dict)
    leave: dict[int, cp_model.IntVar] = field(default_factory=dict)
    skipped: dict[int, cp_model.IntVar] = field(default_factory=dict)


class _Model:
    """The model of a problem in stretches."""

    def __init__(self, it: Stretches) -> None:
        self.it = it
        self.model = cp_model.CpModel()
        greatest = (max(it.stretches[at].prize for at in choice) for choice in it.choices)
        self.hard = 1 + sum(greatest) + sum(wish.bonus or 0 for wish in it.wishes)
        self._used = [self.model.new_bool_var("") for _stretch in it.stretches]
        self._kept: list[cp_model.IntVar] = []
        self._terms = list(self._used)
        self._worths = [stretch.prize for stretch in it.stretches]
        self._rules()
        self._days = [self._day(kind) for kind in range(len(it.kinds))]
        self.model.maximize(cp_model.LinearExpr.weighted_sum(self._terms, self._worths))

    def routes(self, value: Callable[[cp_model.IntVar], bool]) -> Routes:
        """Return the routes of a solution, read by the value of a variable."""
        found: Used = []
        for kind, day in enumerate(self._days):
            at_place = {
                s.place: at
                for at, s in enumerate(self.it.stretches)
                if s.kind == kind and value(self._used[at])
            }
            made = [arc for arc, drive in day.drives.items() if value(drive)]
            follower = {a: b for a, b in made if a}
            for a, b in made:
                if not a:
                    visited: list[int] = []
                    while b:
                        visited.append(at_place[b])
                        b = follower[b]
                    found.append((kind, visited))
        return self.it.routes(found)

    def hint(self, used: Used) -> None:
        """Tell of a plan."""
        visited = {at for _kind, some in used for at in some}
        for at, literal in enumerate(self._used):
            self.model.add_hint(literal, at in visited)
        for kept, wish in zip(self._kept, self.it.wishes, strict=True):
            self.model.add_hint(kept, bool(visited & set(wish.stretches)))
        for kind, day in enumerate(self._days):
            arcs: set[tuple[int, int]] = set()
            for _kind, some in (tour for tour in used if tour[0] == kind and tour[1]):
                before, now = 0, 0
                for at in some:
                    stretch = self.it.stretches[at]
                    place = stretch.place
                    start = max(now + int(self.it.gap[before, place]), stretch.earliest)
                    arcs.add((before, place))
                    before, now = place, start + stretch.dwell
                    self.model.add_hint(day.start[place], start)
                    self.model.add_hint(day.leave[place], now)
                arcs.add((before, 0))
            for arc, drive in day.drives.items():
                self.model.add_hint(drive, arc in arcs)
            there = {place for arc in arcs for place in arc}
            for place, skipped in day.skipped.items():
                self.model.add_hint(skipped, place not in there)

    def _earn(self, literal: cp_model.IntVar, worth: int) -> None:
        self._terms.append(literal)
        self._worths.append(worth)

    def _rules(self) -> None:
        for number, choice in enumerate(self.it.choices):
            some = [self._used[at] for at in choice]
            if number in self.it.musts:
                missed = self.model.new_bool_var("")
                self.model.add_exactly_one([*some, missed])
                self._earn(missed, -self.hard)
            else:
                self.model.add_at_most_one(some)
        for wish in self.it.wishes:
            kept = self.model.new_bool_var("")
            self.model.add_bool_or([*(self._used[at] for at in wish.stretches), ~kept])
            self._earn(kept, self.hard if wish.bonus is None else wish.bonus)
            self._kept.append(kept)

    def _day(self, kind: int) -> _Day:
        model, it, day = self.model, self.it, _Day()
        offered: dict[int, list[int]] = {}
        for at, stretch in enumerate(it.stretches):
            if stretch.kind == kind:
                offered.setdefault(stretch.place, []).append(at)
        arcs: list[cp_model.ArcT] = []
        node = {place: number for number, place in enumerate(offered, 1)} | {0: 0}
        for place, some in offered.items():
            arcs.append((node[place], node[place], self._visit(day, place, some)))
        every = it.stretches
        first = {
            place: min(every[at].earliest + every[at].dwell for at in some)
            for place, some in offered.items()
        }
        last = {place: max(every[at].latest for at in some) for place, some in offered.items()}
        first[0], last[0] = 0, it.ends[kind]
        for a in node:
            for b in node:
                gap = int(it.gap[a, b])
                if a == b or first[a] + gap > last[b]:
                    continue
                drive = day.drives[a, b] = model.new_bool_var("")
                arcs.append((node[a], node[b], drive))
                self._earn(drive, -int(it.cost[a, b]))
                leave = day.leave[a] if a else 0
                start = day.start[b] if b else it.ends[kind]
                model.add(start >= leave + gap).only_enforce_if(drive)
        buses = len(it.kinds[kind])
        if buses == 1:
            arcs.append((0, 0, model.new_bool_var("")))
            model.add_circuit(arcs)
        elif arcs:
            model.add(sum(drive for (a, _b), drive in day.drives.items() if not a) <= buses)
            model.add_multiple_circuit(arcs)
        return day

    def _visit(self, day: _Day, place: int, some: list[int]) -> cp_model.IntVar:
        """Add start and departure at a place; return the literal of leaving it out."""
        model, stretches = self.model, self.it.stretches
        earliest = min(stretches[at].earliest for at in some)
        latest = max(stretches[at].latest for at in some)
        longest = max(stretches[at].dwell for at in some)
        start = day.start[place] = model.new_int_var(earliest, latest, "")
        leave = day.leave[place] = model.new_int_var(earliest, latest + longest, "")
        skipped = day.skipped[place] = model.new_bool_var("")
        model.add_exactly_one([skipped, *(self._used[at] for at in some)])
        for at in some:
            stretch, used = stretches[at], self._used[at]
            model.add(leave == start + stretch.dwell).only_enforce_if(used)
            if stretch.earliest > earliest:
                model.add(start >= stretch.earliest).only_enforce_if(used)
            if stretch.latest < latest:
                model.add(start <= stretch.latest).only_enforce_if(used)
        return skipped
