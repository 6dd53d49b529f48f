"""Where everything lies seen from one point, for maps without real roads: rings and signposts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from geodata.crs import to_metres
from maps.frame import Frame
from maps.style import INK, LEFT_OUT

# Rings stand at these distances, the two largest of them that have room.
RINGS_M = (100, 200, 500, 1000, 2000)
NUM_RINGS = 2
# How many neighbours are pointed to, and in how many parts of the compass at most one each.
NUM_SIGNS, SECTORS = 6, 8
EDGE_MM = 3.0

# A name with longitude and latitude.
Spot = tuple[str, float, float]


def rings(frame: Frame) -> list[tuple[int, float]]:
    """Return the distances that a frame has room for around its middle, metres and millimetres."""
    most = min(frame.width_mm, frame.height_mm) / 2 - EDGE_MM
    fitting = [(m, m * 1000 / frame.scale) for m in RINGS_M]
    return [(m, mm) for m, mm in fitting if mm <= most][-NUM_RINGS:]


def ring_svg(frame: Frame, radius_mm: float) -> str:
    """Return a ring around the middle of a frame as SVG."""
    return (
        f'<circle cx="{frame.width_mm / 2:g}" cy="{frame.height_mm / 2:g}" r="{radius_mm:.2f}" '
        f'stroke="{LEFT_OUT}" stroke-width=".25" stroke-dasharray="1.2 1"/>'
    )


def signs(frame: Frame, towns: Sequence[Spot]) -> list[tuple[str, float, float, str]]:
    """Return signposts at the edge of a frame to the nearest towns beyond it.

    Returns
    -------
    list of (name, x, y, svg)
        Where the arrow stands, and the arrow.
    """
    beyond = []
    for name, lon, lat in towns:
        east, north = (to_metres(lon, lat)[0] - np.array([frame.x_m, frame.y_m])).tolist()
        if not frame.holds(*frame.place(lon, lat)):
            beyond.append((math.hypot(east, north), math.atan2(-north, east), name))
    taken: set[int] = set()
    found = []
    for _away, angle, name in sorted(beyond):
        sector = round(angle / (2 * math.pi) * SECTORS) % SECTORS
        if sector in taken or len(taken) == NUM_SIGNS:
            continue
        taken.add(sector)
        x, y = _on_edge(frame, angle)
        found.append((name, x, y, _arrow(x, y, angle)))
    return found


def _on_edge(frame: Frame, angle: float) -> tuple[float, float]:
    half_x, half_y = frame.width_mm / 2 - EDGE_MM, frame.height_mm / 2 - EDGE_MM
    dx, dy = math.cos(angle), math.sin(angle)
    far = min(half_x / max(abs(dx), 1e-9), half_y / max(abs(dy), 1e-9))
    return frame.width_mm / 2 + dx * far, frame.height_mm / 2 + dy * far


def _arrow(x: float, y: float, angle: float) -> str:
    corners = [
        (x + r * math.cos(angle + turn), y + r * math.sin(angle + turn))
        for r, turn in ((1.6, 0.0), (1.2, 2.4), (0.4, math.pi), (1.2, -2.4))
    ]
    path = "L".join(f"{a:.2f} {b:.2f}" for a, b in corners)
    return f'<path d="M{path}Z" fill="{INK}"/>'
