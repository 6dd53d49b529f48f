"""A piece of the world on paper: metres become millimetres, in a round scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.crs import to_metres

# Left, top, right and bottom on paper; west, south, east and north in the world.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the world on paper.

    Attributes
    ----------
    x_m, y_m : float
        Its centre in metres, EPSG:25832.
    scale : int
        Metres in the world per metre of the layout.
    width_mm, height_mm : float
    enlarged : float
        How many times as large as laid out the map is printed.
    """

    x_m: float
    y_m: float
    scale: int
    width_mm: float
    height_mm: float
    enlarged: float = 1.0

    @property
    def printed_scale(self) -> int:
        """Metres in the world per metre on paper."""
        return round(self.scale / self.enlarged)

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
    enlarged: float = 1.0,
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
    enlarged : float
        How many times as large as laid out the map is printed.
    """
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([width_mm, height_mm]) - 2 * padding_mm
    needed = math.ceil(max(float(((high - low) * 1000 / room / enlarged).max()), at_least))
    step = 10 ** (len(str(needed)) - 2)
    x, y = ((low + high) / 2).tolist()
    scale = round(-(-needed // step) * step * enlarged)
    return Frame(x, y, scale, width_mm, height_mm, enlarged)


def scale_bar(scale: int, longest_mm: float = 34.0) -> tuple[int, float]:
    """Return one of the bar's two equal parts, as round metres and as millimetres on paper."""
    steps = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]
    part = max((s for s in steps if 2000 * s <= longest_mm * scale), default=steps[0])
    return part, part * 1000 / scale
