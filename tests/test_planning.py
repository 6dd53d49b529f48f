"""Settling which overdue municipalities a week can hold, by trying all sets of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
import shapely
from small_districts import WEEK, earlier_plan, small_district

from geodata.errors import NetworkError, OutreachError
from geodata.language import speaking
from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.region import Municipality, Region
from tours.attempts import Attempts
from tours.calendar import weeks_from
from tours.district import District
from tours.errors import InfeasibleError
from tours.leftout import Cancelled, Unserved
from tours.plan import Plan, read_plan, render_plan
from tours.planning import Task, build_task, plan_week, settle
from tours.problem import Problem
from tours.schedule import Halt
from tours.solver.conflict import Conflict
from tours.solver.rule import Rule
from tours.solver.solution import Solution
from tours.timetable import unserved_text
from tours.wishes import Ban, Outage, Wishes

NAMES = ("ahaus", "berg", "celle", "damme")


@pytest.fixture
def district(region: Region, region_toml: str, road_network: RoadNetwork) -> District:
    """Return four more municipalities with a place each, and the focus area in the west."""
    small = small_district(region, region_toml, road_network)
    more = {
        f"0300001{n}": Municipality(
            f"0300001{n}",
            name.title(),
            500,
            10.11 + n / 50,
            52.05,
            shapely.box(10.1, 52, 10.2, 52.1),
        )
        for n, name in enumerate(NAMES)
    }
    places = tuple(
        Place(id=m.name.lower(), name=m.name, kind="square", lon=10.05, lat=52.05, ags=ags)
        for ags, m in more.items()
    )
    wide = replace(region, municipalities={**region.municipalities, **more})
    # Only the west, by its area, and the four, by their cycle, are asked for.
    config = replace(small.config, not_served=frozenset({"03000002"}))
    return replace(small, region=wide, places=(small.places[0], *places), config=config)


def ago(weeks: int) -> str:
    return weeks_from("2026-W28", 20)[20 - weeks]


def overdue(district: District, order: Sequence[str]) -> list[Plan]:
    """Return plans that leave the named ones overdue, the first named for longest."""
    plans = [earlier_plan(district, ago(9 - n), (name, "Di", 15)) for n, name in enumerate(order)]
    fresh = [(name, "Di", 15 + n) for n, name in enumerate(NAMES) if name not in order]
    return [*plans, earlier_plan(district, ago(1), *fresh)]


class Solver(Attempts):
    """Knows which rules hold together; keeps as many as it can, and says so as a solver does."""

    def __init__(
        self,
        together: Iterable[Collection[str]],
        *,
        status: str = "infeasible",
        is_blind: Callable[[int], bool] = lambda _number: False,
    ) -> None:
        super().__init__()
        self._together = [frozenset(names) for names in together]
        self._status = status
        self._is_blind = is_blind
        self.asked: list[frozenset[str]] = []

    def holds(self, names: Collection[str]) -> bool:
        """Tell whether rules hold together, each named by its place."""
        return any(frozenset(names) <= most for most in self._together)

    def first(self, problem: Problem, *, rules_only: bool = True) -> Solution:  # noqa: ARG002 - as it is called
        """Return what any attempt returns."""
        return self.solve(problem)

    def conflict(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        *,
        is_infeasible: bool,  # noqa: ARG002 - as it is called
    ) -> Conflict | None:
        """Name the rules whose covers cannot be kept."""
        broken = set(self.solve(problem).broken)
        is_proven = self._status == "infeasible"
        found = tuple(rule for rule in rules if rule.covers & broken)
        return Conflict(found, is_proven=is_proven, is_irreducible=is_proven, is_smallest=is_proven)

    def solve(self, problem: Problem, share: float = 1.0) -> Solution:  # noqa: ARG002 - as it is called
        """Return a plan that breaks as few rules as there must be."""
        hard = {
            next(iter(cover.places)): number
            for number, cover in enumerate(problem.covers)
            if cover.bonus is None
        }
        self.asked.append(frozenset(hard))
        kept: Collection[str] = next(
            names
            for size in range(len(hard), -1, -1)
            for names in combinations(sorted(hard), size)
            if self.holds(names) and not (size == len(hard) and self._is_blind(len(self.asked)))
        )
        broken = tuple(number for place, number in hard.items() if place not in kept)
        tours = (tuple(Halt(place, 54_000, 1800) for place in kept), ())
        status = self._status if broken else "optimal"
        return Solution(tours, 10, 20 if status == "feasible" else 10, status, broken, 1, 0.0)


def waived(task: Task, solver: Solver) -> dict[str, str]:
    _task, _solution, found = settle(task, solver)
    return {duty.name.lower(): reason for duty, reason in found.items()}


def task_of(district: District, order: Sequence[str]) -> Task:
    return build_task(district, (WEEK,), earlier=overdue(district, order))


def most_urgent(order: Sequence[str], solver: Solver) -> set[str]:
    """Return what is kept of all sets: the first in the order counts more than all after it."""
    subsets = chain.from_iterable(combinations(order, n) for n in range(len(order) + 1))
    possible = [set(names) for names in subsets if solver.holds({"west", *names})]
    return max(possible, key=lambda names: [name in names for name in order])


def test_where_all_rules_hold_nothing_is_waived(district: District) -> None:
    task = task_of(district, NAMES)
    solver = Solver([("west", *NAMES)])
    assert waived(task, solver) == {}
    assert solver.asked == [frozenset(("west", *NAMES))]


@pytest.mark.parametrize("seed", range(40))
def test_the_longest_overdue_are_kept(district: District, seed: int) -> None:
    rng = np.random.default_rng(seed)
    order = [str(name) for name in rng.permutation(NAMES)]
    sets = [{name for name in NAMES if rng.random() < 0.5} for _ in range(3)]
    solver = Solver([{"west", *names} for names in sets])
    gone = set(order) - most_urgent(order, solver)
    assert waived(task_of(district, order), solver) == dict.fromkeys(gone, "no_time")


@pytest.mark.parametrize("seed", range(10))
def test_what_is_returned_was_solved_with_all_that_is_kept(district: District, seed: int) -> None:
    rng = np.random.default_rng(seed)
    solver = Solver([{"west", *(name for name in NAMES if rng.random() < 0.5)} for _ in range(3)])
    task, solution, gone = settle(task_of(district, NAMES), solver)
    kept = {duty.ags for duty in task.offer.duties.values()}
    assert kept == {p.ags for p in district.places[1:]} - {duty.ags for duty in gone}
    assert (solution.broken, solution.status) == ((), "optimal")


def test_what_was_not_found_in_time_is_not_called_impossible(district: District) -> None:
    solver = Solver([("west", "berg", "celle", "damme")], status="feasible")
    assert waived(task_of(district, NAMES), solver) == {"ahaus": "not_found"}


def test_a_plan_that_keeps_a_municipality_anyway_needs_no_further_attempt(
    district: District,
) -> None:
    # Damme is visited less long ago than Ahaus, which has no time.
    solver = Solver([("west", "berg", "celle", "damme")])
    settle(task_of(district, NAMES), solver)
    assert len(solver.asked) == 1 + 1 + 1


def test_out_of_time_at_the_end_the_plan_before_is_taken(district: District) -> None:
    # The attempts: all of them, Ahaus first, and at last those that are kept, in vain.
    solver = Solver([("west", "berg", "celle", "damme")], is_blind=lambda number: number == 3)
    settled, solution, _gone = settle(task_of(district, NAMES), solver)
    assert {halt.place for tour in solution.tours for halt in tour} == {"west", *NAMES[1:]}
    assert {duty.name for duty in settled.offer.duties.values()} == {"Berg", "Celle", "Damme"}
    assert solution.broken == ()


def test_a_rule_that_is_no_municipality_s_is_never_waived(district: District) -> None:
    solver = Solver([NAMES])
    with speaking("en"), pytest.raises(InfeasibleError) as caught:
        settle(task_of(district, NAMES), solver)
    assert caught.value.faults[0].what.startswith("“Westen: visits a week, at least 1”")


def test_other_rules_go_before_municipalities(district: District) -> None:
    # The four hold together without the focus area, and with it only two.
    solver = Solver([NAMES, ("west", "ahaus", "damme")])
    gone = waived(task_of(district, ("damme", "celle", "berg", "ahaus")), solver)
    assert gone == {"berg": "no_time", "celle": "no_time"}


def test_what_is_not_proven_impossible_is_not_said_to_be(district: District) -> None:
    solver = Solver([NAMES], status="feasible")
    with speaking("en"), pytest.raises(InfeasibleError) as caught:
        settle(task_of(district, NAMES), solver)
    assert caught.value.faults[0].what.startswith("No plan that keeps all of the rules was found")


def test_a_week_without_an_afternoon_is_one_sentence(district: District) -> None:
    wishes = Wishes(outages=(Outage(1), Outage(3)))
    with speaking("en"), pytest.raises(OutreachError) as caught:
        build_task(district, (WEEK,), wishes=wishes)
    assert str(caught.value) == (
        "No afternoon of 2026-W48 is left: Tue 24 Nov (cancelled by the team); Thu 26 Nov "
        "(cancelled by the team). Plan another week, or take a day out of --cancel or of "
        "no_service in region.toml."
    )


def test_a_plan_says_which_municipality_had_no_time(district: District) -> None:
    # One afternoon that ends when the bus is back from half an hour in the west.
    first = district.config.afternoons[0]
    west = plan_week(district, WEEK, wishes=Wishes(bans=tuple(map(Ban, NAMES)))).tours[0]
    short = replace(first, end_s=first.start_s + west.legs[0].drive_s * 2 + 3000)
    tight = replace(district, config=replace(district.config, afternoons=(short,)))
    plan = plan_week(tight, WEEK, earlier=overdue(tight, NAMES))
    assert {stop.place_id for tour in plan.tours for stop in tour.stops} == {"west"}
    assert [(late.name, late.weeks, late.reason) for late in plan.overdue] == [
        ("Ahaus", 9, "no_time"),
        ("Berg", 8, "no_time"),
        ("Celle", 7, "no_time"),
        ("Damme", 6, "no_time"),
    ]


def test_a_plan_says_which_area_has_no_visit_for_want_of_an_afternoon(district: District) -> None:
    wishes = Wishes(outages=(Outage(3, reason="Krankheit"),))
    west = replace(district.places[0], hours="Th 14:00-19:00")
    shut = replace(district, places=(west, *district.places[1:]))
    plan = plan_week(shut, WEEK, wishes=wishes)
    assert plan.unserved == (Unserved("Westen", (Cancelled(dt.date(2026, 11, 26), "Krankheit"),)),)
    assert read_plan(render_plan(plan), "plan.json") == plan
    assert unserved_text(plan.unserved[0]) == (
        "Westen: nur an Tagen ohne Tour möglich: Do. 26. Nov. (Krankheit)"
    )


@pytest.mark.parametrize(
    ("week", "names"),
    [("2026-W42", ["Herbstferien", "Herbstferien"]), ("2026-W48", [])],
)
def test_a_plan_names_the_school_holidays_of_its_days(
    week: str, names: list[str], district: District
) -> None:
    assert [holiday.name for holiday in plan_week(district, week).school_holidays] == names


def test_days_of_the_plan_are_those_of_the_week(district: District) -> None:
    plan = plan_week(district, WEEK)
    assert [tour.date for tour in plan.tours] == [dt.date(2026, 11, 24), dt.date(2026, 11, 26)]


def test_a_place_far_from_roads_is_left_out_and_the_rest_is_planned(
    region: Region, region_toml: str, road_network: RoadNetwork
) -> None:
    # The roads are 6 km from depot and western place, 11 km from the eastern one.
    district = small_district(region, region_toml, road_network)
    plan = plan_week(replace(district, network=replace(road_network, snap_limit_m=9_000)), WEEK)
    assert [(place.place_id, place.reason) for place in plan.unassigned] == [("east", "no_road")]
    assert {stop.place_id for tour in plan.tours for stop in tour.stops} == {"west"}


def test_a_depot_far_from_roads_is_a_fault(
    region: Region, region_toml: str, road_network: RoadNetwork
) -> None:
    district = small_district(region, region_toml, road_network)
    with pytest.raises(NetworkError, match="Hof"):
        plan_week(replace(district, network=replace(road_network, snap_limit_m=3_000)), WEEK)
