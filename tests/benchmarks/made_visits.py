"""Made-up visits: what a bus would meet at hidden rates, as the visit log would hold it.

The truth is made up: each place has a rate around its start weight (a gamma distribution of
shape `RATE_SHAPE`), counts scatter more than by chance (negative binomial, variance
`SCATTER` times the mean), school holidays act as the plan assumes, and outdoor places see
fewer people in the dark months, which the plan does not know.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from geodata.places import Place
from tours.calendar import is_school_holiday
from tours.district import District
from tours.hotspots.factors import HOLIDAY_START
from tours.hotspots.hotspots import effective_hours
from tours.plan import Plan
from tours.visits.visit import Journal, Visit, announced_stops, in_order

RATE_SHAPE = 2.0
SCATTER = 2.0
DARK_MONTHS = (11, 12, 1, 2)
DARK_FACTOR = 0.7
OUTDOOR = ("sports", "skate_park", "pool", "park", "square")
# What a stop meets: place, date, start and dwell in seconds.
Meeting = Callable[[str, dt.date, int, int], int]


def visits_of(plan: Plan, meet: Meeting) -> tuple[Visit, ...]:
    """Return the visits that a plan leads to, driven as it says, in the order of the ledger."""
    return in_order(
        [
            Visit(
                place=stop.place_id,
                date=date,
                arrival_s=stop.arrival_s,
                departure_s=stop.departure_s,
                met=meet(stop.place_id, date, stop.start_s, planned.dwell_s),
                planned=planned,
            )
            for date, stop, planned in announced_stops([plan])
        ]
    )


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
        self._places = {place.id: place for place in district.places}
        self._visits: tuple[Visit, ...] = ()

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
        """Log the stops of a plan, and return how many contacts they made."""
        some = visits_of(
            plan, lambda place, day, _start, dwell_s: self.met(self._places[place], day, dwell_s)
        )
        first = len(self._visits) + 1
        self._visits += tuple(replace(visit, id=first + n) for n, visit in enumerate(some))
        return sum(visit.met for visit in some)

    def learned(self) -> District:
        """Return the district with the visits logged so far."""
        return replace(self._district, journal=Journal(in_order(self._visits)))
