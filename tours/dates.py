"""Dates as the current language writes them: one function per format."""

from __future__ import annotations

import datetime as dt

from babel import Locale
from babel.dates import format_date

from geodata.language import current_language


def locale() -> Locale:
    """Return the language with its country, for dates and numbers."""
    return Locale.parse({"de": "de_DE", "en": "en_GB"}[current_language()])


def long_date(day: dt.date) -> str:
    """Return “Montag, 23. November 2026”."""
    return str(format_date(day, "full", locale=locale()))


def short_date(day: dt.date) -> str:
    """Return “Mo. 23. Nov.”; the year is said elsewhere."""
    pattern = {"de": "EEE d. MMM", "en": "EEE d MMM"}[current_language()]
    return str(format_date(day, pattern, locale=locale()))


def numeric_date(day: dt.date) -> str:
    """Return “23.11.2026”."""
    pattern = {"de": "dd.MM.yyyy", "en": "yyyy-MM-dd"}[current_language()]
    return str(format_date(day, pattern, locale=locale()))


def short_weekday(day: dt.date) -> str:
    """Return “Mo.”."""
    return str(format_date(day, "EEE", locale=locale()))
