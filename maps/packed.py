"""Lines of a map as short text: steps between corners in letters, for data inside a page."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from maps.lanes import GRID, Corner

# None of these means anything to JSON, HTML or JavaScript.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# A letter holds five bits; the sixth says that more letters follow.
BASE = 32


def packed(corners: Iterable[Corner]) -> str:
    """Return a line as text: a step of less than 16 takes one letter, one of 500 takes two.

    Parameters
    ----------
    corners : iterable of (int, int)
        Steps of the grid, 1 / `GRID` degrees.
    """
    letters: list[str] = []
    before: Corner = (0, 0)
    for corner in corners:
        for step in (corner[0] - before[0], corner[1] - before[1]):
            # Even numbers are steps forward, odd ones steps back.
            rest = 2 * step if step >= 0 else -2 * step - 1
            while rest >= BASE:
                letters.append(DIGITS[rest % BASE + BASE])
                rest //= BASE
            letters.append(DIGITS[rest])
        before = corner
    return "".join(letters)


def unpacked(text: str) -> tuple[Corner, ...]:
    """Return the corners of a packed line."""
    steps: list[int] = []
    value, unit = 0, 1
    for letter in text:
        digit = DIGITS.index(letter)
        value += digit % BASE * unit
        unit *= BASE
        if digit < BASE:
            steps.append(-(value + 1) // 2 if value % 2 else value // 2)
            value, unit = 0, 1
    corners = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0)
    return tuple((int(x), int(y)) for x, y in corners.tolist())


def packed_lines(geometry: shapely.Geometry) -> list[str]:
    """Return the lines of a geometry, or the rings of an area, degrees, each as text."""
    parts = shapely.get_parts(geometry)
    if isinstance(geometry, shapely.Polygon | shapely.MultiPolygon):
        parts = shapely.get_rings(parts)
    return [packed(_gridded(part)) for part in parts]


def _gridded(line: shapely.Geometry) -> Iterable[Corner]:
    whole = np.rint(shapely.get_coordinates(line) * GRID).astype(np.int64)
    return ((int(x), int(y)) for x, y in whole.tolist())
