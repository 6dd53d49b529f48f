"""Lines of a map as short text: steps between corners in letters, for data inside a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.curve import along_curve
from maps.lanes import GRID, Corner
from maps.trails import trails

# None of these means anything to JSON, HTML or JavaScript.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# A letter holds five bits; the sixth says that more letters follow.
BASE = 32
# Between two lines of one text.
GAP = " "


def packed(corners: Iterable[Corner]) -> str:
    """Return a line as text: a step of less than 16 takes one letter, one of 500 takes two.

    Parameters
    ----------
    corners : iterable of (int, int)
        Steps of the grid, 1 / `GRID` degrees.
    """
    line = list(corners)
    return packed_lines_of([line]) if line else ""


def packed_lines_of(lines: Sequence[Sequence[Corner]]) -> str:
    """Return lines as one text, parted by `GAP`.

    The first step of a line is counted from the last corner of the one before it.
    """
    if not lines:
        return ""
    flat = chain.from_iterable(chain.from_iterable(lines))
    corners = np.fromiter(flat, dtype=np.int64).reshape(-1, 2)
    steps = np.diff(corners, axis=0, prepend=0).ravel()
    # Even numbers are steps forward, odd ones steps back.
    rest = np.where(steps >= 0, 2 * steps, -2 * steps - 1)
    digits: list[NDArray[np.int64]] = []
    while not digits or rest.any():
        digits.append(rest % BASE)
        rest = rest // BASE
    table = np.stack(digits, axis=1)
    # The last digit of a number is its highest that is not 0; all before it say that more follow.
    length = table.shape[1] - (table[:, ::-1] != 0).argmax(axis=1)
    length[~table.any(axis=1)] = 1
    at = np.arange(table.shape[1])
    letters = table + BASE * (at < length[:, None] - 1)
    text = np.frombuffer(DIGITS.encode(), dtype=np.uint8)[letters[at < length[:, None]]].tobytes()
    # Where each line ends, in letters.
    ends = np.cumsum(length)[2 * np.cumsum([len(line) for line in lines]) - 1].tolist()
    whole = text.decode()
    return GAP.join(whole[start:end] for start, end in pairwise([0, *ends]))


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
    return packed_lines_of([joined[number] for number in along_curve(starts).tolist()])


def gridded_lines(geometry: shapely.Geometry) -> list[list[Corner]]:
    """Return the lines of a geometry in steps of the grid, without inner corners that repeat."""
    degrees, line = shapely.get_coordinates(shapely.get_parts(geometry), return_index=True)
    whole = np.rint(degrees * GRID).astype(np.int64)
    is_inner = (np.diff(line, prepend=-1) == 0) & (np.diff(line, append=-1) == 0)
    is_kept = ~(is_inner & (np.diff(whole, axis=0, prepend=0) == 0).all(axis=1))
    x, y = whole[is_kept].T.tolist()
    corners: list[Corner] = list(zip(x, y, strict=True))
    first = np.flatnonzero(np.diff(line[is_kept], prepend=-1)).tolist()
    return [corners[start:end] for start, end in pairwise([*first, len(corners)])]


def _gridded(line: shapely.Geometry) -> Iterable[Corner]:
    whole = np.rint(shapely.get_coordinates(line) * GRID).astype(np.int64)
    return ((int(x), int(y)) for x, y in whole.tolist())
