"""The area whose roads a district needs."""

from __future__ import annotations

import pytest
import shapely

from geodata.crs import to_metres
from geodata.surroundings import OUTLINE_M, surroundings

DISTRICT = shapely.box(10, 52, 10.2, 52.1)


Area = shapely.Polygon | shapely.MultiPolygon


def in_metres(area: Area) -> Area:
    return shapely.transform(area, lambda p: to_metres(p[:, 0], p[:, 1]))


@pytest.mark.parametrize("margin_m", [0, 5_000])
def test_the_margin_is_there_and_hardly_more(margin_m: int) -> None:
    inner, outer = in_metres(DISTRICT), in_metres(surroundings(DISTRICT, margin_m))
    assert outer.covers(inner.buffer(margin_m))
    assert inner.buffer(margin_m + 2 * OUTLINE_M + 1).covers(outer)


def test_parts_far_apart_stay_two() -> None:
    parts = shapely.MultiPolygon([DISTRICT, shapely.box(11, 52, 11.1, 52.1)])
    assert len(shapely.get_parts(surroundings(parts, 1_000))) == 2


def test_a_margin_below_zero_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="margin_m must be 0 or more"):
        surroundings(DISTRICT, -1)
