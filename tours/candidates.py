"""Who is offered to the solver: places and appointments with options per shift, and the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from geodata.travel import TravelTimes
from tours.appointments import Appointment
from tours.calendar import open_intervals, week_dates, week_of, workday_near
from tours.config import Config
from tours.dates import short_date
from tours.district import District
from tours.due import Duty
from tours.errors import AppointmentError, ConfigError
from tours.factors import band_of
from tours.history import History
from tours.hotspots import HUNDREDTHS, hundredths
from tours.ledger import Forecast
from tours.naming import id_remedy
from tours.outings import Outings
from tours.plan import Unserved
from tours.problem import Candidate, Cover, Option, Problem, Shift
from tours.rules import build_rules
from tours.schedule import MINUTE_S, start_window
from tours.wishes import Pin, Wishes

_ = translator("tours")


@dataclass(frozen=True, eq=False)
class Offer:
    """The problem of the weeks and the places that are not even in it.

    Attributes
    ----------
    problem : Problem
    expected : Mapping of (str, int, int, int) to int
        Contacts expected per place, shift, start and dwell, hundredths.
    left_out : Mapping of (str, str) to str
        Reason per place and week in which it is not offered; see `tours.plan.REASONS`.
    duties : Mapping of int to Duty
        The hard covers that stem from the cycle of the municipalities, by position.
    unreached : Mapping of Duty to str
        Municipalities that are due, though no place in them is offered, with the reason.
    unserved : tuple of (str, Unserved)
        Areas that are not insisted on in a week, since their afternoons are cancelled.
    """

    problem: Problem
    expected: Mapping[tuple[str, int, int, int], int]
    left_out: Mapping[tuple[str, str], str]
    duties: Mapping[int, Duty]
    unreached: Mapping[Duty, str]
    unserved: tuple[tuple[str, Unserved], ...] = ()


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
        tick_s=MINUTE_S,
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
        lost=making.lost,
        likely=making.likely(),
        level=making.hotspots.level,
    )
    problem = replace(
        frame,
        candidates=tuple(making.candidates),
        covers=(*rules.covers, *making.first_stops()),
        limits=rules.limits,
        budgets=rules.budgets,
        orders=rules.orders,
    )
    return Offer(
        problem, making.expected, making.left_out, rules.duties, rules.unreached, rules.unserved
    )


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
        self.hotspots = district.hotspots(week_dates(outings.weeks[0])[0])
        self.forecasts: dict[tuple[str, int, int, int], Forecast] = {}
        self.expected: dict[tuple[str, int, int, int], int] = {}
        self.left_out: dict[tuple[str, str], str] = {}
        self.lost: set[tuple[str, int]] = set()

    def offer_place(self, place: Place) -> None:
        """Add a place to the shifts in which it can be visited, or say why it is left out."""
        missing = self.frame.travel.missing
        reason = excluded(place, self.district.config) or missing.get(place.id)
        if reason is None:
            self.lost |= {
                (place.id, number)
                for number, shift in enumerate(self.outings.lost)
                if self._was_possible(place, shift)
            }
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

    def _was_possible(self, place: Place, shift: Shift) -> bool:
        """Tell whether a place could be visited in a cancelled afternoon, were it driven.

        Opening hours are those of an ordinary day: a holiday may be why the place is closed, too.
        """
        if self.wishes.is_banned(place.id, shift.date):
            return False
        ordinary = replace(shift, date=workday_near(shift.date, self.district.config.state))
        for start, dwell in open_starts(place, ordinary, self.district.config):
            earliest, latest = start_window(self.frame, shift, place.id, dwell)
            if earliest <= start <= latest:
                return True
        return False

    def _options(
        self, place: Place, number: int, week: str, starts: Sequence[tuple[int, int]]
    ) -> tuple[Option, ...]:
        config, shift = self.district.config, self.frame.shifts[number]
        pins = [pin for pin in self.wishes.pins if pin.place == place.id]
        bonus = hundredths(config.stability * self.hotspots.level)
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
            forecast = self._forecast(place, number, start, dwell)
            prize = hundredths(forecast.mean)
            self.expected[place.id, number, start, dwell] = prize
            if self._most_visits(place) == 1:
                prize = hundredths(forecast.mean + self._curiosity(forecast))
            if (place.id, shift.date.weekday(), start) in self.announced[week]:
                prize += bonus
            options.append(Option(start, dwell, prize))
        return tuple(options)

    def _forecast(self, place: Place, number: int, start: int, dwell: int) -> Forecast:
        # Of a start, only the time band counts.
        key = place.id, number, band_of(start), dwell
        if key not in self.forecasts:
            date = self.frame.shifts[number].date
            self.forecasts[key] = self.hotspots.forecast(place.id, date, start, dwell)
        return self.forecasts[key]

    def _curiosity(self, forecast: Forecast) -> float:
        """Return what the first stop of a week earns for what it teaches, in contacts.

        Before the first visit nothing is learned from, so that the start values alone decide.
        """
        if not self.hotspots.has_visits:
            return 0.0
        return self.district.config.curiosity * forecast.curiosity

    def _most_visits(self, place: Place) -> int:
        return min(self.district.config.visits_per_place, place.per_week)

    def first_stops(self) -> Iterator[Cover]:
        """Yield what the first stop of a week teaches, for places that may have several of them.

        It is the least that any of them would teach; where there is one stop at most, the prizes
        of its options hold it already.
        """
        several = {p.id: p.name for p in self.district.places if self._most_visits(p) > 1}
        least: dict[tuple[str, str], int] = {}
        for (place, number, _band, _dwell), forecast in self.forecasts.items():
            if place in several:
                key = place, week_of(self.frame.shifts[number].date)
                bonus = hundredths(self._curiosity(forecast))
                least[key] = min(bonus, least.get(key, bonus))
        for (place, week), bonus in least.items():
            if bonus:
                name = _("first stop of the week: {name}").format(name=several[place])
                shifts = self.outings.in_week(week)
                yield Cover(name, frozenset({place}), bonus=bonus, shifts=shifts)

    def likely(self) -> dict[str, int]:
        """Return the contacts that each place can expect at best, hundredths."""
        found: dict[str, int] = {}
        for (place, *_when), contacts in self.expected.items():
            found[place] = max(contacts, found.get(place, 0))
        return found

    def offer_appointments(self) -> None:
        """Add the appointments of the weeks to the shifts of their days."""
        cancelled = {c.date for c in self.outings.cancelled}
        faults: list[Fault] = []
        for appointment in self.district.appointments:
            for week in self.outings.weeks:
                if appointment.is_called_off and any(map(appointment.is_due, week_dates(week))):
                    self.left_out[appointment.id, week] = "called_off"
                for day in filter(appointment.is_on, week_dates(week)):
                    shifts = sorted(self.outings.on_day(day))
                    if not shifts and day in cancelled:
                        self.left_out[appointment.id, week] = "cancelled"
                    elif not shifts:
                        faults.append(
                            Fault(
                                _("{appointment}: there is no afternoon on {day}").format(
                                    appointment=appointment.called, day=day.isoformat()
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
    faults = _unknown(wishes, district)
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
            faults.append(_no_tour(pin, outings))
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


def _unknown(wishes: Wishes, district: District) -> list[Fault]:
    """Return what is wrong with the names in the wishes: no place is called so."""
    banned = [ban.place for ban in wishes.bans]
    named = [
        *(pin.place for pin in wishes.pins),
        *wishes.forced,
        *banned,
        *(place for lineup in wishes.lineups for place in lineup.places),
    ]
    places = {place.id for place in district.places}
    appointments = {appointment.id for appointment in district.appointments}
    faults: list[Fault] = []
    for id_ in dict.fromkeys(named):
        if id_ in appointments:
            set_there = _("Its day and time are set in appointments.csv")
            left_out = _("To leave it out, take it out of appointments.csv")
            faults.append(
                Fault(
                    _("“{id}” is an appointment, not a meeting place").format(id=id_),
                    remedy=left_out if id_ in banned else set_there,
                )
            )
        elif id_ not in places:
            faults.append(
                Fault(
                    _("There is no place “{id}”").format(id=id_),
                    remedy=id_remedy(id_, district.places),
                )
            )
    return faults


def _no_tour(pin: Pin, outings: Outings) -> Fault:
    """Return why there is no tour on the day of a pin."""
    lost = [c for c in outings.cancelled if c.date.weekday() == pin.weekday]
    if not lost:
        return Fault(
            _("{pin}: there is no tour on that day").format(pin=pin.name),
            remedy=_("Choose a day with an afternoon"),
        )
    return Fault(
        _("{pin}: the afternoon of {day} is not driven ({reason})").format(
            pin=pin.name, day=short_date(lost[0].date), reason=lost[0].holiday
        ),
        remedy=_("Choose another day, or take the pin or the cancellation away"),
    )
