"""Which visits are new to the log, and which are there already or cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.errors import Fault
from geodata.language import translator
from tours.dates import numeric_date
from tours.errors import VisitError
from tours.plan import Plan
from tours.schedule import clock
from tours.visits.rows import Entries
from tours.visits.visit import Visit, answering, clash

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Draft:
    """A visit that is not logged yet.

    Attributes
    ----------
    visit : Visit
    where : str
        File and line, or empty.
    """

    visit: Visit
    where: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What some drafts come to.

    Attributes
    ----------
    new : tuple of Visit
        To be logged, each with the planned stop that it answers.
    known : int
        Drafts that are in the log already, or twice among themselves.
    removed : int
        Drafts of days whose visits were removed: sums stand for them, which nobody can compare.
    """

    new: tuple[Visit, ...]
    known: int
    removed: int = 0


def accept(
    drafts: Sequence[Draft],
    entries: Entries,
    plans: Sequence[Plan],
    *,
    again: bool = False,
    removed_before: dt.date | None = None,
) -> Accepted:
    """Return what of some drafts is to be logged.

    The same place, date and arrival is the same visit, also if it was corrected since.

    Parameters
    ----------
    drafts : sequence of Draft
    entries : Entries
        All that is logged.
    plans : sequence of Plan
        In which a visit may have been planned.
    again : bool
        Log visits again that were taken back. A file that is read twice does not mean that.
    removed_before : date or None
        Visits before this day were removed; a list that still holds them would count them twice.

    Raises
    ------
    VisitError
        With every draft that says other than the log, or that cannot have been beside another.
    """
    ever: dict[object, set[object]] = {}
    for visit in entries.visits if again else [row.visit for row in entries.rows]:
        ever.setdefault(visit.key, set()).add(visit.entries)
    logged = list(entries.visits)
    new: list[Visit] = []
    known = removed = 0
    faults: list[Fault] = []
    for draft in drafts:
        visit = draft.visit
        if removed_before is not None and visit.date < removed_before:
            removed += 1
            continue
        same = ever.setdefault(visit.key, set())
        if visit.entries in same:
            known += 1
            continue
        visit = visit if visit.planned else answering(visit, plans, [*logged, *new])
        other = clash(visit, [*logged, *new])
        if other is not None:
            faults.append(_clash_fault(draft, other))
            continue
        same.add(visit.entries)
        new.append(visit)
    if faults:
        raise VisitError.collected(faults)
    return Accepted(tuple(new), known, removed)


def removed_text(accepted: Accepted, before: dt.date | None) -> str:
    """Say how many drafts were left out since visits of their days were removed; or nothing."""
    if not accepted.removed or before is None:
        return ""
    return _(
        "{number} before {date} left out: visits of these days were removed, and sums stand for "
        "them"
    ).format(number=accepted.removed, date=numeric_date(before))


def _clash_fault(draft: Draft, other: Visit) -> Fault:
    if not other.id:
        what = _("{place}, {date}: another line is about the same time").format(
            place=other.place, date=numeric_date(other.date)
        )
        return Fault(what, draft.where, _("Correct or remove one of the two"))
    words = (
        _("{place}, {date}, {start} to {end}, {met} met: other than visit {id} in the log")
        if other.took_place
        else _("{place}, {date}, {start}: did not take place, by visit {id} in the log")
    )
    what = words.format(
        place=other.place,
        date=numeric_date(other.date),
        start=clock(other.arrival_s),
        end=clock(other.departure_s),
        met=other.met,
        id=other.id,
    )
    remedy = _("Correct the log with “tours visit correct {id}”, or this entry").format(id=other.id)
    return Fault(what, draft.where, remedy)
