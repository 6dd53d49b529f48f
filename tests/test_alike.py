"""Of several best plans, one that is like the known one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from small_services import NOTHING, planned, problem_of, service, visited
from small_weeks import random_week

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.explain.alike import most_alike
from tours.plan import Plan
from tours.problem import Problem
from tours.schedule import Halt, Times, drive_costs, time_tour
from tours.solver.exact import solve
from tours.tour import Tour
from tours.worth import worth_of


@pytest.mark.parametrize("seed", range(6))
def test_what_is_like_a_known_plan_is_worth_as_much(
    seed: int, region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml, seed=seed, days="Di Do", places=6)
    problem, known = problem_of(district), planned(district)
    found = most_alike(problem, solve(problem), (known,), 60)
    stops = {(tour.id, stop.place_id, stop.start_s) for tour in known.tours for stop in tour.stops}
    kept = {
        (problem.shifts[number].id, halt.place, halt.start_s)
        for number, halts in enumerate(found.tours)
        for halt in halts
    }
    # The known plan is one of the best, so nothing of it has to be different.
    assert (kept, found.value) == (stops, worth_of(problem, (known,)))


def test_a_best_plan_is_not_given_up_for_likeness(
    region: Region, road_network: RoadNetwork, region_toml: str
) -> None:
    district = service(region, road_network, region_toml, places=6)
    problem, best = problem_of(district), planned(district)
    worse = planned(district, replace(NOTHING, bans=tuple(visited(best))))
    found = most_alike(problem, solve(problem), (worse,), 60)
    there = {halt.place for halts in found.tours for halt in halts}
    assert (there, found.value) == (visited(best), best.value)


def ways(problem: Problem, number: int) -> Iterator[tuple[tuple[Halt, ...], int]]:
    """Yield every tour of a shift with what it is worth, the empty one too."""
    options = {c.place: c.options for c in problem.candidates if c.shift == number}

    def extend(halts: tuple[Halt, ...], prize: int) -> Iterator[tuple[tuple[Halt, ...], int]]:
        if halts and isinstance(time_tour(problem, problem.shifts[number], halts), Times):
            costs, index = drive_costs(problem), problem.travel.index
            path = [index(point) for point in ("depot", *(h.place for h in halts), "depot")]
            yield halts, prize - sum(int(costs[a, b]) for a, b in pairwise(path))
        for place in options.keys() - {halt.place for halt in halts}:
            for option in options[place]:
                if not halts or option.start_s >= halts[-1].departure_s:
                    more = Halt(place, option.start_s, option.dwell_s)
                    yield from extend((*halts, more), prize + option.prize)

    yield (), 0
    yield from extend((), 0)


def likeness(known: Plan, shift: str, halts: Sequence[Halt]) -> int:
    """Return a point each for the same afternoon, the same start then, and the same end then."""
    times = {
        stop.place_id: (stop.start_s, stop.departure_s)
        for tour in known.tours
        if tour.id == shift
        for stop in tour.stops
    }
    return sum(
        1
        + (halt.start_s == times[halt.place][0]) * (1 + (halt.departure_s == times[halt.place][1]))
        for halt in halts
        if halt.place in times
    )


def nearest_by_trying(problem: Problem, known: Plan) -> tuple[int, int]:
    """Return the greatest worth, and the greatest likeness of the plans that have it."""
    best: dict[frozenset[str], tuple[int, int]] = {frozenset(): (0, 0)}
    for number, shift in enumerate(problem.shifts):
        mine: dict[frozenset[str], tuple[int, int]] = {}
        for halts, worth in ways(problem, number):
            key = frozenset(halt.place for halt in halts)
            found = worth, likeness(known, shift.id, halts)
            mine[key] = max(mine.get(key, found), found)
        joined: dict[frozenset[str], tuple[int, int]] = {}
        for (these, a), (those, b) in product(best.items(), mine.items()):
            if not these & those:
                key, total = these | those, (a[0] + b[0], a[1] + b[1])
                joined[key] = max(joined.get(key, total), total)
        best = joined
    return max(best.values())


@pytest.mark.parametrize("seed", range(20))
def test_of_all_best_plans_the_nearest_one_is_found(seed: int, plan: Plan) -> None:
    rng = np.random.default_rng(seed)
    problem = random_week(seed, places=4, covers=0)
    # All places are worth the same, so that many plans are.
    flat = replace(
        problem,
        candidates=tuple(
            replace(c, options=tuple(replace(o, prize=40) for o in c.options[::2]))
            for c in problem.candidates
        ),
        driving_price=20,
    )
    known = replace(
        plan,
        tours=tuple(a_tour(plan, flat, number, rng) for number in range(len(flat.shifts))),
    )
    found = most_alike(flat, solve(flat), (known,), 60)
    alike = sum(
        likeness(known, flat.shifts[number].id, halts) for number, halts in enumerate(found.tours)
    )
    assert (found.value, alike) == nearest_by_trying(flat, known)


def a_tour(plan: Plan, problem: Problem, number: int, rng: np.random.Generator) -> Tour:
    """Return a tour that can be driven, of those with most stops one by chance."""
    found = [halts for halts, _worth in ways(problem, number)]
    longest = [halts for halts in found if len(halts) == max(map(len, found))]
    halts = longest[int(rng.integers(len(longest)))]
    (like, *_more), leg = plan.tours[0].stops, plan.tours[0].legs[0]
    stops = tuple(
        replace(like, place_id=h.place, start_s=h.start_s, departure_s=h.departure_s) for h in halts
    )
    legs = (leg,) * (len(stops) + 1) if stops else ()
    return replace(plan.tours[0], id=problem.shifts[number].id, stops=stops, legs=legs)
