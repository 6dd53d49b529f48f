"""Lines as short text."""

from __future__ import annotations

import re

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiLineString

from maps.packed import gridded_lines, packed, packed_lines, packed_network, unpacked

CORNERS = st.lists(st.tuples(st.integers(-(10**8), 10**8), st.integers(-(10**8), 10**8)))


@given(CORNERS)
def test_a_packed_line_comes_out_as_it_went_in(corners: list[tuple[int, int]]) -> None:
    assert unpacked(packed(corners)) == tuple(corners)


@given(CORNERS)
def test_packed_text_means_nothing_to_html_or_javascript(corners: list[tuple[int, int]]) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]*", packed(corners))


def test_a_small_step_takes_one_letter() -> None:
    assert packed([(0, 0), (15, -15), (0, 0)]) == "AA" + "ed" + "de"


def test_an_area_is_packed_ring_by_ring() -> None:
    area = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    assert [len(unpacked(ring)) for ring in packed_lines(area)] == [5, 5]


def test_a_network_starts_each_line_where_the_one_before_it_ended() -> None:
    near, far = [(10, 10), (12, 12)], [(900, 900), (901, 900)]
    first, second = packed_network([far, near]).split(" ")
    assert first == packed(near)
    assert unpacked(first + second) == (*near, *far)


def test_inner_corners_that_fall_together_are_one() -> None:
    lines = MultiLineString([[(9, 51), (9.000001, 51), (9.5, 51)], [(9, 51), (9.000001, 51)]])
    assert gridded_lines(lines) == [
        [(900_000, 5_100_000), (950_000, 5_100_000)],
        [(900_000, 5_100_000), (900_000, 5_100_000)],
    ]
