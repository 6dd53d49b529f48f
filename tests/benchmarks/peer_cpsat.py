"""draft"""

from __future__ import annotations

import time

from ortools.sat.python import cp_model

from tours.problem import Problem

from .answer import Answer, Routes, Step
from .stretches import build_stretches

INTERLEAVE = True
LINEAR = 1
HINT = True
STARTS = "int"
LOG = False


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    began = time.monotonic()
    it = build_stretches(problem)
    model = cp_model.CpModel()
    hard = 1 + sum(max(it.stretches[a].prize for a in c) for c in it.choices) + sum(w.bonus or 0 for w in it.wishes)
    used = [model.new_bool_var("") for _ in it.stretches]
    terms, coef = list(used), [s.prize for s in it.stretches]
    arcs_of = []
    hints = list(used)
    for number, choice in enumerate(it.choices):
        if number in it.musts:
            miss = model.new_bool_var("")
            model.add_exactly_one([*(used[a] for a in choice), miss])
            terms.append(miss); coef.append(-hard)
        else:
            model.add_at_most_one(used[a] for a in choice)
    for wish in it.wishes:
        got = model.new_bool_var("")
        model.add_bool_or([*(used[a] for a in wish.stretches), got.negated()])
        terms.append(got); coef.append(hard if wish.bonus is None else wish.bonus)
        hints.append(got)
    for k, shifts in enumerate(it.kinds):
        end = it.ends[k]
        mine = {}
        for at, s in enumerate(it.stretches):
            if s.kind == k:
                mine.setdefault(s.place, []).append(at)
        local = {p: i for i, p in enumerate(mine, 1)}
        arcs = []
        lits = []
        start, leave = {}, {}
        first, last = {}, {}
        for p, ats in mine.items():
            lo = min(it.stretches[a].earliest for a in ats); hi = max(it.stretches[a].latest for a in ats)
            dl = min(it.stretches[a].earliest + it.stretches[a].dwell for a in ats)
            dh = max(it.stretches[a].latest + it.stretches[a].dwell for a in ats)
            first[p], last[p] = dl, hi
            start[p] = model.new_int_var(lo, hi, "")
            leave[p] = model.new_int_var(dl, dh, "")
            on = model.new_bool_var("")
            arcs.append((local[p], local[p], on.negated()))
            model.add(sum(used[a] for a in ats) == on)
            for a in ats:
                s = it.stretches[a]
                if s.earliest > lo: model.add(start[p] >= s.earliest).only_enforce_if(used[a])
                if s.latest < hi: model.add(start[p] <= s.latest).only_enforce_if(used[a])
            dw = sorted({it.stretches[a].dwell for a in ats})
            if len(dw) == 1: model.add(leave[p] == start[p] + dw[0])
            else:
                for a in ats: model.add(leave[p] == start[p] + it.stretches[a].dwell).only_enforce_if(used[a])
        for p in mine:
            g = int(it.gap[0, p])
            if g <= last[p]:
                x = model.new_bool_var("")
                arcs.append((0, local[p], x)); terms.append(x); coef.append(-int(it.cost[0, p]))
                if g > min(it.stretches[a].earliest for a in mine[p]): model.add(start[p] >= g).only_enforce_if(x)
            x = model.new_bool_var("")
            arcs.append((local[p], 0, x)); terms.append(x); coef.append(-int(it.cost[p, 0]))
            model.add(leave[p] + int(it.gap[p, 0]) <= end).only_enforce_if(x)
            for q in mine:
                g = int(it.gap[p, q])
                if p == q or first[p] + g > last[q]: continue
                x = model.new_bool_var("")
                arcs.append((local[p], local[q], x)); terms.append(x); coef.append(-int(it.cost[p, q]))
                model.add(start[q] >= leave[p] + g).only_enforce_if(x)
        if len(shifts) == 1:
            idle = model.new_bool_var("")
            arcs.append((0, 0, idle))
            model.add_circuit(arcs)
        else:
            out = [x for (i, j, x) in arcs if i == 0]
            model.add(sum(out) <= len(shifts))
            model.add_multiple_circuit(arcs)
        arcs_of.append((arcs, {i: p for p, i in local.items()}))
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, coef))
    if HINT:
        for v in hints: model.add_hint(v, 0)
        for arcs, _ in arcs_of:
            for i, j, x in arcs:
                if i != j and i * j == 0 : model.add_hint(x, 0)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = LINEAR
    solver.parameters.interleave_search = INTERLEAVE
    solver.parameters.log_search_progress = LOG

    def routes_now(value) -> Routes:
        found = []
        for k, (arcs, place) in enumerate(arcs_of):
            by_place = {it.stretches[a].place: a for a in range(len(used)) if it.stretches[a].kind == k and value(used[a])}
            nxt = {}
            starts = []
            for i, j, x in arcs:
                if i != j and value(x):
                    if i == 0: starts.append(j)
                    else: nxt[i] = j
            for j in starts:
                route = []
                while j: route.append(by_place[place[j]]); j = nxt[j]
                found.append((k, route))
        return it.routes(found)

    steps = []
    class Note(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            steps.append(Step(time.monotonic() - began, routes=routes_now(self.boolean_value)))
    status = solver.solve(model, Note())
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(tuple(() for _ in problem.shifts), time.monotonic() - began)
    musts = 0
    hards = sum(w.bonus is None for w in it.wishes)
    return Answer(routes_now(solver.boolean_value), time.monotonic() - began, value=round(solver.objective_value) + it.sure - hard * hards, bound=round(solver.best_objective_bound) + it.sure - hard * hards, proven=status == cp_model.OPTIMAL, steps=tuple(steps))
