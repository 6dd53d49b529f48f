"""A map for paper: lines as SVG in millimetres, words as positions for the typesetter.

No word ever enters the SVG, so no name can break it, and letters stay letters in the PDF.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, LineString, MultiLineString, MultiPolygon

from geodata.crs import to_metres
from geodata.travel import Coordinates
from maps import style
from maps.basemap import Basemap, metres
from maps.lanes import GRID, Run, side_by_side

Box = tuple[float, float, float, float]

POINT_MM = 25.4 / 72
# Below the map, inside its frame: there scale bar, north and credits can cover no stop.
STRIP_MM = 8.0
# Bends smaller than this are not seen in print.
SIMPLIFY_MM = 0.04
# Lines go on this far beyond the edge, so that no cut end shows.
SLACK_MM = 3.0
STAND_IN = "◊"
# Under the dashes of a border: without it, they could be taken for a path.
BORDER_BAND, BORDER_DASH = "#efecf3", "#8a879c"


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the world on paper.

    Attributes
    ----------
    x_m, y_m : float
        Its centre in metres, EPSG:25832.
    scale : int
        Metres in the world per metre on paper.
    width_mm, height_mm : float
    """

    x_m: float
    y_m: float
    scale: int
    width_mm: float
    height_mm: float

    @property
    def bounds_m(self) -> Box:
        """West, south, east and north, metres."""
        half_x, half_y = self.width_mm * self.scale / 2000, self.height_mm * self.scale / 2000
        return self.x_m - half_x, self.y_m - half_y, self.x_m + half_x, self.y_m + half_y

    def to_mm(self, points_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points in metres lie on paper: from the left and from the top."""
        west, _south, _east, north = self.bounds_m
        return (points_m - (west, north)) * (1000 / self.scale, -1000 / self.scale)

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point in degrees lies on paper."""
        x, y = self.to_mm(to_metres(lon, lat))[0].tolist()
        return x, y

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Tell whether a point on paper lies inside, this far from the edge."""
        right, bottom = self.width_mm - margin, self.height_mm - margin
        return margin <= x <= right and margin <= y <= bottom


def fit_frame(
    points: NDArray[np.float64],
    width_mm: float,
    height_mm: float,
    *,
    padding_mm: float,
    at_least: int = 20_000,
) -> Frame:
    """Return the frame in which all points have room, its scale rounded up to two digits.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        At least one, metres, EPSG:25832.
    width_mm, height_mm : float
    padding_mm : float
        Kept free on all sides.
    at_least : int
        Smallest number of the scale, so that a short tour is not blown up.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([width_mm, height_mm]) - 2 * padding_mm
    needed = math.ceil(max(float(((high - low) * 1000 / room).max()), at_least))
    step = 10 ** (len(str(needed)) - 2)
    x, y = ((low + high) / 2).tolist()
    return Frame(x, y, -(-needed // step) * step, width_mm, height_mm)


def scale_bar(scale: int, longest_mm: float = 34.0) -> tuple[int, float]:
    """Return one of the bar's two equal parts, as round metres and as millimetres on paper."""
    steps = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]
    part = max((s for s in steps if 2000 * s <= longest_mm * scale), default=steps[0])
    return part, part * 1000 / scale


# -- letters


@lru_cache
def _advances(weight: str) -> dict[str, float]:
    """Return the width of each character that the typeface has, per unit of its size."""
    font = (files("font_lato") / "files" / f"Lato-{weight}.ttf").read_bytes()

    def number(at: int, size: int = 2) -> int:
        return int.from_bytes(font[at : at + size], "big")

    tables = {font[at : at + 4]: number(at + 8, 4) for at in range(12, 12 + 16 * number(4), 16)}
    em, num_wide = number(tables[b"head"] + 18), number(tables[b"hhea"] + 34)
    # Of the characters' table the first part, in format 4: runs, each with a shift to glyphs.
    runs = tables[b"cmap"] + number(tables[b"cmap"] + 8, 4)
    size = number(runs + 6)
    advances = {}
    for end in range(runs + 14, runs + 14 + size, 2):
        start, shift, offset = (end + 2 + k * size for k in (1, 2, 3))
        for code in range(number(start), min(number(end), 0xFFFE) + 1):
            glyph = code
            if number(offset):
                glyph = number(offset + number(offset) + 2 * (code - number(start)))
            glyph = (glyph + number(shift)) % 0x10000
            advances[chr(code)] = number(tables[b"hmtx"] + 4 * min(glyph, num_wide - 1)) / em
    return advances


def text_width_mm(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide a line of `printable` text is, without kerning."""
    advances = _advances("Bold" if bold else "Regular")
    return sum(advances.get(char, 1.0) for char in text) * size_pt * POINT_MM


def printable(text: str) -> str:
    """Return a text with nothing in it that the typeface cannot show.

    A letter falls back to the letter without its mark; a run of anything else becomes one
    lozenge; line breaks, control characters and marks of writing direction go.
    """
    known = _advances("Regular")
    shown: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace() or category[0] == "Z":
            shown.append(" ")
        elif category in ("Cc", "Cf", "Cs") or category[0] == "M":
            continue
        else:
            shown.append(char if char in known else _plain_letter(char, known))
    return " ".join(re.sub(f"{STAND_IN}+", STAND_IN, "".join(shown)).split())


def _plain_letter(char: str, known: dict[str, float]) -> str:
    plain = [c for c in unicodedata.normalize("NFKD", char) if unicodedata.category(c)[0] != "M"]
    if plain == [char]:
        # A letter with a stroke has no decomposition, but a name that tells.
        try:
            plain = [unicodedata.lookup(unicodedata.name(char, "").split(" WITH ")[0])]
        except KeyError:
            return STAND_IN
    return "".join(plain) if plain and all(c in known for c in plain) else STAND_IN


# -- nothing covers anything


def spread(
    points: Sequence[tuple[float, float]], radii: Sequence[float], frame: Frame
) -> list[tuple[float, float]]:
    """Push round marks apart until none covers another, staying inside the frame.

    Parameters
    ----------
    points : sequence of (x, y)
        Where the marks belong, millimetres.
    radii : sequence of float
        Half of the room that each needs, millimetres.
    frame : Frame
    """
    at = np.array(points, dtype=np.float64).reshape(-1, 2)
    room = np.array(radii, dtype=np.float64)
    size = np.array([frame.width_mm, frame.height_mm])
    for _round in range(500):
        moved = False
        for i in range(len(at)):
            for j in range(i):
                apart = at[i] - at[j]
                distance = float(np.hypot(*apart))
                missing = room[i] + room[j] - distance
                if missing > 1e-3:
                    # Marks on the very same spot part in a direction that their number gives.
                    angle = 2.4 * i
                    spot = np.array([math.cos(angle), math.sin(angle)])
                    push = (apart / distance if distance > 1e-6 else spot) * (missing / 2 + 0.02)
                    at[i] += push
                    at[j] -= push
                    moved = True
        at = np.clip(at, room[:, None], size - room[:, None])
        if not moved:
            break
    return [(x, y) for x, y in at.tolist()]


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map.

    Attributes
    ----------
    text : str
    x, y : float
        First what it names, once it is placed its own centre, millimetres.
    size_pt : float
    is_area : bool
        Whether it is bold and may stand on its point, or has to stand beside it.
    """

    text: str
    x: float
    y: float
    size_pt: float
    is_area: bool

    @property
    def box(self) -> Box:
        """The room it takes around its centre."""
        half_x = text_width_mm(self.text, self.size_pt, bold=self.is_area) / 2 + 0.4
        half_y = self.size_pt * POINT_MM * 0.55
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    def spots(self) -> list[Name]:
        """Return the name at every place it may stand, the best first."""
        left, top, right, bottom = self.box
        beside, above = (right - left) / 2 + 1.2, (bottom - top) / 2 + 1.2
        ways = [(beside, 0.0), (-beside, 0.0), (0.0, -above), (0.0, above)]
        ways += [(x, y) for y in (-above, above) for x in (beside, -beside)]
        if self.is_area:
            ways = [(0.0, 0.0)] + [(x * k, y * k) for k in (0.5, 1.0, 1.5) for x, y in ways]
        return [replace(self, x=self.x + x, y=self.y + y) for x, y in ways]


def overlap(a: Box, b: Box) -> bool:
    """Tell whether two boxes cover each other."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def place_names(
    names: Iterable[Name], taken: Iterable[Box], frame: Frame, lines: shapely.Geometry
) -> list[Name]:
    """Return the names that find room, each moved to it.

    Parameters
    ----------
    names : iterable of Name
        The most important first.
    taken : iterable of Box
        What no name may cover.
    frame : Frame
    lines : Geometry
        What names rather do not cover, millimetres.
    """
    boxes = list(taken)
    placed = []
    for name in names:
        best, least = None, math.inf
        for spot in name.spots():
            box = spot.box
            inside = frame.holds(*box[:2], margin=0.8) and frame.holds(*box[2:], margin=0.8)
            if not inside or any(overlap(box, other) for other in boxes):
                continue
            away = math.hypot(spot.x - name.x, spot.y - name.y)
            cost = shapely.clip_by_rect(lines, *box).length + 0.25 * away
            if cost < least - 1e-9:
                best, least = spot, cost
        if best is not None:
            boxes.append(best.box)
            placed.append(best)
    return placed


# -- the drawing


@dataclass(frozen=True, eq=False)
class Ground:
    """A basemap in metres, EPSG:25832, in parts, so that a frame takes only its own.

    Attributes
    ----------
    land, borders : ndarray of object
    roads : dict of int to ndarray of object
        Per position in `geodata.network.ROAD_CLASSES`, narrow ones first.
    names : tuple of (text, lon, lat)
        Municipalities, the most populous first.
    is_estimate : bool
    credits : str
    """

    land: NDArray[np.object_]
    borders: NDArray[np.object_]
    roads: dict[int, NDArray[np.object_]]
    names: tuple[tuple[str, float, float], ...]
    is_estimate: bool
    credits: str


def lay_ground(basemap: Basemap) -> Ground:
    """Return a basemap made ready for many frames."""
    roads = sorted(basemap.roads.items(), reverse=True)
    return Ground(
        land=shapely.get_parts(metres(basemap.boundary)),
        borders=shapely.get_parts(metres(basemap.borders)),
        roads={position: shapely.get_parts(metres(lines)) for position, lines in roads},
        names=tuple((printable(label.name), label.lon, label.lat) for label in basemap.labels),
        is_estimate=basemap.is_estimate,
        credits=" · ".join(map(printable, basemap.attribution)),
    )


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an afternoon, or a part of it.

    Attributes
    ----------
    legs : tuple of lines
        Degrees, EPSG:4326.
    look : LineStyle
    width_mm : float
    """

    legs: tuple[Coordinates, ...]
    look: style.LineStyle
    width_mm: float


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered stop, or the depot.

    Attributes
    ----------
    text : str
        One to three characters.
    lon, lat : float
        Degrees, EPSG:4326.
    shape : str
        A shape of papermap.typ; the tip of a ``pin`` stays exactly on the point.
    colour : str
    radius_mm : float
    """

    text: str
    lon: float
    lat: float
    shape: str
    colour: str
    radius_mm: float


def draw_map(
    ground: Ground,
    frame: Frame,
    *,
    routes: Sequence[Route] = (),
    markers: Sequence[Marker] = (),
    places: Sequence[tuple[str, float, float]] = (),
    name_pt: float = 8.0,
) -> dict[str, Any]:
    """Return a map as the template papermap.typ wants it.

    Parameters
    ----------
    ground : Ground
    frame : Frame
        Of the map without the strip below it.
    routes : sequence of Route
    markers : sequence of Marker
    places : sequence of (name, lon, lat)
        Other places to find one's way by.
    name_pt : float
        Size of the municipalities' names; 0 for none.
    """
    lines = _lines(routes, frame)
    spots = _marker_spots(markers, frame)
    svg = list(_ground_svg(ground, frame))
    svg += [_stroke(li, "#ffffff", r.width_mm + 0.9) for r, li in zip(routes, lines, strict=True)]
    for route, line in zip(routes, lines, strict=True):
        svg.append(_stroke(line, route.look.colour, route.width_mm, route.look.dash))
    taken = [_marker_box(marker, *spot) for marker, spot in zip(markers, spots, strict=True)]
    for marker, (x, y) in zip(markers, spots, strict=True):
        tip = frame.place(marker.lon, marker.lat)
        if marker.shape != "pin" and math.dist((x, y), tip) > marker.radius_mm / 2:
            svg.append(_stroke(LineString([(x, y), tip]), style.INK, 0.3))
            svg.append(_dot(*tip, marker.colour, "#ffffff"))
            taken.append(_dot_box(*tip))
    # One name for places that share it: both sides of a street have a stop.
    seen = {printable(text): frame.place(lon, lat) for text, lon, lat in places}
    dots = [(text, x, y) for text, (x, y) in seen.items() if frame.holds(x, y, 1.5)]
    svg += [_dot(x, y, "#ffffff", style.LEFT_OUT) for _text, x, y in dots]
    towns = [(text, *frame.place(lon, lat)) for text, lon, lat in ground.names if name_pt]
    names = [Name(text, x, y, name_pt, True) for text, x, y in towns if frame.holds(x, y)]
    names += [Name(_short(text), x, y, 6.5, False) for text, x, y in dots]
    taken += [_dot_box(x, y) for _text, x, y in dots]
    part_m, part_mm = scale_bar(frame.scale)
    return {
        "width": frame.width_mm,
        "height": frame.height_mm,
        "strip": STRIP_MM,
        "svg": _document(svg, frame),
        "markers": [
            {**asdict(marker), "x": round(x, 3), "y": round(y, 3)}
            for marker, (x, y) in zip(markers, spots, strict=True)
        ],
        "names": [
            {**asdict(name), "x": round(name.x, 3), "y": round(name.y, 3)}
            for name in place_names(names, taken, frame, shapely.union_all(lines))
        ],
        "scale": frame.scale,
        "bar": {"part_m": part_m, "part_mm": part_mm},
        "credits": ground.credits,
    }


def _short(text: str) -> str:
    return text if len(text) <= 32 else text[:31] + "…"


def _marker_spots(markers: Sequence[Marker], frame: Frame) -> list[tuple[float, float]]:
    """Return the centres of the markers: of pins above their point, of others pushed apart."""
    points = [frame.place(marker.lon, marker.lat) for marker in markers]
    free = [i for i, marker in enumerate(markers) if marker.shape != "pin"]
    room = [markers[i].radius_mm * 1.15 + 0.1 for i in free]
    at = [
        (x, y - 2 * m.radius_mm) if m.shape == "pin" else (x, y)
        for m, (x, y) in zip(markers, points, strict=True)
    ]
    for i, spot in zip(free, spread([points[i] for i in free], room, frame), strict=True):
        at[i] = spot
    return at


def _marker_box(marker: Marker, x: float, y: float) -> Box:
    r = marker.radius_mm * 1.15 + 0.3
    return x - r, y - r, x + r, y + (2 * r if marker.shape == "pin" else r)


def _lines(routes: Sequence[Route], frame: Frame) -> list[MultiLineString]:
    """Return the routes on paper, side by side where they share a road."""
    chains = [tuple(point for leg in route.legs for point in leg) for route in routes]
    lines = []
    for route, runs in zip(routes, side_by_side(chains), strict=True):
        half_m = route.width_mm * frame.scale / 2000
        shifted = [_shifted(run, half_m) for run in runs]
        on_paper = [shapely.transform(line, frame.to_mm) for line in shifted]
        right, bottom = frame.width_mm + SLACK_MM, frame.height_mm + SLACK_MM
        cut = [shapely.clip_by_rect(li, -SLACK_MM, -SLACK_MM, right, bottom) for li in on_paper]
        parts = shapely.get_parts(shapely.simplify(cut, SIMPLIFY_MM))
        lines.append(MultiLineString([p for p in parts if p.geom_type == "LineString"]))
    return lines


def _shifted(run: Run, half_m: float) -> LineString:
    """Return a stretch of a route in metres, each piece moved into its lane."""
    corners = np.array(run.corners, dtype=np.float64) / GRID
    points = to_metres(corners[:, 0], corners[:, 1])
    moved: list[NDArray[np.float64]] = []
    at = 0
    for lane, same in itertools.groupby(run.lanes):
        count = len(list(same))
        line = LineString(points[at : at + count + 1])
        # Lanes count to the right, offset curves to the left. A curve too tight to be moved
        # stays where it is.
        beside = shapely.offset_curve(line, -lane * half_m, join_style="mitre")
        is_one = len(parts := shapely.get_parts(beside)) == 1
        moved.append(shapely.get_coordinates(parts[0] if lane and is_one else line))
        at += count
    return LineString(np.concatenate(moved))


def _ground_svg(ground: Ground, frame: Frame) -> Iterable[str]:
    land = _path(shapely.boundary(_areas(_on_paper(ground.land, frame))))
    yield f'<path d="{land}" fill="{style.LAND}" fill-rule="evenodd"/>'
    borders = _on_paper(ground.borders, frame)
    if frame.scale <= 100_000:
        yield _stroke(borders, BORDER_BAND, 1.0)
    yield _stroke(borders, BORDER_DASH, 0.2, (6.0, 4.0))
    roads = {k: _on_paper(lines, frame) for k, lines in ground.roads.items()}
    if ground.is_estimate:
        yield from (_stroke(line, style.ESTIMATED_ROAD, 0.25) for line in roads.values())
    else:
        widen = 1.6 if frame.scale <= 30_000 else 0.8 if frame.scale <= 150_000 else 0.5
        # In a small scale the small roads would turn the paper grey.
        last = len(style.ROADS) - (frame.scale > 220_000)
        shown = [(style.ROADS[k], line) for k, line in roads.items() if k < last]
        yield from (_stroke(line, look[1], look[2] * widen + 0.22) for look, line in shown)
        yield from (_stroke(line, look[0], look[2] * widen) for look, line in shown)
    outline = np.array([shapely.boundary(part) for part in ground.land], dtype=np.object_)
    yield _stroke(_on_paper(outline, frame), style.BORDER, 0.5)


def _areas(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _on_paper(parts: NDArray[np.object_], frame: Frame) -> shapely.Geometry:
    """Cut geometries to the frame and bring them to millimetres."""
    slack = SLACK_MM * frame.scale / 1000
    west, south, east, north = frame.bounds_m
    window = (west - slack, south - slack, east + slack, north + slack)
    low_x, low_y, high_x, high_y = shapely.bounds(parts).reshape(-1, 4).T
    near = (low_x <= window[2]) & (high_x >= window[0])
    near &= (low_y <= window[3]) & (high_y >= window[1])
    cut = shapely.clip_by_rect(parts[near], *window)
    simple = shapely.simplify(cut, SIMPLIFY_MM * frame.scale / 1000)
    return shapely.transform(GeometryCollection(list(simple)), frame.to_mm)


def _path(geometry: shapely.Geometry) -> str:
    """Return the data of an SVG path in millimetres, two decimals."""
    parts = shapely.get_parts(geometry)
    while any(part.geom_type.startswith(("Multi", "Geom")) for part in parts):
        parts = shapely.get_parts(parts)
    steps = []
    for part in parts:
        points = shapely.get_coordinates(part).round(2).tolist()
        if len(points) > 1 and part.geom_type == "LineString":
            steps.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
    return "".join(steps)


def _stroke(
    line: shapely.Geometry, colour: str, width_mm: float, dash: Sequence[float] = ()
) -> str:
    pattern = ""
    if dash:
        lengths = " ".join(f"{length * width_mm:.2f}" for length in dash)
        # Points need round ends; dashes with round ends would close their own gaps.
        cap = "round" if min(dash) < 0.5 else "butt"
        pattern = f' stroke-dasharray="{lengths}" stroke-linecap="{cap}"'
    return f'<path d="{_path(line)}" stroke="{colour}" stroke-width="{width_mm:.2f}"{pattern}/>'


def _dot(x: float, y: float, fill: str, edge: str) -> str:
    return (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r=".7" fill="{fill}" stroke="{edge}" '
        'stroke-width=".3"/>'
    )


def _dot_box(x: float, y: float) -> Box:
    return x - 0.8, y - 0.8, x + 0.8, y + 0.8


def _document(shapes: Iterable[str], frame: Frame) -> str:
    width, height = f"{frame.width_mm:g}", f"{frame.height_mm:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" '
        f'fill="{style.OUTSIDE}"/><g fill="none" stroke-linejoin="round" '
        f'stroke-linecap="round">{"".join(shapes)}</g></svg>'
    )
