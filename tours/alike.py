"""Among the best plans, one that has many stops in common with plans that people know."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tours.plan import Plan
from tours.problem import Candidate, Problem
from tours.solver.exact import solve
from tours.solver.solution import Solution

Start = tuple[str, str, int]


def most_alike(
    problem: Problem, best: Solution, plans: Sequence[Plan], time_limit: float
) -> Solution:
    """Return a solution that is worth as much, and keeps stops of plans if one is found.

    Often several plans are worth the same, and one that has little in common with the known
    ones hides what really has to be different.

    Parameters
    ----------
    problem : Problem
    best : Solution
        Of the problem, proven.
    plans : sequence of Plan
        Of weeks with the same afternoons.
    time_limit : float
        Seconds.
    """
    known = {
        (stop.place_id, tour.id, stop.start_s)
        for plan in plans
        for tour in plan.tours
        for stop in tour.stops
    }
    candidates = tuple(_preferring(problem, one, known) for one in problem.candidates)
    found = solve(replace(problem, candidates=candidates), time_limit=time_limit)
    # A hundredth for each stop that is kept; what was given up for them must not be more.
    if found.broken or found.value - _kept(problem, found, known) != best.value:
        return best
    return replace(best, tours=found.tours)


def _preferring(problem: Problem, one: Candidate, known: Collection[Start]) -> Candidate:
    shift = problem.shifts[one.shift].id
    options = tuple(
        replace(option, prize=option.prize + ((one.place, shift, option.start_s) in known))
        for option in one.options
    )
    return replace(one, options=options)


def _kept(problem: Problem, solution: Solution, known: Collection[Start]) -> int:
    """Return how many hundredths were added to what a solution is worth."""
    added = {
        (one.place, one.shift, option.start_s)
        for one in problem.candidates
        for option in one.options
        if (one.place, problem.shifts[one.shift].id, option.start_s) in known
    }
    return sum(
        (halt.place, number, halt.start_s) in added
        for number, halts in enumerate(solution.tours)
        for halt in halts
    )
