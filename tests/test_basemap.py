"""The drawing under every map."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from conftest import WEST

from geodata.network import ROAD_CLASSES, RoadNetwork
from geodata.region import BusStop, Region
from geodata.streets import street_names
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


def test_streets_are_the_edges_with_a_name_each_once(
    region: Region, road_network: RoadNetwork
) -> None:
    # In the order of the fixture: a street there and back, from b to c; the others have no name.
    names = ["Ostweg" if {u, v} == {1, 2} else "" for u, v in ends(road_network)]
    named = replace(road_network, streets=street_names(names))
    streets = build_basemap(region, named).streets
    assert streets is not None
    assert [streets.names[i] for i in streets.name] == ["Ostweg"]
    assert shapely.length(streets.lines).tolist() == pytest.approx([1000], abs=0.1)
    assert [ROAD_CLASSES[i] for i in streets.road_class] == ["tertiary"]


def ends(network: RoadNetwork) -> list[tuple[int, int]]:
    return list(zip(network.edge_from.tolist(), network.edge_to.tolist(), strict=True))


def test_roads_that_are_estimated_or_have_no_names_make_no_streets(
    region: Region, road_network: RoadNetwork
) -> None:
    estimate = replace(road_network.source, kind="estimate")
    names = street_names(["Weg"] * road_network.num_edges)
    assert build_basemap(region, road_network).streets is None
    guessed = replace(road_network, source=estimate, streets=names)
    assert build_basemap(region, guessed).streets is None
