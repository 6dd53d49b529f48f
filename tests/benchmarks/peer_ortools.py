"""draft"""

from __future__ import annotations

import time

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2 as enums

from tours.problem import Problem

from .answer import Answer, Routes, Step
from .stretches import build_stretches

OPS = ()
FIRST = "PARALLEL_CHEAPEST_INSERTION"
META = "GUIDED_LOCAL_SEARCH"
LAMBDA = None
LOG = False
HARD = 1000
THRIFT = 0
SCALE = 1
COPIES = True


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    began = time.monotonic()
    it = build_stretches(problem)
    # Nodes: the depot, each stretch, and each stretch once more as the one that keeps a wish.
    wish_of = {at: w for w, wish in enumerate(it.wishes) for at in wish.stretches}
    stretch = [*range(len(it.stretches))]
    fold = [0]*len(stretch)
    if COPIES:
        stretch += wish_of
        fold += [0]*len(wish_of)
    else:
        for at,w in wish_of.items():
            fold[at] = HARD if it.wishes[w].bonus is None else it.wishes[w].bonus
    place = np.array([0, *(it.stretches[a].place for a in stretch)])
    prize = np.array([0, *(it.stretches[a].prize + f for a,f in zip(stretch,fold))])
    nodes_of = {}
    for node, at in enumerate(stretch, 1):
        nodes_of.setdefault(at, []).append(node)
    top = np.zeros(len(place), dtype=np.int64)
    cost = it.cost[np.ix_(place, place)].copy()
    trans = it.gap[np.ix_(place, place)] + np.array([0, *(it.stretches[a].dwell for a in stretch)])[:, None]
    trans[0, 0] = 0
    kind_of = [k for k, shifts in enumerate(it.kinds) for _ in shifts]
    manager = pywrapcp.RoutingIndexManager(len(place), len(kind_of), 0)
    routing = pywrapcp.RoutingModel(manager)
    for number, choice in enumerate(it.choices):
        nodes = [node for at in choice for node in nodes_of[at]]
        t = int(prize[nodes].max())
        top[nodes] = t
        routing.AddDisjunction([manager.NodeToIndex(n) for n in nodes], SCALE * (t + HARD * (number in it.musts)), 1)
    if COPIES:
        for wish in it.wishes:
            nodes = [nodes_of[at][1] for at in wish.stretches]
            routing.AddDisjunction([manager.NodeToIndex(n) for n in nodes], SCALE * (HARD if wish.bonus is None else wish.bonus), 1)
    cost += (top - prize)[None, :]
    cost = cost * SCALE + THRIFT * it.gap[np.ix_(place, place)]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(cost.tolist()))
    horizon = max(it.ends)
    routing.AddDimension(routing.RegisterTransitMatrix(trans.tolist()), horizon, horizon, True, "time")
    dim = routing.GetDimensionOrDie("time")
    for v, k in enumerate(kind_of):
        dim.CumulVar(routing.End(v)).SetMax(it.ends[k])
    allowed = [[v for v, kk in enumerate(kind_of) if kk == k] for k in range(len(it.kinds))]
    for node, at in enumerate(stretch, 1):
        s = it.stretches[at]
        idx = manager.NodeToIndex(node)
        dim.CumulVar(idx).SetRange(s.earliest, s.latest)
        if len(it.kinds) > 1:
            routing.VehicleVar(idx).SetValues([-1, *allowed[s.kind]])
    params = pywrapcp.DefaultRoutingSearchParameters()
    params.first_solution_strategy = getattr(enums.FirstSolutionStrategy, FIRST)
    params.local_search_metaheuristic = getattr(enums.LocalSearchMetaheuristic, META)
    if LAMBDA:
        params.guided_local_search_lambda_coefficient = LAMBDA
    for op in OPS:
        setattr(params.local_search_operators, op, 3)
    params.log_search = LOG
    params.time_limit.FromMilliseconds(int(seconds * 1000))
    steps = []
    best = [None]

    def routes_now(nxt) -> Routes:
        used = []
        for v, k in enumerate(kind_of):
            at = routing.Start(v)
            visited = []
            at = nxt(at)
            while not routing.IsEnd(at):
                visited.append(stretch[manager.IndexToNode(at) - 1])
                at = nxt(at)
            used.append((k, visited))
        return it.routes(used)

    def note():
        c = routing.CostVar().Max()
        if best[0] is None or c < best[0]:
            best[0] = c
            steps.append(Step(time.monotonic() - began, routes=routes_now(lambda i: routing.NextVar(i).Value())))

    routing.AddAtSolutionCallback(note)
    solution = routing.SolveWithParameters(params)
    if solution is None:
        return Answer(tuple(() for _ in problem.shifts), time.monotonic() - began)
    routes = routes_now(lambda i: solution.Value(routing.NextVar(i)))
    return Answer(routes, time.monotonic() - began, steps=tuple(steps))
