"""Ask for the visits of an afternoon, stop by stop: a line of numbers each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geodata.errors import OutreachError
from geodata.language import translator
from geodata.places import Place
from tours.errors import VisitError
from tours.naming import find_among
from tours.plan import Plan
from tours.schedule import clock
from tours.tour import Stop
from tours.visits.entry import NOT_THERE, Asking, missed, read_entry, read_reason
from tours.visits.table import reasons_text
from tours.visits.visit import PlannedStop, Visit, announced_stops, clash

_ = translator("tours")

Ask = Callable[[str], str]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class OpenStop:
    """A planned stop that nothing is logged about yet.

    Attributes
    ----------
    date : date
    stop : Stop
    planned : PlannedStop
    """

    date: dt.date
    stop: Stop
    planned: PlannedStop


def open_stops(plans: Sequence[Plan], visits: Sequence[Visit]) -> tuple[OpenStop, ...]:
    """Return the planned stops that no visit answers, in the order of the tours."""
    answered = {(v.place, v.planned.slot) for v in visits if v.planned}
    return tuple(
        OpenStop(date, stop, planned)
        for date, stop, planned in announced_stops(plans)
        if (stop.place_id, planned.slot) not in answered
    )


def ask_afternoon(
    stops: Sequence[OpenStop],
    date: dt.date,
    places: Sequence[Place],
    today: dt.date,
    *,
    ask: Ask,
    tell: Tell,
    logged: Sequence[Visit] = (),
) -> list[Visit]:
    """Return the visits that a person tells; stops that are skipped stay open.

    Parameters
    ----------
    stops : sequence of OpenStop
        Of the day.
    date : date
    places : sequence of Place
        For visits that were not planned.
    today : date
    ask : callable
        Shows a question and returns the answer.
    tell : callable
        Shows what is wrong with an answer.
    logged : sequence of Visit
        What is in the log.
    """
    found: list[Visit] = []
    for one in stops:
        asking = Asking(one.stop.place_id, date, today, one.planned)
        times = f"{clock(one.planned.start_s)} – {clock(one.planned.departure_s)}"
        question = f"{one.stop.name}, {times}: "
        visit = _told(question, asking, [*logged, *found], ask, tell)
        if visit is not None:
            found.append(visit)
    while text := ask(_("A stop that was not planned? Its place, or Enter: ")):
        try:
            place = find_among(places, text)
        except OutreachError as error:
            tell(str(error))
            continue
        asking = Asking(place.id, date, today)
        question = _("{name}: met, new, arrival, departure: ").format(name=place.name)
        visit = _told(question, asking, [*logged, *found], ask, tell)
        if visit is not None:
            found.append(visit)
    return found


def _told(
    question: str, asking: Asking, others: Sequence[Visit], ask: Ask, tell: Tell
) -> Visit | None:
    """Ask until the answer can be understood and can be logged; None for no answer."""
    while answer := ask(question):
        try:
            visit = _understood(answer, asking, ask)
        except VisitError as error:
            tell(str(error))
            continue
        other = clash(visit, others)
        # What is told twice in the same words is no fault.
        if other is None or (other.key, other.entries) == (visit.key, visit.entries):
            return visit
        tell(
            _(
                "{place}: already told or logged for {start} to {end}. Give other times, or leave "
                "it out with Enter."
            ).format(place=other.place, start=clock(other.arrival_s), end=clock(other.departure_s))
        )
    return None


def _understood(answer: str, asking: Asking, ask: Ask) -> Visit:
    if not answer.startswith(NOT_THERE) or asking.planned is None:
        return read_entry(answer, asking)
    number = answer.removeprefix(NOT_THERE).strip()
    while not number:
        number = ask(_("Why not? {reasons}: ").format(reasons=reasons_text()))
    return missed(asking, read_reason(number))
