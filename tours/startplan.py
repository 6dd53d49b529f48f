"""A stored plan as the start of another one: which of its tours goes into which afternoon."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tours.plan import Plan
from tours.problem import Problem, Shift
from tours.schedule import Halt
from tours.solver.start import driven_tour, offered_halts
from tours.tour import Tour

# Into which afternoon a tour goes, the most natural way first.
_WAYS: tuple[Callable[[Tour, Shift], bool], ...] = (
    lambda tour, shift: tour.id == shift.id,
    lambda tour, shift: tour.date == shift.date,
    lambda _tour, _shift: True,
)


def halts_of(tour: Tour) -> tuple[Halt, ...]:
    """Return the stops of a tour as the solver knows them."""
    return tuple(
        Halt(stop.place_id, stop.start_s, stop.departure_s - stop.start_s, stop.rest_s)
        for stop in tour.stops
    )


def start_plan(problem: Problem, plans: Iterable[Plan]) -> tuple[tuple[Halt, ...], ...]:
    """Return tours of plans per shift, each where it was, or else where it can be driven.

    Where it cannot be driven as a whole, stops that are not offered are left out, and what
    fits nowhere even so. An afternoon with other hours, or on another day, can take a tour that
    was not its own.

    Parameters
    ----------
    problem : Problem
    plans : iterable of Plan
        Of the same weeks, made with these or other settings.
    """
    left = [tour for plan in plans for tour in plan.tours if tour.stops]
    found: dict[int, tuple[Halt, ...]] = {}
    taken: set[int] = set()
    for is_whole in (True, False):
        for suits in _WAYS:
            for tour in tuple(left):
                for number, shift in enumerate(problem.shifts):
                    if number in taken or not suits(tour, shift):
                        continue
                    halts = halts_of(tour)
                    if not is_whole:
                        halts = offered_halts(problem, number, halts)
                    if halts and driven_tour(problem, number, halts) is not None:
                        found[number] = halts
                        # Of several depots for the same bus it starts from one.
                        taken |= {number}.union(*(a for a in problem.alternatives if number in a))
                        left.remove(tour)
                        break
    return tuple(found.get(number, ()) for number in range(len(problem.shifts)))
