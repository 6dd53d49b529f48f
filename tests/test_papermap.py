"""The map for paper: what the SVG holds, where things are drawn and what they look like."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiLineString

from geodata.crs import to_lonlat
from geodata.network import ROAD_CLASSES
from maps import style
from maps.basemap import Basemap, Label
from maps.frame import Frame
from maps.ground import Ground, lay_ground
from maps.papermap import Marker, Route, draw_map
from maps.placement import Name, overlap

# A frame of 100 x 80 mm in 1 : 50,000 around a point on the central meridian, 9 degrees east.
FRAME = Frame(500_000, 5_761_038.2, 50_000, 100, 80)


def lonlat(*points: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Return points of the frame, given in millimetres, as degrees."""
    west, _south, _east, north = FRAME.bounds_m
    metres = np.array([(west + 50 * x, north - 50 * y) for x, y in points])
    return tuple((x, y) for x, y in to_lonlat(metres[:, 0], metres[:, 1]).tolist())


def line(*points: tuple[float, float]) -> MultiLineString:
    return MultiLineString([lonlat(*points)])


def ground(names: tuple[str, ...] = ("Amt",), *, is_estimate: bool = False) -> Ground:
    """Return a square district with a border, two roads and names that all want one spot."""
    spot = lonlat((50, 40))[0]
    return lay_ground(
        Basemap(
            boundary=shapely.Polygon(lonlat((10, 10), (90, 10), (90, 70), (10, 70))),
            borders=line((50, 10), (50, 70)),
            labels=tuple(Label(name, *spot, 1000 - i) for i, name in enumerate(names)),
            roads={2: line((20, 20), (80, 20)), 5: line((20, 30), (80, 30))},
            is_estimate=is_estimate,
            attribution=("© one", "© two"),
        )
    )


def marker(x: float, y: float, *, shape: str = "circle", text: str = "1") -> Marker:
    return Marker(text, *lonlat((x, y))[0], shape, "#0065a3", 2.5)


def paths(svg: str, colour: str) -> list[ElementTree.Element]:
    """Return the lines of a colour, with their casing told apart by it."""
    root = ElementTree.fromstring(svg)
    return [e for e in root.iter() if e.get("stroke") == colour]


def corners(path: ElementTree.Element) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    numbers = re.findall(r"-?[\d.]+", path.get("d") or "")
    return np.array(numbers, dtype=np.float64).reshape(-1, 2)


