"""Every plan of a small week: the best of them, and what is wrong with a plan.

All times are reckoned anew here, so that the solver and the timekeeper are two others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tours.problem import Option, Problem, Rest
from tours.schedule import Halt, Times, drive_costs, time_tour

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trip:
    """A tour that can be driven in a shift, whatever the rules say.

    Attributes
    ----------
    order : tuple of str
    dwells_s : tuple of int
    worth : int
        Prizes less driving.
    drive_s : int
    is_rested : bool
        Whether the crew takes its break, or is back before it needs one.
    """

    order: tuple[str, ...]
    dwells_s: tuple[int, ...]
    worth: int
    drive_s: int
    is_rested: bool


def _starts(option: Option, ready_s: int, tick_s: int, *, every_second: bool) -> Sequence[int]:
    latest = option.start_s + option.slack_s
    possible = range(max(option.start_s, ready_s), latest + 1)
    found = [start for start in possible if start % tick_s == 0]
    return found if every_second else found[:1]


def _begins(rest: Rest, end_s: int, *, every_second: bool) -> Sequence[int]:
    earliest = max(rest.earliest_s, end_s)
    if every_second:
        return range(earliest, rest.latest_s + 1)
    return [earliest] if earliest <= rest.latest_s else []


def trips(problem: Problem, number: int, *, every_second: bool = False) -> Iterator[Trip]:
    """Yield every tour of a shift, the empty one too.

    Parameters
    ----------
    problem : Problem
    number : int
        Position of the shift.
    every_second : bool
        Try every start within an option and every beginning of a break, not the earliest only.
    """
    shift, rest = problem.shifts[number], problem.shifts[number].rest
    seconds, costs = problem.travel.seconds.tolist(), drive_costs(problem).tolist()
    index = problem.travel.index
    depot = index(shift.depot)
    offered = [
        (c.place, index(c.place), c.options) for c in problem.candidates if c.shift == number
    ]

    def extend(
        at: int, now: int, worth: int, drive: int, halts: tuple[tuple[str, int], ...], rested: bool
    ) -> Iterator[Trip]:
        back = now + seconds[at][depot] + problem.buffer_s
        if halts and back <= shift.end_s:
            yield Trip(
                tuple(place for place, _dwell in halts),
                tuple(dwell for _place, dwell in halts),
                worth - costs[at][depot],
                drive + seconds[at][depot],
                rest is None or rested or back <= rest.latest_s,
            )
        for place, there, options in offered:
            if any(place == known for known, _dwell in halts):
                continue
            ready = now + seconds[at][there] + problem.buffer_s + problem.setup_s
            more = drive + seconds[at][there]
            for option in options:
                value = worth + option.prize - costs[at][there]
                longer = (*halts, (place, option.dwell_s))
                for start in _starts(option, ready, problem.tick_s, every_second=every_second):
                    end = start + option.dwell_s
                    yield from extend(there, end, value, more, longer, rested)
                    if rest is not None and not rested:
                        for begin in _begins(rest, end, every_second=every_second):
                            leave = begin + rest.length_s
                            yield from extend(there, leave, value, more, longer, True)

    yield Trip((), (), 0, 0, True)
    yield from extend(depot, shift.start_s, 0, 0, (), False)


def keeps_orders(problem: Problem, number: int, places: Sequence[str]) -> bool:
    """Tell whether every two places are in the order that a rule gives them."""
    return not any(
        number in order.shifts and order.places.index(a) > order.places.index(b)
        for order in problem.orders
        for a, b in itertools.combinations([p for p in places if p in order.places], 2)
    )


def amounts(problem: Problem, number: int, trip: Trip) -> State:
    """Return what a tour adds to each cover, limit, budget and set of alternatives."""
    visits = list(zip(trip.order, trip.dwells_s, strict=True))
    return (
        *(
            sum((dwell if c.dwell_s else 1) for place, dwell in visits if c.counts(place, number))
            for c in problem.covers
        ),
        *(
            sum(place in limit.places for place, _dwell in visits) * (number in limit.shifts)
            for limit in problem.limits
        ),
        *(trip.drive_s * (number in budget.shifts) for budget in problem.budgets),
        *(int(bool(visits) and number in numbers) for numbers in problem.alternatives),
    )


def best_plan(problem: Problem, *, every_second: bool = False) -> tuple[int, int]:
    """Return how many visits hard covers must miss, and the greatest value with so few missed.

    Where a hard cover asks for minutes, missing some of them counts as one visit.
    """
    needed = [c.dwell_s or c.at_least for c in problem.covers]
    most = [
        *(limit.at_most for limit in problem.limits),
        *(budget.drive_s for budget in problem.budgets),
        *(1 for _numbers in problem.alternatives),
    ]
    plans: dict[State, int] = {(0,) * (len(needed) + len(most)): 0}
    for number in range(len(problem.shifts)):
        each: dict[State, int] = {}
        for trip in trips(problem, number, every_second=every_second):
            if trip.is_rested and keeps_orders(problem, number, trip.order):
                state = amounts(problem, number, trip)
                each[state] = max(each.get(state, trip.worth), trip.worth)
        joined: dict[State, int] = {}
        for (done, value), (state, worth) in itertools.product(plans.items(), each.items()):
            total = [a + b for a, b in zip(done, state, strict=True)]
            if any(a > b for a, b in zip(total[len(needed) :], most, strict=True)):
                continue
            # More than is needed counts no more.
            key = (*map(min, total, needed), *total[len(needed) :])
            joined[key] = max(joined.get(key, value + worth), value + worth)
        plans = joined

    judged = [(judge(problem, state), value) for state, value in plans.items()]
    missed, value = max((-missed, value + bonus) for (missed, bonus), value in judged)
    return -missed, value


def judge(problem: Problem, reached: Sequence[int]) -> tuple[int, int]:
    """Return what hard covers miss and what the others earn, from what each cover has."""
    missed, bonuses = 0, 0
    for cover, has in zip(problem.covers, reached, strict=False):
        needed = cover.dwell_s or cover.at_least
        if cover.bonus is None:
            missed += int(has < needed) if cover.dwell_s else max(0, needed - has)
        elif has >= needed:
            bonuses += cover.bonus
    return missed, bonuses


def faults(problem: Problem, tours: Sequence[Sequence[Halt]]) -> list[str]:
    """Return what is wrong with a plan, hard covers aside; nothing if it can be driven."""
    found: list[str] = []
    totals = [0] * (len(problem.limits) + len(problem.budgets) + len(problem.alternatives))
    for number, (shift, halts) in enumerate(zip(problem.shifts, tours, strict=True)):
        if not halts:
            continue
        timed = time_tour(problem, shift, halts)
        if not isinstance(timed, Times):
            found.append(f"{shift.id} cannot be driven: {timed}")
            continue
        places = [halt.place for halt in halts]
        if len(set(places)) < len(places):
            found.append(f"{shift.id} visits a place twice")
        if not keeps_orders(problem, number, places):
            found.append(f"{shift.id} breaks an order")
        if not _is_rested(shift.rest, halts, timed.return_s + problem.buffer_s):
            found.append(f"{shift.id} has no break")
        trip = Trip(
            tuple(places),
            tuple(h.dwell_s for h in halts),
            0,
            _drive_s(problem, number, places),
            True,
        )
        rules = amounts(problem, number, trip)[len(problem.covers) :]
        totals = [a + b for a, b in zip(totals, rules, strict=True)]
    rules_ = (
        *((limit.name, limit.at_most) for limit in problem.limits),
        *((budget.name, budget.drive_s) for budget in problem.budgets),
        *((f"alternatives {sorted(numbers)}", 1) for numbers in problem.alternatives),
    )
    found += [name for total, (name, most) in zip(totals, rules_, strict=True) if total > most]
    return found


def _is_rested(rest: Rest | None, halts: Sequence[Halt], back_s: int) -> bool:
    breaks = [halt for halt in halts if halt.rest_s]
    if rest is None:
        return not breaks
    if not breaks:
        return back_s <= rest.latest_s
    begins = [halt.departure_s - rest.length_s for halt in breaks]
    return len(breaks) == 1 and (
        breaks[0].rest_s >= rest.length_s and rest.earliest_s <= begins[0] <= rest.latest_s
    )


def _drive_s(problem: Problem, number: int, places: Sequence[str]) -> int:
    depot = problem.shifts[number].depot
    index, seconds = problem.travel.index, problem.travel.seconds
    path = [index(point) for point in (depot, *places, depot)]
    return sum(int(seconds[a, b]) for a, b in itertools.pairwise(path))


def value_of(problem: Problem, tours: Sequence[Sequence[Halt]]) -> tuple[int, int]:
    """Return what hard covers miss in a plan, and what it earns, each halt by its best option.

    Raises
    ------
    ValueError
        If a halt is none of the options of its place.
    """
    options = {(c.place, c.shift): c.options for c in problem.candidates}
    costs, index = drive_costs(problem), problem.travel.index
    worth, reached = 0, [0] * len(problem.covers)
    for number, halts in enumerate(tours):
        for halt in halts:
            worth += max(
                option.prize
                for option in options[halt.place, number]
                if option.dwell_s == halt.dwell_s
                and 0 <= halt.start_s - option.start_s <= option.slack_s
            )
            for position, cover in enumerate(problem.covers):
                if cover.counts(halt.place, number):
                    reached[position] += halt.dwell_s if cover.dwell_s else 1
        if halts:
            depot = problem.shifts[number].depot
            path = [index(point) for point in (depot, *(halt.place for halt in halts), depot)]
            worth -= sum(int(costs[a, b]) for a, b in itertools.pairwise(path))
    missed, bonuses = judge(problem, reached)
    return missed, worth + bonuses
