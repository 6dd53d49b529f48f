"""The problem of keeping some rules and nothing else: whether they can hold together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from tours.problem import Candidate, Cover, Option, Problem
from tours.solver.rule import Rule, Set


def trial_problem(
    problem: Problem, rules: Sequence[Rule], hard: Set, soft: Set, may_drop_stops: bool
) -> Problem:
    """Return the problem of keeping rules, without all that makes plans better or worse."""

    def parts(kind: str, chosen: Iterable[int]) -> Set:
        return frozenset(p for n in chosen for p in getattr(rules[n], kind))

    every = range(len(rules))
    gone = {
        kind: parts(kind, every) - parts(kind, hard)
        for kind in ("covers", "limits", "budgets", "orders", "rests")
    }
    wanted = parts("covers", soft)
    covers: list[Cover] = []
    for number, cover in enumerate(problem.covers):
        if number in wanted:
            covers.append(replace(cover, bonus=1))
        elif cover.bonus is None and number not in gone["covers"]:
            covers.append(cover)
    shifts = tuple(
        replace(shift, rest=None) if number in gone["rests"] else shift
        for number, shift in enumerate(problem.shifts)
    )
    candidates = problem.candidates
    if may_drop_stops and all(shift.rest is None for shift in shifts):
        candidates = tuple(
            candidate
            for candidate in candidates
            if any(cover.counts(candidate.place, candidate.shift) for cover in covers)
        )
    return replace(
        problem,
        shifts=shifts,
        candidates=tuple(_without_prizes(candidate, covers) for candidate in candidates),
        covers=tuple(covers),
        limits=tuple(x for n, x in enumerate(problem.limits) if n not in gone["limits"]),
        budgets=tuple(x for n, x in enumerate(problem.budgets) if n not in gone["budgets"]),
        orders=tuple(x for n, x in enumerate(problem.orders) if n not in gone["orders"]),
        driving_price=0,
        distance_price=0,
    )


def _without_prizes(candidate: Candidate, covers: Sequence[Cover]) -> Candidate:
    """Return a candidate with the options that matter where only visits count."""
    counts_dwell = any(
        cover.dwell_s and cover.counts(candidate.place, candidate.shift) for cover in covers
    )
    shortest: dict[tuple[int, int, int], Option] = {}
    for option in candidate.options:
        # Whoever stays shorter can do all that others can, unless minutes are asked for.
        key = option.start_s, option.slack_s, option.dwell_s if counts_dwell else 0
        known = shortest.get(key)
        if known is None or option.dwell_s < known.dwell_s:
            shortest[key] = replace(option, prize=0)
    return replace(candidate, options=tuple(shortest.values()))


def allows_fewer_stops(problem: Problem) -> bool:
    """Tell whether any tour without one of its stops is still a tour: no detour saves time."""
    seconds, index = problem.travel.seconds, problem.travel.index
    reserve = problem.buffer_s + problem.setup_s
    shortest: dict[str, int] = {}
    for candidate in problem.candidates:
        least = min(option.dwell_s for option in candidate.options)
        shortest[candidate.place] = min(least, shortest.get(candidate.place, least))
    rows = [index(shift.depot) for shift in problem.shifts] + [index(p) for p in shortest]
    direct = seconds[np.ix_(rows, rows)]
    for place, dwell in shortest.items():
        via = seconds[rows, index(place)][:, None] + seconds[index(place), rows][None, :]
        # Time at the wheel is counted without the stop.
        stop = 0 if problem.budgets else dwell + reserve
        if (via + stop < direct).any():
            return False
    return True