def test_drawn_map_keeps_names_off_markers_and_markers_apart() -> None:
    spots = [(50 + i % 4, 40 + i // 4) for i in range(12)]
    drawn = draw_map(
        ground(tuple(f"Ort {i}" for i in range(6))),
        FRAME,
        markers=[marker(*spot, text=str(i)) for i, spot in enumerate(spots)],
        places=[(f"Platz {i}", *lonlat((30 + 3 * i, 50))[0]) for i in range(8)],
    )
    fields = ("text", "x", "y", "size_pt", "is_area")
    names = [Name(**{key: name[key] for key in fields}).box for name in drawn["names"]]
    marks = [(m["x"] - 2.5, m["y"] - 2.5, m["x"] + 2.5, m["y"] + 2.5) for m in drawn["markers"]]
    centres = [(m["x"], m["y"]) for m in drawn["markers"]]
    assert not any(overlap(a, b) for a in names for b in marks)
    assert not any(overlap(a, b) for a, b in itertools.combinations(names, 2))
    assert min(np.hypot(*np.subtract(*p)) for p in itertools.combinations(centres, 2)) > 5


def test_moved_marker_points_to_its_place() -> None:
    drawn = draw_map(ground(), FRAME, markers=[marker(50, 40), marker(50, 40)])
    leaders = [corners(path) for path in paths(drawn["svg"], style.INK)]
    assert len(leaders) == 2
    assert all(leader[1].tolist() == pytest.approx([50, 40], abs=0.02) for leader in leaders)


def test_tip_of_a_pin_stays_on_its_point() -> None:
    drawn = draw_map(ground(), FRAME, markers=[marker(50, 40, shape="pin"), marker(50, 40)])
    pin = drawn["markers"][0]
    # The template draws the tip two radii below the centre.
    assert (pin["x"], pin["y"] + 2 * 2.5) == pytest.approx((50, 40), abs=0.01)


def test_svg_holds_no_word_that_anyone_typed() -> None:
    nasty = ']]><script>"&#x3c; </svg>'
    drawn = draw_map(ground((nasty,)), FRAME, places=[(nasty, *lonlat((30, 30))[0])])
    root = ElementTree.fromstring(drawn["svg"])
    assert not "".join(root.itertext()).strip()
    assert "script" not in drawn["svg"]


def test_dashes_are_multiples_of_the_width() -> None:
    look = style.LineStyle("#b84a00", (2.6, 1.4))
    drawn = draw_map(ground(), FRAME, routes=[Route((lonlat((20, 40), (80, 40)),), look, 1.2)])
    (path,) = paths(drawn["svg"], "#b84a00")
    assert path.get("stroke-dasharray") == "3.12 1.68"


def test_route_lies_on_a_wider_white_casing() -> None:
    look = style.LineStyle("#b84a00", ())
    legs = (lonlat((20, 40), (80, 40)),)
    drawn = draw_map(ground(is_estimate=True), FRAME, routes=[Route(legs, look, 1.2)])
    (casing,) = paths(drawn["svg"], "#ffffff")
    (path,) = paths(drawn["svg"], "#b84a00")
    assert casing.get("d") == path.get("d")
    assert float(casing.get("stroke-width") or 0) > float(path.get("stroke-width") or 0)


def test_routes_that_share_a_road_lie_side_by_side() -> None:
    road = lonlat((20, 40), (80, 40))
    looks = (style.LineStyle("#aa0000", ()), style.LineStyle("#00aa00", ()))
    drawn = draw_map(ground(), FRAME, routes=[Route((road,), look, 1.0) for look in looks])
    upper, lower = (corners(paths(drawn["svg"], look.colour)[0])[:, 1].mean() for look in looks)
    assert abs(upper - lower) == pytest.approx(1.0, abs=0.05)


def test_road_that_is_driven_twice_is_drawn_once() -> None:
    there, back = lonlat((20, 40), (80, 40)), lonlat((80, 40), (20, 40))
    look = style.LineStyle("#aa0000", ())
    drawn = draw_map(ground(), FRAME, routes=[Route((there, back), look, 1.0)])
    assert len(corners(paths(drawn["svg"], "#aa0000")[0])) == 2


def test_estimated_roads_never_look_like_real_ones() -> None:
    svg = draw_map(ground(is_estimate=True), FRAME)["svg"]
    assert style.ESTIMATED_ROAD in svg
    assert not any(casing in svg for _fill, casing, _width in style.ROADS)


def test_real_roads_have_the_look_of_their_class() -> None:
    svg = draw_map(ground(), FRAME)["svg"]
    assert style.ROADS[ROAD_CLASSES.index("primary")][1] in svg
    assert style.ESTIMATED_ROAD not in svg


def test_nothing_is_drawn_far_beyond_the_frame() -> None:
    far = Frame(FRAME.x_m, FRAME.y_m, 5_000, 100, 80)
    svg = draw_map(ground(), far)["svg"]
    points = np.concatenate([corners(p) for p in ElementTree.fromstring(svg).iter() if p.get("d")])
    assert points.min() >= -3.01
    assert points.max() <= 103.01


def test_point_in_the_svg_is_where_the_frame_says() -> None:
    svg = draw_map(ground(), FRAME)["svg"]
    (road,) = paths(svg, style.ROADS[2][0])
    assert corners(road)[0].tolist() == pytest.approx([20, 20], abs=0.02)


def test_same_drawing_is_the_same() -> None:
    assert draw_map(ground(), FRAME) == draw_map(ground(), FRAME)


def test_package_holds_the_template() -> None:
    import maps.papermap

    assert (Path(maps.papermap.__file__).parent / "papermap.typ").is_file()


def shown_part(*points: tuple[float, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the corners of what a frame shows of a route."""
    look = style.afternoon_style(0)
    svg = draw_map(ground(), FRAME, routes=[Route((lonlat(*points),), look, 0.9)])["svg"]
    (path,) = paths(svg, look.colour)
    return corners(path)


def test_a_route_without_a_corner_in_the_frame_is_drawn_across_it() -> None:
    found = shown_part((-400, 40), (500, 40))
    assert found[:, 0].min() < 0
    assert found[:, 0].max() > 100
    assert np.abs(found[:, 1] - 40).max() < 0.1


def test_a_route_that_leaves_the_frame_is_not_drawn_straight_to_where_it_comes_back() -> None:
    there = [(50, 40), (150, 40), (150, 240), (-50, 240), (-50, 20), (50, 20)]
    found = shown_part(*there)
    # Two level lines; the way round outside is not seen, nor a line from end to end.
    assert set(found[:, 1].round(1)) == {20.0, 40.0}
