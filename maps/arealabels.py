"""Names inside the areas that they name: as large as there is room, else a number."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from maps.frame import Box
from maps.lettering import POINT_MM, text_width_mm
from maps.placement import overlap

SIZES_PT = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
NUMBER_PT = 6.5
# From line to line, as a multiple of the size.
LEADING = 1.12
# Kept free around the words, and how finely spots for them are tried.
MARGIN_MM, GRID_MM = 0.5, 0.8
# A name that needs more lines than this becomes a number.
MOST_LINES = 3
# So much of a name that reaches over its border still lies inside, and its sizes.
LEAST_INSIDE = 0.6
TIGHT_PT, TIGHT_GRID_MM, TIGHT_MM = (6.0, 5.5), 1.2, 0.3


@dataclass(frozen=True, slots=True)
class AreaLabel:
    """Words inside an area.

    Attributes
    ----------
    lines : tuple of str
    x, y : float
        Their centre, millimetres.
    size_pt : float
    is_number : bool
        Whether they are the number of a row instead of the name.
    is_inside : bool
        Whether no letter reaches over the border.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size_pt: float
    is_number: bool = False
    is_inside: bool = True

    @property
    def width_mm(self) -> float:
        """How wide the longest line is."""
        return max(text_width_mm(line, self.size_pt, bold=True) for line in self.lines)

    @property
    def height_mm(self) -> float:
        """How high all lines are."""
        return len(self.lines) * self.size_pt * POINT_MM * LEADING

    @property
    def box(self) -> Box:
        """The room the words take."""
        half_x, half_y = self.width_mm / 2, self.height_mm / 2
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    @property
    def baselines(self) -> list[float]:
        """Where each line stands, millimetres from the top."""
        step = self.size_pt * POINT_MM * LEADING
        # Capitals are about seven tenths of the size high.
        first = self.y - step * (len(self.lines) - 1) / 2 + self.size_pt * POINT_MM * 0.36
        return [first + step * k for k in range(len(self.lines))]


@dataclass(frozen=True, slots=True)
class Named:
    """An area and what stands in it.

    Attributes
    ----------
    area : Polygon or MultiPolygon
        On paper, millimetres.
    name, value : str
        `maps.lettering.printable`; the value may be empty.
    number : str
        Stands there where the name has no room; may be empty.
    """

    area: shapely.Geometry
    name: str
    value: str
    number: str


def label_areas(areas: Sequence[Named]) -> list[AreaLabel]:
    """Return the words for areas that do not overlap, in their order.

    A name stands inside its area if it can; else a small one may reach over the border where
    no other words are; else a number stands there.
    """
    labels = [_inside(one) for one in areas]
    boxes = [label.box for label in labels]
    for k, (one, label) in enumerate(zip(areas, labels, strict=True)):
        if label.is_number:
            labels[k] = _across(one, [*boxes[:k], *boxes[k + 1 :]]) or label
            boxes[k] = labels[k].box
    return labels


def _inside(one: Named) -> AreaLabel:
    part = _largest(one.area)
    spots = _spots(part, GRID_MM)
    shapely.prepare(part)
    for size in SIZES_PT:
        for broken in _broken(one.name):
            label = AreaLabel((*broken, one.value) if one.value else broken, 0.0, 0.0, size)
            fits = np.flatnonzero(shapely.contains_properly(part, _boxes(spots, label, MARGIN_MM)))
            if len(fits):
                return _at(label, spots[fits[0]])
    return _at(AreaLabel((one.number,), 0.0, 0.0, NUMBER_PT, is_number=True), spots[0])


def _across(one: Named, taken: Sequence[Box]) -> AreaLabel | None:
    """Return a small name that reaches over the border of its area, or None."""
    part = _largest(_largest(one.area).simplify(0.3))
    spots = _spots(part, TIGHT_GRID_MM)
    for size in TIGHT_PT:
        tried: list[tuple[float, AreaLabel]] = []
        for broken in _broken(one.name):
            lines = (*broken, one.value) if one.value else broken
            label = AreaLabel(lines, 0.0, 0.0, size, is_inside=False)
            boxes = _boxes(spots, label, TIGHT_MM)
            inside = shapely.area(shapely.intersection(boxes, part)) / shapely.area(boxes)
            found = np.flatnonzero(inside >= LEAST_INSIDE)
            tried += [(float(inside[k]), _at(label, spots[k])) for k in found]
        # Of places that are as good the one named first, near the middle.
        for _share, label in sorted(tried, key=lambda pair: -round(pair[0], 2)):
            if not any(overlap(label.box, _wider(other)) for other in taken):
                return label
    return None


def _wider(box: Box) -> Box:
    return box[0] - TIGHT_MM, box[1] - TIGHT_MM, box[2] + TIGHT_MM, box[3] + TIGHT_MM


def _largest(area: shapely.Geometry) -> Polygon:
    parts = [part for part in shapely.get_parts(area) if isinstance(part, Polygon)]
    return max(parts, key=lambda part: part.area)


def _spots(part: Polygon, grid_mm: float) -> NDArray[np.float64]:
    """Return points of an area, those near its widest place first."""
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(part))[0]
    low, high = np.array(part.bounds).reshape(2, 2)
    steps = [np.arange(low[k], high[k], grid_mm) for k in (0, 1)]
    spots = np.concatenate([centre[None], np.array(np.meshgrid(*steps)).reshape(2, -1).T])
    return spots[np.argsort(np.hypot(*(spots - centre).T), kind="stable")]


def _boxes(spots: NDArray[np.float64], label: AreaLabel, margin: float) -> NDArray[np.object_]:
    half_x, half_y = label.width_mm / 2 + margin, label.height_mm / 2 + margin
    x, y = spots.T
    boxes: NDArray[np.object_] = shapely.box(x - half_x, y - half_y, x + half_x, y + half_y)
    return boxes


def _at(label: AreaLabel, spot: NDArray[np.float64]) -> AreaLabel:
    x, y = spot.round(2).tolist()
    return replace(label, x=x, y=y)


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, then in two and in three, each as even as can be."""
    words = re.findall(r".+?(?:[ -]|$)", name) or [name]
    for count in range(1, min(len(words), MOST_LINES) + 1):
        ways = (
            tuple(
                "".join(words[start:end]).strip()
                for start, end in itertools.pairwise((0, *cuts, len(words)))
            )
            for cuts in itertools.combinations(range(1, len(words)), count - 1)
        )
        yield min(ways, key=lambda lines: max(map(len, lines)))
