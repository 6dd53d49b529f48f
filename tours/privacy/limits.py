"""The limits after which data are too old to be kept, and what is found beyond them."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from pathlib import Path

from tours.privacy.appointmentpurge import PastAppointment
from tours.privacy.copypurge import CopyDue
from tours.privacy.settings import PrivacySettings
from tours.visits.visit import MonthSum


@dataclass(frozen=True, slots=True)
class Limits:
    """From which day on what is kept.

    Attributes
    ----------
    visits, appointments : date
        What is dated before is too old.
    """

    visits: dt.date
    appointments: dt.date


def limits(settings: PrivacySettings, today: dt.date) -> Limits:
    """Return the limits on a day.

    Addresses of appointments stay until the week is over, since its papers are in use.
    """
    year, month = divmod(today.year * 12 + today.month - 1 - settings.visits_months, 12)
    # Where the month has no such day, its last one.
    day = min(today.day, monthrange(year, month + 1)[1])
    monday = today - dt.timedelta(days=today.weekday())
    return Limits(
        visits=dt.date(year, month + 1, day),
        appointments=min(today - dt.timedelta(days=settings.appointments_days), monday),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due to be removed from a workspace.

    Attributes
    ----------
    limits : Limits
    rows : frozenset of int
        Numbers of the rows of the visit log.
    sums : tuple of MonthSum
        What stays of their visits.
    dates : tuple of date
        First and last date of these visits; empty without any.
    appointments : tuple of PastAppointment
    plans : tuple of (Path, int)
        Plans, each with the number of addresses in it.
    papers : tuple of Path
        Maps, sheets and calendars of weeks with such appointments.
    exports : tuple of Path
        Lists of visits in out/, if visits are due.
    copies : tuple of CopyDue
        Copies of the visit log.
    drafts : tuple of Path
        Files that a program which was cut short has left behind.
    closed : tuple of Path
        What could not be looked at.
    """

    limits: Limits
    rows: frozenset[int]
    sums: tuple[MonthSum, ...]
    dates: tuple[dt.date, ...]
    appointments: tuple[PastAppointment, ...]
    plans: tuple[tuple[Path, int], ...]
    papers: tuple[Path, ...]
    exports: tuple[Path, ...]
    copies: tuple[CopyDue, ...]
    drafts: tuple[Path, ...]
    closed: tuple[Path, ...]

    def __bool__(self) -> bool:
        return bool(
            self.rows
            or self.appointments
            or self.plans
            or self.papers
            or self.exports
            or self.copies
            or self.drafts
        )

    @property
    def num_visits(self) -> int:
        """Visits and stops that did not take place; those taken back are none."""
        return sum(one.visits + one.missed for one in self.sums)
