"""The GPX file of a week, read as XML and held against the published schema of GPX 1.1."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import gpxpy
import pytest
import xmlschema

from tours.export.gpx import render_gpx
from tours.plan import Plan
from tours.tour import Tour

NS = "{http://www.topografix.com/GPX/1/1}"
SCHEMA = Path(__file__).parent / "data" / "gpx11.xsd"


def tree(plan: Plan) -> ElementTree.Element:
    return ElementTree.fromstring(render_gpx(plan))


def driven(plan: Plan) -> list[Tour]:
    return [tour for tour in plan.tours if tour.stops]


@pytest.mark.parametrize("text", ["", "<b>&amp;]]>", "a\x00\x1b[2J\nb\"'"])
def test_the_file_is_valid_by_the_published_schema(text: str, plan: Plan) -> None:
    tour = plan.tours[0]
    stops = (replace(tour.stops[0], name=text, kind=text), *tour.stops[1:])
    made = replace(
        plan,
        tours=(replace(tour, stops=stops, bus=text), *plan.tours[1:]),
        service=text,
        attribution=text,
    )
    problems = xmlschema.XMLSchema(SCHEMA).iter_errors(render_gpx(made).decode())
    assert [str(one) for one in problems] == []


def test_a_second_library_reads_stops_routes_and_tracks(plan: Plan) -> None:
    read = gpxpy.parse(render_gpx(plan).decode())
    stops = [stop for tour in driven(plan) for stop in tour.stops]
    assert len(read.waypoints) == len(stops) > 0
    assert len(read.routes) == len(read.tracks) == len(driven(plan)) > 0
    assert [len(one.points) for one in read.routes] == [len(t.stops) + 2 for t in driven(plan)]
    assert read.copyright_author == plan.attribution


def test_the_root_names_version_and_creator(plan: Plan) -> None:
    root = tree(plan)
    assert (root.tag, root.get("version"), bool(root.get("creator"))) == (f"{NS}gpx", "1.1", True)


def test_each_stop_is_a_waypoint_at_its_place_and_time(plan: Plan) -> None:
    (tour, *_others) = plan.tours
    first = tree(plan).find(f"{NS}wpt")
    assert first is not None
    stop = tour.stops[0]
    assert (float(first.get("lat", "0")), float(first.get("lon", "0"))) == (stop.lat, stop.lon)
    # Central European winter time is an hour ahead of universal time.
    hour, minute = divmod(stop.arrival_s // 60 - 60, 60)
    assert first.findtext(f"{NS}time") == f"{tour.date.isoformat()}T{hour:02d}:{minute:02d}:00Z"


def test_a_route_begins_and_ends_at_the_depot(plan: Plan) -> None:
    for route, tour in zip(tree(plan).findall(f"{NS}rte"), driven(plan), strict=True):
        names = [point.findtext(f"{NS}name") for point in route.findall(f"{NS}rtept")]
        stops = [f"{number} {stop.name}" for number, stop in enumerate(tour.stops, 1)]
        assert names == [tour.depot.name, *stops, tour.depot.name]


def test_a_track_follows_the_roads_without_a_gap(plan: Plan) -> None:
    for track, tour in zip(tree(plan).findall(f"{NS}trk"), driven(plan), strict=True):
        segments = [
            [(float(p.get("lon", "0")), float(p.get("lat", "0"))) for p in segment]
            for segment in track.findall(f"{NS}trkseg")
        ]
        assert segments == [[tuple(at) for at in leg.route] for leg in tour.legs]
        assert all(one[-1] == other[0] for one, other in pairwise(segments))


@pytest.mark.parametrize("name", ["<b>&amp;", "]]>", "Größe “x”", "\u202eabc"])
def test_a_hostile_name_arrives_as_it_is(name: str, plan: Plan) -> None:
    tour = plan.tours[0]
    stops = (replace(tour.stops[0], name=name), *tour.stops[1:])
    made = replace(plan, tours=(replace(tour, stops=stops), *plan.tours[1:]))
    first = tree(made).find(f"{NS}wpt")
    assert first is not None
    assert first.findtext(f"{NS}name") == f"1 {name}"


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert render_gpx(plan) == render_gpx(plan)
