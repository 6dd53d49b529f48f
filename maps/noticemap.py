"""Where exactly the bus is: the small map of a public notice, and the code that opens one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import segno

from maps import style
from maps.ground import Ground
from maps.lettering import printable
from maps.paper import Part
from maps.papermap import STRIP_MM, Marker, draw_map
from maps.stopmaps import apart, frame_around, within
from maps.tourmap import finish_map
from tours.announced import Announcement

# For people on foot, who know the bus stops around; without real roads these have to do.
SCALES = {"a4": 7_500, "a3": 5_000}
SCALES_ESTIMATE = (10_000, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000)
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
    spots = apart(ground.bus_stops, [(place.name, place.lon, place.lat)])
    scales: tuple[int, ...] = (SCALES[paper],)
    if ground.is_estimate:
        # Lines that are no roads would lead people astray.
        ground = replace(ground, roads={})
        scales = SCALES_ESTIMATE
    size = (size[0], size[1] - STRIP_MM)
    frame = frame_around((place.lon, place.lat), scales, size, enlarged, spots)
    # Nobody needs a signpost to the town one stands in.
    own = printable(place.municipality)
    names = [
        town for town in ground.names if town[0] != own or frame.holds(*frame.place(*town[1:]))
    ]
    ground = replace(ground, names=tuple(names))
    pin = Marker("", place.lon, place.lat, "pin", style.INK, PIN_MM)
    drawn = draw_map(
        ground,
        frame,
        markers=[pin],
        places=within(spots, frame),
        name_pt=9.0,
        place_pt=8.0,
        street_pt=7.0,
        is_lonely=ground.is_estimate,
    )
    return finish_map(drawn, printable(alt))


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
