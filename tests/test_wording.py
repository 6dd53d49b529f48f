"""How things are said, on the screen and on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet_examples import ESTIMATE, MONDAY, plan

from geodata.language import speaking
from maps.wording import (
    cancellations,
    contacts,
    date_in_week,
    duration,
    estimate_note,
    kind_label,
    quality,
    week_days,
    week_title,
)
from tours.leftout import Cancelled


def test_error_of_the_estimate_is_said_in_percent() -> None:
    assert estimate_note(plan(network=ESTIMATE), is_drawn=True) == (
        "Näherungsnetz: Straßenverlauf und Fahrzeiten sind geschätzt, "
        "typischer Fehler 15\xa0%, jede zehnte Fahrt über 40\xa0%."
    )


def test_proven_plan_is_called_optimal() -> None:
    assert quality(plan(bound=612))[0] == "bewiesen optimal"


def test_a_week_of_a_cycle_is_not_called_optimal_by_itself() -> None:
    proven = plan(bound=612)
    weeks = (proven.week, "2027-W01")
    short, sentence = quality(replace(proven, cycle=weeks))
    assert short == "als Turnus bewiesen optimal"
    assert all(week in sentence for week in weeks)


def test_gap_is_rounded_up() -> None:
    # (640 - 612) / 640 is 4.375 %.
    assert quality(plan())[0] == "höchstens 4,4\xa0% unter dem Bestmöglichen"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0 min"), (29, "0 min"), (3_570, "1 h 00 min"), (7_500, "2 h 05 min")],
)
def test_duration(seconds: int, shown: str) -> None:
    assert duration(seconds) == shown


def test_small_gap_is_not_called_none() -> None:
    # A ten-thousandth is 0.01 %.
    shown = quality(plan(value=9_999, bound=10_000))[0]
    assert shown == "höchstens 0,1\xa0% unter dem Bestmöglichen"


@pytest.mark.parametrize(("is_drawn", "is_said"), [(True, True), (False, False)])
def test_estimated_roads_of_the_map_are_said_with_a_plan_on_real_ones(
    is_drawn: bool, is_said: bool
) -> None:
    assert bool(estimate_note(plan(), is_drawn=is_drawn)) == is_said


@pytest.mark.parametrize(
    ("hundredths", "shown"), [(0, "0,0"), (424, "4,2"), (999, "10,0"), (1_260, "13")]
)
def test_contacts(hundredths: int, shown: str) -> None:
    assert contacts(hundredths) == shown


@pytest.mark.parametrize(
    ("week", "days"),
    [
        ("2026-W48", "23.–29. November 2026"),
        ("2026-W49", "30. November – 6. Dezember 2026"),
        ("2026-W53", "28. Dezember 2026 – 3. Januar 2027"),
        ("2026-W02", "5.–11. Januar 2026"),
    ],
)
def test_week_may_cross_months_and_years(week: str, days: str) -> None:
    # Babel sets narrow spaces.
    assert " ".join(week_days(week).split()) == days


def test_plan_is_called_by_its_week() -> None:
    assert week_title("2026-W02") == "Wochenplan KW 2/2026"


def test_date_within_the_week_has_no_year() -> None:
    assert date_in_week(MONDAY) == "Montag, 23. November"
    with speaking("en"):
        assert date_in_week(MONDAY) == "Monday, 23 November"


def test_all_cancelled_afternoons_are_said_at_once() -> None:
    both = (Cancelled(MONDAY, "Feiertag"), Cancelled(MONDAY.replace(day=25), "Ferien"))
    assert cancellations(plan(cancelled=both)) == (
        "Entfällt: Montag, 23. November 2026 (Feiertag); Mittwoch, 25. November 2026 (Ferien)"
    )


def test_nothing_cancelled_nothing_said() -> None:
    assert cancellations(plan()) == ""


def test_unknown_kind_of_place_is_a_meeting_place() -> None:
    assert kind_label("ice_rink") == kind_label("other") == "Treffpunkt"
