"""The drawing under every map."""

from __future__ import annotations

from dataclasses import replace

from conftest import WEST

from geodata.network import RoadNetwork
from geodata.region import BusStop, Region
from maps.basemap import build_basemap


def test_bus_stops_are_named_without_their_municipality(
    region: Region, road_network: RoadNetwork
) -> None:
    stops = tuple(
        BusStop(name, name, WEST, 10.02, 52.02, False)
        for name in ("Am Ring, Westdorf", "Westdorf", "Westdorf, Kirche")
    )
    drawing = build_basemap(replace(region, stops=stops), road_network)
    assert [stop.name for stop in drawing.bus_stops] == ["Am Ring", "Westdorf", "Westdorf, Kirche"]


def test_bus_stops_lie_where_they_are(region: Region, road_network: RoadNetwork) -> None:
    drawing = build_basemap(region, road_network)
    assert [(s.lon, s.lat) for s in drawing.bus_stops] == [(s.lon, s.lat) for s in region.stops]
