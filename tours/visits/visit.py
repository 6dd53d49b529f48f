"""Visits: what happened at a place, in numbers only; no names, no words about anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geodata.language import translator
from tours.dates import long_date
from tours.hotspots.ledger import Learned
from tours.plan import Plan
from tours.schedule import clock
from tours.tour import Stop, Tour

_ = translator("tours")

# Why an announced stop did not take place.
REASONS = ("staff", "vehicle", "weather", "road", "time", "closed", "other")
# More than this is taken for a slip of the finger.
MOST_MET = 500
FIRST_DATE = dt.date(2000, 1, 1)
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """The planned stop that a visit answers. Seconds after midnight.

    Its times are kept beside the visit, since the week may be planned anew later.

    Attributes
    ----------
    week : str
        ISO week of the plan.
    tour : str
        Id of the tour.
    arrival_s, start_s, departure_s : int
        Expected arrival, published start and end.
    """

    week: str
    tour: str
    arrival_s: int
    start_s: int
    departure_s: int

    @property
    def dwell_s(self) -> int:
        """Published time on site, seconds."""
        return self.departure_s - self.start_s

    @property
    def slot(self) -> tuple[str, str, int]:
        """What tells it from other stops at the place: week, tour and start."""
        return self.week, self.tour, self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit, or an announced stop that did not take place. Seconds after midnight, local time.

    Attributes
    ----------
    place : str
    date : date
    arrival_s, departure_s : int
        Where it did not take place, both are the start that was announced.
    met, new : int
        Contacts, and how many of them for the first time.
    reason : str
        Why it did not take place, one of `REASONS`; empty if it did.
    planned : PlannedStop or None
        None for a visit that was not planned.
    id : int
        Number in the log, the same after a correction; 0 before it is logged.
    logged_at : datetime or None
        When this was written down, UTC.
    """

    place: str
    date: dt.date
    arrival_s: int
    departure_s: int
    met: int = 0
    new: int = 0
    reason: str = ""
    planned: PlannedStop | None = None
    id: int = 0
    logged_at: dt.datetime | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.new <= self.met:
            raise ValueError(f"new must be from 0 to met, got {self.new} of {self.met}")
        if self.reason:
            if self.reason not in REASONS:
                raise ValueError(f"reason must be one of {REASONS}, got {self.reason!r}")
            if self.met or self.arrival_s != self.departure_s:
                raise ValueError(f"reason must be empty for a visit, got {self.reason!r}")
        elif not 0 <= self.arrival_s < self.departure_s <= DAY_S:
            raise ValueError(
                "times must satisfy 0 <= arrival_s < departure_s <= 86400, "
                f"got {self.arrival_s} and {self.departure_s}"
            )

    @property
    def took_place(self) -> bool:
        """Whether somebody was there."""
        return not self.reason

    @property
    def start_s(self) -> int:
        """When young people could come: the published start, or the arrival if that is later."""
        if self.planned and self.arrival_s <= self.planned.start_s < self.departure_s:
            return self.planned.start_s
        return self.arrival_s

    @property
    def dwell_s(self) -> int:
        """Time on site for young people, seconds; setting up before the start is none."""
        return self.departure_s - self.start_s

    @property
    def key(self) -> tuple[str, dt.date, int]:
        """What tells it from other visits: place, date and arrival."""
        return self.place, self.date, self.arrival_s

    @property
    def entries(self) -> tuple[int, int, int, str]:
        """What a person has entered beside the key: departure, met, new, reason."""
        return self.departure_s, self.met, self.new, self.reason


