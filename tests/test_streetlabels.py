"""The names of streets on a map from near: where they stand, and what they never cover."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hostile_texts import HOSTILE
from pdf_words import read_pdf
from shapely.geometry import LineString, MultiLineString, Point
from sheet_examples import basemap, plan, stop, tour

from geodata.crs import to_metres
from maps.basemap import Label, Streets
from maps.frame import Box, Frame
from maps.ground import lay_ground
from maps.lettering import printable, text_width_mm
from maps.noticemap import notice_map
from maps.placement import Name
from maps.sheets import render_sheets
from maps.stopmaps import stop_pages
from maps.streetlabels import FARTHEST, StreetLabel, label_streets
from tours.announced import announce

# 100 x 80 mm, 1 : 10,000, so that 10 m are a millimetre.
FRAME = Frame(500_000, 5_761_000, 10_000, 100, 80)
NOTHING = MultiLineString()
SIZE_PT = 6.5
RESIDENTIAL, SECONDARY = 6, 3

Road = tuple[str, int, Sequence[tuple[float, float]]]


def streets(*roads: Road, frame: Frame = FRAME) -> Streets:
    """Return streets with a name, a class and corners in millimetres of a frame."""
    west, _south, _east, north = frame.bounds_m
    scale = frame.scale / 1000
    names = tuple(dict.fromkeys(["", *(name for name, _class, _line in roads)]))
    lines = [LineString([(west + x * scale, north - y * scale) for x, y in li]) for *_, li in roads]
    return Streets(
        names,
        np.array([names.index(name) for name, *_rest in roads]),
        np.array([road_class for _name, road_class, _line in roads]),
        np.array(lines, dtype=np.object_),
    )


def labels(
    *roads: Road, taken: tuple[Box, ...] = (), routes: shapely.Geometry = NOTHING
) -> list[StreetLabel]:
    return label_streets(streets(*roads), FRAME, taken, routes, SIZE_PT)


def block(number: int) -> list[Road]:
    """Return a town of streets that cross each other."""
    east = [
        (f"Lange Straße {i}", RESIDENTIAL, [(2, y), (98, y)])
        for i, y in enumerate(range(5, 80, number))
    ]
    south = [
        (f"Querweg {i}", RESIDENTIAL, [(x, 2), (x + 8, 78)])
        for i, x in enumerate(range(5, 90, number))
    ]
    return [*east, *south]


@pytest.mark.parametrize(
    ("end", "turn"), [((80, 40), 0), ((60, 60), 45), ((40, 60), 90), ((60, 20), -45)]
)
def test_a_name_follows_its_road(end: tuple[float, float], turn: float) -> None:
    (label,) = labels(("Am Bach", RESIDENTIAL, [(40, 40), end]))
    assert abs(label.turn) == 90 if turn == 90 else label.turn == pytest.approx(turn)
    middle = np.add((40, 40), end) / 2
    assert math.dist((label.x, label.y), middle) < 0.8


@pytest.mark.parametrize("points", [[(20, 40), (80, 41)], [(80, 41), (20, 40)]])
def test_no_name_is_upside_down(points: list[tuple[float, float]]) -> None:
    (label,) = labels(("Am Bach", RESIDENTIAL, points))
    assert -90 <= label.turn <= 90
    assert label.turn == pytest.approx(math.degrees(math.atan2(1, 60)))


def test_a_name_stands_where_its_road_is_straight() -> None:
    # Zigzag in the west, straight in the east.
    zigzag: list[tuple[float, float]] = [(5 + 3 * i, 40 + 4 * (i % 2)) for i in range(15)]
    (label,) = labels(("Serpentinenstraße", RESIDENTIAL, [*zigzag, (95, 40)]))
    low_x, *_rest = label.outline.bounds
    assert low_x > 45


def test_a_straight_piece_is_better_than_the_middle() -> None:
    bent: list[tuple[float, float]] = [(5, 40), (50, 46), (95, 40)]
    (label,) = labels(("Am Bach", RESIDENTIAL, bent))
    assert 4 < abs(label.x - 50) < 8


def test_a_street_is_named_once_where_it_is_longest() -> None:
    parts: list[Road] = [
        ("Ring", RESIDENTIAL, [(5, 20), (25, 20)]),
        ("Ring", RESIDENTIAL, [(5, 60), (95, 60)]),
    ]
    (label,) = labels(*parts)
    assert label.y == pytest.approx(60, abs=0.1)


def test_names_that_look_alike_in_print_are_one() -> None:
    two = streets(("a", 6, [(5, 20), (95, 20)]), ("b", 6, [(5, 60), (95, 60)]))
    found = label_streets(replace(two, names=("", "Weg", "Weg")), FRAME, (), NOTHING, SIZE_PT)
    assert [label.text for label in found] == ["Weg"]


@pytest.mark.parametrize("number", [4, 7, 12])
def test_names_cover_neither_each_other_nor_anything_that_is_taken(number: int) -> None:
    taken = tuple((x, y, x + 4, y + 4) for x in range(10, 90, 20) for y in range(10, 70, 20))
    route = LineString([(0, 0), (100, 80)]).buffer(1.2)
    found = labels(*block(number), taken=taken, routes=route)
    rooms = [label.outline for label in found]
    assert len(found) > 4
    assert len({label.text for label in found}) == len(found)
    assert not any(a.intersects(b) for a, b in itertools.combinations(rooms, 2))
    assert not any(room.intersects(shapely.box(*box)) for room in rooms for box in taken)
    assert not any(room.intersects(route) for room in rooms)
    assert all(room.within(shapely.box(0, 0, 100, 80)) for room in rooms)


def test_the_outline_is_as_long_as_the_words() -> None:
    label = StreetLabel("Am Bach", 50, 40, 90, SIZE_PT)
    left, top, right, bottom = label.outline.bounds
    width = text_width_mm("Am Bach", SIZE_PT)
    assert width < bottom - top < width + 1
    assert SIZE_PT * 25.4 / 72 < right - left < 3


def test_a_name_longer_than_its_street_is_left_out() -> None:
    assert labels(("Am alten Güterbahnhof", RESIDENTIAL, [(40, 40), (55, 40)])) == []


def test_a_name_longer_than_every_straight_piece_is_left_out() -> None:
    there_and_back: list[tuple[float, float]] = [(40, 40), (52, 40), (40, 40.2), (52, 40.4)]
    assert labels(("Am Güterbahnhof", RESIDENTIAL, there_and_back)) == []


def test_no_name_stands_across_a_bend() -> None:
    arc = [(50 + 20 * math.cos(a), 40 + 20 * math.sin(a)) for a in np.linspace(0, 1.5, 30)]
    assert labels(("Am alten Güterbahnhof", RESIDENTIAL, arc)) == []
    assert len(labels(("Hof", RESIDENTIAL, arc))) == 1


def test_a_road_without_a_name_stays_without() -> None:
    assert labels(("", RESIDENTIAL, [(5, 40), (95, 40)])) == []


def test_a_wide_road_comes_before_a_longer_one() -> None:
    found = labels(
        ("Feldweg", RESIDENTIAL, [(2, 10), (98, 10)]), ("Allee", SECONDARY, [(5, 60), (50, 60)])
    )
    assert [label.text for label in found] == ["Allee", "Feldweg"]


def test_the_street_in_the_middle_comes_first() -> None:
    found = labels(
        ("Allee", SECONDARY, [(5, 60), (95, 60)]), ("Hof", RESIDENTIAL, [(40, 41), (60, 41)])
    )
    assert [label.text for label in found] == ["Hof", "Allee"]


def test_the_name_of_a_street_with_the_route_on_it_stands_beside() -> None:
    route = LineString([(0, 40), (100, 40)]).buffer(1.2)
    (label,) = labels(("Allee", SECONDARY, [(0, 40), (100, 40)]), routes=route)
    assert label.turn == 0
    assert not label.outline.intersects(route)
    assert label.outline.distance(route) < 2


def test_beside_the_route_no_name_lies_on_another_street() -> None:
    route = LineString([(0, 40), (100, 40)]).buffer(1.2)
    beside = [(f"{y}", RESIDENTIAL, [(0.0, y), (100.0, y)]) for y in (36.5, 37.5, 42.5, 43.5)]
    found = labels(("Allee", SECONDARY, [(0, 40), (100, 40)]), *beside, routes=route)
    assert "Allee" not in {label.text for label in found}


def test_a_street_whose_middle_is_taken_has_no_name_beside_it() -> None:
    wall = ((0.0, 39.0, 100.0, 41.0),)
    crossing = LineString([(50, 0), (50, 80)]).buffer(1.2)
    assert labels(("Allee", SECONDARY, [(0, 40), (100, 40)]), taken=wall, routes=crossing) == []


def test_a_name_beside_the_route_stays_on_the_map() -> None:
    route = LineString([(0, 2), (100, 2)]).buffer(1.2)
    (label,) = labels(("Allee", SECONDARY, [(0, 2), (100, 2)]), routes=route)
    assert label.y > 2


def test_a_map_without_a_street_on_it_has_no_names() -> None:
    assert labels(("Allee", SECONDARY, [(200, 40), (300, 40)])) == []


@pytest.mark.parametrize(("scale", "count"), [(FARTHEST, 1), (FARTHEST + 1, 0)])
def test_only_maps_from_near_have_names(scale: int, count: int) -> None:
    frame = replace(FRAME, scale=scale)
    road = streets(("Allee", SECONDARY, [(0, 40), (100, 40)]), frame=frame)
    assert len(label_streets(road, frame, (), NOTHING, SIZE_PT)) == count


def lanes(*names: str) -> Streets:
    """Return streets from west to east, north of the first stop of the usual plan."""
    x, y = to_metres(10.0, 51.70)[0].tolist()
    lines = [
        LineString([(x - 2000, y + 60 * i + 60), (x + 2000, y + 60 * i + 60)])
        for i in range(len(names))
    ]
    return Streets(
        ("", *names),
        np.arange(1, len(names) + 1),
        np.full(len(names), RESIDENTIAL),
        np.array(lines, dtype=np.object_),
    )


def test_names_on_maps_of_stops_cover_no_other_word_nor_mark() -> None:
    bus_stops = tuple(Label(f"Bahnhof {i}", 9.985 + 0.005 * i, 51.701, 0) for i in range(6))
    named = lanes(*(f"Am Bach {i}" for i in range(9)))
    land = lay_ground(replace(basemap(), streets=named, bus_stops=bus_stops))
    drawn = stop_pages(plan(), land, 0)[0]["panels"][0]["map"]
    rooms = [StreetLabel(**street).outline for street in drawn["streets"]]
    words = [shapely.box(*Name(**name).box) for name in drawn["names"]]
    marks = [Point(mark["x"], mark["y"]).buffer(mark["radius_mm"]) for mark in drawn["markers"]]
    assert (len(rooms), len(words), len(marks)) == (7, 4, 2)
    assert not any(room.intersects(other) for room in rooms for other in (*words, *marks))
    assert all(street["size_pt"] >= 6 for street in drawn["streets"])


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_names_stand_on_the_maps_of_notices(paper: str) -> None:
    (place,) = announce(plan(tour(0, [stop(0)])), state="NI")
    land = lay_ground(replace(basemap(), streets=lanes("Am Bach", "Am Berg")))
    drawn = notice_map(place, land, (120, 70), paper=paper, enlarged=1.0, alt="")
    assert {street["text"] for street in drawn["streets"]} == {"Am Bach", "Am Berg"}


def test_a_map_of_roads_without_names_has_none() -> None:
    drawn = stop_pages(plan(), lay_ground(basemap()), 0)[0]["panels"][0]["map"]
    assert drawn["streets"] == []


def test_hostile_names_are_printed_as_text() -> None:
    typed = list(dict.fromkeys(text for text in map(printable, HOSTILE) if 0 < len(text) < 40))
    for first in range(0, len(typed), 6):
        some = typed[first : first + 6]
        land = replace(basemap(), streets=lanes(*some))
        (*_others, page) = read_pdf(render_sheets(plan(tour(0, [stop(0)])), land))
        assert [text for text in some if not page.has(text)] == []


def test_same_streets_same_bytes() -> None:
    land = replace(basemap(), streets=lanes("Am Bach", "Am Berg"))
    assert render_sheets(plan(), land) == render_sheets(plan(), land)
