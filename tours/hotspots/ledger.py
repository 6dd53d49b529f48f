"""The ledger: from counts of visits to expected contacts, one visit after the other.

It is computed anew from the log, on top of what removed visits have taught. A visit moves every
factor that its stop depends on, those with little memory the most. Forecasts are negative binomial.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from tours.hotspots.factors import (
    HOLIDAY_START,
    KINDS,
    Key,
    Occasion,
    Site,
    factors_of,
    lasting_factors,
)

# Counts scatter more than Poisson's, by this factor until they say otherwise, and within bounds.
SCATTER_START = 2.0
SCATTER_WEIGHT = 60.0
SCATTER_BOUNDS = (1.0, 4.0)
# So many forecasts tell how much counts scatter.
SCATTER_WINDOW = 300
# A guess of nothing at all could never be corrected by what is met.
LEAST_START = 0.05
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Factor:
    """What is known of one factor on a day.

    Attributes
    ----------
    value : float
    memory : float
        Contacts that it has seen.
    home : float
        What it returns to where nothing is seen for long.
    """

    value: float
    memory: float
    home: float = 1.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a stop can expect.

    Attributes
    ----------
    mean : float
        Contacts.
    doubt : float
        Sum of 1/memory over its factors.
    scatter : float
        Variance of counts over their mean where all factors are known.
    place : Factor
        The place's own factor.
    """

    mean: float
    doubt: float
    scatter: float
    place: Factor

    @property
    def variance(self) -> float:
        """Variance of the contacts."""
        return self.scatter * (self.mean + self.mean**2 * self.doubt)

    @property
    def curiosity(self) -> float:
        """What a visit may teach about the place: mean · √(scatter / memory of the place)."""
        return self.mean * math.sqrt(self.scatter / self.place.memory)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one visit taught.

    Attributes
    ----------
    forecast : Forecast
        Before the visit.
    met : int
    place : Factor
        The place's own factor after it.
    scatter : float
        After it.
    """

    forecast: Forecast
    met: int
    place: Factor
    scatter: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What a ledger knows on a day, without the visits that taught it.

    Attributes
    ----------
    before : date
        It knows all that is dated before this day.
    factors : tuple of (Key, Factor)
        As they are on that day.
    number : int
        Of the forecasts that told how much counts scatter.
    squares, means : float
        Their squared misses and means, added up.
    scatter : float
    """

    before: dt.date
    factors: tuple[tuple[Key, Factor], ...] = ()
    number: int = 0
    squares: float = 0.0
    means: float = 0.0
    scatter: float = SCATTER_START

    def __post_init__(self) -> None:
        if not 0 <= self.number <= SCATTER_WINDOW:
            raise ValueError(f"number must be 0 to {SCATTER_WINDOW}, got {self.number}")
        for key, factor in self.factors:
            if key[0] not in KINDS or not (factor.value > 0 and factor.memory > 0):
                raise ValueError(f"factors must be known and above 0, got {key}: {factor}")


