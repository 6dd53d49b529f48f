"""The land under a map for paper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry import Polygon
from sheet_examples import basemap

from maps.frame import Frame
from maps.ground import draw_ground, lay_ground


def test_a_hole_as_thin_as_a_line_breaks_no_map() -> None:
    x, y = 538_946.0, 5_225_172.0
    slit = [(x + 124, y + 1582), (x + 361, y + 326), (x + 124 + 2e-10, y + 1582)]
    square = shapely.box(x - 5000, y - 5000, x + 5000, y + 5000).exterior.coords
    ground = replace(lay_ground(basemap()), land=np.array([Polygon(square, [slit])]))
    assert list(draw_ground(ground, Frame(x + 532.5, y + 270, 7_500, 136, 66)))
