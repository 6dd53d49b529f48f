"""A made-up world: hidden rates of real places, which open and dissolve, and what a visit meets.

Each place has contacts per hour that nobody is told: the service's rate, times its start weight,
times factors of the world, of its kind, its municipality, its own, of time band and weekday, all
drawn. School holidays and seasons act on it. Of 40 places four open during the weeks, as a new
skate park does: the service lists them from then on and does not know that they are good ones. At
four others that it has listed nearly nobody is met until they come to life, and nobody is told.
Four good ones dissolve, and nobody is told either. Counts are
negative binomial, so that their variance grows with the square of the mean; what the ledger
assumes is drawn nowhere from the ledger itself.

The world is the same for every policy: it is drawn from the seed and the place, and what a stop
meets from the seed, the place and the day.
"""

from __future__ import annotations

import datetime as dt
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from geodata.places import Place
from tours.calendar import is_school_holiday, open_intervals, week_dates
from tours.district import District
from tours.hotspots.factors import HOLIDAY_START, OUTDOOR, band_of
from tours.hotspots.hotspots import effective_hours

NUM_PLACES = 40
# How far factors of the world lie from 1: standard deviation of their logarithms.
LEVEL, KIND, MUNICIPALITY, BAND, HOLIDAY, SLOT = 0.25, 0.25, 0.2, 0.25, 0.3, 0.15
# A place's own factor is a gamma variate of this shape and mean 1: a few places are far above.
PLACE_SHAPE = 2.0
# Of so many places one opens, one comes to life and one dissolves.
PLACES_PER_EVENT = 10
# Share of its rate that a place has before it comes to life, and after it dissolved.
QUIET = 0.1
# Place factor of one that opened or came to life.
NEW_HOTSPOT = (2.5, 4.0)
# The share of the weeks between which things happen: something has to be learned before, and
# there has to be time to find it out.
EVENTS_BETWEEN = (0.1, 0.75)
# How much more, and less, outdoor places and others see in July and January.
SEASON_OUTDOOR, SEASON_INDOOR = 0.35, 0.1
MIDSUMMER = dt.date(2026, 7, 10)
# Negative binomial: variance = mean + mean² / k, with a k of the world between these.
CLUMPING = (1.5, 4.0)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a place.

    Attributes
    ----------
    place : str
    week : int
        Position of the first week after it.
    kind : str
        ``opened``: it was not there before; ``woken``: nearly nobody was; ``dissolved``: nearly
        nobody is from then on.
    """

    place: str
    week: int
    kind: str


@dataclass(frozen=True, eq=False)
class World:
    """What is true and hidden.

    Attributes
    ----------
    district : District
        With the places of the world alone.
    weeks : tuple of str
        ISO weeks, in order.
    seed : int
    keepers : frozenset of str
        Places that are there from the first week on.
    """

    district: District
    weeks: tuple[str, ...]
    seed: int
    keepers: frozenset[str] = frozenset()

    def draws(self, *key: str | int) -> np.random.Generator:
        """Return random numbers that belong to something in this world."""
        parts = [zlib.crc32(part.encode()) if isinstance(part, str) else part for part in key]
        return np.random.default_rng([self.seed, *parts])

    def _factor(self, spread: float, *key: str | int) -> float:
        """Return a factor with mean 1."""
        return math.exp(spread * float(self.draws(*key).normal()) - spread**2 / 2)

    @cached_property
    def places(self) -> dict[str, Place]:
        """The places by id."""
        return {place.id: place for place in self.district.places}

    @cached_property
    def clumping(self) -> float:
        """The k of the negative binomial."""
        return float(self.draws("clumping").uniform(*CLUMPING))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happens, in the order of the weeks."""
        ids = sorted(self.places)
        number = len(ids) // PLACES_PER_EVENT
        draws = self.draws("events")
        first, last = (round(share * len(self.weeks)) for share in EVENTS_BETWEEN)
        order = [ids[n] for n in draws.permutation(len(ids))]
        opened = [id_ for id_ in order if id_ not in self.keepers][:number]
        woken = [id_ for id_ in order if id_ not in opened][:number]
        # Those dissolve that are worth to be visited: of the better half.
        others = sorted(set(ids) - {*opened, *woken}, key=lambda id_: -self._base(id_))
        better = others[: max(number, len(others) // 2)]
        gone = [better[n] for n in draws.permutation(len(better))[:number]]
        events = [
            Event(place, int(draws.integers(first, max(last, first + 1))), kind)
            for kind, some in (("opened", opened), ("woken", woken), ("dissolved", gone))
            for place in some
        ]
        return tuple(sorted(events, key=lambda event: (event.week, event.place)))

    @cached_property
    def _turns(self) -> dict[str, Event]:
        return {event.place: event for event in self.events}

    def known(self, week: str) -> District:
        """Return the district with the places that there are in a week."""
        number = self.weeks.index(week)
        later = {e.place for e in self.events if e.kind == "opened" and e.week > number}
        places = tuple(place for place in self.district.places if place.id not in later)
        return replace(self.district, places=places)

    @cached_property
    def _bases(self) -> dict[str, float]:
        return {id_: self._base(id_) for id_ in self.places}

    def _base(self, id_: str) -> float:
        place = self.places[id_]
        own = float(self.draws("place", id_).gamma(PLACE_SHAPE, 1 / PLACE_SHAPE))
        return (
            self.district.config.contacts_per_hour
            * place.start_weight
            * self._factor(LEVEL, "level")
            * self._factor(KIND, "kind", place.kind)
            * self._factor(MUNICIPALITY, "municipality", place.ags)
            * own
        )

    def rate(self, id_: str, day: dt.date) -> float:
        """Return contacts per hour on an ordinary day, as they are by then."""
        base = self._bases[id_]
        event = self._turns.get(id_)
        if event is None:
            return base
        is_after = day >= week_dates(self.weeks[event.week])[0]
        if event.kind == "dissolved":
            return base * (QUIET if is_after else 1)
        own = float(self.draws("opening", id_).uniform(*NEW_HOTSPOT))
        ordinary = float(self.draws("place", id_).gamma(PLACE_SHAPE, 1 / PLACE_SHAPE))
        return base * (own / ordinary if is_after else QUIET)

    @cached_property
    def _holidays(self) -> dict[str, float]:
        kinds = sorted({place.kind for place in self.district.places})
        return {
            kind: min(HOLIDAY_START.get(kind, 1.0) * self._factor(HOLIDAY, "holiday", kind), 1.5)
            for kind in kinds
        }

    def _slot(self, place: Place, weekday: int, band: int) -> float:
        key = place.id, weekday, band
        if key not in self._slots:
            self._slots[key] = self._factor(BAND, "band", place.kind, band) * self._factor(
                SLOT, "slot", place.id, weekday, band
            )
        return self._slots[key]

    @cached_property
    def _slots(self) -> dict[tuple[str, int, int], float]:
        return {}

    def mean(self, id_: str, day: dt.date, start_s: int, dwell_s: int) -> float:
        """Return the contacts that a stop can truly expect."""
        place = self.places[id_]
        season = SEASON_OUTDOOR if place.kind in OUTDOOR else SEASON_INDOOR
        turn = math.cos(2 * math.pi * (day - MIDSUMMER).days / 365.25)
        is_holiday = _is_holiday(day, self.district.config.state)
        return (
            self.rate(id_, day)
            * self._slot(place, day.weekday(), band_of(start_s))
            * (1 + season * turn)
            * (self._holidays[place.kind] if is_holiday else 1.0)
            * effective_hours(dwell_s)
        )

    def met(self, id_: str, day: dt.date, start_s: int, dwell_s: int) -> int:
        """Return how many contacts a stop makes; the luck of a day is that of the place."""
        draws = self.draws("met", id_, day.toordinal())
        luck = float(draws.gamma(self.clumping)) / self.clumping
        return int(draws.poisson(self.mean(id_, day, start_s, dwell_s) * luck))


@lru_cache(maxsize=4096)
def _is_holiday(day: dt.date, state: str) -> bool:
    return bool(is_school_holiday(day, state))


def made_world(
    district: District, weeks: Sequence[str], seed: int, num_places: int = NUM_PLACES
) -> World:
    """Return the world of a seed.

    Parameters
    ----------
    district : District
    weeks : sequence of str
        ISO weeks, in order.
    seed : int
    num_places : int
        So many of the district's places are known, drawn by the seed; in each municipality that
        has one stays that is open the year round, since the service has to come there.
    """
    whole = World(district, tuple(weeks), seed)
    order = list(district.places)
    order = [order[n] for n in whole.draws("places").permutation(len(order))]
    kept: dict[str, Place] = {}
    for ags in sorted({place.ags for place in order}):
        there = [place for place in order if place.ags == ags]
        keeper = next((p for p in there if _is_steady(p, district, weeks)), there[0])
        kept[keeper.id] = keeper
    keepers = frozenset(kept)
    for place in order:
        if len(kept) < num_places:
            kept.setdefault(place.id, place)
    known = tuple(place for place in district.places if place.id in kept)
    return replace(whole, district=replace(district, places=known), keepers=keepers)


def _is_steady(place: Place, district: District, weeks: Iterable[str]) -> bool:
    """Tell whether a place is open in some weeks of every season."""
    days = {afternoon.weekday for afternoon in district.config.afternoons}
    some = list(weeks)[:: max(1, len(list(weeks)) // 12)]
    return place.status == "active" and all(
        any(
            open_intervals(place.hours, week_dates(week)[day], district.config.state)
            for day in days
        )
        for week in some
    )
