"""The solver against trying everything, and what it promises of every plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_weeks import best_by_trying, hourly, line_travel, random_week, shift

from tours.problem import Cover, Problem
from tours.schedule import Times, time_tour
from tours.solver.exact import solve
from tours.solver.solution import Progress, Solution


def places(solution: Solution) -> list[list[str]]:
    return [[halt.place for halt in halts] for halts in solution.tours]


def one_shift(
    *candidates: tuple[str, int],
    end_h: float = 18,
    driving_price: int = 0,
    covers: tuple[Cover, ...] = (),
) -> Problem:
    """Places 10 minutes apart on one road, any full or half hour, 30 minutes each."""
    travel = line_travel(0, 10, 20, 30, 40)
    starts = [14 + k / 2 for k in range(8)]
    offered = tuple(hourly(place, 0, prize, *starts) for place, prize in candidates)
    return Problem(
        shifts=(shift(end_h=end_h),),
        candidates=offered,
        travel=travel,
        covers=covers,
        driving_price=driving_price,
    )


@pytest.mark.parametrize("seed", range(60))
def test_value_is_that_of_trying_everything(seed: int) -> None:
    problem = random_week(seed)
    missed, value = best_by_trying(problem)
    solution = solve(problem)
    assert (solution.value, solution.status) == (value, "infeasible" if missed else "optimal")


@pytest.mark.parametrize("seed", range(100, 120))
def test_two_visits_a_week_and_rules_that_ask_for_two_are_exact(seed: int) -> None:
    problem = random_week(seed, places=4, at_most=2, most_needed=2)
    missed, value = best_by_trying(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)


@pytest.mark.parametrize("seed", range(300, 320))
@pytest.mark.parametrize("at_most", [1, 2])
def test_days_that_are_alike_are_exact(seed: int, at_most: int) -> None:
    problem = random_week(seed, places=4, at_most=at_most, most_needed=2, alike=True)
    missed, value = best_by_trying(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)


@pytest.mark.parametrize("seed", range(400, 420))
@pytest.mark.parametrize("alike", [False, True])
def test_rules_for_some_days_are_exact(seed: int, alike: bool) -> None:
    problem = random_week(seed, places=4, covers=4, alike=alike, some_days=True)
    missed, value = best_by_trying(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken)) == (value, missed > 0)


def test_a_place_that_costs_contacts_is_still_visited_if_it_must_be() -> None:
    problem = one_shift(("p1", -500), covers=(Cover("must", frozenset({"p1"})),))
    assert (solve(problem).value, solve(problem).status) == (-500, "optimal")


@pytest.mark.parametrize("seed", range(200, 210))
def test_starts_on_a_fine_grid_are_exact(seed: int) -> None:
    problem = random_week(seed, places=3, shifts=1, grid_min=5)
    _missed, value = best_by_trying(problem)
    assert solve(problem).value == value


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 14), st.integers(1, 3))
def test_every_tour_can_be_driven(seed: int, number: int, shifts: int) -> None:
    problem = random_week(seed, places=max(number, 4), shifts=shifts)
    solution = solve(problem)
    timed = [
        time_tour(problem, shift_, halts)
        for shift_, halts in zip(problem.shifts, solution.tours, strict=True)
        if halts
    ]
    assert all(isinstance(times, Times) for times in timed)


@pytest.mark.parametrize("seed", range(15))
def test_bound_holds_when_time_runs_out(seed: int) -> None:
    problem = random_week(seed, places=14, shifts=3, covers=6)
    hurried = solve(problem, time_limit=0)
    assert hurried.bound >= solve(problem).value


def test_same_problem_gives_the_same_plan() -> None:
    problem = random_week(7, places=14, shifts=3)
    assert solve(problem).tours == solve(problem).tours


def test_order_of_candidates_does_not_matter() -> None:
    problem = random_week(8, places=14, shifts=3)
    turned = replace(problem, candidates=problem.candidates[::-1])
    assert solve(problem).tours == solve(turned).tours


def test_the_nearer_of_two_equal_places_is_visited() -> None:
    problem = one_shift(("p1", 50), ("p4", 50), end_h=15.5, driving_price=60)
    assert places(solve(problem)) == [["p1"]]


def test_a_hard_rule_is_kept_even_if_it_costs() -> None:
    far = one_shift(
        ("p1", 50),
        ("p4", 1),
        end_h=16.5,
        driving_price=60,
        covers=(Cover("far", frozenset({"p4"})),),
    )
    assert "p4" in places(solve(far))[0]


def test_a_rule_nobody_can_keep_is_named() -> None:
    problem = one_shift(("p1", 50), covers=(Cover("closed", frozenset({"p3"})),))
    solution = solve(problem)
    assert (solution.status, solution.broken) == ("infeasible", (0,))


def test_a_bonus_outweighs_a_better_place() -> None:
    problem = one_shift(
        ("p1", 50), ("p4", 40), end_h=16.5, covers=(Cover("far", frozenset({"p4"}), 1, 20),)
    )
    assert places(solve(problem)) == [["p4"]]


def test_a_place_that_costs_more_than_it_earns_is_left_out() -> None:
    problem = one_shift(("p4", 5), driving_price=600)
    assert places(solve(problem)) == [[]]


def test_a_week_without_candidates_has_empty_tours() -> None:
    solution = solve(one_shift())
    assert (places(solution), solution.value, solution.status) == ([[]], 0, "optimal")


def test_progress_ends_at_the_proven_value() -> None:
    seen: list[Progress] = []
    solution = solve(random_week(3, places=10, shifts=3), on_progress=seen.append)
    assert seen[-1].value == solution.value


def test_bounds_only_fall() -> None:
    seen: list[Progress] = []
    solve(random_week(3, places=10, shifts=3), on_progress=seen.append)
    bounds = [progress.bound for progress in seen if progress.bound is not None]
    assert bounds == sorted(bounds, reverse=True)


def test_negative_time_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="time_limit must be 0 or more, got -1"):
        solve(one_shift(), time_limit=-1)


@pytest.mark.parametrize("seed", range(10))
def test_whoever_finds_a_plan_at_once_needs_no_patience(seed: int) -> None:
    problem = random_week(seed, places=8)
    hard = replace(problem, covers=tuple(c for c in problem.covers if c.bonus is not None))
    assert solve(hard, patience=0).tours == solve(hard).tours


def test_without_patience_nothing_is_claimed_of_a_rule_that_is_not_kept() -> None:
    problem = one_shift(("p1", 10), covers=(Cover("must", frozenset({"p9"})),))
    solution = solve(problem, patience=0)
    assert (solution.status, solution.broken) == ("feasible", (0,))


def test_negative_patience_is_refused() -> None:
    with pytest.raises(ValueError, match="got -1"):
        solve(one_shift(("p1", 10)), patience=-1)


def test_whoever_stops_it_gets_the_best_plan_so_far() -> None:
    problem = random_week(3, places=14, shifts=3)
    values: list[int] = []

    def note(progress: Progress) -> None:
        if progress.value is not None:
            values.append(progress.value)

    stopped = solve(problem, on_progress=note, should_stop=lambda: bool(values))
    assert (stopped.value, stopped.status) == (max(values), "feasible")
    assert stopped.value <= solve(problem).value <= stopped.bound


def test_whoever_is_stopped_before_it_begins_still_returns() -> None:
    problem = random_week(3, places=10, shifts=3)
    assert solve(problem, should_stop=lambda: True).bound >= solve(problem).value
