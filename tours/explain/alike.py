"""Among the best plans, the one that has most in common with plans that people know."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geodata.travel import TravelTimes
from tours.plan import Plan
from tours.problem import Candidate, Option, Problem
from tours.schedule import drive_costs
from tours.solver.exact import solve
from tours.solver.solution import Solution

# What a stop counts that is in the same afternoon, at the same time, and for as long.
SAME_AFTERNOON, SAME_START, SAME_DWELL = 1, 1, 1
# The longest that plans with other places are looked through, seconds: they are many, and one
# of them is hardly ever nearer.
WIDE_S = 2.0
# The distance for which `Problem.distance_price` is charged.
PRICED_M = 100_000

Known = Mapping[tuple[str, str], Sequence[tuple[int, int]]]


def most_alike(
    problem: Problem, best: Solution, plans: Sequence[Plan], time_limit: float
) -> Solution:
    """Return a solution that is worth as much, and of those the one that is nearest to plans.

    Often several plans are worth the same, and one that has little in common with the known
    ones hides what really has to be different.

    Parameters
    ----------
    problem : Problem
    best : Solution
        Of the problem; it keeps the hard rules.
    plans : sequence of Plan
        Of weeks with the same afternoons.
    time_limit : float
        Seconds; when they are over, the nearest that was found.
    """
    known: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for tour in (tour for plan in plans for tour in plan.tours):
        for stop in tour.stops:
            when = stop.start_s, stop.departure_s - stop.start_s
            known.setdefault((stop.place_id, tour.id), []).append(when)
    ids = [shift.id for shift in problem.shifts]
    # All likeness together is less than one hundredth of a contact.
    most = 1 + sum(
        max(_likeness(known, one.place, ids[one.shift], option) for option in one.options)
        for one in problem.candidates
    )
    finer = _times(problem, most)
    likening = replace(
        finer, candidates=tuple(_liking(one, ids[one.shift], known) for one in finer.candidates)
    )
    # Most often nothing but what is in one of the plans is needed, and that is soon solved.
    near = {place for place, _id in known} | {h.place for halts in best.tours for h in halts}
    few = tuple(one for one in likening.candidates if one.place in near)
    narrow = replace(likening, candidates=few)
    begun = time.monotonic()
    found = solve(narrow, start=best.tours, time_limit=time_limit)
    if not found.broken:
        left = max(0.0, min(WIDE_S, time_limit - (time.monotonic() - begun)))
        found = solve(likening, start=found.tours, time_limit=left)
    value = found.value // most
    if found.broken or value < best.value:
        return best
    return replace(best, tours=found.tours, value=value, bound=max(value, best.bound))


def _times(problem: Problem, factor: int) -> Problem:
    """Return the problem with all that is earned and spent times a factor, to the very unit."""
    travel = problem.travel
    candidates = tuple(
        replace(
            one,
            options=tuple(replace(option, prize=factor * option.prize) for option in one.options),
        )
        for one in problem.candidates
    )
    covers = tuple(
        cover if cover.bonus is None else replace(cover, bonus=factor * cover.bonus)
        for cover in problem.covers
    )
    # What a drive costs is rounded, so the costs themselves take the place of the distances.
    return replace(
        problem,
        candidates=candidates,
        covers=covers,
        travel=TravelTimes(travel.ids, travel.seconds, drive_costs(problem)),
        driving_price=0,
        distance_price=factor * PRICED_M,
    )


def _liking(one: Candidate, shift: str, known: Known) -> Candidate:
    options = tuple(
        replace(option, prize=option.prize + _likeness(known, one.place, shift, option))
        for option in one.options
    )
    return replace(one, options=options)


def _likeness(known: Known, place: str, shift: str, option: Option) -> int:
    return max(
        (
            SAME_AFTERNOON
            + SAME_START * (start == option.start_s)
            + SAME_DWELL * ((start, dwell) == (option.start_s, option.dwell_s))
            for start, dwell in known.get((place, shift), ())
        ),
        default=0,
    )
