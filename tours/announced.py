"""What is announced of a place: weekdays and times, and the next dates with their exceptions.

The plan that is announced is repeated until another one takes its place: a week that has a plan
of its own is driven by that, any other one by the last plan whose turn it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tours.calendar import public_holiday, week_dates, week_of, weeks_between
from tours.dayoff import DayOff
from tours.plan import Plan
from tours.tour import Stop

# So many dates are announced, more where too many of them are cancelled.
NUM_DATES, LEAST_SERVED, MOST_DATES = 6, 4, 8
# So far ahead, weeks: the dates of a cycle of four, cancelled ones among them.
HORIZON = 28


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A weekday and the time of a place.

    Attributes
    ----------
    weekday : int
        0 is Monday.
    start_s, end_s : int
        Published start and end, seconds after midnight.
    every : int
        It comes again after so many weeks; 0 where that cannot be said.
    """

    weekday: int
    start_s: int
    end_s: int
    every: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """A date of a place.

    Attributes
    ----------
    date : date
    start_s, end_s : int
        Published start and end, seconds after midnight.
    is_off : bool
        Whether the bus does not come, though it would be its turn.
    """

    date: dt.date
    start_s: int
    end_s: int
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the public is told of a place.

    Attributes
    ----------
    place_id, name, municipality : str
    lon, lat : float
        Degrees, EPSG:4326.
    slots : tuple of Slot
        Of the week, or of all weeks of its cycle, in their order.
    occasions : tuple of Occasion
        In order, from the week on.
    """

    place_id: str
    name: str
    municipality: str
    lon: float
    lat: float
    slots: tuple[Slot, ...]
    occasions: tuple[Occasion, ...]


def announce(
    plan: Plan,
    others: Iterable[Plan] = (),
    *,
    state: str,
    no_service: Sequence[DayOff] = (),
    hidden: Collection[str] = frozenset(),
    is_whole: bool = False,
) -> tuple[Announcement, ...]:
    """Return what is told of each public place of a week, in the order of their stops.

    Appointments and places that are not for the public are left out.

    Parameters
    ----------
    plan : Plan
    others : iterable of Plan
        Stored plans of other weeks; those before it count where they belong to its cycle.
    state : str
        Federal state, for the public holidays.
    no_service : sequence of DayOff
        Days without an afternoon, besides public holidays.
    hidden : collection of str
        Ids of places that are no longer for the public.
    is_whole : bool
        Whether to tell of places as well that only other weeks visit, after those of the week.
    """
    roster = _Roster(plan, others, state, no_service)
    plans = [plan, *(roster.others() if is_whole else ())]
    tours = [tour for one in plans for tour in one.tours]
    stops = [stop for tour in tours for stop in tour.stops if _is_public(stop)]
    first = {stop.place_id: stop for stop in reversed(stops) if stop.place_id not in hidden}
    return tuple(
        Announcement(
            place_id=stop.place_id,
            name=stop.name,
            municipality=stop.municipality,
            lon=stop.lon,
            lat=stop.lat,
            slots=roster.slots(stop.place_id),
            occasions=_next(roster.occasions(stop.place_id)),
        )
        for stop in sorted(first.values(), key=stops.index)
    )


def repeated_after(
    plan: Plan, others: Iterable[Plan], announcements: Iterable[Announcement]
) -> str:
    """Return the last week that has a plan where dates of later ones are told; else nothing."""
    last = max([plan.week, *(other.week for other in others)])
    days = (one.date for place in announcements for one in place.occasions)
    return last if any(week_of(day) > last for day in days) else ""


def _is_public(stop: Stop) -> bool:
    return stop.is_public and not stop.is_appointment


def _next(occasions: Iterable[Occasion]) -> tuple[Occasion, ...]:
    """Return the first dates: enough, and enough of them with the bus."""
    found: list[Occasion] = []
    for occasion in occasions:
        served = sum(not one.is_off for one in found)
        if len(found) >= MOST_DATES or (len(found) >= NUM_DATES and served >= LEAST_SERVED):
            break
        found.append(occasion)
    return tuple(found)


class _Roster:
    """Which plan is driven in which week."""

    def __init__(
        self, plan: Plan, others: Iterable[Plan], state: str, no_service: Sequence[DayOff]
    ) -> None:
        self._week, self._rhythm = plan.week, plan.rhythm
        known = {
            other.week: other
            for other in others
            if other.week > plan.week
            or (
                other.rhythm == plan.rhythm
                and 0 < weeks_between(other.week, plan.week) < plan.rhythm
            )
        }
        self._known: Mapping[str, Plan] = {**known, plan.week: plan}
        self._state, self._no_service = state, no_service

    def others(self) -> list[Plan]:
        """Return the plans of other weeks that count, in their order."""
        return [self._known[week] for week in sorted(self._known) if week != self._week]

    def _plan_of(self, week: str, before: str = "") -> Plan | None:
        """Return the plan of a week, or the last one whose turn it is; None if it is unknown."""
        turns = [
            known
            for known in self._known.values()
            if known.week <= week
            and (not before or known.week < before)
            and weeks_between(known.week, week) % known.rhythm == 0
        ]
        return max(turns, key=lambda known: known.week, default=None)

    def _dates(self, plan: Plan | None, place: str, week: str) -> list[Occasion]:
        """Return the dates of a place in a week that is driven by a plan."""
        if plan is None:
            return []
        days, is_repeated = week_dates(week), plan.week != week
        return sorted(
            Occasion(
                day := days[tour.date.weekday()],
                stop.start_s,
                stop.departure_s,
                is_repeated and self._is_day_off(day),
            )
            for tour in plan.tours
            for stop in tour.stops
            if stop.place_id == place and _is_public(stop)
        )

    def _is_day_off(self, day: dt.date) -> bool:
        return public_holiday(day, self._state) is not None or any(
            off.is_on(day) for off in self._no_service
        )

    def slots(self, place: str) -> tuple[Slot, ...]:
        """Return weekdays and times of a place in the week, and in those of its cycle."""
        weeks = list(_weeks(self._week, self._rhythm))
        turns: dict[tuple[int, int, int], list[int]] = {}
        for turn, week in enumerate(weeks):
            for one in self._dates(self._plan_of(week), place, week):
                key = one.date.weekday(), one.start_s, one.end_s
                turns.setdefault(key, []).append(turn)
        return tuple(Slot(*key, every=_every(turns[key], len(weeks))) for key in sorted(turns))

    def occasions(self, place: str) -> Iterator[Occasion]:
        """Yield the dates of a place in order, those on which the bus stays away among them."""
        for week in _weeks(self._week, HORIZON):
            plan = self._plan_of(week)
            dates = self._dates(plan, place, week)
            if plan is not None and plan.week == week != self._week:
                # What was announced for this week before it had a plan of its own.
                former = self._dates(self._plan_of(week, before=week), place, week)
                days = {one.date for one in dates}
                gone = [one for one in former if one.date not in days]
                dates += [Occasion(one.date, one.start_s, one.end_s, True) for one in gone]
            yield from sorted(dates)


def _weeks(first: str, number: int) -> Iterator[str]:
    """Yield some weeks that follow each other, as far as the calendar goes."""
    monday = week_dates(first)[0]
    for turn in range(min(number, (dt.date.max - monday).days // 7)):
        yield week_of(monday + dt.timedelta(weeks=turn))


def _every(turns: Sequence[int], number: int) -> int:
    """Return after how many weeks something comes that has its turn in some of a cycle's weeks."""
    steps = {(b - a - 1) % number + 1 for a, b in zip(turns, [*turns[1:], turns[0]], strict=True)}
    # One week says nothing about the next.
    return steps.pop() if len(steps) == 1 and number > 1 else 0
