"""The timetable of a plan as text for the terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from babel.numbers import format_decimal
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from geodata.network import NetworkSource
from tours.appointments import appointment_called
from tours.dates import locale, long_date, short_date
from tours.dayoff import eve_of
from tours.leftout import Overdue, Unserved
from tours.plan import Plan
from tours.schedule import clock, drive_minutes
from tours.tour import Stop, Tour

_ = translator("tours")

# Reasons not to visit a place that are a fault of its position, or of the roads.
WRONG = ("no_road", "cut_off")


def number_text(value: float, decimals: int = 1) -> str:
    """Return a number as the current language writes it."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(value, format=pattern, locale=locale()))


def hours_text(seconds: int) -> str:
    """Return a duration as ``3:28 h``, minutes rounded."""
    minutes = (seconds + 30) // 60
    return f"{minutes // 60}:{minutes % 60:02d} h"


def quality_text(plan: Plan, replanned: Collection[str] = ()) -> str:
    """Say how far the plan can be from the best one.

    Parameters
    ----------
    plan : Plan
    replanned : collection of str
        Weeks of its cycle that were planned anew since; see `tours.cycle`.
    """
    if plan.is_optimal:
        text = _("Proven optimal: no other plan is worth more by these rules.")
        if replanned:
            text = _("Was proven optimal.")
    else:
        # Both are rounded up, so that “at most” stays true.
        text = _("Worth {value}, at most {bound} possible.").format(
            value=number_text(plan.value / 100), bound=number_text(_rounded_up(plan.bound, 10) / 10)
        )
        if plan.bound > 0:
            tenths = _rounded_up(1000 * (plan.bound - plan.value), plan.bound)
            text += " " + _("At most {percent} % below the best possible.").format(
                percent=number_text(tenths / 10)
            )
        text += " " + worth_note()
    weeks = ", ".join(plan.cycle)
    if replanned:
        text += " " + _(
            "This held for the weeks {weeks} as they were planned together. Planned anew since, or "
            "deleted: {others}. Of this week alone nothing is proven."
        ).format(weeks=weeks, others=", ".join(replanned))
    elif plan.cycle:
        text += " " + _("This holds for the weeks {weeks} together.").format(weeks=weeks)
    return text


def worth_note() -> str:
    """Say what a plan is worth."""
    return _(
        "Worth is counted in contacts: those expected (an estimate), plus what the rules add "
        "for municipalities, for times that are kept and for exploration, less the driving."
    )