@dataclass(frozen=True, slots=True)
class Change:
    """What the team said about a place when asked whether something has changed there.

    Attributes
    ----------
    place : str
    date : date
        The last day of what was before.
    has_changed : bool
    """

    place: str
    date: dt.date
    has_changed: bool


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What is left of the visits of a place in a month whose rows were removed.

    Attributes
    ----------
    place : str
    month : date
        Its first day.
    visits, missed : int
        Visits, and announced stops that did not take place.
    dwell_s : int
        Time on site, seconds.
    met, new : int
    """

    place: str
    month: dt.date
    visits: int
    missed: int
    dwell_s: int
    met: int
    new: int

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError(f"month must be a first day, got {self.month}")
        if not 0 <= self.new <= self.met:
            raise ValueError(f"new must be from 0 to met, got {self.new} of {self.met}")


@dataclass(frozen=True)
class Journal:
    """All that is logged, as it stands after corrections.

    Attributes
    ----------
    visits : tuple of Visit
        In order of date, arrival and id.
    changes : tuple of Change
        One per place and date, in order of date and place.
    sums : tuple of MonthSum
        What is left of older visits, in order of month and place.
    learned : Learned or None
        What these have taught.
    """

    visits: tuple[Visit, ...] = ()
    changes: tuple[Change, ...] = ()
    sums: tuple[MonthSum, ...] = ()
    learned: Learned | None = None

    def __bool__(self) -> bool:
        return bool(self.visits or self.changes or self.sums)

    @property
    def removed_before(self) -> dt.date | None:
        """The day before which visits were removed, so that sums stand for them; None if none."""
        return self.learned.before if self.sums and self.learned else None

    def before(self, day: dt.date) -> Journal:
        """Return what is dated before a day.

        What removed visits have taught can be told for the days after them alone.
        """
        learned = self.learned
        return Journal(
            tuple(visit for visit in self.visits if visit.date < day),
            tuple(change for change in self.changes if change.date < day),
            tuple(one for one in self.sums if one.month < day),
            learned if learned is not None and learned.before <= day else None,
        )


NOTHING_LOGGED = Journal()


def in_order(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """Return visits in the order of the ledger: date, arrival, id."""
    return tuple(sorted(visits, key=lambda visit: (visit.date, visit.arrival_s, visit.id)))


def planned_stop(plan: Plan, tour: Tour, stop: Stop) -> PlannedStop:
    """Return a stop of a plan as a visit refers to it."""
    return PlannedStop(plan.week, tour.id, stop.arrival_s, stop.start_s, stop.departure_s)


def announced_stops(plans: Sequence[Plan]) -> Iterator[tuple[dt.date, Stop, PlannedStop]]:
    """Yield the stops of plans at meeting places; appointments are not logged."""
    for plan in plans:
        for tour in plan.tours:
            for stop in tour.stops:
                if not stop.is_appointment:
                    yield tour.date, stop, planned_stop(plan, tour, stop)


def answering(visit: Visit, plans: Sequence[Plan], others: Sequence[Visit]) -> Visit:
    """Return a visit with the planned stop that it answers, if there is one.

    Of several stops at the place on that day it is the one whose start is nearest; one that
    another visit answers already is left to that one.

    Parameters
    ----------
    visit : Visit
    plans : sequence of Plan
    others : sequence of Visit
        That are logged already.
    """
    taken = {(other.place, other.planned.slot) for other in others if other.planned}
    free = [
        planned
        for date, stop, planned in announced_stops(plans)
        if date == visit.date
        and stop.place_id == visit.place
        and (stop.place_id, planned.slot) not in taken
    ]
    nearest = min(free, key=lambda planned: abs(planned.start_s - visit.start_s), default=None)
    return replace(visit, planned=nearest)


def clash(visit: Visit, others: Iterable[Visit]) -> Visit | None:
    """Return another visit of the place that cannot have been beside this one, if there is one.

    That is one at the same time, or one that says of the same stop that it did not take place.
    """
    for other in others:
        if (other.place, other.date) != (visit.place, visit.date):
            continue
        if visit.took_place and other.took_place:
            if visit.arrival_s < other.departure_s and other.arrival_s < visit.departure_s:
                return other
        elif other.arrival_s == visit.arrival_s or (
            visit.planned and other.planned and visit.planned.slot == other.planned.slot
        ):
            return other
    return None


def slips(
    *, date: dt.date, arrival_s: int, departure_s: int, met: int, new: int, today: dt.date
) -> Iterator[tuple[str, str, str]]:
    """Yield what cannot be right in the numbers of a visit: field, what is wrong, remedy.

    Parameters
    ----------
    date : date
    arrival_s, departure_s : int
        Seconds after midnight.
    met, new : int
    today : date
    """
    if date > today:
        yield (
            "date",
            _("{date} has not been yet").format(date=long_date(date)),
            _("Correct the date; a visit is logged when it is over"),
        )
    if date < FIRST_DATE:
        yield (
            "date",
            _("{date} is too long ago").format(date=long_date(date)),
            _("Correct the date"),
        )
    if arrival_s >= departure_s:
        yield (
            "departure",
            _("The departure {departure} is not after the arrival {arrival}").format(
                departure=clock(departure_s), arrival=clock(arrival_s)
            ),
            _("Correct arrival or departure"),
        )
    if departure_s > DAY_S:
        yield (
            "departure",
            _("The departure is after midnight"),
            _("Correct arrival or departure; what is after midnight is a visit of the next day"),
        )
    if not 0 <= met <= MOST_MET:
        yield (
            "met",
            _("{number} contacts at one stop cannot be").format(number=met),
            _("Write a number from 0 to {most}").format(most=MOST_MET),
        )
    elif not 0 <= new <= met:
        yield (
            "new",
            _("{new} new contacts cannot be among {met}").format(new=new, met=met),
            _("Write how many of those met were new"),
        )
