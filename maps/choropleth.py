"""Municipalities in tones that grow darker with a figure: one drawing for paper and screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Polygon

from maps import style
from maps.arealabels import AreaLabel, Named, label_areas
from maps.basemap import metres
from maps.frame import Frame, fit_frame
from maps.svg import stroke, svg_document, svg_path

PADDING_MM = 2.5
# From line to line of a hatch, and from dot to dot.
HATCH_MM, DOT_MM = 1.5, 1.9
SWATCH_MM = (9.0, 4.6)


@dataclass(frozen=True, slots=True)
class Tone:
    """How an area is filled.

    Attributes
    ----------
    fill : str
        ``#rrggbb``.
    ink : str
        Colour of words on it; the contrast is at least 4.5.
    pattern : str
        ``""``, ``hatch`` or ``dots``: what has no figure is told from a low one without colour.
    """

    fill: str
    ink: str
    pattern: str = ""


# From few to much; each tone is clearly darker than the one before, in grey as well.
SCALE = (
    Tone("#deebf5", style.INK),
    Tone("#a3c8e3", style.INK),
    Tone("#5a9bcb", style.INK),
    Tone("#0b4a85", "#ffffff"),
)
NOTHING = Tone("#ffffff", style.INK, "hatch")
NOT_SERVED = Tone("#ffffff", "#55595f", "dots")
UNKNOWN = Tone("#ffffff", "#55595f")
PATTERN_COLOUR = {"hatch": "#8a8f96", "dots": "#a9adb3"}


@dataclass(frozen=True, slots=True)
class Shaded:
    """A municipality on the map.

    Attributes
    ----------
    name : str
        `maps.lettering.printable`.
    value : str
        The figure as it is written below the name; may be empty.
    number : str
        Stands in the area where the name has no room.
    tone : Tone
    boundary : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    ags : str
    """

    name: str
    value: str
    number: str
    tone: Tone
    boundary: Polygon | MultiPolygon
    ags: str = ""


@dataclass(frozen=True)
class Choropleth:
    """A drawing, and where its words stand.

    Attributes
    ----------
    frame : Frame
    fills : tuple of str
        SVG in millimetres, one per area.
    lines : str
        The borders over them.
    labels : tuple of (AreaLabel, Tone)
    """

    frame: Frame
    fills: tuple[str, ...]
    lines: str
    labels: tuple[tuple[AreaLabel, Tone], ...]

    @property
    def svg(self) -> str:
        """The drawing without its words."""
        return svg_document([*self.fills, self.lines], self.frame)


def draw_choropleth(areas: Sequence[Shaded], width_mm: float, height_mm: float) -> Choropleth:
    """Return the municipalities of a district, as large as they fit."""
    ground = [metres(area.boundary) for area in areas]
    points = shapely.get_coordinates(ground)
    frame = fit_frame(points, width_mm, height_mm, padding_mm=PADDING_MM)
    drawn = [shapely.transform(area, frame.to_mm) for area in ground]
    fills = [
        "".join(fill(on_paper, area.tone)) for area, on_paper in zip(areas, drawn, strict=True)
    ]
    borders = shapely.union_all([shapely.boundary(area) for area in drawn])
    district = shapely.boundary(shapely.union_all(drawn))
    lines = (
        stroke(borders, "#ffffff", 0.55),
        stroke(borders, style.BORDER, 0.2),
        stroke(district, style.BORDER, 0.55),
    )
    named = [
        Named(on_paper, area.name, area.value, area.number)
        for area, on_paper in zip(areas, drawn, strict=True)
    ]
    labels = zip(label_areas(named), (area.tone for area in areas), strict=True)
    return Choropleth(frame, tuple(fills), "".join(lines), tuple(labels))


def fill(area: shapely.Geometry, tone: Tone) -> list[str]:
    """Return an area on paper, filled."""
    path = svg_path(shapely.boundary(area))
    shapes = [f'<path d="{path}" fill="{tone.fill}" fill-rule="evenodd"/>']
    if tone.pattern == "hatch":
        shapes.append(stroke(_hatch(area), PATTERN_COLOUR["hatch"], 0.22))
    elif tone.pattern == "dots":
        dots = svg_path(_dots(area))
        if dots:
            shapes.append(
                f'<path d="{dots}" stroke="{PATTERN_COLOUR["dots"]}" stroke-width="0.5" '
                'stroke-linecap="round"/>'
            )
    return shapes


def swatch(tone: Tone) -> str:
    """Return the sample of a tone for the legend, as SVG."""
    width, height = SWATCH_MM
    area = shapely.box(0, 0, width, height)
    frame = Frame(0.0, 0.0, 1000, width, height)
    edge = stroke(shapely.boundary(area.buffer(-0.12, join_style="mitre")), style.BORDER, 0.24)
    return svg_document([*fill(area, tone), edge], frame)


def _hatch(area: shapely.Geometry) -> shapely.Geometry:
    """Return lines that rise to the right, clipped to an area."""
    left, top, right, bottom = shapely.bounds(area).tolist()
    step = HATCH_MM * math.sqrt(2)
    # Counted from the corner of the paper, so that neighbours share their lines.
    first, last = math.ceil((left + top) / step), math.floor((right + bottom) / step)
    lines = [((k * step - top, top), (k * step - bottom, bottom)) for k in range(first, last + 1)]
    return shapely.intersection(MultiLineString(lines), area)


def _dots(area: shapely.Geometry) -> shapely.Geometry:
    """Return dots inside an area, as lines too short to be seen as such."""
    left, top, right, bottom = (shapely.bounds(area) / DOT_MM).tolist()
    inside = shapely.buffer(area, -0.4)
    shapely.prepare(inside)
    spots = [
        ((column + row % 2 / 2) * DOT_MM, row * DOT_MM)
        for row in range(math.ceil(top), math.floor(bottom) + 1)
        for column in range(math.ceil(left), math.floor(right) + 1)
    ]
    inner = [(x, y) for x, y in spots if shapely.contains_xy(inside, x, y)]
    return MultiLineString([((x, y), (x + 0.01, y)) for x, y in inner])
