"""How afternoons look: told apart by colour, by line pattern, and by both where there are many."""

from __future__ import annotations

import pytest

from maps.style import AFTERNOONS, NUM_LOOKS, LineStyle, afternoon_style
from maps.tourmap import tour_look


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def kind(look: LineStyle) -> str:
    """Return what a line looks like from afar: solid, dashes, dots, or both."""
    dots, dashes = (any(test(d) for d in look.dash[::2]) for test in (_is_dot, _is_dash))
    return {(0, 0): "solid", (0, 1): "dashes", (1, 0): "dots", (1, 1): "both"}[dots, dashes]


def _is_dot(length: float) -> bool:
    return length < 0.5


def _is_dash(length: float) -> bool:
    return length >= 0.5


@pytest.mark.parametrize("look", AFTERNOONS)
def test_white_numbers_can_be_read_on_every_colour(look: LineStyle) -> None:
    assert 1.05 / (luminance(look.colour) + 0.05) >= 4.5


def test_seven_afternoons_differ_in_colour_and_in_pattern() -> None:
    looks = [afternoon_style(n) for n in range(7)]
    assert len({look.colour for look in looks}) == len({look.dash for look in looks}) == 7


def test_no_two_of_many_afternoons_look_the_same() -> None:
    looks = [afternoon_style(n) for n in range(NUM_LOOKS)]
    assert len(set(looks)) == NUM_LOOKS
    assert NUM_LOOKS >= 14


def test_of_fourteen_afternoons_those_of_one_colour_have_patterns_of_another_kind() -> None:
    looks = [afternoon_style(n) for n in range(14)]
    alike = [
        (a, b)
        for a in range(14)
        for b in range(a)
        if looks[a].colour == looks[b].colour and kind(looks[a]) == kind(looks[b])
    ]
    assert alike == []


def test_of_fourteen_afternoons_those_of_one_colour_have_numbers_of_another_shape() -> None:
    looks = [tour_look(n) for n in range(14)]
    assert len({(look["colour"], look["shape"]) for look in looks}) == 14
