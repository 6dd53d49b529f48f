"""Who is offered to the solver: places with options per shift, and the rules of the week."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from geodata.region import Region
from geodata.travel import TravelTimes
from tours.calendar import WEEKDAYS, is_school_holiday, open_intervals
from tours.config import Config
from tours.errors import ConfigError
from tours.hotspots import HUNDREDTHS, expected_contacts
from tours.plan import Plan
from tours.problem import Candidate, Cover, Limit, Option, Problem, Shift
from tours.schedule import Halt, Times, clock, time_tour

_ = translator("tours")

_PIN = re.compile(
    r"(?P<place>[^@]+)(?:@(?P<day>[A-Za-z]{2})(?: (?P<time>([01]?\d|2[0-3]):[0-5]\d))?)?"
)


@dataclass(frozen=True, slots=True)
class Pin:
    """A place that the team wants in the week.

    Attributes
    ----------
    place : str
    weekday : int or None
        0 is Monday; None for any.
    start_s : int or None
        Published start, seconds after midnight; None for any.
    """

    place: str
    weekday: int | None = None
    start_s: int | None = None


def read_pin(text: str) -> Pin:
    """Read a pin as it is typed: ``place``, ``place@Mi`` or ``place@Mi 15:30``.

    Raises
    ------
    ConfigError
        If the text is none.
    """
    match = _PIN.fullmatch(text.strip())
    if match is None or (match["day"] and match["day"].title() not in WEEKDAYS):
        raise ConfigError(
            _("“{pin}” is not a pin").format(pin=text),
            remedy=_("Write PLACE, PLACE@Mi or “PLACE@Mi 15:30”, days Mo Di Mi Do Fr Sa So"),
        )
    start = None
    if match["time"]:
        hours, minutes = map(int, match["time"].split(":"))
        start = hours * 3600 + minutes * 60
    day = WEEKDAYS.index(match["day"].title()) if match["day"] else None
    return Pin(match["place"], day, start)


@dataclass(frozen=True)
class Wishes:
    """What the team asks of one week beyond region.toml.

    Attributes
    ----------
    pins : tuple of Pin
    bans : frozenset of str
        Places to leave out.
    """

    pins: tuple[Pin, ...] = ()
    bans: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Offer:
    """The week's problem and the places that are not even in it.

    Attributes
    ----------
    problem : Problem
    expected : Mapping of (str, int, int) to int
        Contacts expected per place, shift and dwell, hundredths.
    left_out : Mapping of str to str
        Reason per place that is not offered; see `tours.plan.REASONS`.
    """

    problem: Problem
    expected: Mapping[tuple[str, int, int], int]
    left_out: Mapping[str, str]


def offer_week(
    config: Config,
    region: Region,
    places: Sequence[Place],
    shifts: Sequence[Shift],
    travel: TravelTimes,
    *,
    weeks_since: Mapping[str, int],
    roster: Plan | None = None,
    wishes: Wishes | None = None,
) -> Offer:
    """Return the problem of a week.

    Parameters
    ----------
    config : Config
    region : Region
    places : sequence of Place
    shifts : sequence of Shift
    travel : TravelTimes
        Between the places and the depot.
    weeks_since : Mapping of str to int
        Weeks since the last visit per municipality; one that is missing was never visited.
    roster : Plan or None
        The plan that the public knows; keeping a start earns the stability bonus.
    wishes : Wishes or None

    Raises
    ------
    ConfigError
        If a wish names a place that is not there, or cannot hold.
    """
    wishes = wishes or Wishes()
    _check_wishes(wishes, places, shifts, config)
    announced = _announced(roster)
    frame = Problem(
        shifts=tuple(shifts),
        candidates=(),
        travel=travel,
        setup_s=config.setup_s,
        buffer_s=config.buffer_s,
        driving_price=round(config.driving_hour * HUNDREDTHS),
    )
    candidates: list[Candidate] = []
    expected: dict[tuple[str, int, int], int] = {}
    left_out: dict[str, str] = {}
    for place in places:
        reason = _excluded(place, config, wishes)
        if reason:
            left_out[place.id] = reason
            continue
        found: list[Candidate] = []
        is_open = False
        for number, shift in enumerate(shifts):
            halts = _open_halts(place, shift, config)
            is_open = is_open or bool(halts)
            pins = [pin for pin in wishes.pins if pin.place == place.id]
            options: list[Option] = []
            for halt in halts:
                if not isinstance(time_tour(frame, shift, [halt]), Times):
                    continue
                # A pinned place is visited as pinned, and not at other times.
                if pins and not any(_fits(pin, shift, halt) for pin in pins):
                    continue
                key = place.id, number, halt.dwell_s
                if key not in expected:
                    holiday = is_school_holiday(shift.date, config.state)
                    expected[key] = expected_contacts(
                        place,
                        halt.dwell_s,
                        contacts_per_hour=config.contacts_per_hour,
                        is_school_holiday=bool(holiday),
                    )
                prize = expected[key]
                if (place.id, shift.date.weekday(), halt.start_s) in announced:
                    prize += round(config.stability * HUNDREDTHS)
                options.append(Option(halt.start_s, halt.dwell_s, prize))
            if options:
                found.append(Candidate(place.id, number, tuple(options)))
        if not found:
            left_out[place.id] = "unreachable" if is_open else "closed"
        candidates += found
    problem = Problem(
        shifts=frame.shifts,
        candidates=tuple(candidates),
        travel=travel,
        covers=_covers(config, region, places, shifts, weeks_since, wishes),
        limits=_limits(config, places, shifts),
        setup_s=frame.setup_s,
        buffer_s=frame.buffer_s,
        driving_price=frame.driving_price,
    )
    return Offer(problem, expected, left_out)


def _check_wishes(
    wishes: Wishes, places: Sequence[Place], shifts: Sequence[Shift], config: Config
) -> None:
    by_id = {place.id: place for place in places}
    faults = [
        Fault(
            _("There is no place “{id}”").format(id=id_),
            remedy=_("“tours places list” shows the ids"),
        )
        for id_ in dict.fromkeys((*(pin.place for pin in wishes.pins), *sorted(wishes.bans)))
        if id_ not in by_id
    ]
    for pin in dict.fromkeys(wishes.pins):
        if pin.place in wishes.bans:
            faults.append(
                Fault(
                    _("“{id}” is both pinned and banned").format(id=pin.place),
                    remedy=_("Take one of the two away"),
                )
            )
        elif pin.place in by_id and _excluded(by_id[pin.place], config, wishes):
            faults.append(
                Fault(
                    _("“{id}” is not visited: its status or municipality forbids it").format(
                        id=pin.place
                    ),
                    remedy=_("Set its status to active, or correct not_served in region.toml"),
                )
            )
        if not any(pin.weekday in (None, shift.date.weekday()) for shift in shifts):
            faults.append(
                Fault(
                    _("{pin}: there is no tour on that day").format(pin=_pin_name(pin)),
                    remedy=_("Choose a day with an afternoon"),
                )
            )
        if pin.start_s is not None and pin.start_s % config.grid_s:
            faults.append(
                Fault(
                    _("{pin}: starts lie on full {minutes} minutes").format(
                        pin=_pin_name(pin), minutes=config.grid_s // 60
                    ),
                    remedy=_("Choose such a time, or change grid_minutes in region.toml"),
                )
            )
    if faults:
        raise ConfigError.collected(faults)


def _announced(roster: Plan | None) -> frozenset[tuple[str, int, int]]:
    if roster is None:
        return frozenset()
    return frozenset(
        (stop.place_id, tour.date.weekday(), stop.start_s)
        for tour in roster.tours
        for stop in tour.stops
    )


def _excluded(place: Place, config: Config, wishes: Wishes) -> str | None:
    if place.status != "active":
        return "resting"
    if place.id in wishes.bans:
        return "banned"
    return "not_served" if place.ags in config.not_served else None


def _fits(pin: Pin, shift: Shift, halt: Halt) -> bool:
    return pin.weekday in (None, shift.date.weekday()) and pin.start_s in (None, halt.start_s)


def _dwells(place: Place, config: Config) -> tuple[int, ...]:
    """Return the dwells that suit the place, or its shortest one if none of the list does."""
    suitable = tuple(d for d in config.dwells_s if place.min_dwell_s <= d <= place.max_dwell_s)
    return suitable or (place.min_dwell_s,)


def _open_halts(place: Place, shift: Shift, config: Config) -> list[Halt]:
    """Return the halts within opening hours and shift, wherever the bus is."""
    halts: list[Halt] = []
    for opens, closes in open_intervals(place.hours, shift.date, config.state):
        first = max(opens, shift.start_s)
        first += -first % config.grid_s
        last = min(closes, shift.end_s)
        for dwell in _dwells(place, config):
            halts += [
                Halt(place.id, start, dwell)
                for start in range(first, last - dwell + 1, config.grid_s)
            ]
    return halts


def _covers(
    config: Config,
    region: Region,
    places: Sequence[Place],
    shifts: Sequence[Shift],
    weeks_since: Mapping[str, int],
    wishes: Wishes,
) -> tuple[Cover, ...]:
    covers: list[Cover] = []
    alone: set[str] = set()
    for area in config.areas:
        valid = frozenset(n for n, shift in enumerate(shifts) if area.is_valid(shift.date))
        if area.at_least and valid:
            members = frozenset(p.id for p in places if p.ags in area.municipalities)
            covers.append(Cover(area.name, members, area.at_least, shifts=valid))
            if len(area.municipalities) == 1:
                alone |= area.municipalities
    for ags, municipality in region.municipalities.items():
        weeks = min(weeks_since.get(ags, config.cycle_weeks), config.cycle_weeks)
        bonus = round(config.municipality_bonus * weeks * HUNDREDTHS)
        members = frozenset(p.id for p in places if p.ags == ags)
        if ags not in config.not_served | alone and members and bonus:
            covers.append(Cover(municipality.name, members, 1, bonus))
    for pin in dict.fromkeys(wishes.pins):
        days = frozenset(n for n, s in enumerate(shifts) if pin.weekday in (None, s.date.weekday()))
        covers.append(Cover(_pin_name(pin), frozenset({pin.place}), 1, shifts=days))
    return tuple(covers)


def _pin_name(pin: Pin) -> str:
    parts = [pin.place]
    if pin.weekday is not None:
        parts.append(WEEKDAYS[pin.weekday])
    if pin.start_s is not None:
        parts.append(clock(pin.start_s))
    return _("pin {what}").format(what=" ".join(parts))


def _limits(config: Config, places: Sequence[Place], shifts: Sequence[Shift]) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    everywhere = frozenset(range(len(shifts)))
    for place in places:
        most = min(config.visits_per_place, place.per_week)
        limits.append(Limit(frozenset({place.id}), everywhere, most))
        if most > 1:
            limits += [
                Limit(frozenset({place.id}), frozenset({a, b}))
                for a in everywhere
                for b in everywhere
                if a < b and abs((shifts[b].date - shifts[a].date).days) < config.days_between
            ]
    return tuple(limits)
