"""Plans that the solver begins with: never made worse, and checked like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_plans import faults, value_of
from small_weeks import best_by_trying, hourly, line_travel, random_week, shift

from tours.problem import Budget, Cover, Limit, Order, Problem, Rest
from tours.schedule import Halt
from tours.solver.columns import plan_value
from tours.solver.exact import solve
from tours.solver.instance import build_instance
from tours.solver.start import known_plan

HALF, HOUR = 1800, 3600


@pytest.mark.parametrize("seed", range(20))
def test_without_time_the_start_is_the_result(seed: int) -> None:
    problem = random_week(seed, places=8, shifts=3)
    best = solve(problem)
    again = solve(problem, start=best.tours, time_limit=0)
    assert (again.value, again.broken) == (best.value, best.broken)


@pytest.mark.parametrize("seed", range(20))
def test_who_knows_the_bound_need_not_prove_it_again(seed: int) -> None:
    problem = random_week(seed, places=8, shifts=3)
    hopeful = replace(problem, covers=tuple(c for c in problem.covers if c.bonus is not None))
    best = solve(hopeful)
    again = solve(hopeful, start=best.tours, most=best.bound)
    assert (again.status, again.value, again.iterations) == ("optimal", best.value, 0)


@pytest.mark.parametrize("seed", range(20))
def test_a_bound_that_is_too_high_does_no_harm(seed: int) -> None:
    problem = random_week(seed)
    missed, value = best_by_trying(problem)
    found = solve(problem, most=value + 7)
    assert (found.value, bool(found.broken)) == (value, missed > 0)


@pytest.mark.parametrize("seed", range(20))
def test_a_start_of_other_rules_never_makes_a_plan_that_breaks_these(seed: int) -> None:
    problem = random_week(seed, places=6, shifts=3)
    loose = replace(problem, limits=(), covers=(), setup_s=0, buffer_s=0)
    hurried = solve(problem, start=solve(loose).tours, time_limit=0)
    assert faults(problem, hurried.tours) == []
    assert value_of(problem, hurried.tours)[1] == hurried.value


@pytest.mark.parametrize("seed", range(20))
def test_a_start_does_not_keep_the_best_plan_away(seed: int) -> None:
    problem = random_week(seed)
    worse = tuple(halts[:1] for halts in solve(problem).tours)
    missed, value = best_by_trying(problem)
    found = solve(problem, start=worse)
    assert (found.value, bool(found.broken)) == (value, missed > 0)


def two_places(**rules: object) -> Problem:
    """Two places on one road, on either of two days."""
    offered = tuple(
        hourly(place, day, 10, 14.5, 15, 15.5, 16, 16.5) for place in ("p1", "p2") for day in (0, 1)
    )
    made = Problem((shift(0), shift(1)), offered, line_travel(0, 10, 20))
    return replace(made, **rules)  # type: ignore[arg-type]  # any field


def worth(problem: Problem, start: tuple[tuple[Halt, ...], ...]) -> int:
    """Return what the solver has before it does anything."""
    return plan_value(problem, known_plan(build_instance(problem, 0), start))[0]


FIRST, SECOND = Halt("p1", 15 * HOUR, HALF), Halt("p2", 16 * HOUR, HALF)
DAYS = frozenset({0, 1})


@pytest.mark.parametrize(
    ("problem", "start", "kept"),
    [
        (two_places(), ((FIRST, SECOND), ()), 20),
        # Not open then, not for so long, not known, not in time: the other tour is kept.
        (two_places(), ((Halt("p1", 15 * HOUR + 60, HALF),), (SECOND,)), 10),
        (two_places(), ((Halt("p1", 15 * HOUR, HOUR),), (SECOND,)), 10),
        (two_places(), ((Halt("p9", 15 * HOUR, HALF),), (SECOND,)), 10),
        (two_places(), ((FIRST, Halt("p2", 15 * HOUR + HALF, HALF)), (SECOND,)), 10),
        (two_places(), ((FIRST, Halt("p1", 16 * HOUR, HALF)), (SECOND,)), 10),
        (two_places(orders=(Order(("p2", "p1"), DAYS),)), ((FIRST, SECOND), ()), 0),
        (two_places(limits=(Limit(frozenset({"p1"}), DAYS),)), ((FIRST,), (FIRST,)), 0),
        (two_places(budgets=(Budget(DAYS, 39 * 60),)), ((FIRST, SECOND), ()), 0),
        (two_places(budgets=(Budget(DAYS, 40 * 60),)), ((FIRST, SECOND), ()), 20),
        (two_places(alternatives=(DAYS,)), ((FIRST,), (SECOND,)), 0),
    ],
)
def test_what_of_a_start_cannot_be_driven_is_left_out(
    problem: Problem, start: tuple[tuple[Halt, ...], ...], kept: int
) -> None:
    assert worth(problem, start) == kept


@pytest.mark.parametrize(("more_s", "kept"), [(0, 10), (30, 0), (60, 10)])
def test_a_start_on_no_whole_minute_is_left_out_where_starts_lie_on_minutes(
    more_s: int, kept: int
) -> None:
    (one,) = (c for c in two_places().candidates if (c.place, c.shift) == ("p1", 0))
    late = replace(one, options=tuple(replace(o, slack_s=120) for o in one.options))
    problem = two_places(candidates=(late,), tick_s=60)
    assert worth(problem, ((Halt("p1", 15 * HOUR + more_s, HALF),), ())) == kept


@pytest.mark.parametrize(("rest_s", "kept"), [(0, 0), (HALF, 10), (HALF - 60, 0), (HALF + 60, 0)])
def test_a_start_without_the_break_that_is_due_is_left_out(rest_s: int, kept: int) -> None:
    # Whoever leaves at half past three is back too late without a break.
    rest = Rest(15 * HOUR, 15 * HOUR + HALF, HALF)
    problem = replace(
        two_places(),
        shifts=(replace(shift(0), rest=rest), shift(1)),
    )
    start = ((Halt("p1", 15 * HOUR, HALF, rest_s),), ())
    assert worth(problem, start) == kept


def test_a_start_that_misses_a_rule_is_a_plan_all_the_same() -> None:
    problem = two_places(covers=(Cover("must", frozenset({"p2"})),))
    assert worth(problem, ((FIRST,), ())) == 10


@pytest.mark.parametrize("seed", range(20))
def test_rules_only_says_the_same_of_the_rules(seed: int) -> None:
    problem = random_week(seed, covers=5, most_needed=2)
    missed = best_by_trying(problem)[0]
    found = solve(problem, rules_only=True)
    assert (found.status, bool(found.broken)) == (
        ("infeasible", True) if missed else ("optimal", False)
    )


@pytest.mark.parametrize("seed", range(20))
def test_who_is_told_to_stop_at_impossible_rules_does_not_call_the_plan_the_best(
    seed: int,
) -> None:
    problem = random_week(seed, covers=5, most_needed=2)
    missed, value = best_by_trying(problem)
    found = solve(problem, rules_only=True)
    if found.bound == found.value:
        assert found.value == value
    elif missed:
        assert found.bound >= value
