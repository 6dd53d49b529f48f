"""What holds for every week, made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from small_plans import faults, value_of
from small_rules import FEATURES, rule_week

from tours.problem import Cover, Problem
from tours.solver.exact import solve
from tours.solver.solution import Solution

some_features = st.sets(st.sampled_from(FEATURES), max_size=5).map(
    lambda chosen: tuple(name for name in FEATURES if name in chosen)
)
weeks = st.builds(
    rule_week,
    st.integers(0, 10_000),
    some_features,
    places=st.integers(3, 6),
    days=st.integers(1, 2),
)


def without_hard_covers(problem: Problem) -> Problem:
    """Return a week that somebody can plan, whatever happens to its places."""
    covers = (replace(cover, bonus=cover.bonus or 10) for cover in problem.covers)
    return replace(problem, covers=tuple(covers))


soft_weeks = st.builds(without_hard_covers, weeks)
places = st.sampled_from(["p1", "p2", "p3"])
made = settings(max_examples=12, deadline=None)


def visited(solution: Solution) -> set[str]:
    return {halt.place for halts in solution.tours for halt in halts}


def forced(problem: Problem, place: str) -> int | None:
    """Return the value of the best week with a place; None if there is none."""
    must = Cover("must", frozenset({place}))
    solution = solve(replace(problem, covers=(*problem.covers, must)))
    return None if solution.broken else solution.value


def banned(problem: Problem, place: str) -> int:
    """Return the value of the best week without a place."""
    others = tuple(c for c in problem.candidates if c.place != place)
    return solve(replace(problem, candidates=others)).value


@made
@given(weeks)
def test_every_plan_can_be_driven_and_is_worth_what_its_halts_are(problem: Problem) -> None:
    solution = solve(problem)
    missed, value = value_of(problem, solution.tours)
    found = solution.value, bool(solution.broken), faults(problem, solution.tours)
    assert found == (value, missed > 0, [])


@made
@given(weeks, st.sampled_from([0.0, 0.001, 0.01, 0.05]))
def test_plans_made_in_a_hurry_can_be_driven(problem: Problem, time_limit: float) -> None:
    assert faults(problem, solve(problem, time_limit=time_limit).tours) == []


@made
@given(weeks, st.sampled_from([0.0, 0.001, 0.01, 0.05]))
def test_no_bound_is_below_the_best_plan(problem: Problem, time_limit: float) -> None:
    hurried = solve(problem, time_limit=time_limit)
    assert hurried.bound >= max(solve(problem).value, hurried.value)


@made
@given(soft_weeks, places)
def test_the_best_week_is_the_better_of_one_with_a_place_and_one_without(
    problem: Problem, place: str
) -> None:
    with_it, without_it = forced(problem, place), banned(problem, place)
    best = without_it if with_it is None else max(with_it, without_it)
    assert solve(problem).value == best


@made
@given(soft_weeks, places)
def test_a_wish_that_the_plan_meets_already_changes_no_value(problem: Problem, place: str) -> None:
    solution = solve(problem)
    wished = forced(problem, place) if place in visited(solution) else banned(problem, place)
    assert wished == solution.value


@made
@given(weeks, st.data())
def test_a_pinned_visit_is_in_the_plan_or_named_as_broken(
    problem: Problem, data: st.DataObject
) -> None:
    if not problem.candidates:
        return
    candidate = data.draw(st.sampled_from(problem.candidates))
    option = data.draw(st.sampled_from(candidate.options))
    pin = Cover("pin", frozenset({candidate.place}), shifts=frozenset({candidate.shift}))
    pinned = replace(
        problem,
        candidates=tuple(
            replace(c, options=(option,)) if c is candidate else c for c in problem.candidates
        ),
        covers=(*problem.covers, pin),
    )
    solution = solve(pinned)
    is_kept = any(
        halt.place == candidate.place
        and halt.dwell_s == option.dwell_s
        and 0 <= halt.start_s - option.start_s <= option.slack_s
        for halt in solution.tours[candidate.shift]
    )
    assert is_kept != (len(problem.covers) in solution.broken)


@made
@given(weeks, st.integers(0, 3))
def test_the_same_seed_gives_the_same_bytes(problem: Problem, seed: int) -> None:
    first, second = solve(problem, seed=seed), solve(problem, seed=seed)
    assert repr(first.tours).encode() == repr(second.tours).encode()


@made
@given(weeks, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(problem: Problem, random: Random) -> None:
    shuffled = list(problem.candidates)
    random.shuffle(shuffled)
    turned = replace(problem, candidates=tuple(shuffled))
    assert repr(solve(turned).tours) == repr(solve(problem).tours)


@made
@given(weeks, st.integers(1, 5))
def test_another_seed_gives_a_plan_of_the_same_value(problem: Problem, seed: int) -> None:
    first, second = solve(problem), solve(problem, seed=seed)
    assert (first.value, first.status) == (second.value, second.status)
