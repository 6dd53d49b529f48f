"""How things are said, on the screen and on paper in the same words."""

from __future__ import annotations

import datetime as dt
import math

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from geodata.language import current_language, translator
from tours.plan import Plan

_ = translator("maps")


def locale() -> str:
    """Return the language with its country, for dates and numbers."""
    return {"de": "de_DE", "en": "en_GB"}[current_language()]


def long_date(day: dt.date) -> str:
    """Return a date with its weekday: “Montag, 23. November 2026”."""
    return format_date(day, "full", locale=locale())


def kilometres(metres: int) -> str:
    """Return a length: “41,3 km”."""
    return f"{format_decimal(metres / 1000, '#,##0.0', locale=locale())} km"


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


def week_label(plan: Plan) -> str:
    """Return the number of the week: “KW 48/2026”."""
    year, week = plan.week.split("-W")
    return _("week {week}/{year}").format(week=int(week), year=year)


def estimate_note(plan: Plan) -> str:
    """Return what every page has to say of an estimated network; empty for a real one."""
    source = plan.network
    if not source.is_estimate:
        return ""
    text = _("Estimated network: the course of roads and the drive times are estimated")
    if source.error_median is not None and source.error_p90 is not None:
        text += ", " + _("typical error {median}, one drive in ten over {p90}").format(
            median=share(source.error_median), p90=share(source.error_p90)
        )
    return f"{text}."


def quality(plan: Plan) -> tuple[str, str]:
    """Return how good a plan is, in two words and in a sentence."""
    if plan.is_optimal:
        return _("proven optimal"), _("No other plan of this week brings more.")
    return (
        _("at most {share} below the best possible").format(share=share(plan.gap, 1)),
        _("Whether a better plan exists was not proven in the time given."),
    )


def contacts(hundredths: int) -> str:
    """Return expected contacts, one decimal below ten."""
    form = "#,##0.0" if hundredths < 1000 else "#,##0"
    return format_decimal(hundredths / 100, form, locale=locale())
