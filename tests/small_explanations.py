"""What explanations of a week on the napkin are compared with."""

from __future__ import annotations

from dataclasses import replace

from small_services import NOTHING, WEEK, planned
from small_weeks import best_by_trying

from geodata.places import Place
from tours.appointments import Appointment
from tours.district import District
from tours.explain.explain import explain
from tours.explain.explanation import Explanation
from tours.plan import Asked
from tours.problem import Cover, Problem


def explained(
    district: District, id_: str, asked: Asked = NOTHING, *, time_limit: float = 60
) -> Explanation:
    everything: tuple[Place | Appointment, ...] = (*district.places, *district.appointments)
    place = next(one for one in everything if one.id == id_)
    return explain(district, (planned(district, asked),), WEEK, place, time_limit=time_limit)


def needing(problem: Problem, place: str) -> Problem:
    """Return a problem whose plans visit a place."""
    return replace(problem, covers=(*problem.covers, Cover("x", frozenset({place}))))


def lacking(problem: Problem, place: str) -> Problem:
    """Return a problem whose plans do not visit a place."""
    return replace(problem, candidates=tuple(c for c in problem.candidates if c.place != place))


def price(free: Problem, other: Problem) -> int:
    """Return the difference of the best of all plans each."""
    (_none, most), (missed, value) = best_by_trying(free), best_by_trying(other)
    assert missed == 0
    return most - value
