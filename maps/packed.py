"""Lines of a map as short text: steps between corners in letters, for data inside a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import shapely

from geodata.curve import along_curve
from maps.lanes import GRID, Corner
from maps.trails import trails

# None of these means anything to JSON, HTML or JavaScript.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# A letter holds five bits; the sixth says that more letters follow.
BASE = 32
# Between two lines of one text.
GAP = " "


def packed(corners: Iterable[Corner], before: Corner = (0, 0)) -> str:
    """Return a line as text: a step of less than 16 takes one letter, one of 500 takes two.

    Parameters
    ----------
    corners : iterable of (int, int)
        Steps of the grid, 1 / `GRID` degrees.
    before : (int, int)
        From where the step to the first corner is counted.
    """
    letters: list[str] = []
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


def packed_network(lines: Sequence[Sequence[Corner]]) -> str:
    """Return many lines as one text: what meets end to end is joined, neighbours come together.

    Lines are parted by `GAP`; the first step of each is counted from the last corner before it.
    """
    joined = trails(lines)
    starts = np.array([line[0] for line in joined], dtype=np.float64).reshape(-1, 2)
    before: Corner = (0, 0)
    texts: list[str] = []
    for number in along_curve(starts).tolist():
        texts.append(packed(joined[number], before))
        before = joined[number][-1]
    return GAP.join(texts)


def gridded_lines(geometry: shapely.Geometry) -> list[list[Corner]]:
    """Return the lines of a geometry in steps of the grid, without corners that fall together."""
    return [_apart(list(_gridded(part))) for part in shapely.get_parts(geometry)]


def _apart(corners: list[Corner]) -> list[Corner]:
    kept = [corner for before, corner in pairwise(corners) if corner != before]
    return [corners[0], *(kept or corners[-1:])]


def _gridded(line: shapely.Geometry) -> Iterable[Corner]:
    whole = np.rint(shapely.get_coordinates(line) * GRID).astype(np.int64)
    return ((int(x), int(y)) for x, y in whole.tolist())
