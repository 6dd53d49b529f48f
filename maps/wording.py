"""How things are said, on the screen and on paper in the same words."""

from __future__ import annotations

import datetime as dt
import math

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from geodata.language import current_language, translator
from tours import dates
from tours.appointments import appointment_called
from tours.calendar import week_dates
from tours.plan import Plan
from tours.schedule import clock
from tours.tour import Stop, Tour

_ = translator("maps")


def locale() -> Locale:
    """Return the language with its country, for dates and numbers."""
    return dates.locale()


# -- numbers


def number(value: float, pattern: str = "#,##0.###") -> str:
    """Return a number as the language writes it."""
    return format_decimal(value, pattern, locale=locale())


def kilometres(metres: int) -> str:
    """Return a length: “41,3 km”."""
    return f"{number(metres / 1000, '#,##0.0')} km"


def short_kilometres(metres: int) -> str:
    """Return a length where space is scarce: “41 km”."""
    return f"{number(metres / 1000, '#,##0')} km"


def duration(seconds: int) -> str:
    """Return a span of time to the minute: “2 h 05 min”."""
    minutes = (seconds + 30) // 60
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"


def share(value: float, digits: int = 0) -> str:
    """Return a share in percent, rounded up, so that “at most” stays true."""
    up = math.ceil(value * 100 * 10**digits - 1e-9) / (100 * 10**digits)
    form = "#,##0.#\xa0%" if current_language() == "de" else "#,##0.#%"
    return format_percent(up, form, locale=locale(), decimal_quantization=False)


def contacts(hundredths: int) -> str:
    """Return expected contacts, one decimal below ten."""
    return number(hundredths / 100, "#,##0.0" if hundredths < 1000 else "#,##0")


def contacts_label() -> str:
    """Return what stands beside `contacts`: “erwartete Kontakte (Schätzung)”."""
    return _("expected contacts (estimate)")


def contacts_row(hundredths: int) -> tuple[str, str]:
    """Return expected contacts where space is scarce: “Erwartete Kontakte”, “4,2 (Schätzung)”."""
    return _("Expected contacts"), _("{n} (estimate)").format(n=contacts(hundredths))


# -- dates and times


def long_date(day: dt.date) -> str:
    """Return a date with its weekday: “Montag, 23. November 2026”."""
    return dates.long_date(day)


def date_in_week(day: dt.date) -> str:
    """Return a date where its year is said already: “Montag, 23. November”."""
    pattern = locale().date_formats["full"].pattern.removesuffix(" y")
    return format_date(day, pattern, locale=locale())


def weekday(day: dt.date) -> str:
    """Return “Montag”."""
    return format_date(day, "EEEE", locale=locale())


def short_weekday(day: dt.date) -> str:
    """Return “Mo”."""
    return format_date(day, "EEEEEE", locale=locale()).rstrip(".")


def with_bus(day: str, bus: str) -> str:
    """Return a day with the bus that drives then, where there are several."""
    return _("{day}, bus\xa0{bus}").format(day=day, bus=bus) if bus else day


def span(start_s: int, end_s: int) -> str:
    """Return two times of day where space is scarce: “14:25–14:55”."""
    return f"{clock(start_s)}–{clock(end_s)}"


def hours(start_s: int, end_s: int) -> str:
    """Return two times of day: “14:25–14:55 Uhr”."""
    return _("{start}–{end}").format(start=clock(start_s), end=clock(end_s))


def week_label(week: str) -> str:
    """Return the number of a week: “KW 48/2026”."""
    year, number_of_week = week.split("-W")
    return _("week {week}/{year}").format(week=int(number_of_week), year=year)


def week_title(week: str) -> str:
    """Return what a plan is called: “Wochenplan KW 48/2026”."""
    return _("Plan of {week}").format(week=week_label(week))


def week_days(week: str) -> str:
    """Return the days of a week: “23.–29. November 2026”."""
    first, *_between, last = week_dates(week)
    changes = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    # The only patterns of Babel have short months.
    patterns = locale().interval_formats["yMMMd"][changes]
    return "".join(
        format_date(day, pattern.replace("MMM", "MMMM"), locale=locale())
        for day, pattern in zip((first, last), patterns, strict=True)
    )


