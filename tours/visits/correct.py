"""What a correction makes of a visit, checked against the rest of the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geodata.language import translator
from tours.dates import numeric_date
from tours.errors import VisitError
from tours.plan import Plan
from tours.visits.accept import Draft, accept
from tours.visits.entry import Asking, checked, missed
from tours.visits.rows import Entries
from tours.visits.visit import Visit

_ = translator("tours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to be other than it is; None where it stays.

    Attributes
    ----------
    place : str or None
    date : date or None
    arrival_s, departure_s, met, new : int or None
    reason : str or None
        Why it did not take place after all.
    """

    place: str | None = None
    date: dt.date | None = None
    arrival_s: int | None = None
    departure_s: int | None = None
    met: int | None = None
    new: int | None = None
    reason: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be other than it is."""
        return self == Correction()


def corrected(
    was: Visit,
    correction: Correction,
    entries: Entries,
    today: dt.date,
    plans: Callable[[dt.date, dt.date], Sequence[Plan]],
    removed_before: dt.date | None = None,
) -> Visit:
    """Return a visit as it ought to be.

    Parameters
    ----------
    was : Visit
    correction : Correction
    entries : Entries
        All that is logged.
    today : date
    plans : callable
        Returns the plans between two days. One that is moved to another place or day answers
        another stop, or none.
    removed_before : date or None
        Visits before this day were removed; sums stand for them, which take in no more.

    Raises
    ------
    VisitError
        If it cannot be so, or not beside another visit.
    """

    def or_was(value: int | None, old: int) -> int:
        return old if value is None else value

    place, date = correction.place or was.place, correction.date or was.date
    is_moved = (place, date) != (was.place, was.date)
    planned = None if is_moved else was.planned
    asking = Asking(place, date, today, planned)
    start = or_was(correction.arrival_s, was.arrival_s)
    if correction.reason or (was.reason and correction.met is None):
        visit = missed(asking, correction.reason or was.reason, start)
    else:
        usual_end = planned.departure_s // 60 * 60 if planned and was.reason else was.departure_s
        met = or_was(correction.met, was.met)
        visit = checked(
            asking,
            arrival_s=start,
            departure_s=or_was(correction.departure_s, usual_end),
            met=met,
            # Who corrects the contacts alone does not mean that more were new than met.
            new=or_was(correction.new, min(was.new, met)),
        )
    if is_moved and removed_before is not None and date < removed_before:
        raise VisitError(
            _("Visits before {date} were removed, and sums stand for them").format(
                date=numeric_date(removed_before)
            ),
            remedy=_("Leave the day as it is, or take the visit back with --withdraw"),
        )
    others = Entries(tuple(row for row in entries.rows if row.visit.id != was.id))
    accepted = accept([Draft(visit)], others, plans(date, date) if is_moved else (), again=True)
    if not accepted.new:
        raise VisitError(
            _("The log holds this visit already, under another number"),
            remedy=_("Take one of the two back with --withdraw"),
        )
    return accepted.new[0]
