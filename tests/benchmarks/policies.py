"""Ways to run a service week after week: what each believes of the places, and so what it drives.

All plan with the same program, places, roads and rules. They differ in what they expect of a stop:

* ``ledger``: the program as it is, with its visit log, curiosity and exploration stop.
* ``mean``: contacts per hour over all visits of the place.
* ``ewma``: the same, where each visit counts `SMOOTHING` and what was before it the rest.
* ``fixed``: the tours of the first weeks, for ever, whatever the rules say.
* ``oracle``: knows what every stop can truly expect, and changes all at will: announced times are
  worth nothing to it. It keeps the rules of the service, and nobody who keeps them does better.
* ``steady``: knows as much, and announced times are worth to it what they are to the others.

Of a place without visits ``mean`` and ``ewma`` expect what the start values say, and know what the
program assumes of school holidays. They are not curious.
"""

from __future__ import annotations

import datetime as dt
import math
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tours.calendar import is_school_holiday
from tours.district import District
from tours.hotspots.factors import HOLIDAY_START
from tours.hotspots.hotspots import Hotspots, effective_hours
from tours.hotspots.ledger import Factor, Forecast, Ledger
from tours.outings import build_outings
from tours.plan import Plan
from tours.planning import plan_week
from tours.tour import Tour
from tours.visits.visit import Journal, Visit

from .made_world import World

# What the last visit counts.
SMOOTHING = 0.3
# What an option is believed to bring: place, date, start and dwell in seconds.
Guess = Callable[[str, dt.date, int, int], float]


@dataclass(frozen=True, eq=False)
class Believed(Hotspots):
    """What somebody believes of the places who keeps no ledger.

    Attributes
    ----------
    guess : callable
    """

    guess: Guess = lambda *_stop: 0.0

    def forecast(self, place: str, date: dt.date, start_s: int, dwell_s: int) -> Forecast:
        """Return what a stop is believed to bring, without a doubt."""
        return Forecast(self.guess(place, date, start_s, dwell_s), 0.0, 1.0, Factor(1.0, math.inf))


@dataclass(frozen=True, eq=False)
class Believing(District):
    """A district of whose places somebody believes something.

    Attributes
    ----------
    guess : callable
    """

    guess: Guess = lambda *_stop: 0.0

    def hotspots(self, day: dt.date) -> Hotspots:  # noqa: ARG002 - believed on any day
        """Return what is believed."""
        return Believed(
            MappingProxyType({place.id: place for place in self.places}),
            self.config.state,
            Ledger(self.config.contacts_per_hour),
            (),
            (),
            guess=self.guess,
        )


def _believing(district: District, guess: Guess) -> Believing:
    return Believing(
        district.region,
        replace(district.config, exploration_weeks=None),
        district.places,
        district.network,
        guess=guess,
    )


class Policy(ABC):
    """Plans each week on the weeks before it, and is told what the visits met.

    Parameters
    ----------
    world : World
        Of which a policy but the oracle may know the district alone.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.district = world.district

    def plan(self, week: str, earlier: Sequence[Plan]) -> Plan:
        """Return the plan of a week, with the places that there are."""
        self.district = self.world.known(week)
        return plan_week(self.believed(), week, earlier=earlier)

    @abstractmethod
    def believed(self) -> District:
        """Return the district as it is planned with."""

    @abstractmethod
    def learn(self, visits: Sequence[Visit]) -> None:
        """Take note of the visits of a week."""


class LedgerPolicy(Policy):
    """The program as it is."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.visits: tuple[Visit, ...] = ()

    def believed(self) -> District:
        """Return the district with all visits so far."""
        return replace(self.district, journal=Journal(self.visits))

    def learn(self, visits: Sequence[Visit]) -> None:
        """Log the visits."""
        self.visits += tuple(
            replace(visit, id=number) for number, visit in enumerate(visits, len(self.visits) + 1)
        )


class MeanPolicy(Policy):
    """Contacts per hour at each place, as its visits say."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        # Hours and contacts per place.
        self.seen: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))

    def rate(self, place: str) -> float:
        """Return contacts per hour outside of school holidays."""
        hours, met = self.seen[place]
        start = self.district.config.contacts_per_hour * self.world.places[place].start_weight
        return met / hours if hours else start

    def note(self, place: str, hours: float, met: int) -> None:
        """Take note of a visit; hours are shorter where little is expected of a holiday."""
        before, had = self.seen[place]
        self.seen[place] = before + hours, had + met

    def exposure(self, place: str, date: dt.date, dwell_s: int) -> float:
        """Return the hours that a stop counts for."""
        hours = effective_hours(dwell_s)
        if is_school_holiday(date, self.district.config.state):
            hours *= HOLIDAY_START.get(self.world.places[place].kind, 1.0)
        return hours

    def believed(self) -> District:
        """Return the district with what is believed now."""
        return _believing(
            self.district,
            lambda place, date, _start, dwell_s: (
                self.rate(place) * self.exposure(place, date, dwell_s)
            ),
        )

    def learn(self, visits: Sequence[Visit]) -> None:
        """Take note of the visits of a week."""
        for visit in visits:
            hours = self.exposure(visit.place, visit.date, visit.dwell_s)
            self.note(visit.place, hours, visit.met)


class EwmaPolicy(MeanPolicy):
    """Contacts per hour at each place, where what is long ago counts little."""

    def note(self, place: str, hours: float, met: int) -> None:
        """Move the rate towards what a visit says."""
        had, found = self.rate(place), met / hours
        self.seen[place] = 1.0, had + SMOOTHING * (found - had)


class FixedPolicy(Policy):
    """The first tour of each weekday and bus, for ever."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.tours: dict[tuple[int, str], Tour] = {}

    def believed(self) -> District:
        """Return the district as it was in the beginning."""
        return replace(self.district, journal=Journal())

    def learn(self, visits: Sequence[Visit]) -> None:
        """Learn nothing."""

    def plan(self, week: str, earlier: Sequence[Plan]) -> Plan:
        """Return the tours that are known, on the days on which the bus drives."""
        config = self.district.config
        if earlier and self.tours.keys() >= {(a.weekday, a.bus) for a in config.afternoons}:
            outings = build_outings(config, [week])
            tours: list[Tour] = []
            for outing in outings.outings:
                shift = outings.shifts[outing.shifts[0]]
                known = self.tours[shift.date.weekday(), outing.bus]
                tours.append(replace(known, id=shift.id, date=shift.date))
            return replace(earlier[-1], week=week, tours=tuple(tours))
        plan = super().plan(week, earlier)
        for tour in plan.tours:
            self.tours.setdefault((tour.date.weekday(), tour.bus), tour)
        return plan


class SteadyPolicy(Policy):
    """Knows what is true."""

    def believed(self) -> District:
        """Return the district with the truth."""
        return _believing(self.district, self.world.mean)

    def learn(self, visits: Sequence[Visit]) -> None:
        """Learn nothing: there is nothing left to know."""


class OraclePolicy(SteadyPolicy):
    """Knows what is true, and may come at any time."""

    def believed(self) -> District:
        """Return the district with the truth, where keeping a time is worth nothing."""
        known = super().believed()
        return replace(known, config=replace(known.config, stability=0.0))


POLICIES: dict[str, type[Policy]] = {
    "ledger": LedgerPolicy,
    "mean": MeanPolicy,
    "ewma": EwmaPolicy,
    "fixed": FixedPolicy,
    "oracle": OraclePolicy,
    "steady": SteadyPolicy,
}
