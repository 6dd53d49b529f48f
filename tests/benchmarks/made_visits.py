"""Made-up visits: what a bus would meet at hidden rates, and what the team learns from it.

The truth is made up: each place has a rate around its start weight (a gamma distribution of
shape `RATE_SHAPE`), counts scatter more than by chance (negative binomial, variance
`SCATTER` times the mean), school holidays act as the plan assumes, and outdoor places see
fewer people in the dark months, which the plan does not know.

What is learned is one factor per place, F ← F·(M + met)/(M + expected), with the memory M that
grows with what is expected and fades from week to week. No other factor is learned here.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import dataclass, replace

import numpy as np

from geodata.places import Place
from tours.calendar import is_school_holiday
from tours.district import District
from tours.factors import HOLIDAY_START
from tours.hotspots import effective_hours
from tours.plan import Plan

RATE_SHAPE = 2.0
SCATTER = 2.0
DARK_MONTHS = (11, 12, 1, 2)
DARK_FACTOR = 0.7
OUTDOOR = ("sports", "skate_park", "pool", "park", "square")
# Contacts that a factor has seen at first, and what a week leaves of its distance from 1.
FIRST_MEMORY = 3.0
WEEKLY = 0.985


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of a place.

    Attributes
    ----------
    factor : float
        How many times more contacts than its start weight says.
    memory : float
        Contacts that the factor has seen.
    """

    factor: float = 1.0
    memory: float = FIRST_MEMORY

    def after(self, expected: float, met: int) -> Belief:
        """Return what is believed after a visit."""
        ratio = (self.memory + met) / (self.memory + expected)
        return Belief(self.factor * ratio, self.memory + expected * ratio)

    def a_week_later(self) -> Belief:
        """Return what is still believed a week later without a visit."""
        kept = WEEKLY**2
        memory = 1 / (kept / self.memory + (1 - kept) / FIRST_MEMORY)
        return Belief(self.factor**WEEKLY, memory)


class MadeVisits:
    """Visits of a year at hidden rates.

    Parameters
    ----------
    district : District
        With the start weights before any visit.
    seed : int
        Of the rates and the counts. The same visit meets the same count in every plan.
    """

    def __init__(self, district: District, seed: int) -> None:
        self._district = district
        self._seed = seed
        self._beliefs = {place.id: Belief() for place in district.places}

    def _draws(self, *key: int) -> np.random.Generator:
        return np.random.default_rng([self._seed, *key])

    def rate(self, place: Place) -> float:
        """Return the hidden truth that the start weight of a place stands for."""
        number = zlib.crc32(place.id.encode())
        return float(self._draws(number).gamma(RATE_SHAPE, place.start_weight / RATE_SHAPE))

    def met(self, place: Place, day: dt.date, dwell_s: int) -> int:
        """Return how many contacts a visit makes."""
        config = self._district.config
        mean = config.contacts_per_hour * self.rate(place) * effective_hours(dwell_s)
        if is_school_holiday(day, config.state):
            mean *= HOLIDAY_START.get(place.kind, 1.0)
        if day.month in DARK_MONTHS and place.kind in OUTDOOR:
            mean *= DARK_FACTOR
        draws = self._draws(zlib.crc32(place.id.encode()), day.toordinal())
        return int(draws.poisson(draws.gamma(mean / (SCATTER - 1), SCATTER - 1)))

    def log(self, plan: Plan) -> int:
        """Learn from the stops of a plan, and return how many contacts they made."""
        by_id = {place.id: place for place in self._district.places}
        total = 0
        for tour in plan.tours:
            for stop in tour.stops:
                if stop.place_id in by_id:
                    dwell_s = stop.departure_s - stop.start_s
                    met = self.met(by_id[stop.place_id], tour.date, dwell_s)
                    belief = self._beliefs[stop.place_id]
                    self._beliefs[stop.place_id] = belief.after(stop.expected / 100, met)
                    total += met
        return total

    def end_week(self) -> None:
        """Let a week pass over all that is believed."""
        self._beliefs = {id_: belief.a_week_later() for id_, belief in self._beliefs.items()}

    def learned(self) -> District:
        """Return the district with the weights that are believed now."""
        places = tuple(
            replace(place, start_weight=place.start_weight * self._beliefs[place.id].factor)
            for place in self._district.places
        )
        return replace(self._district, places=places)