class Ledger:
    """Factors as they are after some visits, which have to come in the order of their dates.

    Parameters
    ----------
    rate : float
        Contacts per hour that a place of weight 1 is taken to have at the start.
    learned : Learned or None
        What earlier visits have taught that are not there any more.
    """

    def __init__(self, rate: float, learned: Learned | None = None) -> None:
        if rate <= 0:
            raise ValueError(f"rate must be above 0, got {rate}")
        self.rate = rate
        self._factors: dict[Key, tuple[Factor, dt.date]] = {}
        self._squares: deque[float] = deque(maxlen=SCATTER_WINDOW)
        self._means: deque[float] = deque(maxlen=SCATTER_WINDOW)
        self.scatter = SCATTER_START
        if learned is not None:
            self._factors = {key: (factor, learned.before) for key, factor in learned.factors}
            for _forecast in range(learned.number):
                self._squares.append(learned.squares / learned.number)
                self._means.append(learned.means / learned.number)
            self.scatter = learned.scatter

    def learned(self, day: dt.date) -> Learned:
        """Return what is known on a day after the last visit."""
        return Learned(
            before=day,
            factors=tuple(
                (key, _aged(factor, key, (day - since).days / DAYS_A_WEEK))
                for key, (factor, since) in sorted(self._factors.items())
            ),
            number=len(self._means),
            squares=math.fsum(self._squares),
            means=math.fsum(self._means),
            scatter=self.scatter,
        )

    def factor(self, key: Key, site: Site, day: dt.date) -> Factor:
        """Return a factor as it is on a day, aged since it was last moved."""
        if key not in self._factors:
            return self._start(key, site)
        factor, since = self._factors[key]
        return _aged(factor, key, (day - since).days / DAYS_A_WEEK)

    def _start(self, key: Key, site: Site) -> Factor:
        value = {
            "rate": self.rate,
            "place": site.start_weight,
            "holiday": HOLIDAY_START.get(site.kind, 1.0),
        }.get(key[0], 1.0)
        return Factor(value, KINDS[key[0]].memory, value)

    def forecast(self, site: Site, occasion: Occasion, exposure: float) -> Forecast:
        """Return what a stop can expect.

        Parameters
        ----------
        site : Site
        occasion : Occasion
        exposure : float
            Hours that it counts for; see `tours.hotspots.hotspots.effective_hours`.
        """
        return self._forecast(factors_of(site, occasion), site, occasion.date, exposure)

    def standing(self, site: Site, day: dt.date, exposure: float) -> Forecast:
        """Return what a stop can expect whatever the weekday, the time and the season."""
        return self._forecast(lasting_factors(site), site, day, exposure)

    def _forecast(self, keys: Iterable[Key], site: Site, day: dt.date, exposure: float) -> Forecast:
        mean, doubt, place = 1.0, 0.0, None
        for key in keys:
            factor = self.factor(key, site, day)
            mean *= factor.value
            doubt += 1 / factor.memory
            if key[0] == "place":
                place = factor
        if place is None:
            raise ValueError("factors must hold that of the place, got none")
        return Forecast(mean * exposure, doubt, self.scatter, place)

    def learn(self, site: Site, occasion: Occasion, exposure: float, met: int) -> Lesson:
        """Move the factors by what a visit met.

        Parameters
        ----------
        site : Site
        occasion : Occasion
        exposure : float
            Hours that it counts for.
        met : int
        """
        if site.start_weight < LEAST_START:
            site = Site(site.place, site.kind, site.ags, LEAST_START)
        forecast = self.forecast(site, occasion, exposure)
        mean, doubt = forecast.mean, forecast.doubt
        surprise = (met - mean) / (1 + mean * doubt)
        seen = mean * (1 + surprise * doubt)
        for key in factors_of(site, occasion):
            old = self.factor(key, site, occasion.date)
            moved = Factor(
                old.value * (1 + surprise / old.memory),
                old.memory / (1 - (seen / old.memory) / (1 + seen * doubt)),
                old.home,
            )
            # A visit that was logged after its time is not older than what is known already.
            since = self._factors[key][1] if key in self._factors else occasion.date
            self._factors[key] = moved, max(since, occasion.date)
        self._note(forecast, met)
        place, _date = self._factors["place", site.place]
        return Lesson(forecast, met, place, self.scatter)

    def _note(self, forecast: Forecast, met: int) -> None:
        """Learn how much counts scatter from how far a forecast was off."""
        mean = forecast.mean
        off = min((met - mean) ** 2, 30 * max(mean, 0.5))
        self._squares.append(off - mean**2 * min(forecast.scatter * forecast.doubt, 1))
        self._means.append(mean)
        ratio = (SCATTER_START * SCATTER_WEIGHT + math.fsum(self._squares)) / (
            SCATTER_WEIGHT + math.fsum(self._means)
        )
        self.scatter = min(max(ratio, SCATTER_BOUNDS[0]), SCATTER_BOUNDS[1])

    def forget(self, place: str, day: dt.date) -> None:
        """Take a place for an average one about which little is known, from a day on."""
        self._factors["place", place] = Factor(1.0, KINDS["place"].memory), day


def _aged(factor: Factor, key: Key, weeks: float) -> Factor:
    """Return a factor after some weeks: nearer to its home, and with the less memory."""
    kind = KINDS[key[0]]
    if kind.keep == 1 or weeks <= 0:
        return factor
    left = kind.keep**weeks
    value = factor.home * (factor.value / factor.home) ** left
    memory = 1 / (left**2 / factor.memory + (1 - left**2) / kind.memory)
    return Factor(value, memory, factor.home)
