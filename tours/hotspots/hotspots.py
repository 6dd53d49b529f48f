"""Expected contacts of a stop, from start values and from what the visits have taught."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from geodata.places import Place
from tours.calendar import is_school_holiday
from tours.hotspots.factors import Occasion, Site, lasting_factors
from tours.hotspots.ledger import Forecast, Ledger, Lesson
from tours.visits.visit import Change, Journal, MonthSum, Visit

HUNDREDTHS = 100
# Whoever is there meets the bus in the first hour; a longer stay meets few more.
SATURATION_H = 1.0
# The share of forecasts that the interval shown holds.
INTERVAL = 0.8
# So many contacts the start values count for beside those that were met.
LEVEL_MEMORY = 20.0
# So many visits of a place are looked at together, and so rare has their sum to be.
LAST_VISITS = 4
RARE = 0.025


def effective_hours(dwell_s: int) -> float:
    """Return the hours that a dwell is worth: h_eff = τ·(1 − exp(−h/τ)), τ = 1 h."""
    return SATURATION_H * (1 - math.exp(-dwell_s / 3600 / SATURATION_H))


def hundredths(contacts: float) -> int:
    """Return contacts as whole hundredths, halves up."""
    return math.floor(contacts * HUNDREDTHS + 0.5)


def share_up_to(count: int, mean: float, variance: float) -> float:
    """Return the probability of at most so many contacts.

    Negative binomial; Poisson where the variance is not above the mean.
    """
    from scipy.special import betainc, pdtr

    if count < 0:
        return 0.0
    if mean <= 0:
        return 1.0
    if variance <= mean:
        return float(pdtr(count, mean))
    return float(betainc(mean**2 / (variance - mean), count + 1, mean / variance))


def quantile(forecast: Forecast, share: float) -> int:
    """Return the least number of contacts that is not exceeded in such a share of cases."""
    count = 0
    while share_up_to(count, forecast.mean, forecast.variance) < share:
        count += 1
    return count


def interval(forecast: Forecast) -> tuple[int, int]:
    """Return the contacts between which 80 % of such stops lie, both included."""
    return quantile(forecast, (1 - INTERVAL) / 2), quantile(forecast, (1 + INTERVAL) / 2)


@dataclass(frozen=True, slots=True)
class Experience:
    """A visit and what it taught.

    Attributes
    ----------
    visit : Visit
    occasion : Occasion
    lesson : Lesson
    """

    visit: Visit
    occasion: Occasion
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Prompt:
    """A place at which something may have changed.

    Attributes
    ----------
    place : str
    met : int
        In the last visits together.
    expected : float
        By their forecasts.
    since : date
        Of the first of these visits.
    """

    place: str
    met: int
    expected: float
    since: dt.date


@dataclass(frozen=True, eq=False)
class Hotspots:
    """What is expected of each place, after the visits of a journal.

    Attributes
    ----------
    places : Mapping of str to Place
        Those of places.csv, by id.
    state : str
        Federal state, for school holidays.
    ledger : Ledger
    experiences : tuple of Experience
        In the order of the visits.
    changes : tuple of Change
        What the team said about places, by date.
    sums : tuple of MonthSum
        Of visits that were removed; the ledger knows what they have taught.
    """

    places: Mapping[str, Place]
    state: str
    ledger: Ledger
    experiences: tuple[Experience, ...]
    changes: tuple[Change, ...]
    sums: tuple[MonthSum, ...] = ()

    @property
    def has_visits(self) -> bool:
        """Whether anything is known beyond the start values."""
        return bool(self.experiences or self.changes or self.sums)

    @cached_property
    def level(self) -> float:
        """How many times the contacts that the start values promised were met.

        What settings count in contacts is multiplied by it, and so keeps its share of a usual
        stop, whether the service meets many people or few. The start values count for
        `LEVEL_MEMORY` contacts, so that the first visits do not decide it.
        """
        rate = self.ledger.rate
        stays = [
            *((one.visit.place, 1, one.visit.dwell_s, one.visit.met) for one in self.experiences),
            *((one.place, one.visits, one.dwell_s, one.met) for one in self.sums),
        ]
        promised = math.fsum(
            rate * self.site(place).start_weight * number * effective_hours(dwell_s // number)
            for place, number, dwell_s, _met in stays
            if number
        )
        met = sum(met for *_stay, met in stays)
        return (met + LEVEL_MEMORY) / (promised + LEVEL_MEMORY)

    def site(self, place: str) -> Site:
        """Return a place as the factors see it, even if it is not in places.csv any more."""
        return _site(self.places, place)

    def forecast(self, place: str, date: dt.date, start_s: int, dwell_s: int) -> Forecast:
        """Return what a planned stop can expect."""
        occasion = Occasion(date, start_s, is_school_holiday(date, self.state))
        return self.ledger.forecast(self.site(place), occasion, effective_hours(dwell_s))

    def standing(self, place: str, date: dt.date) -> Forecast:
        """Return what an hour at a place can expect, on any day and at any time."""
        return self.ledger.standing(self.site(place), date, effective_hours(3600))

    def weight(self, place: str, date: dt.date) -> float:
        """Return how many times the contacts of a place of weight 1 one here expects.

        It is the product of the factors of its kind, its municipality and itself. That of all
        places need not be 1 on average.
        """
        site = self.site(place)
        keys = [key for key in lasting_factors(site) if key != ("rate",)]
        return math.prod(self.ledger.factor(key, site, date).value for key in keys)

    def is_hotspot(self, place: str, date: dt.date, threshold: float) -> bool:
        """Tell whether a place in use was visited and has so much weight by what was met."""
        known = self.places.get(place)
        in_use = known is not None and known.status == "active"
        return in_use and self.num_visits(place) > 0 and self.weight(place, date) >= threshold

    def of(self, place: str) -> tuple[Experience, ...]:
        """Return the experiences at a place, in order."""
        return tuple(e for e in self.experiences if e.visit.place == place)

    def num_visits(self, place: str) -> int:
        """Return how many visits of a place the ledger knows, removed ones among them."""
        removed = sum(one.visits for one in self.sums if one.place == place)
        return len(self.of(place)) + removed

    def prompts(self) -> list[Prompt]:
        """Return the places at which the last visits were too rare to be chance.

        What was before the team was last asked about a place is not looked at.
        """
        asked = {change.place: change.date for change in self.changes}
        by_place: dict[str, list[Experience]] = defaultdict(list)
        for one in self.experiences:
            if one.visit.date > asked.get(one.visit.place, dt.date.min):
                by_place[one.visit.place].append(one)
        return [
            prompt
            for place, some in sorted(by_place.items())
            if place in self.places and (prompt := _prompt(place, some[-LAST_VISITS:]))
        ]


def _site(places: Mapping[str, Place], id_: str) -> Site:
    place = places.get(id_)
    return Site(id_) if place is None else Site(id_, place.kind, place.ags, place.start_weight)


def _prompt(place: str, last: Sequence[Experience]) -> Prompt | None:
    if len(last) < LAST_VISITS:
        return None
    met = sum(one.lesson.met for one in last)
    # Each forecast knew the visits before it, so that what they missed is independent.
    mean = sum(one.lesson.forecast.mean for one in last)
    variance = sum(one.lesson.forecast.variance for one in last)
    below = share_up_to(met, mean, variance)
    above = 1 - share_up_to(met - 1, mean, variance)
    return Prompt(place, met, mean, last[0].visit.date) if min(below, above) < RARE else None


def build_hotspots(
    places: Iterable[Place],
    journal: Journal,
    *,
    contacts_per_hour: float,
    state: str,
    bad_weather: frozenset[dt.date] = frozenset(),
) -> Hotspots:
    """Return what is expected of each place.

    Parameters
    ----------
    places : iterable of Place
    journal : Journal
        What is logged; the same journal gives the same result.
    contacts_per_hour : float
        The service's rate at a place of weight 1, until visits tell.
    state : str
        Federal state.
    bad_weather : frozenset of date
        Days known to have been bad; on all others the weather counts as unknown.
    """
    by_id = {place.id: place for place in places}
    learned = journal.learned
    ledger = Ledger(contacts_per_hour, learned)
    holiday = lru_cache(maxsize=None)(lambda day: is_school_holiday(day, state))
    found: list[Experience] = []
    # What the team says of a day holds after the visits of that day.
    events: list[tuple[dt.date, int, Visit | Change]] = [
        *((visit.date, 0, visit) for visit in journal.visits if visit.took_place),
        *(
            (change.date, 1, change)
            for change in journal.changes
            if learned is None or change.date >= learned.before
        ),
    ]
    for date, _rank, event in sorted(events, key=lambda event: event[:2]):
        if isinstance(event, Change):
            if event.has_changed:
                ledger.forget(event.place, date)
            continue
        is_bad = True if date in bad_weather else None
        occasion = Occasion(date, event.start_s, holiday(date), is_bad)
        site = _site(by_id, event.place)
        lesson = ledger.learn(site, occasion, effective_hours(event.dwell_s), event.met)
        found.append(Experience(event, occasion, lesson))
    return Hotspots(by_id, state, ledger, tuple(found), journal.changes, journal.sums)
