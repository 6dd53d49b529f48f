"""Where marks and names stand on a map, so that nothing covers anything."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from maps.frame import Box, Frame
from maps.lettering import POINT_MM, text_width_mm


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
