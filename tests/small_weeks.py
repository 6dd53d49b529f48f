"""Small weeks for the tests of the solver, and the answer by trying everything."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np

from geodata.travel import TravelTimes
from tours.problem import Candidate, Cover, Limit, Option, Problem, Shift
from tours.schedule import Halt, Late, Times, drive_costs, time_tour

MONDAY = dt.date(2026, 11, 23)
MINUTE = 60
HOUR = 3600


def line_travel(*positions_min: int) -> TravelTimes:
    """Points on one road, their positions in minutes of driving; the first is the depot."""
    at = np.array(positions_min, dtype=np.int64)
    seconds = np.abs(at[:, None] - at[None, :]) * MINUTE
    ids = ("depot", *(f"p{i}" for i in range(1, len(positions_min))))
    return TravelTimes(ids, seconds, seconds * 15)


def shift(day: int = 0, start_h: float = 14, end_h: float = 18) -> Shift:
    """Return an afternoon; 0 is Monday."""
    date = MONDAY + dt.timedelta(days=day)
    return Shift(f"day{day}", date, "depot", int(start_h * HOUR), int(end_h * HOUR))


def hourly(place: str, shift_: int, prize: int, *starts_h: float, dwell_min: int = 30) -> Candidate:
    """Return a candidate with one dwell and some starts, in hours."""
    options = tuple(Option(int(s * HOUR), dwell_min * MINUTE, prize) for s in starts_h)
    return Candidate(place, shift_, options)


def random_week(
    seed: int,
    *,
    places: int = 5,
    shifts: int = 2,
    grid_min: int = 30,
    covers: int = 3,
    at_most: int = 1,
    most_needed: int = 1,
    alike: bool = False,
    some_days: bool = False,
) -> Problem:
    """Return a week that a person could solve by trying everything.

    Alike: every day is the same. Some days: every other rule counts one day only.
    """
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 40, (places + 1, 2))
    minutes = np.abs(at[:, None] - at[None, :]).sum(axis=2)
    seconds = (minutes * MINUTE + rng.integers(0, 50, minutes.shape)).astype(np.int64)
    np.fill_diagonal(seconds, 0)
    ids = ("depot", *(f"p{i}" for i in range(1, places + 1)))
    days = tuple(shift(day, 14, float(rng.choice([16.5, 17.0, 18.0]))) for day in range(shifts))
    candidates = []
    for number, day in enumerate(days):
        for place in ids[1:]:
            if rng.random() < 0.15:
                continue
            opens = int(rng.integers(0, 3)) * 30 * MINUTE + day.start_s
            options = tuple(
                Option(start, dwell, int(rng.integers(5, 60)) + dwell // 120)
                for dwell in (30 * MINUTE, 45 * MINUTE)
                for start in range(opens, day.end_s - dwell, grid_min * MINUTE)
            )
            if options:
                candidates.append(Candidate(place, number, options))
    if alike:
        days = tuple(replace(days[0], id=day.id, date=day.date) for day in days)
        first = [c for c in candidates if c.shift == 0]
        candidates = [replace(c, shift=number) for number in range(shifts) for c in first]
    rules = []
    for number in range(covers):
        size = int(rng.integers(1, 4))
        members = frozenset(rng.choice(ids[1:], size, replace=False).tolist())
        bonus = None if rng.random() < 0.4 else int(rng.integers(0, 80))
        needed = int(rng.integers(1, most_needed + 1))
        counted = frozenset({int(rng.integers(shifts))}) if some_days and number % 2 else None
        rules.append(Cover(f"rule{number}", members, needed, bonus, counted))
    everywhere = frozenset(range(shifts))
    limits = tuple(Limit(frozenset({place}), everywhere, at_most) for place in ids[1:])
    return Problem(
        shifts=days,
        candidates=tuple(candidates),
        travel=TravelTimes(ids, seconds, seconds),
        covers=tuple(rules),
        limits=limits,
        setup_s=int(rng.integers(0, 2)) * 5 * MINUTE,
        buffer_s=int(rng.integers(0, 3)) * 2 * MINUTE,
        driving_price=int(rng.integers(0, 60)),
    )


def tours_by_trying(problem: Problem, number: int) -> dict[tuple[str, ...], int]:
    """Return every order of places that can be driven in a shift, with its greatest worth."""
    shift_ = problem.shifts[number]
    options = {c.place: c.options for c in problem.candidates if c.shift == number}
    costs, index = drive_costs(problem), problem.travel.index
    depot = index(shift_.depot)
    best: dict[tuple[str, ...], int] = {(): 0}

    def extend(halts: list[Halt], earned: int) -> None:
        for place, ways in options.items():
            if any(halt.place == place for halt in halts):
                continue
            for option in ways:
                tour = [*halts, Halt(place, option.start_s, option.dwell_s)]
                timed = time_tour(problem, shift_, tour)
                if isinstance(timed, Late) and timed.place != shift_.depot:
                    continue
                stops = [depot, *(index(h.place) for h in tour), depot]
                drive = sum(int(costs[a, b]) for a, b in itertools.pairwise(stops))
                order = tuple(h.place for h in tour)
                worth = earned + option.prize - drive
                if isinstance(timed, Times):
                    best[order] = max(best.get(order, worth), worth)
                extend(tour, earned + option.prize)

    extend([], 0)
    return best


def best_by_trying(problem: Problem) -> tuple[int, int]:
    """Return how many visits hard rules must miss, and the greatest value with so few missed."""
    per_shift = []
    for number in range(len(problem.shifts)):
        by_set: dict[frozenset[str], int] = {}
        for order, worth in tours_by_trying(problem, number).items():
            key = frozenset(order)
            by_set[key] = max(by_set.get(key, worth), worth)
        per_shift.append(list(by_set.items()))
    best: tuple[int, int] | None = None
    for choice in itertools.product(*per_shift):
        if any(_visits(choice, limit) > limit.at_most for limit in problem.limits):
            continue
        missed, value = 0, sum(worth for _places, worth in choice)
        for cover in problem.covers:
            visits = sum(
                cover.counts(place, number)
                for number, (places, _worth) in enumerate(choice)
                for place in places
            )
            if cover.bonus is None:
                missed += max(0, cover.at_least - visits)
            elif visits >= cover.at_least:
                value += cover.bonus
        if best is None or (-missed, value) > (-best[0], best[1]):
            best = missed, value
    assert best is not None
    return best


def _visits(choice: tuple[tuple[frozenset[str], int], ...], limit: Limit) -> int:
    return sum(
        len(limit.places & places)
        for number, (places, _worth) in enumerate(choice)
        if number in limit.shifts
    )
