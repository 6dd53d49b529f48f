"""draft"""

from __future__ import annotations

import time

import numpy as np
from pyvrp import Client, ClientGroup, Depot, Location, ProblemData, Solution, VehicleType
from pyvrp import IteratedLocalSearchCallbacks, IteratedLocalSearchParams, SolveParams
from pyvrp import solve as search
from pyvrp.search import NeighbourhoodParams, PerturbationParams
from pyvrp.stop import MaxRuntime

from tours.problem import Problem

from .answer import Answer, Routes, Step
from .stretches import Stretches, build_stretches

SCALE = 1
THRIFT = 0
NEIGH = None
HIST = 300
PERT = 25
WT = None
EXH = True
VARIANT = "copies"   # "fold", "once"
ROUNDS = 4


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    began = time.monotonic()
    it = build_stretches(problem)
    steps = []
    banned = set()   # place -> "rep" / "plain"
    best = None
    routes = tuple(() for _ in problem.shifts)
    warm = None
    rounds = ROUNDS if VARIANT == "copies" and it.wishes else 1
    for r in range(rounds):
        left = (seconds) / rounds
        data, owner = build(it, banned)
        class Note(IteratedLocalSearchCallbacks):
            def on_best(self, best):
                if best.is_feasible():
                    steps.append(Step(time.monotonic() - began, routes=decode(it, owner, best)[0]))
        params = SolveParams(perturbation=PerturbationParams(1, PERT), **({'neighbourhood': NeighbourhoodParams(**NEIGH)} if NEIGH else {}), ils=IteratedLocalSearchParams(history_length=HIST, exhaustive_on_best=EXH, callbacks=Note()))
        res = search(data, MaxRuntime(left), seed=seed + r, collect_stats=False, params=params)
        if not res.best.is_feasible():
            print('infeasible'); continue
        routes, twice = decode(it, owner, res.best)
        steps.append(Step(time.monotonic() - began, routes=routes))
        print('round', r, res.best.num_clients(), 'cost', (sum(max(it.stretches[a].prize for a in c) for c in it.choices)), 'twice', len(twice), res.num_iterations)
        banned |= twice
    return Answer(routes, time.monotonic() - began, steps=tuple(steps))


def decode(it: Stretches, owner, sol):
    seen = {}
    used = []
    n = -1
    uses = []
    for route in sol.routes():
        visits = [owner[a.idx] for a in route if a.is_client()]
        uses.append((route.vehicle_type(), visits))
    choice_of = {at: c for c, choice in enumerate(it.choices) for at in choice}
    twice = set()
    for kind, visits in uses:
        keep = []
        for at, rep in visits:
            c = choice_of[at]
            if c in seen:
                twice.add((c, False))
                continue
            seen[c] = at
            keep.append(at)
        used.append((kind, keep))
    return it.routes(used), twice


def build(it: Stretches, banned):
    day = 4 * max(it.ends)
    wish_of = {at: w for w, wish in enumerate(it.wishes) for at in wish.stretches}
    clients, owner, groups = [], [], []
    def add(at, group, prize, rep):
        s = it.stretches[at]
        groups[group].add_client(len(clients))
        clients.append(Client(s.place, service_duration=s.dwell, tw_early=s.earliest + s.kind * day, tw_late=s.latest + s.kind * day, prize=prize * SCALE, required=False, group=group))
        owner.append((at, rep))
    for c, choice in enumerate(it.choices):
        wish = {wish_of.get(a) for a in choice}
        if VARIANT == "once" and wish != {None}:
            continue
        if (c, False) in banned: continue
        groups.append(ClientGroup(required=c in it.musts))
        for at in choice:
            b = 0
            if VARIANT == "fold" and at in wish_of:
                b = it.wishes[wish_of[at]].bonus
                b = 300 if b is None else b
            add(at, len(groups) - 1, it.stretches[at].prize + b, False)
    if VARIANT != "fold":
        for wish in it.wishes:
            groups.append(ClientGroup(required=wish.bonus is None))
            for at in wish.stretches:
                add(at, len(groups) - 1, it.stretches[at].prize + (wish.bonus or 0), True)
    for g in groups:
        pass
    distance = (it.cost * SCALE + THRIFT * it.gap).astype(np.int64)
    duration = it.gap.copy()
    np.fill_diagonal(duration, 0)
    np.fill_diagonal(distance, 0)
    vehicles = [VehicleType(len(shifts), tw_early=k * day, tw_late=k * day + it.ends[k], unit_distance_cost=1) for k, shifts in enumerate(it.kinds)]
    locations = [Location(0, 0) for _ in it.places]
    return ProblemData(locations, clients, [Depot(0)], vehicles, [distance], [duration], groups), owner
