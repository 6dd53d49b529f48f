"""Months in the spellings of offices."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from tours.monthtext import is_other_day, month_of

SEPTEMBER = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-09", "2026-9", "2026/09", "09/2026", "9.2026", "09.2026", "9-2026", "09/26"),
        *("September 2026", "september  2026", "Sep 26", "Sep. 26", "Sept. 2026", "Sep-26"),
        *("Sep '26", "SEP/2026", "2026 September", "2026-09-01", "2026-09-01 00:00:00"),
        *("01.09.2026", "1.9.26", "1. September 2026"),
    ],
)
def test_spellings_of_a_month(text: str) -> None:
    assert month_of(text) == SEPTEMBER


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("Jänner 2026", 1), ("Feb 26", 2), ("March 2026", 3), ("Mrz 26", 3), ("Mär. 2026", 3)),
        *(("Maerz 2026", 3), ("Mai 26", 5), ("May 2026", 5), ("Juni 2026", 6), ("Jul 26", 7)),
        *(("Okt 26", 10), ("October 2026", 10), ("Dez 26", 12), ("Dec. 2026", 12)),
    ],
)
def test_months_have_german_and_english_names(text: str, month: int) -> None:
    assert month_of(text) == dt.date(2026, month, 1)


def test_an_umlaut_may_be_written_as_two_letters() -> None:
    assert month_of(unicodedata.normalize("NFD", "März 2026")) == dt.date(2026, 3, 1)


@pytest.mark.parametrize("text", ["September", "Sep", "9", "09"])
def test_a_month_alone_takes_its_year_from_elsewhere(text: str) -> None:
    assert (month_of(text), month_of(text, "2026")) == (None, SEPTEMBER)


def test_the_year_from_elsewhere_may_have_two_digits() -> None:
    assert [month_of(text, "26") for text in ("Sept.", "9")] == [SEPTEMBER, SEPTEMBER]


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026", "2026-13", "13/2026", "9.26", "9.202", "Herbst 2026", "Summe", "Quartal 3"),
        *("0000-01", "2026-02-30", "15.09.2026", "9/1/2026", "2026-09-01 14:30", "1" * 10_000),
    ],
)
def test_other_words_name_no_month(text: str) -> None:
    assert month_of(text) is None


def test_a_day_within_a_month_is_told_from_its_first() -> None:
    days = ("15.09.2026", "2026-09-30", "01.09.2026", "2026-09", "31.09.2026")
    assert [is_other_day(text) for text in days] == [True, True, False, False, False]
