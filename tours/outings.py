"""The afternoons of some weeks with their dates: which are driven, and which are cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import Fault
from geodata.language import translator
from tours.calendar import WEEKDAYS, public_holiday, week_dates, week_of
from tours.config import Config
from tours.dates import long_date
from tours.errors import ConfigError
from tours.leftout import Cancelled
from tours.problem import Shift
from tours.wishes import Outage

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Outing:
    """An afternoon of one bus.

    Attributes
    ----------
    week : str
    bus : str
        Label of the bus; empty where there is one.
    shifts : tuple of int
        Positions of its shifts: one, or one per depot it may be driven from.
    """

    week: str
    bus: str
    shifts: tuple[int, ...]


@dataclass(frozen=True)
class Outings:
    """The afternoons of some weeks.

    Attributes
    ----------
    weeks : tuple of str
        ISO weeks, in order.
    shifts : tuple of Shift
    outings : tuple of Outing
        Each shift belongs to one of them.
    cancelled : tuple of Cancelled
    lost : tuple of Shift
        What would have been driven in each of the cancelled afternoons, from the first depot.
    """

    weeks: tuple[str, ...]
    shifts: tuple[Shift, ...]
    outings: tuple[Outing, ...]
    cancelled: tuple[Cancelled, ...]
    lost: tuple[Shift, ...] = ()

    @property
    def alternatives(self) -> tuple[frozenset[int], ...]:
        """Shifts of which one at most is driven."""
        return tuple(frozenset(o.shifts) for o in self.outings if len(o.shifts) > 1)

    def in_week(self, *weeks: str) -> frozenset[int]:
        """Return the positions of the shifts in some weeks."""
        return frozenset(n for o in self.outings if o.week in weeks for n in o.shifts)

    def on_day(self, day: dt.date) -> frozenset[int]:
        """Return the positions of the shifts on a day."""
        return frozenset(n for n, shift in enumerate(self.shifts) if shift.date == day)

    def are_alternatives(self, a: int, b: int) -> bool:
        """Tell whether one at most of two shifts is driven."""
        return any(a in outing.shifts and b in outing.shifts for outing in self.outings)

    def day_name(self, outing: Outing) -> str:
        """Return the date of an outing and its bus, for the names of rules."""
        day = self.shifts[outing.shifts[0]].date
        name = f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"
        return f"{name}/{outing.bus}" if outing.bus else name


def build_outings(config: Config, weeks: Sequence[str], outages: Sequence[Outage] = ()) -> Outings:
    """Return the afternoons of some weeks.

    Parameters
    ----------
    config : Config
    weeks : sequence of str
        ISO weeks, in order.
    outages : sequence of Outage
        Afternoons that the team does not drive.

    Raises
    ------
    ConfigError
        If there is no afternoon that an outage could cancel, or it does not say of which week.
    """
    shifts: list[Shift] = []
    outings: list[Outing] = []
    cancelled: list[Cancelled] = []
    lost: list[Shift] = []
    used: set[Outage] = set()
    for week in weeks:
        days = week_dates(week)
        for number, afternoon in enumerate(config.afternoons):
            day, bus = days[afternoon.weekday], afternoon.bus
            stopped_by = [outage for outage in outages if outage.stops(day, bus)]
            used |= set(stopped_by)
            id_ = f"{day.isoformat()}-{number}"
            possible = [
                Shift(
                    id=f"{id_}-{name}" if position else id_,
                    date=day,
                    depot=config.depot(name).point,
                    start_s=afternoon.start_s,
                    end_s=afternoon.end_s,
                    rest=afternoon.rest,
                )
                for position, name in enumerate(afternoon.depots)
            ]
            if (reason := _why_not(day, config, stopped_by)) is not None:
                cancelled.append(Cancelled(day, reason, bus))
                lost.append(possible[0])
            else:
                numbers = range(len(shifts), len(shifts) + len(possible))
                outings.append(Outing(week, bus, tuple(numbers)))
                shifts += possible
    faults = [_no_afternoon(outage, weeks) for outage in outages if outage not in used]
    if len(weeks) > 1:
        faults += [_of_which_week(outage) for outage in outages if outage.date is None]
    if faults:
        raise ConfigError.collected(faults)
    return Outings(tuple(weeks), tuple(shifts), tuple(outings), tuple(cancelled), tuple(lost))


def _why_not(day: dt.date, config: Config, stopped_by: Sequence[Outage]) -> str | None:
    """Return why there is no tour on a day; None if there is one."""
    if holiday := public_holiday(day, config.state):
        return holiday
    for off in config.no_service:
        if off.is_on(day):
            return off.reason or _("no service on this day (region.toml)")
    if not stopped_by:
        return None
    reasons = (outage.reason for outage in stopped_by if outage.reason)
    return next(reasons, _("cancelled by the team"))


def _no_afternoon(outage: Outage, weeks: Sequence[str]) -> Fault:
    if outage.date is not None and (week := week_of(outage.date)) not in weeks:
        return Fault(
            _("{day} is in {week}, which is not planned here").format(
                day=long_date(outage.date), week=week
            ),
            remedy=_("Cancel it where its week is planned: --week {week}").format(week=week),
        )
    day = outage.date.isoformat() if outage.date else WEEKDAYS[outage.weekday or 0]
    return Fault(
        _("{day}: there is no afternoon to cancel").format(
            day=f"{day}/{outage.bus}" if outage.bus else day
        ),
        remedy=_("Choose a day with an afternoon, and a bus that region.toml knows"),
    )


def _of_which_week(outage: Outage) -> Fault:
    return Fault(
        _("{day} comes in each of the weeks").format(day=WEEKDAYS[outage.weekday or 0]),
        remedy=_("Write the date of the afternoon that is cancelled, as in 2026-11-25"),
    )
