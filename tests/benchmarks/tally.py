"""What the weeks of a service amount to: who was visited, who waited, what stayed as announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tours.calendar import weeks_between, weeks_from
from tours.district import District
from tours.plan import Plan
from tours.tour import Stop, Tour

NO_AFTERNOON = "no afternoon"


@dataclass(frozen=True, slots=True)
class DoneWeek:
    """A week that was planned, or could not be.

    Attributes
    ----------
    week : str
    plan : Plan or None
    seconds : float
        How long planning took.
    trouble : str
        Why there is no plan; empty if there is one.
    met : int or None
        Contacts of made-up visits; None without them.
    """

    week: str
    plan: Plan | None
    seconds: float = 0.0
    trouble: str = ""
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A week in which an area did not get what it is owed.

    Attributes
    ----------
    area, week, reason : str
    """

    area: str
    week: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a municipality had to wait.

    Attributes
    ----------
    ags, name : str
    longest : int
        Weeks from visit to visit; from the week before the first plan, and to the week after
        the last one, which is the least that a gap can become that is still open then.
    visits : int
    """

    ags: str
    name: str
    longest: int
    visits: int


def owed_areas(district: District) -> frozenset[str]:
    """Return the municipalities that are an area of their own and are owed something."""
    return frozenset(
        ags
        for area in district.config.areas
        if (area.at_least or area.at_least_s) and len(area.municipalities) == 1
        for ags in area.municipalities
    )


def _stops(plan: Plan) -> Iterator[tuple[Tour, Stop]]:
    for tour in plan.tours:
        for stop in tour.stops:
            if not stop.is_appointment:
                yield tour, stop


def missed_areas(district: District, weeks: Sequence[DoneWeek]) -> list[Missed]:
    """Return every week of each area that did not get what it is owed."""
    found: list[Missed] = []
    for done in weeks:
        for area in district.config.areas:
            if not (area.at_least or area.at_least_s):
                continue
            if done.plan is None:
                found.append(Missed(area.name, done.week, done.trouble))
                continue
            days = [tour.date for tour in done.plan.tours if area.is_valid(tour.date)]
            got = [
                stop.departure_s - stop.start_s
                for tour, stop in _stops(done.plan)
                if stop.ags in area.municipalities and tour.date in days
            ]
            if days and (len(got) < area.at_least or sum(got) < area.at_least_s):
                found.append(Missed(area.name, done.week, "not in the plan"))
    return found


def waitings(district: District, weeks: Sequence[DoneWeek]) -> list[Waiting]:
    """Return how long each municipality waited that only the cycle asks for."""
    first, beyond = weeks[0].week, weeks_from(weeks[-1].week, 2)[1]
    members = {place.ags for place in district.places}
    found: list[Waiting] = []
    for ags, municipality in district.region.municipalities.items():
        if ags in district.config.not_served | owed_areas(district) or ags not in members:
            continue
        visited = [
            done.week
            for done in weeks
            if done.plan and any(stop.ags == ags for _tour, stop in _stops(done.plan))
        ]
        ends = [-1, *(weeks_between(first, week) for week in visited), weeks_between(first, beyond)]
        longest = max(b - a for a, b in pairwise(ends))
        found.append(Waiting(ags, municipality.name, longest, len(visited)))
    return found


def without_place(district: District) -> list[str]:
    """Return the names of the inhabited municipalities that nobody can visit: no place there."""
    members = {place.ags for place in district.places if place.status == "active"}
    return [
        municipality.name
        for ags, municipality in district.region.municipalities.items()
        if municipality.population and ags not in members | district.config.not_served
    ]


def stable_shares(weeks: Sequence[DoneWeek], length: int = 1) -> list[tuple[str, float]]:
    """Return the share of stops that stand as announced: place, weekday, start; by week.

    Announced for a weekday is its last tour; in cycles, that of the same week of a cycle. Weeks
    for which nothing is announced yet are left out.

    Parameters
    ----------
    weeks : sequence of DoneWeek
    length : int
        Weeks that were planned as one.
    """
    announced: list[dict[tuple[int, str], frozenset[tuple[str, int]]]] = [
        {} for _turn in range(length)
    ]
    shares: list[tuple[str, float]] = []
    for done in weeks:
        if done.plan is None:
            continue
        tours = {
            (tour.date.weekday(), tour.bus): frozenset(
                (stop.place_id, stop.start_s) for stop in tour.stops if not stop.is_appointment
            )
            for tour in done.plan.tours
        }
        known = announced[weeks_between(weeks[0].week, done.week) % length]
        number = sum(map(len, tours.values()))
        if known and number:
            kept = sum(len(stops & known.get(key, frozenset())) for key, stops in tours.items())
            shares.append((done.week, kept / number))
        known |= tours
    return shares


def places_visited(weeks: Sequence[DoneWeek]) -> int:
    """Return how many different places were visited."""
    return len({stop.place_id for done in weeks if done.plan for _tour, stop in _stops(done.plan)})
