"""Of several best plans, one that is like the known one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_services import NOTHING, planned, problem_of, service, visited

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.alike import most_alike
from tours.solver.exact import solve
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
