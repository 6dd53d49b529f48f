"""Where exactly the bus is: the small map of a public notice, and the code that opens one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import numpy as np
import segno

from geodata.crs import to_metres
from maps import style
from maps.frame import Frame
from maps.ground import Ground
from maps.lettering import printable
from maps.paper import Part
from maps.papermap import STRIP_MM, Marker, draw_map
from maps.stopmaps import Spot, apart
from maps.tourmap import finish_map
from tours.announced import Announcement

# For people on foot. Without real roads the bus stops around have to do.
SCALES = {"a4": 7_500, "a3": 5_000}
SCALES_ESTIMATE = {"a4": 20_000, "a3": 15_000}
PIN_MM = 4.4


def notice_map(
    place: Announcement,
    ground: Ground,
    size: tuple[float, float],
    *,
    paper: str,
    enlarged: float,
    alt: str,
) -> Part:
    """Return the map around a place; nothing is on it that is not known to all.

    Parameters
    ----------
    place : Announcement
    ground : Ground
    size : tuple of float
        Width and height with the strip, in millimetres of A4.
    paper : str
        ``a4`` or ``a3``.
    enlarged : float
        How many times as large it is printed.
    alt : str
        What it shows, for who cannot see it.
    """
    scale = (SCALES_ESTIMATE if ground.is_estimate else SCALES)[paper]
    x, y = to_metres(place.lon, place.lat)[0].tolist()
    frame = Frame(x, y, round(scale * enlarged), size[0], size[1] - STRIP_MM, enlarged)
    spots = []
    if ground.is_estimate:
        # Lines that are no roads would lead people astray.
        ground = replace(ground, roads={})
        spots = apart(_within(ground.bus_stops, frame), [(place.name, place.lon, place.lat)])
    pin = Marker("", place.lon, place.lat, "pin", style.INK, PIN_MM)
    drawn = draw_map(ground, frame, markers=[pin], places=spots, name_pt=9.0)
    return finish_map(drawn, printable(alt))


def _within(spots: Sequence[Spot], frame: Frame) -> list[Spot]:
    """Return the spots that lie in a frame."""
    if not spots:
        return []
    x, y = frame.to_mm(to_metres(*np.array([spot[1:] for spot in spots]).T)).T
    is_in = (x >= 0) & (x <= frame.width_mm) & (y >= 0) & (y <= frame.height_mm)
    return list(itertools.compress(spots, is_in.tolist()))


def map_address(lon: float, lat: float) -> str:
    """Return the address of a map that any telephone opens, with a mark on the position.

    Telephones do not all know what to do with the shorter ``geo:``.
    """
    return f"https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}&zoom=18"


def qr_code(text: str) -> str:
    """Return a QR code as SVG, with the white edge that it needs."""
    svg = BytesIO()
    segno.make_qr(text, error="m").save(
        svg, kind="svg", border=4, xmldecl=False, omitsize=True, light="#fff", nl=False
    )
    return svg.getvalue().decode()
