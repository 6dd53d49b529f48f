"""Weeks as general solvers are told them: windows on the grid, one choice per place, rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.stretches import Stretch, Wish, build_stretches
from small_weeks import HOUR, MINUTE, hourly, line_travel, shift

from tours.problem import Candidate, Cover, Limit, Option, Problem

HALF = 30 * MINUTE


def week(*candidates: Candidate, covers: tuple[Cover, ...] = (), days: int = 1) -> Problem:
    """Two places, 10 and 25 minutes from the depot on one road."""
    everywhere = frozenset(range(days))
    return Problem(
        shifts=tuple(shift(day) for day in range(days)),
        candidates=candidates,
        travel=line_travel(0, 10, 25),
        covers=covers,
        limits=tuple(Limit(frozenset({place}), everywhere) for place in ("p1", "p2")),
        setup_s=300,
        buffer_s=300,
    )


def test_starts_that_follow_each_other_are_one_window() -> None:
    made = build_stretches(week(hourly("p1", 0, 20, 14.5, 15, 16, 16.5)))
    # In half hours after two o'clock.
    assert made.stretches == (Stretch(1, 0, 1, 2, 1, 20), Stretch(1, 0, 4, 5, 1, 20))


def test_a_start_that_earns_more_is_a_window_within_the_wider_one() -> None:
    options = tuple(Option(14 * HOUR + k * HALF, HALF, 20 + 40 * (k == 2)) for k in range(1, 4))
    made = build_stretches(week(Candidate("p1", 0, options)))
    assert made.stretches == (Stretch(1, 0, 2, 2, 1, 60), Stretch(1, 0, 1, 3, 1, 20))


def test_gaps_end_on_the_grid() -> None:
    made = build_stretches(week(hourly("p1", 0, 20, 14.5, 15), hourly("p2", 0, 20, 15)))
    # With reserve and setting up 20 and 35 minutes out, 25 between; with reserve alone back.
    assert made.gap[0, 1:].tolist() == [1, 2]
    assert made.gap[1, 2] == 1
    assert made.gap[1:, 0].tolist() == [1, 1]


def test_an_option_with_slack_is_a_window_to_the_second() -> None:
    made = build_stretches(week(Candidate("p1", 0, (Option(15 * HOUR, 61, 20, 7),))))
    assert made.stretches == (Stretch(1, 0, HOUR, HOUR + 7, 61, 20),)


def test_days_that_nothing_tells_apart_are_one_kind() -> None:
    alike = [hourly("p1", day, 20, 15) for day in range(2)]
    assert build_stretches(week(*alike, days=2)).kinds == ((0, 1),)
    other = replace(alike[1], options=hourly("p1", 1, 21, 15).options)
    assert build_stretches(week(alike[0], other, days=2)).kinds == ((0,), (1,))


def test_a_place_that_must_be_visited_keeps_the_rules_it_is_in() -> None:
    pin = Cover("pin", frozenset({"p1"}))
    town = Cover("town", frozenset({"p1", "p2"}), bonus=50)
    made = build_stretches(
        week(hourly("p1", 0, 20, 15), hourly("p2", 0, 20, 15), covers=(town, pin))
    )
    assert (made.musts, made.wishes, made.sure) == (frozenset({0}), (), 50)


def test_a_rule_over_several_places_is_a_wish() -> None:
    town = Cover("town", frozenset({"p1", "p2"}))
    made = build_stretches(week(hourly("p1", 0, 20, 15), hourly("p2", 0, 20, 15), covers=(town,)))
    assert made.wishes == (Wish((0, 1), None),)


def test_routes_of_a_kind_go_to_its_shifts_in_turn() -> None:
    made = build_stretches(week(*(hourly("p1", day, 20, 15) for day in range(2)), days=2))
    assert made.routes([(0, []), (0, [0])]) == (("p1",), ())


def test_rules_that_peers_are_not_told_of_are_refused() -> None:
    twice = Cover("twice", frozenset({"p1", "p2"}), at_least=2)
    with pytest.raises(ValueError, match="covers must ask for one visit"):
        build_stretches(week(hourly("p1", 0, 20, 15), covers=(twice,)))
