"""What the contacts of a stop depend on: each factor's memory at the start, ageing and start value.

Expected contacts are a product of factors. Each has seen so many contacts (its memory) and moves
the less, the more it has seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

# How the kinds fare in school holidays before anything is known: assumed.
HOLIDAY_START = {"school": 0.3, "bus_stop": 0.5, "youth_centre": 0.7, "station": 0.8}
# Where people stand in the open, as far as the kind tells: assumed.
OUTDOOR = frozenset({"bus_stop", "sports", "skate_park", "pool", "park", "square"})
DARK_MONTHS = frozenset({11, 12, 1, 2})
# Bounds of the time bands: before 16, 16 to 18, after 18 o'clock.
BAND_BOUNDS_S = (16 * 3600, 18 * 3600)

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactorKind:
    """How factors of one kind begin and forget.

    Attributes
    ----------
    memory : float
        Contacts that the start value counts for.
    keep : float
        Share that is left of what was learned after a week, on a scale of logarithms; 1 for all.
    """

    memory: float
    keep: float = 1.0


KINDS = {
    "rate": FactorKind(20),
    "kind": FactorKind(20),
    "municipality": FactorKind(32),
    "place": FactorKind(3, 0.985),
    "band": FactorKind(16),
    "holiday": FactorKind(6),
    "weather": FactorKind(16),
    "dark": FactorKind(20),
    "weekday": FactorKind(60, 0.99),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A place as the factors see it.

    Attributes
    ----------
    place : str
    kind, ags : str
        Empty where the place is not in places.csv any more.
    start_weight : float
        The team's guess, or 1.
    """

    place: str
    kind: str = ""
    ags: str = ""
    start_weight: float = 1.0

    def __post_init__(self) -> None:
        if self.start_weight < 0:
            raise ValueError(f"start_weight must be 0 or more, got {self.start_weight}")


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a stop is, and what the day is like.

    Attributes
    ----------
    date : date
    start_s : int
        Seconds after midnight.
    is_holiday : bool or None
        Whether it is a school holiday; None where nobody knows yet, which counts as term time.
    is_bad_weather : bool or None
        None where nobody knows; the factor rests then.
    """

    date: dt.date
    start_s: int
    is_holiday: bool | None = False
    is_bad_weather: bool | None = None


def band_of(start_s: int) -> int:
    """Return the time band of a start: 0 before 16, 1 from 16, 2 from 18 o'clock."""
    return sum(start_s >= bound for bound in BAND_BOUNDS_S)


def factors_of(site: Site, occasion: Occasion) -> Iterator[Key]:
    """Yield the factors that a stop depends on, each as its kind and what it is for."""
    yield from lasting_factors(site)
    band = str(band_of(occasion.start_s))
    if site.kind:
        yield "band", site.kind, band
        if occasion.is_holiday:
            yield "holiday", site.kind
        if site.kind in OUTDOOR:
            if occasion.is_bad_weather:
                yield "weather", "bad"
            if occasion.date.month in DARK_MONTHS:
                yield "dark", "outdoor"
    yield "weekday", site.place, str(occasion.date.weekday()), band


def lasting_factors(site: Site) -> Iterator[Key]:
    """Yield the factors of a place that hold on any day and at any time."""
    yield ("rate",)
    if site.kind:
        yield "kind", site.kind
    if site.ags:
        yield "municipality", site.ags
    yield "place", site.place
