"""Dates in both languages, the same on the screen and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from geodata.language import speaking
from maps import wording
from tours.dates import long_date, short_date, short_weekday

DAY = dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("written", "german", "english"),
    [
        (long_date, "Dienstag, 3. November 2026", "Tuesday, 3 November 2026"),
        (wording.long_date, "Dienstag, 3. November 2026", "Tuesday, 3 November 2026"),
        (short_date, "Di. 3. Nov.", "Tue 3 Nov"),
        (short_weekday, "Di.", "Tue"),
    ],
)
def test_a_date_in_both_languages(
    written: Callable[[dt.date], str], german: str, english: str
) -> None:
    with speaking("de"):
        assert written(DAY) == german
    with speaking("en"):
        assert written(DAY) == english
