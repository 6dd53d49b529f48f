"""What a week amounts to, and that the differences shown are those of what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from geodata.language import speaking
from tours.figures import Figures, figures, render_figures, signed
from tours.plan import Plan

NONE = Figures(stops=0, length_m=0, drive_s=0, dwell_s=0, expected=0, value=0)


def rows(before: Figures, after: Figures, *, is_comparable: bool = True) -> dict[str, list[str]]:
    """Return the three numbers of each row, in English."""
    console = Console(width=120)
    with speaking("en"), console.capture() as capture:
        console.print(render_figures(before, after, ("A", "B"), is_comparable=is_comparable))
    lines = [line.rstrip() for line in capture.get().splitlines()[1:]]
    # Columns are two blanks apart.
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]
    return {name: numbers for name, *numbers in cells}


def minutes(text: str) -> int:
    """Return a duration as it is printed."""
    sign = -1 if text.startswith("−") else 1
    hours, rest = text.strip("+−").removesuffix(" h").split(":")
    return sign * (int(hours) * 60 + int(rest))


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def test_a_week_amounts_to_the_sums_of_its_tours(plan: Plan) -> None:
    assert figures(plan) == Figures(
        stops=1, length_m=12_000, drive_s=1200, dwell_s=3600, expected=120, value=90
    )


def test_every_row_has_both_weeks_and_their_difference() -> None:
    before = Figures(3, 12_340, 3600, 5400, 120, 250)
    after = Figures(4, 11_340, 3660, 5400, 145, 200)
    assert rows(before, after) == {
        "Stops": ["3", "4", "+1"],
        "km": ["12.3", "11.3", "−1.0"],
        "Driving": ["1:00 h", "1:01 h", "+0:01 h"],
        "On site": ["1:30 h", "1:30 h", "0:00 h"],
        "Contacts expected (estimate)": ["1.20", "1.45", "+0.25"],
        "Worth by the rules": ["2.50", "2.00", "−0.50"],
    }


def test_the_worth_of_weeks_that_cannot_be_compared_is_not_shown() -> None:
    assert "Worth by the rules" not in rows(NONE, NONE, is_comparable=False)


@given(was=st.integers(0, 400_000), now=st.integers(0, 400_000))
@example(was=50, now=0)
@example(was=12_350, now=12_000)
def test_the_difference_of_lengths_is_that_of_the_numbers_shown(was: int, now: int) -> None:
    before, after, more = rows(replace(NONE, length_m=was), replace(NONE, length_m=now))["km"]
    assert number(more) == pytest.approx(number(after) - number(before), abs=1e-9)


@given(was=st.integers(0, 90_000), now=st.integers(0, 90_000))
def test_the_difference_of_durations_is_that_of_the_numbers_shown(was: int, now: int) -> None:
    shown = rows(replace(NONE, drive_s=was), replace(NONE, drive_s=now))["Driving"]
    before, after, more = map(minutes, shown)
    assert more == after - before


@pytest.mark.parametrize(("value", "text"), [(3, "+3"), (0, "3"), (-3, "−3"), (-0.0, "3")])
def test_a_sign_is_that_of_the_value(value: float, text: str) -> None:
    assert signed(value, "3") == text


def test_what_differs_by_less_than_is_shown_has_no_sign() -> None:
    assert rows(replace(NONE, length_m=10_010), replace(NONE, length_m=10_020))["km"][2] == "0.0"
