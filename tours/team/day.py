"""What the team has to know on an afternoon: who is on the bus, whom to call, what to pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tours.appointments import Appointment
from tours.plan import Plan
from tours.team.crew import Member, Turn, members
from tours.team.crewrules import USUAL_CREW, CrewRules
from tours.team.partners import Partner
from tours.team.stock import Item, Supply, supplies
from tours.team.stocklog import Entry
from tours.tour import Stop, Tour

# Fire brigade and ambulance, police: printed above all others in any case.
FIRE, POLICE = "112", "110"


@dataclass(frozen=True, slots=True)
class Team:
    """The lists of a team.

    Attributes
    ----------
    items : tuple of Item
    entries : tuple of Entry
        The log of the stock.
    partners : tuple of Partner
    turns : tuple of Turn
        The roster.
    appointments : tuple of Appointment
    state : str
        Federal state, for opening hours on holidays.
    rules : CrewRules
    """

    items: tuple[Item, ...] = ()
    entries: tuple[Entry, ...] = ()
    partners: tuple[Partner, ...] = ()
    turns: tuple[Turn, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    state: str = "NI"
    rules: CrewRules = USUAL_CREW


@dataclass(frozen=True, slots=True)
class Contact:
    """A partner on an afternoon.

    Attributes
    ----------
    partner : Partner
    open_s : tuple of (int, int) or None
        When it is open during the tour, seconds after midnight; None where that is not known.
    """

    partner: Partner
    open_s: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is to know about an appointment of a tour.

    Attributes
    ----------
    number : int
        Of the stop, from 1.
    stop : Stop
    unit, purpose : str
        Who asked for it, and what for; empty where the appointment is private.
    interpreting : str
        That somebody has to interpret; empty if nobody has to.
    """

    number: int
    stop: Stop
    unit: str
    purpose: str
    interpreting: str


@dataclass(frozen=True, slots=True)
class TeamDay:
    """What the team has to know on an afternoon.

    Attributes
    ----------
    members : tuple of Member
        Who is on the bus, as far as names are to be printed.
    emergencies, partners : tuple of Contact
        Of the municipalities visited; partners only if they can be open.
    num_closed : int
        How many partners of these municipalities are closed during the tour.
    supplies : tuple of Supply
    logged : date or None
        Of the last entry that the levels come from.
    briefings : tuple of Briefing
    """

    members: tuple[Member, ...] = ()
    emergencies: tuple[Contact, ...] = ()
    partners: tuple[Contact, ...] = ()
    num_closed: int = 0
    supplies: tuple[Supply, ...] = ()
    logged: dt.date | None = None
    briefings: tuple[Briefing, ...] = ()


def team_days(team: Team, plan: Plan) -> dict[str, TeamDay]:
    """Return what the team has to know on each afternoon of a plan, by the id of the tour."""
    return {tour.id: team_day(team, tour) for tour in plan.tours}


def team_day(team: Team, tour: Tour) -> TeamDay:
    """Return what the team has to know on an afternoon."""
    visited = {stop.ags for stop in tour.stops}
    contacts = [
        Contact(one, one.open_during(tour.date, tour.leave_s, tour.return_s, team.state))
        for one in team.partners
        if one.serves(visited)
    ]
    ordinary = [contact for contact in contacts if not contact.partner.is_emergency]
    entries = [entry for entry in team.entries if entry.date <= tour.date]
    return TeamDay(
        members=members(team.turns, tour.date, tour.bus) if team.rules.on_sheets else (),
        emergencies=tuple(
            contact
            for contact in contacts
            if contact.partner.is_emergency and contact.partner.dial not in (FIRE, POLICE)
        ),
        # Those whose hours are not known come last.
        partners=(
            *(contact for contact in ordinary if contact.open_s),
            *(contact for contact in ordinary if contact.open_s is None),
        ),
        num_closed=sum(contact.open_s == () for contact in ordinary),
        # Nothing is logged ahead: of a day to come, the level is the one of now.
        supplies=supplies(team.items, entries),
        logged=max((entry.date for entry in entries), default=None),
        briefings=_briefings(tour, {one.id: one for one in team.appointments}),
    )


def _briefings(tour: Tour, known: Mapping[str, Appointment]) -> tuple[Briefing, ...]:
    return tuple(
        _briefing(number, stop, known.get(stop.place_id))
        for number, stop in enumerate(tour.stops, start=1)
        if stop.is_appointment
    )


def _briefing(number: int, stop: Stop, known: Appointment | None) -> Briefing:
    if known is None:
        return Briefing(number, stop, "", "", "")
    # A sheet can be left on the bus: of a private appointment no more than is needed.
    unit, purpose = ("", "") if known.is_private else (known.unit, known.purpose)
    return Briefing(number, stop, unit, purpose, known.interpreting)


def calendar_names(team: Team, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return who is on the bus, by the id of the tour, where the calendar may say so."""
    if not team.rules.in_calendar:
        return {}
    return {
        tour.id: tuple(member.name for member in members(team.turns, tour.date, tour.bus))
        for tour in plan.tours
    }


def drives(plans: Sequence[Plan]) -> list[tuple[dt.date, str]]:
    """Return the afternoons that are driven, each with the label of its bus."""
    return [(tour.date, tour.bus) for plan in plans for tour in plan.tours if tour.stops]
