"""Made-up weeks like those of a district, for any number of places: the same for the same seed.

Places lie in clusters, one per municipality, in a district of 50 by 40 km; drive times are
those of the estimated network, 1.36 times the straight line at 59 km/h. Hours, dwells, weights
and what was announced last week are drawn; reserve, setting up and prices are Northeim's.
The finer the grid the more starts, everything else stays the same.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from geodata.travel import TravelTimes
from tours.hotspots.hotspots import HUNDREDTHS, effective_hours
from tours.problem import Candidate, Cover, Limit, Option, Problem, Shift
from tours.schedule import start_window

MONDAY = dt.date(2026, 11, 23)
# Monday, Wednesday, Thursday, and so on in the weeks after.
WEEKDAYS = (0, 2, 3)
START_S, END_S = 14 * 3600, 19 * 3600
DEPOT = "depot"
MUNICIPALITIES = 11
# The first of them are to be visited every week.
FOCUS = 4
WIDE_M, HIGH_M = 50_000, 40_000
# How far places lie from the middle of their municipality, typically.
SPREAD_M = 2500
CIRCUITY = 1.36
KPH = 59
RESERVE_S = 300
SETUP_S = 300
DRIVING_PRICE = 30
CONTACTS_PER_HOUR = 0.5
# What a week without a visit adds to a municipality's bonus, and what a known start is worth.
BONUS = 20
STABILITY = 40
DWELLS_S = ((1800,), (1800, 2700), (1800, 2700, 3600), (2700, 3600))
DAY_OFF = 0.15
# Drawn hours and announced starts lie on this, so that they fit every grid.
HALF_HOUR_S = 1800
# So many starts per afternoon and bus were announced.
ANNOUNCED = 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A drawn place.

    Attributes
    ----------
    id : str
    municipality : int
    x_m, y_m : float
    weight : float
        Of its expected contacts.
    dwells_s : tuple of int
    opens_s, closes_s : int
    days : tuple of float
        Per day how it fares, 0 where it is closed.
    """

    id: str
    municipality: int
    x_m: float
    y_m: float
    weight: float
    dwells_s: tuple[int, ...]
    opens_s: int
    closes_s: int
    days: tuple[float, ...]


def made_week(places: int, *, grid_s: int, seed: int, days: int = 3, buses: int = 1) -> Problem:
    """Return a made-up week.

    Parameters
    ----------
    places : int
        At least 1.
    grid_s : int
        Between two starts; a divisor of half an hour.
    seed : int
    days : int
        Afternoons; every three are a week.
    buses : int
        Per afternoon, all alike.
    """
    for name, number in (("places", places), ("days", days), ("buses", buses)):
        if number < 1:
            raise ValueError(f"{name} must be 1 or more, got {number}")
    if grid_s < 1 or HALF_HOUR_S % grid_s:
        raise ValueError(f"grid_s must divide {HALF_HOUR_S}, got {grid_s}")
    rng = np.random.Generator(np.random.PCG64([seed, places, days, buses]))
    middles, depot = _district(rng, min(MUNICIPALITIES, places))
    drawn = [_draw_place(rng, number, middles, days) for number in range(places)]
    shifts = tuple(
        Shift(f"{_date(day).isoformat()}/{bus + 1}", _date(day), DEPOT, START_S, END_S)
        for day in range(days)
        for bus in range(buses)
    )
    frame = Problem(
        shifts=shifts,
        candidates=(),
        travel=_travel(depot, drawn),
        setup_s=SETUP_S,
        buffer_s=RESERVE_S,
        driving_price=DRIVING_PRICE,
    )
    known = {
        (drawn[int(place)].id, day): START_S + HALF_HOUR_S * int(rng.integers(1, 9))
        for day in range(days)
        for place in rng.permutation(places)[: ANNOUNCED * buses]
    }
    offered = {
        (place.id, day): options
        for place in drawn
        for day in range(days)
        if (options := _options(frame, place, day, day * buses, grid_s, known))
    }
    pins = _pin_two(rng, offered, buses)
    return Problem(
        shifts=shifts,
        candidates=tuple(
            Candidate(place, day * buses + bus, options)
            for (place, day), options in offered.items()
            for bus in range(buses)
        ),
        travel=frame.travel,
        covers=(*_covers(drawn, {place for place, _day in offered}), *pins),
        limits=tuple(
            Limit(
                frozenset({place.id}),
                frozenset(range(week * 3 * buses, min((week + 1) * 3, days) * buses)),
            )
            for place in drawn
            for week in range(math.ceil(days / 3))
        ),
        setup_s=SETUP_S,
        buffer_s=RESERVE_S,
        driving_price=DRIVING_PRICE,
    )


def _date(day: int) -> dt.date:
    week, number = divmod(day, len(WEEKDAYS))
    return MONDAY + dt.timedelta(days=7 * week + WEEKDAYS[number])


