"""Who is offered to the solver: places and appointments with options per shift, and the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from geodata.travel import TravelTimes
from tours.appointments import Appointment
from tours.calendar import is_school_holiday, open_intervals, week_dates
from tours.config import Config
from tours.district import District
from tours.due import Duty
from tours.errors import AppointmentError, ConfigError
from tours.history import History
from tours.hotspots import HUNDREDTHS, expected_contacts
from tours.outings import Outings
from tours.problem import Candidate, Option, Problem, Shift
from tours.rules import build_rules
from tours.schedule import start_window
from tours.wishes import Pin, Wishes

_ = translator("tours")


@dataclass(frozen=True, eq=False)
class Offer:
    """The problem of the weeks and the places that are not even in it.

    Attributes
    ----------
    problem : Problem
    expected : Mapping of (str, int, int) to int
        Contacts expected per place, shift and dwell, hundredths.
    left_out : Mapping of (str, str) to str
        Reason per place and week in which it is not offered; see `tours.plan.REASONS`.
    duties : Mapping of int to Duty
        The hard covers that stem from the cycle of the municipalities, by position.
    unreached : tuple of Duty
        Municipalities that are due, though no place in them is offered.
    """

    problem: Problem
    expected: Mapping[tuple[str, int, int], int]
    left_out: Mapping[tuple[str, str], str]
    duties: Mapping[int, Duty]
    unreached: tuple[Duty, ...]


def offer_weeks(
    district: District,
    outings: Outings,
    travel: TravelTimes,
    *,
    history: History | None = None,
    wishes: Wishes | None = None,
    waived: Collection[str] = (),
) -> Offer:
    """Return the problem of some weeks that are planned as one.

    Parameters
    ----------
    district : District
    outings : Outings
        The afternoons of the weeks.
    travel : TravelTimes
        Between depots, places and appointments.
    history : History or None
        Keeping a start that it announces earns the stability bonus.
    wishes : Wishes or None
    waived : collection of str
        Keys of municipalities whose cycle is not insisted on, since it was found impossible.

    Raises
    ------
    ConfigError
        If a wish names a place that is not there, or cannot hold.
    AppointmentError
        If an appointment is on a day without an afternoon.
    """
    history, wishes = history or History(), wishes or Wishes()
    _check_wishes(wishes, district, outings, travel.missing)
    config = district.config
    frame = Problem(
        shifts=outings.shifts,
        candidates=(),
        travel=travel,
        setup_s=config.setup_s,
        buffer_s=config.buffer_s,
        driving_price=round(config.driving_hour * HUNDREDTHS),
        distance_price=round(config.driving_100_km * HUNDREDTHS),
        alternatives=outings.alternatives,
    )
    making = _Making(district, outings, frame, history, wishes)
    for place in district.places:
        making.offer_place(place)
    making.offer_appointments()
    rules = build_rules(
        district,
        outings,
        {(candidate.place, candidate.shift) for candidate in making.candidates},
        history=history,
        wishes=wishes,
        waived=waived,
    )
    problem = replace(
        frame,
        candidates=tuple(making.candidates),
        covers=rules.covers,
        limits=rules.limits,
        budgets=rules.budgets,
        orders=rules.orders,
    )
    return Offer(problem, making.expected, making.left_out, rules.duties, rules.unreached)


class _Making:
    """The candidates as they come together."""

    def __init__(
        self,
        district: District,
        outings: Outings,
        frame: Problem,
        history: History,
        wishes: Wishes,
    ) -> None:
        self.district = district
        self.outings = outings
        self.frame = frame
        self.wishes = wishes
        length = len(outings.weeks)
        self.announced = {week: history.announced(week, length) for week in outings.weeks}
        self.candidates: list[Candidate] = []
        self.expected: dict[tuple[str, int, int], int] = {}
        self.left_out: dict[tuple[str, str], str] = {}

    def offer_place(self, place: Place) -> None:
        """Add a place to the shifts in which it can be visited, or say why it is left out."""
        missing = self.frame.travel.missing
        reason = excluded(place, self.district.config) or missing.get(place.id)
        for week in self.outings.weeks:
            if reason is not None:
                self.left_out[place.id, week] = reason
                continue
            found: list[Candidate] = []
            is_open = is_banned = False
            for number in sorted(self.outings.in_week(week)):
                shift = self.frame.shifts[number]
                starts = list(open_starts(place, shift, self.district.config))
                is_open = is_open or bool(starts)
                if self.wishes.is_banned(place.id, shift.date):
                    is_banned = True
                elif options := self._options(place, number, week, starts):
                    found.append(Candidate(place.id, number, options))
            if not found:
                open_reason = "unreachable" if is_open else "closed"
                self.left_out[place.id, week] = "banned" if is_banned else open_reason
            self.candidates += found

    def _options(
        self, place: Place, number: int, week: str, starts: Sequence[tuple[int, int]]
    ) -> tuple[Option, ...]:
        config, shift = self.district.config, self.frame.shifts[number]
        pins = [pin for pin in self.wishes.pins if pin.place == place.id]
        bonus = round(config.stability * HUNDREDTHS)
        windows = {
            dwell: start_window(self.frame, shift, place.id, dwell)
            for dwell in suitable_dwells(place, config)
        }
        options: list[Option] = []
        for start, dwell in starts:
            earliest, latest = windows[dwell]
            if not earliest <= start <= latest:
                continue
            # A pinned place is visited as pinned, and not at other times.
            if pins and not any(pin.fits(shift.date, start) for pin in pins):
                continue
            prize = self._expected(place, number, dwell)
            if (place.id, shift.date.weekday(), start) in self.announced[week]:
                prize += bonus
            options.append(Option(start, dwell, prize))
        return tuple(options)

    def _expected(self, place: Place, number: int, dwell: int) -> int:
        key = place.id, number, dwell
        if key not in self.expected:
            config = self.district.config
            holiday = is_school_holiday(self.frame.shifts[number].date, config.state)
            self.expected[key] = expected_contacts(
                place,
                dwell,
                contacts_per_hour=config.contacts_per_hour,
                is_school_holiday=bool(holiday),
            )
        return self.expected[key]

    def offer_appointments(self) -> None:
        """Add the appointments of the weeks to the shifts of their days."""
        cancelled = {c.date for c in self.outings.cancelled}
        faults: list[Fault] = []
        for appointment in self.district.appointments:
            for week in self.outings.weeks:
                for day in filter(appointment.is_on, week_dates(week)):
                    shifts = sorted(self.outings.on_day(day))
                    if not shifts and day in cancelled:
                        self.left_out[appointment.id, week] = "cancelled"
                    elif not shifts:
                        faults.append(
                            Fault(
                                _("{appointment}: there is no afternoon on {day}").format(
                                    appointment=appointment.id, day=day.isoformat()
                                ),
                                remedy=_(
                                    "Correct the day in appointments.csv, or add an afternoon "
                                    "to region.toml"
                                ),
                            )
                        )
                    for number in shifts:
                        self._offer_appointment(appointment, number)
        if faults:
            raise AppointmentError.collected(faults)

    def _offer_appointment(self, appointment: Appointment, number: int) -> None:
        shift, dwell = self.frame.shifts[number], appointment.dwell_s
        earliest, latest = start_window(self.frame, shift, appointment.id, dwell)
        start = max(appointment.start_s, earliest)
        slack = min(appointment.latest_s, latest) - start
        if slack >= 0:
            self.expected[appointment.id, number, dwell] = 0
            option = Option(start, dwell, 0, slack)
            self.candidates.append(Candidate(appointment.id, number, (option,)))


def excluded(place: Place, config: Config) -> str | None:
    """Return why a place is never offered; None if it is."""
    if place.status != "active":
        return "resting"
    return "not_served" if place.ags in config.not_served else None


def suitable_dwells(place: Place, config: Config) -> tuple[int, ...]:
    """Return the dwells that suit the place, or its shortest one if none of the list does."""
    suitable = tuple(d for d in config.dwells_s if place.min_dwell_s <= d <= place.max_dwell_s)
    return suitable or (place.min_dwell_s,)


def open_starts(place: Place, shift: Shift, config: Config) -> Iterator[tuple[int, int]]:
    """Yield the starts and dwells within opening hours and shift, wherever the bus is."""
    for opens, closes in open_intervals(place.hours, shift.date, config.state):
        first = max(opens, shift.start_s)
        first += -first % config.grid_s
        last = min(closes, shift.end_s)
        for dwell in suitable_dwells(place, config):
            for start in range(first, last - dwell + 1, config.grid_s):
                yield start, dwell


def _check_wishes(
    wishes: Wishes, district: District, outings: Outings, missing: Collection[str]
) -> None:
    config = district.config
    by_id = {place.id: place for place in district.places}
    named = [
        *(pin.place for pin in wishes.pins),
        *wishes.forced,
        *(ban.place for ban in wishes.bans),
        *(place for lineup in wishes.lineups for place in lineup.places),
    ]
    faults = [
        Fault(
            _("There is no place “{id}”").format(id=id_),
            remedy=_("“tours places list” shows the ids"),
        )
        for id_ in dict.fromkeys(named)
        if id_ not in by_id
    ]
    for pin in dict.fromkeys((*wishes.pins, *map(Pin, wishes.forced))):
        if any(
            ban.place == pin.place and ban.weekday in (None, pin.weekday) for ban in wishes.bans
        ):
            faults.append(
                Fault(
                    _("“{id}” is both pinned and banned").format(id=pin.place),
                    remedy=_("Take one of the two away"),
                )
            )
        elif pin.place in by_id and excluded(by_id[pin.place], config):
            faults.append(
                Fault(
                    _("“{id}” is not visited: its status or municipality forbids it").format(
                        id=pin.place
                    ),
                    remedy=_("Set its status to active, or correct not_served in region.toml"),
                )
            )
        elif pin.place in missing:
            faults.append(
                Fault(
                    _("“{id}” is not visited: no road leads there and back").format(id=pin.place),
                    remedy=_("Correct its position in places.csv, or load roads that reach it"),
                )
            )
        if not any(pin.weekday in (None, shift.date.weekday()) for shift in outings.shifts):
            faults.append(
                Fault(
                    _("{pin}: there is no tour on that day").format(pin=pin.name),
                    remedy=_("Choose a day with an afternoon"),
                )
            )
        if pin.start_s is not None and pin.start_s % config.grid_s:
            faults.append(
                Fault(
                    _("{pin}: starts lie on full {minutes} minutes").format(
                        pin=pin.name, minutes=config.grid_s // 60
                    ),
                    remedy=_("Choose such a time, or change grid_minutes in region.toml"),
                )
            )
    if faults:
        raise ConfigError.collected(faults)
