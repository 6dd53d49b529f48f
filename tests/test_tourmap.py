"""A tour on a map for paper."""

from __future__ import annotations

from maps import style
from maps.tourmap import finish_map, tour_look


def test_scale_bar_counts_in_round_kilometres() -> None:
    assert finish_map({"bar": {"part_m": 2000}, "scale": 160_000}, "")["bar"]["labels"] == [
        "0", "2", "4 km",
    ]  # fmt: skip


def test_colours_carry_white_text_and_shapes_differ() -> None:
    looks = [tour_look(i) for i in range(3)]
    assert len({look["shape"] for look in looks}) == 3
    assert len({look["dash"] for look in looks}) == 3
    assert looks[0]["colour"] == style.AFTERNOONS[0].colour