# -- the plan


def plan_label(plan: Plan) -> str:
    """Return by what a plan is told from others: “Plan 066390b8”."""
    return _("plan {digest}").format(digest=plan.digest)


def quality(plan: Plan) -> tuple[str, str]:
    """Return how good a plan is, in a few words and in a sentence."""
    if plan.is_optimal and plan.cycle:
        # One of the weeks may be planned anew later; what was proven of all of them stays true.
        return (
            _("proven optimal as a cycle"),
            _("No other plans of {weeks}, planned together, bring more.").format(
                weeks=", ".join(plan.cycle)
            ),
        )
    if plan.is_optimal:
        return _("proven optimal"), _("No other plan is worth more by these rules.")
    return (
        _("at most {share} below the best possible").format(share=share(plan.gap, 1)),
        _("Whether a better plan exists was not proven in the time given."),
    )


def estimate_note(plan: Plan, *, is_drawn: bool) -> str:
    """Return what has to be said of an estimated network; empty if nothing is estimated.

    Parameters
    ----------
    plan : Plan
    is_drawn : bool
        Whether the roads of the map are estimated ones.
    """
    network = plan.network
    if not (network.is_estimate or is_drawn):
        return ""
    text = _("Estimated network: the course of roads and the drive times are estimated")
    if network.error_median is not None and network.error_p90 is not None:
        text += ", " + _("typical error {median}, one drive in ten over {p90}").format(
            median=share(network.error_median), p90=share(network.error_p90)
        )
    return f"{text}."


def cancellations(plan: Plan) -> str:
    """Return the afternoons without a tour and why, and their appointments; empty if none."""
    days = [f"{with_bus(long_date(c.date), c.bus)} ({c.holiday})" for c in plan.cancelled]
    dropped = [
        appointment_called(one.place_id, one.name) for one in plan.unassigned if one.is_appointment
    ]
    return f"{_('Cancelled')}: {'; '.join((*days, *dropped))}" if days else ""


def public_note(stop: Stop) -> str:
    """Return that a stop is not for the public, or a request only; empty if neither."""
    notes = [] if stop.is_public else [_("not for the public")]
    notes += [] if stop.is_confirmed else [_("unconfirmed")]
    return " · ".join(notes)


def from_depot(tour: Tour) -> str:
    """Return where a tour starts: “ab Betriebshof”."""
    return _("leaving {depot}").format(depot=tour.depot.name)


def break_note(stop: Stop) -> str:
    """Return until when the crew has its break at a stop: “Pause bis 17:10”; empty if not there."""
    return _("break until {time}").format(time=clock(stop.leave_s)) if stop.rest_s else ""


def kind_label(kind: str) -> str:
    """Return what a kind of meeting place is called; an unknown one is just a place."""
    return {
        "station": _("station"),
        "bus_stop": _("bus stop"),
        "school": _("school"),
        "youth_centre": _("youth centre"),
        "sports": _("sports ground"),
        "skate_park": _("skate park"),
        "pool": _("swimming pool"),
        "park": _("park"),
        "square": _("square"),
        "shop": _("shop"),
        "office": _("office"),
    }.get(kind, _("meeting place"))


def reason_label(reason: str) -> str:
    """Return why a place is not in the plan, as a short sentence without its full stop."""
    return {
        "resting": _("the place rests"),
        "not_served": _("others are responsible for this municipality"),
        "no_road": _("no road nearby: is its position right?"),
        "cut_off": _("no road leads there and back"),
        "banned": _("excluded for this week"),
        "cancelled": _("the afternoon is cancelled"),
        "closed": _("no opening hours fit an afternoon"),
        "unreachable": _("too far to drive there and back within an afternoon"),
        "not_chosen": _("not in the best plan that was found"),
        "outranked": _("other stops are worth more this week"),
        "called_off": _("cancelled or done"),
    }[reason]


def assumed_label(column: str) -> str:
    """Return what a column of places.csv is called where its value is assumed."""
    return {
        "hours": _("opening hours"),
        "start_weight": _("start weight"),
        "min_dwell": _("shortest halt"),
        "max_dwell": _("longest halt"),
    }.get(column, column)
