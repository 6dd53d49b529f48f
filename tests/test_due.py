"""When the cycle asks for a municipality, by brute force over all ways to visit it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest
from small_districts import earlier_plan, small_district

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.calendar import weeks_from
from tours.district import District
from tours.due import Duty, duty_of, most_overdue_first
from tours.history import History, read_history

EAST = "03000002"
WEEKS = weeks_from("2026-W48", 6)


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    return small_district(region, region_toml, road_network)


def since(district: District, weeks: int) -> History:
    """Return a history with the last visit of the east so many weeks before the first week."""
    week = weeks_from("2026-W30", 18)[18 - weeks]
    return read_history([earlier_plan(district, week, ("east", "Di", 15))])


def duty(district: District, history: History, *weeks: str, cycle: int = 4) -> Duty:
    config = replace(district.config, cycle_weeks=cycle)
    return duty_of(EAST, "Ostdorf", weeks or WEEKS[:1], history, config)


def longest_gap(visited: tuple[bool, ...], weeks: int) -> int:
    """Return the longest time from visit to visit, the last one before so many weeks ago."""
    at = [-weeks, *(n for n, is_visited in enumerate(visited) if is_visited), len(visited)]
    return max(b - a for a, b in pairwise(at))


@pytest.mark.parametrize(
    ("weeks", "is_overdue"), [(1, False), (3, False), (4, True), (5, True), (17, True)]
)
def test_a_municipality_is_due_in_the_last_week_of_its_cycle(
    district: District, weeks: int, is_overdue: bool
) -> None:
    found = duty(district, since(district, weeks))
    assert (found.is_overdue, bool(found.windows)) == (is_overdue, is_overdue)


def test_what_was_never_visited_counts_from_the_first_plan(district: District) -> None:
    history = read_history([earlier_plan(district, "2026-W45", ("west", "Di", 15))])
    found = duty(district, history)
    assert (found.weeks, found.was_visited, found.is_overdue) == (4, False, True)


def test_nothing_is_due_in_the_first_week(district: District) -> None:
    found = duty(district, History())
    assert (found.weeks, found.windows) == (1, ())


def test_a_cycle_of_one_week_is_always_due(district: District) -> None:
    assert duty(district, History(), cycle=1).windows == (("2026-W48",),)


@pytest.mark.parametrize("cycle", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_keeping_the_windows_is_keeping_the_cycle(
    district: District, cycle: int, weeks: int, number: int
) -> None:
    found = duty(district, since(district, weeks), *WEEKS[:number], cycle=cycle)
    for visited in product((False, True), repeat=number):
        chosen = {week for week, here in zip(WEEKS, visited, strict=False) if here}
        # A cycle that is over cannot be kept, only ended at once.
        before = min(weeks, cycle)
        keeps = longest_gap(visited, before) <= cycle and any(visited)
        assert all(chosen & set(window) for window in found.windows) == keeps


def test_no_window_lies_within_another(district: District) -> None:
    windows = duty(district, since(district, 3), *WEEKS[:4], cycle=2).windows
    assert not any(set(a) < set(b) for a, b in product(windows, repeat=2))


def test_over_the_end_of_a_year_of_53_weeks_a_cycle_is_as_long(district: District) -> None:
    weeks = ("2026-W52", "2026-W53", "2027-W01")
    history = read_history([earlier_plan(district, "2026-W51", ("east", "Di", 15))])
    assert duty(district, history, *weeks, cycle=2).windows == (weeks[:2], weeks[1:])


def test_the_most_overdue_come_first_and_then_the_alphabet() -> None:
    duties = [
        Duty(ags, name, weeks, True, True, ())
        for ags, name, weeks in (("3", "B", 4), ("1", "C", 9), ("2", "A", 4), ("0", "B", 4))
    ]
    assert [d.ags for d in most_overdue_first(duties)] == ["1", "2", "0", "3"]
