"""Plans for other programs: the week as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from icalendar import Calendar, Event, vText

from geodata.language import translator
from tours.announced import Announcement
from tours.calendar import week_dates
from tours.export.calendarseries import series_events
from tours.export.calendarzone import zone_component
from tours.localtime import moment
from tours.plan import Plan
from tours.schedule import clock
from tours.timetable import network_text, number_text
from tours.tour import Stop, Tour

_ = translator("tours")

PRODUCT = "-//outreach-tours//week//"
CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\r\n")


def render_calendar(
    plan: Plan,
    crew: Mapping[str, Sequence[str]] | None = None,
    *,
    announced: Iterable[Announcement] = (),
    former: tuple[Plan, Iterable[Announcement]] | None = None,
) -> bytes:
    """Return the stops of a week as an .ics file, the same bytes for the same input.

    The first visit of a place in a week keeps its identity when the week is planned anew, so
    does the second, and a calendar that reads the file again moves the entry instead of adding
    one. What is announced for the weeks after it stands as series, the same as on the notices.

    Parameters
    ----------
    plan : Plan
    crew : Mapping of str to sequence of str, or None
        Names of those on the bus, by the id of the tour; none where they are not to be printed.
    announced : iterable of Announcement
        What is told of the places; dates of the week itself are those of the plan.
    former : tuple of Plan and iterable of Announcement, or None
        The plan before, and what was told with it; series of that which have ended are cancelled.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    # Neither property is known to the library as text, which has to be escaped.
    calendar.add("name", vText(plan.service))
    calendar.add("x-wr-calname", vText(plan.service))
    # When a plan was computed is no part of it; its week is.
    stamp = dt.datetime.combine(week_dates(plan.week)[0], dt.time(), dt.UTC)
    visits: Counter[str] = Counter()
    for tour in plan.tours:
        for stop in tour.stops:
            visits[stop.place_id] += 1
            uid = f"{visits[stop.place_id]}-{stop.place_id}@outreach-tours"
            names = (crew or {}).get(tour.id, ())
            event = _event(plan, tour, stop, f"{plan.week}-{uid}", stamp, names)
            calendar.add_component(event)
            if stop.rest_s:
                resting = f"{plan.week}-break-{uid}"
                calendar.add_component(_break(plan, tour, stop, resting, stamp))
    for event in series_events(plan, announced, former):
        calendar.add_component(event)
    if calendar.subcomponents:
        # Before its use, for programs that read a file only once.
        calendar.subcomponents.insert(0, zone_component())
    # No control character is allowed in it.
    return bytes(calendar.to_ical()).translate(None, CONTROLS)


def _assumed(stop: Stop) -> str:
    words = {"hours": _("opening hours"), "start_weight": _("start weight")}
    return ", ".join(dict.fromkeys(words.get(column, _("dwell")) for column in stop.assumed))


def _entry(what: str, tour: Tour, start_s: int, end_s: int, uid: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", what)
    event.add("dtstart", moment(tour.date, start_s))
    event.add("dtend", moment(tour.date, end_s))
    return event


def _event(
    plan: Plan, tour: Tour, stop: Stop, uid: str, stamp: dt.datetime, crew: Sequence[str]
) -> Event:
    what = f"{plan.service}: {stop.name}"
    event = _entry(what, tour, stop.start_s, stop.departure_s, uid, stamp)
    # Calendars are shared, and an appointment may be at somebody's home.
    if not stop.is_appointment:
        event.add("location", f"{stop.name}, {stop.municipality}")
        event.add("geo", (stop.lat, stop.lon))
    lines = [_("Arrival {time}").format(time=clock(stop.arrival_s))]
    if stop.rest_s:
        lines.append(_("Break until {time}, then departure").format(time=clock(stop.leave_s)))
    lines.append(
        _("Expected contacts (estimate): {number}").format(number=number_text(stop.expected / 100))
    )
    if plan.network.is_estimate:
        lines.append(network_text(plan.network))
    if stop.assumed:
        lines.append(
            _("Assumed, confirmed by nobody yet: {columns}").format(columns=_assumed(stop))
        )
    if crew:
        lines.append(_("Crew: {names}").format(names=", ".join(crew)))
    event.add("description", "\n".join(lines))
    event.add("class", "PUBLIC" if stop.is_public else "PRIVATE")
    if not stop.is_confirmed:
        event.add("status", "TENTATIVE")
    return event


def _break(plan: Plan, tour: Tour, stop: Stop, uid: str, stamp: dt.datetime) -> Event:
    what = _("{service}: break").format(service=plan.service)
    event = _entry(what, tour, stop.departure_s, stop.leave_s, uid, stamp)
    event.add("class", "PRIVATE")
    return event