def _rounded_up(number: int, divisor: int) -> int:
    return -(-number // divisor)


def overdue_text(overdue: Overdue) -> str:
    """Say which municipality is due and not visited, since when, and why."""
    reason = {
        "no_place": _("no place there is open and in reach"),
        "cancelled": _("the afternoons on which it could be visited are cancelled"),
        "no_time": _("no time left, proven"),
        "not_found": _("no plan with it found in the time allowed"),
    }[overdue.reason]
    return _("{name}, week {weeks} without a visit: {reason}").format(
        name=overdue.name, weeks=overdue.weeks, reason=reason
    )


def unserved_text(area: Unserved) -> str:
    """Say which area has no visit and which afternoons it would have needed."""
    days = dict.fromkeys(f"{short_date(c.date)} ({c.holiday})" for c in area.cancelled)
    return _("{area}: could be visited only on days without a tour: {days}").format(
        area=area.name, days=", ".join(days)
    )


def network_text(network: NetworkSource) -> str:
    """Say which roads the times are from and how far they can be trusted."""
    if not network.is_estimate and not network.date:
        return _("Roads: {source}, of unknown date.").format(source=network.attribution)
    if not network.is_estimate:
        return _("Roads: {source}, {date}.").format(source=network.attribution, date=network.date)
    if network.error_median is None or network.error_p90 is None:
        return _("Estimated network: no real roads, drive times are estimates.")
    return _(
        "Estimated network: no real roads, drive times are estimates (typical error "
        "{median} %, one drive in ten is off by more than {p90} %)."
    ).format(
        median=number_text(100 * network.error_median, 0),
        p90=number_text(100 * network.error_p90, 0),
    )


def reason_text(reason: str) -> str:
    """Return why places are not in a plan."""
    return {
        "resting": _("resting"),
        "not_served": _("others are responsible for the municipality"),
        "no_road": _("no road nearby"),
        "cut_off": _("no road leads there and back"),
        "banned": _("excluded for this week"),
        "cancelled": _("the afternoon is cancelled"),
        "closed": _("no opening hours fit an afternoon"),
        "unreachable": _("too far to drive there and back within an afternoon"),
        "not_chosen": _("not in the best plan that was found"),
        "outranked": _("other stops are worth more"),
        "called_off": _("cancelled or done (appointments.csv)"),
    }[reason]


def _tour_table(tour: Tour) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(_("Stop"), no_wrap=False, min_width=30)
    for name in (_("Arrival"), _("Start"), _("End"), _("Drive"), "km"):
        table.add_column(name, justify="right", no_wrap=True)
    minutes = [_("{minutes} min").format(minutes=drive_minutes(leg.drive_s)) for leg in tour.legs]
    km = [number_text(leg.length_m / 1000) for leg in tour.legs]
    for position, stop in enumerate(tour.stops):
        table.add_row(
            escape(f"{position + 1}  {called(stop)}"),
            clock(stop.arrival_s),
            clock(stop.start_s),
            clock(stop.departure_s),
            minutes[position],
            km[position],
        )
        if stop.rest_s:
            table.add_row("   " + escape(_("Break there")), "", "", clock(stop.leave_s), "", "")
    table.add_row(
        "   " + escape(_("Back at the depot")), clock(tour.return_s), "", "", minutes[-1], km[-1]
    )
    return table


def called(stop: Stop) -> str:
    """Return the name of a stop, and that it is no more than a request."""
    return stop.name if stop.is_confirmed else _("{name} (unconfirmed)").format(name=stop.name)


def tour_day(day: dt.date, bus: str) -> str:
    """Return the date of a tour, with the bus where there are several."""
    return _("{day}, bus {bus}").format(day=long_date(day), bus=bus) if bus else long_date(day)


def render_timetable(plan: Plan, replanned: Collection[str] = ()) -> RenderableType:
    """Return the plan of a week as something rich can print.

    Parameters
    ----------
    plan : Plan
    replanned : collection of str
        See `quality_text`.
    """
    parts: list[RenderableType] = [
        Text(f"{plan.service} · {plan.district} · {plan.week}", style="bold")
    ]
    for tour in plan.tours:
        if not tour.stops:
            day = tour_day(tour.date, tour.bus)
            parts += [Text(), Text(day, style="bold"), Text(_("No stop fits."))]
            continue
        head = _("{day}, leaving at {time}")
        if plan.names_depots:
            head = _("{day}, leaving {depot} at {time}")
        head = head.format(
            day=tour_day(tour.date, tour.bus), depot=tour.depot.name, time=clock(tour.leave_s)
        )
        parts += [Text(), Text(head, style="bold"), Padding(_tour_table(tour), (0, 0, 0, 2))]
    for cancelled in plan.cancelled:
        parts += [
            Text(),
            Text(
                _("{day}: no tour, {holiday}").format(
                    day=tour_day(cancelled.date, cancelled.bus), holiday=cancelled.holiday
                )
            ),
        ]
    parts += [
        Text(),
        Text(
            _(
                "{km} km, {drive} driving, {dwell} on site; {contacts} contacts expected (estimate)"
            ).format(
                km=number_text(plan.length_m / 1000),
                drive=hours_text(plan.drive_s),
                dwell=hours_text(plan.dwell_s),
                contacts=number_text(plan.expected / 100),
            )
        ),
        Text(quality_text(plan, replanned)),
        Text(network_text(plan.network)),
    ]
    parts += map(Text, calendar_notes(plan))
    if not plan.knows_school_holidays:
        parts.append(
            Text(_("School holidays of this week are not published yet: taken for term time."))
        )
    stops = [stop for tour in plan.tours for stop in tour.stops]
    if assumed := sum(bool(stop.assumed) for stop in stops):
        parts.append(
            Text(
                _(
                    "{assumed} of {stops} stops have assumed values that nobody has confirmed "
                    "yet (column “assumed” of places.csv)."
                ).format(assumed=assumed, stops=len(stops))
            )
        )
    return Group(*parts)


def calendar_notes(plan: Plan) -> list[str]:
    """Return what is special about the days of the tours: school holidays, the two eves."""
    notes: list[str] = []
    dates = {tour.date for tour in plan.tours}
    for name in dict.fromkeys(holiday.name for holiday in plan.school_holidays):
        days = [holiday.date for holiday in plan.school_holidays if holiday.name == name]
        if dates <= {*days}:
            notes.append(_("School holidays: {name}.").format(name=name))
        else:
            text = _("School holidays: {name} ({days}).")
            notes.append(text.format(name=name, days=", ".join(map(short_date, days))))
    for date in sorted(dates):
        if eve := eve_of(date):
            notes.append(
                _(
                    "{day}: {eve} is no public holiday, so the afternoon is planned. To leave it "
                    "out: --cancel {date}, or no_service in region.toml for every year."
                ).format(day=short_date(date), eve=eve, date=date.isoformat())
            )
    return notes


def render_left_out(plan: Plan, *, details: bool) -> RenderableType:
    """Return what the plan does not visit and why.

    Parameters
    ----------
    plan : Plan
    details : bool
        Name every place instead of counting them.
    """
    places = [place for place in plan.unassigned if not place.is_appointment]
    counts = Counter(place.reason for place in places)
    parts: list[RenderableType] = [
        Text(_("Not visited: {number} places").format(number=len(places)), style="bold")
    ]
    for reason, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        parts.append(Text(f"  {number:3d}  {reason_text(reason)}"))
        # What is wrong with the data is named always: somebody has to correct it.
        if details or reason in WRONG:
            parts += [
                Text(f"       {place.name} ({place.place_id})")
                for place in places
                if place.reason == reason
            ]
    if appointments := [one for one in plan.unassigned if one.is_appointment]:
        parts.append(Text(_("Appointments that are not kept:"), style="bold"))
        for one in appointments:
            name = appointment_called(one.place_id, one.name)
            parts.append(Text(f"  {name}: {reason_text(one.reason)}"))
    served = {p.municipality for p in places if p.reason != "not_served"}
    municipalities = sorted(served - _visited(plan))
    if municipalities:
        parts.append(
            Text(
                _("Municipalities without a stop this week: {names}").format(
                    names=", ".join(municipalities)
                )
            )
        )
    if plan.overdue:
        parts.append(Text(_("Due by the cycle, but not possible:"), style="bold"))
        parts += [Text(f"  {overdue_text(overdue)}") for overdue in plan.overdue]
    if plan.unserved:
        parts.append(Text(_("Areas without the visits that they are owed:"), style="bold"))
        parts += [Text(f"  {unserved_text(area)}") for area in plan.unserved]
    return Group(*parts)


def _visited(plan: Plan) -> set[str]:
    return {stop.municipality for tour in plan.tours for stop in tour.stops}
