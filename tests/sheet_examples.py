"""Weeks of a bus and a district for them, for tests of what goes to paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any, cast

import shapely
from hostile_texts import LETTERS, LONG, SCRIPT, TYPESETTING
from shapely.geometry import MultiLineString

from geodata.network import NetworkSource
from maps.basemap import Basemap, Label
from tours.plan import Plan
from tours.tour import Depot, Leg, Stop, Tour

MONDAY = dt.date(2026, 11, 23)
DEPOT = Depot("Betriebshof", 10.00, 51.70)
ESTIMATE = NetworkSource("estimate", "", "© Netz", 0.15, 0.4)
DOWNLOAD = NetworkSource("download", "2026-11-01", "© Netz")
# Those that could break a page of paper; every other text is tried in test_hostile.py.
HOSTILE = [*TYPESETTING, SCRIPT, *LETTERS, "A" * 500, LONG[1], "", " "]


def stop(number: int, *, name: str = "", hours: float = 14.0, **changes: object) -> Stop:
    start = int(hours * 3600) + number * 1500 + 300
    lon, lat = 10.0 + 0.012 * (number % 5), 51.70 + 0.008 * number
    plain = Stop(
        f"p{number}", name or f"Halt {number}", "bus_stop", "03155011", "Northeim", lon, lat,
        start - 300, start, start + 900, 125, True, (),
    )  # fmt: skip
    return replace(plain, **cast(dict[str, Any], changes))


def tour(day: int, stops: list[Stop]) -> Tour:
    points = [(DEPOT.lon, DEPOT.lat), *((s.lon, s.lat) for s in stops), (DEPOT.lon, DEPOT.lat)]
    legs = [Leg(300, 4200, (a, b)) for a, b in pairwise(points)]
    back = stops[-1].departure_s + 300 if stops else 50_400
    return Tour(
        f"t{day}", MONDAY + dt.timedelta(days=day), DEPOT, 50_400, 68_400, 50_400, back,
        tuple(stops), tuple(legs) if stops else (),
    )  # fmt: skip


def plan(*tours: Tour, **changes: object) -> Plan:
    plain = Plan(
        "BackUp", "Landkreis Northeim", "2026-W48",
        tours or (tour(0, [stop(0), stop(1), stop(2)]), tour(2, [stop(3)])),
        (), (), 612, 640, 1, DOWNLOAD, "© Grenzen", "0" * 8, True,
    )  # fmt: skip
    return replace(plain, **cast(dict[str, Any], changes))


def basemap(*, is_estimate: bool = False, name: str = "Northeim") -> Basemap:
    return Basemap(
        boundary=shapely.box(9.9, 51.6, 10.2, 51.9),
        borders=MultiLineString([[(10.05, 51.6), (10.05, 51.9)]]),
        labels=(Label(name, 10.0, 51.72, 29_440), Label("Kalefeld", 10.05, 51.8, 6_000)),
        roads={5: MultiLineString([[(9.9, 51.7), (10.2, 51.8)]])},
        is_estimate=is_estimate,
        attribution=("© Grenzen", "© Netz"),
    )