def _district(
    rng: np.random.Generator, number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middles of the municipalities and the depot, near the most central of them."""
    middles = rng.random((number, 2)) * (WIDE_M, HIGH_M)
    away = np.linalg.norm(middles - np.array([WIDE_M / 2, HIGH_M / 2]), axis=1)
    central = int(np.argmin(away))
    middles[[0, central]] = middles[[central, 0]]
    return middles, middles[0] + rng.normal(0, SPREAD_M / 5, 2)


def _draw_place(
    rng: np.random.Generator, number: int, middles: NDArray[np.float64], days: int
) -> _Place:
    # Every municipality has a place; the first ones are towns and have more.
    size = 1 / (1 + np.arange(len(middles)))
    drawn = int(rng.choice(len(middles), p=size / size.sum()))
    municipality = number if number < len(middles) else drawn
    x, y = np.clip(middles[municipality] + rng.normal(0, SPREAD_M, 2), 0, (WIDE_M, HIGH_M))
    opens = START_S + HALF_HOUR_S * int(rng.integers(-2, 4))
    is_open = rng.random(days) >= DAY_OFF
    fares = np.exp(rng.normal(0, 0.2, days)) * is_open
    return _Place(
        id=f"p{number + 1}",
        municipality=municipality,
        x_m=float(x),
        y_m=float(y),
        weight=float(np.exp(rng.normal(0, 0.6))),
        dwells_s=DWELLS_S[int(rng.integers(len(DWELLS_S)))],
        opens_s=opens,
        closes_s=opens + HALF_HOUR_S * int(rng.integers(4, 11)),
        days=tuple(fares.tolist()),
    )


def _travel(depot: NDArray[np.float64], drawn: list[_Place]) -> TravelTimes:
    at = np.array([depot, *((place.x_m, place.y_m) for place in drawn)])
    metres = np.linalg.norm(at[:, None] - at[None, :], axis=2) * CIRCUITY
    seconds = np.ceil(metres / (KPH / 3.6)).astype(np.int64)
    ids = (DEPOT, *(place.id for place in drawn))
    return TravelTimes(ids, seconds, np.round(metres).astype(np.int64))


def _options(
    frame: Problem,
    place: _Place,
    day: int,
    shift: int,
    grid_s: int,
    known: dict[tuple[str, int], int],
) -> tuple[Option, ...]:
    options: list[Option] = []
    for dwell in place.dwells_s if place.days[day] else ():
        contacts = CONTACTS_PER_HOUR * place.weight * place.days[day] * effective_hours(dwell)
        prize = math.floor(contacts * HUNDREDTHS + 0.5)
        earliest, latest = start_window(frame, frame.shifts[shift], place.id, dwell)
        first = max(earliest, place.opens_s)
        first += -first % grid_s
        for start in range(first, min(latest, place.closes_s - dwell) + 1, grid_s):
            bonus = STABILITY if known.get((place.id, day)) == start else 0
            options.append(Option(start, dwell, prize + bonus))
    return tuple(options)


def _pin_two(
    rng: np.random.Generator, offered: dict[tuple[str, int], tuple[Option, ...]], buses: int
) -> list[Cover]:
    """Pin a place to a day and another, on another day, to a start: others are not offered.

    Both have a start on the half hour, so that the same ones are pinned on every grid.
    """
    free = {
        key: starts
        for key, options in offered.items()
        if (starts := sorted({o.start_s for o in options if o.start_s % HALF_HOUR_S == 0}))
    }
    pins: list[Cover] = []
    for is_timed in (False, True):
        if not free:
            break
        place, day = list(free)[int(rng.integers(len(free)))]
        start = int(rng.choice(free[place, day]))
        options = offered[place, day]
        if is_timed:
            options = tuple(option for option in options if option.start_s == start)
        for other in [key for key in offered if key[0] == place]:
            del offered[other]
        offered[place, day] = options
        free = {key: s for key, s in free.items() if key[0] != place and key[1] != day}
        on_day = frozenset(range(day * buses, (day + 1) * buses))
        pins.append(Cover(f"pin {place}", frozenset({place}), shifts=on_day))
    return pins


def _covers(drawn: list[_Place], offered: set[str]) -> list[Cover]:
    """Return what municipalities with a place on offer are owed: hard, or a growing bonus."""
    covers: list[Cover] = []
    rows = sorted((p for p in drawn if p.id in offered), key=lambda place: place.municipality)
    for municipality, members in groupby(rows, key=lambda place: place.municipality):
        bonus = None if municipality < FOCUS else BONUS * (municipality - FOCUS + 1)
        ids = frozenset(place.id for place in members)
        covers.append(Cover(f"municipality {municipality + 1}", ids, bonus=bonus))
    return covers
