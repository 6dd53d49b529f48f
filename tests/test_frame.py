"""A piece of the world on paper: where points land, and in which scale."""

from __future__ import annotations

import numpy as np
import pytest

from geodata.crs import to_metres
from maps.frame import Frame, fit_frame, scale_bar

# A frame of 100 x 80 mm in 1 : 50,000 around a point on the central meridian, 9 degrees east.
FRAME = Frame(500_000, 5_761_038.2, 50_000, 100, 80)


def test_meridian_lands_in_the_middle() -> None:
    # On its central meridian the projection is known: 500,000 m east, and 52 degrees north
    # are 5,761,038.2 m along the meridian of GRS80, times 0.9996.
    assert FRAME.place(9.0, 52.0) == pytest.approx((50, 40), abs=0.01)


def test_metres_become_millimetres() -> None:
    point = np.array([[500_000 + 1000.0, 5_761_038.2 + 500.0]])
    assert FRAME.to_mm(point)[0].tolist() == pytest.approx([50 + 20, 40 - 10])


def test_fitted_frame_holds_all_points_with_their_padding() -> None:
    points = np.array([(0.0, 0.0), (7_300.0, 4_100.0), (2_000.0, 9_900.0)])
    frame = fit_frame(points, 120, 90, padding_mm=9)
    assert all(frame.holds(x, y, 9 - 1e-9) for x, y in frame.to_mm(points).tolist())


def test_fitted_scale_has_two_digits_and_is_no_larger_than_needed() -> None:
    # 9,900 m in 72 mm are 1 : 137,500.
    frame = fit_frame(np.array([(0.0, 0.0), (0.0, 9_900.0)]), 120, 90, padding_mm=9)
    assert frame.scale == 140_000


def test_one_point_is_not_blown_up() -> None:
    assert fit_frame(np.array([(5.0, 5.0)]), 50, 50, padding_mm=5).scale == 20_000


@pytest.mark.parametrize("scale", [10_000, 25_000, 47_000, 100_000, 140_000, 400_000, 1_200_000])
def test_scale_bar_is_as_long_as_its_metres_in_the_scale(scale: int) -> None:
    metres, millimetres = scale_bar(scale)
    assert millimetres == pytest.approx(metres / scale * 1000)
    assert 2 * millimetres <= 34


@pytest.mark.parametrize(("scale", "metres"), [(100_000, 1000), (25_000, 200), (400_000, 5000)])
def test_scale_bar_has_round_numbers(scale: int, metres: int) -> None:
    assert scale_bar(scale)[0] == metres


def test_metres_and_degrees_agree() -> None:
    assert to_metres(9.0, 52.0)[0, 0] == pytest.approx(500_000, abs=0.01)
