"""Who is offered to the solver: places and appointments with options per shift, and the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.errors import Fault
from geodata.language import translator
from geodata.places import Place
from geodata.travel import TravelTimes
from tours.appointments import Appointment
from tours.calendar import week_dates, week_of, workday_near
from tours.dates import numeric_date
from tours.district import District
from tours.due import Duty
from tours.errors import AppointmentError
from tours.history import History
from tours.hotspots.factors import band_of
from tours.hotspots.hotspots import HUNDREDTHS, hundredths
from tours.hotspots.ledger import Forecast
from tours.leftout import Unserved
from tours.outings import Outings
from tours.problem import Candidate, Cover, Option, Problem, Shift
from tours.rules import build_rules
from tours.schedule import MINUTE_S, start_window
from tours.starts import appointment_starts, excluded, open_starts, suitable_dwells
from tours.wishcheck import check_wishes
from tours.wishes import Wishes

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
        Reason per place and week in which it is not offered; see `tours.leftout.REASONS`.
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
    check_wishes(wishes, district, outings, travel.missing)
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
                                    appointment=appointment.called, day=numeric_date(day)
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
        first, last = max(appointment.start_s, earliest), min(appointment.latest_s, latest)
        starts = appointment_starts(appointment, self.district.config, first, last)
        if options := tuple(Option(start, dwell, 0) for start in starts):
            self.candidates.append(Candidate(appointment.id, number, options))
        elif first <= last:
            # Better at an odd minute than not at all.
            self.candidates.append(
                Candidate(appointment.id, number, (Option(first, dwell, 0, last - first),))
            )
