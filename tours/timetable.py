"""The timetable of a plan as text for the terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from babel.dates import format_date
from babel.numbers import format_decimal
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from geodata.language import current_language, translator
from geodata.network import NetworkSource
from geodata.places import Place
from geodata.region import Region
from tours.plan import Overdue, Plan, Tour
from tours.schedule import clock, drive_minutes

_ = translator("tours")

# Reasons not to visit a place that are a fault of its position, or of the roads.
WRONG = ("no_road", "cut_off")


def number_text(value: float, decimals: int = 1) -> str:
    """Return a number as the current language writes it."""
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    return str(format_decimal(value, format=pattern, locale=current_language()))


def day_text(day: dt.date) -> str:
    """Return a date as ``Montag, 23. November 2026``."""
    return str(format_date(day, format="full", locale=current_language()))


def hours_text(seconds: int) -> str:
    """Return a duration as ``3:28 h``, minutes rounded."""
    minutes = (seconds + 30) // 60
    return f"{minutes // 60}:{minutes % 60:02d} h"


def quality_text(plan: Plan) -> str:
    """Say how far the plan can be from the best one."""
    if plan.is_optimal:
        text = _("Proven optimal: no other plan is worth more by these rules.")
    else:
        text = _("At most {percent} % below the best possible.").format(
            percent=number_text(100 * plan.gap)
        )
    if plan.cycle:
        weeks = ", ".join(plan.cycle)
        text += " " + _("This holds for the weeks {weeks} together.").format(weeks=weeks)
    return text


def overdue_text(overdue: Overdue) -> str:
    """Say which municipality is due and not visited, since when, and why."""
    reason = {
        "no_place": _("no place there is open and in reach"),
        "no_time": _("no time left, proven"),
        "not_found": _("no plan with it found in the time allowed"),
    }[overdue.reason]
    return _("{name}, week {weeks} without a visit: {reason}").format(
        name=overdue.name, weeks=overdue.weeks, reason=reason
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
            escape(f"{position + 1}  {stop.name}"),
            clock(stop.arrival_s),
            clock(stop.start_s),
            clock(stop.departure_s),
            minutes[position],
            km[position],
        )
        if stop.rest_s:
            until = clock(stop.departure_s + stop.rest_s)
            table.add_row("   " + escape(_("Break there")), "", "", until, "", "")
    table.add_row(
        "   " + escape(_("Back at the depot")), clock(tour.return_s), "", "", minutes[-1], km[-1]
    )
    return table


def tour_day(day: dt.date, bus: str) -> str:
    """Return the date of a tour, with the bus where there are several."""
    return _("{day}, bus {bus}").format(day=day_text(day), bus=bus) if bus else day_text(day)


def render_timetable(plan: Plan) -> RenderableType:
    """Return the plan of a week as something rich can print."""
    parts: list[RenderableType] = [
        Text(f"{plan.service} · {plan.district} · {plan.week}", style="bold")
    ]
    for tour in plan.tours:
        if not tour.stops:
            day = tour_day(tour.date, tour.bus)
            parts += [Text(), Text(day, style="bold"), Text(_("No stop fits."))]
            continue
        head = _("{day}, leaving at {time}").format(
            day=tour_day(tour.date, tour.bus), time=clock(tour.leave_s)
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
        Text(quality_text(plan)),
        Text(network_text(plan.network)),
    ]
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


def render_left_out(plan: Plan, *, details: bool) -> RenderableType:
    """Return what the plan does not visit and why.

    Parameters
    ----------
    plan : Plan
    details : bool
        Name every place instead of counting them.
    """
    counts = Counter(place.reason for place in plan.unassigned)
    parts: list[RenderableType] = [
        Text(_("Not visited: {number} places").format(number=len(plan.unassigned)), style="bold")
    ]
    for reason, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        parts.append(Text(f"  {number:3d}  {reason_text(reason)}"))
        # What is wrong with the data is named always: somebody has to correct it.
        if details or reason in WRONG:
            parts += [
                Text(f"       {place.name} ({place.place_id})")
                for place in plan.unassigned
                if place.reason == reason
            ]
    served = {p.municipality for p in plan.unassigned if p.reason != "not_served"}
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
    return Group(*parts)


def _visited(plan: Plan) -> set[str]:
    return {stop.municipality for tour in plan.tours for stop in tour.stops}


def render_places_table(places: Sequence[Place], region: Region) -> RenderableType:
    """Return the meeting places as a table."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in (_("Place"), _("Kind"), _("Municipality"), _("Hours"), _("Status"), "id"):
        table.add_column(name, overflow="fold")
    for place in places:
        hours = place.hours + (" *" if "hours" in place.assumed else "")
        table.add_row(
            escape(place.name),
            place.kind,
            escape(region.municipalities[place.ags].name),
            escape(hours),
            place.status,
            place.id,
        )
    return Group(table, Text(_("* assumed, confirmed by nobody on the ground")))
