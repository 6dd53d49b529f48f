"""A week for the device that shows the way: GPX 1.1 with waypoints, routes and tracks."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from geodata.language import translator
from tours.localtime import moment
from tours.plan import Plan
from tours.schedule import clock
from tours.timetable import called, tour_day
from tours.tour import Stop, Tour

if TYPE_CHECKING:
    from gpxpy.gpx import GPXRoute, GPXTrack

_ = translator("tours")

CREATOR = "outreach-tours"
# What XML knows no way to write.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def render_gpx(plan: Plan) -> bytes:
    """Return the afternoons of a week as a GPX file, the same bytes for the same plan.

    Per afternoon a route of its stops in order, which a device finds its own way along, and a
    track along the planned roads. Stops are waypoints with their times; private appointments
    have no name, but their position, since the bus has to get there.
    """
    import gpxpy.gpx as gpx

    file = gpx.GPX()
    file.creator = CREATOR
    file.name = f"{plan.service} · {plan.week}"
    # The library writes attributes as they are.
    file.copyright_author = escape(plan.attribution, {'"': "&quot;"})
    for tour in plan.tours:
        if not tour.stops:
            continue
        name = tour_day(tour.date, tour.bus)
        for number, stop in enumerate(tour.stops, 1):
            point = gpx.GPXWaypoint(stop.lat, stop.lon, name=_label(number, stop))
            # Devices take it for universal time whatever stands behind it.
            point.time = moment(tour.date, stop.arrival_s).astimezone(dt.UTC)
            point.description = _times(tour, stop)
            point.type = stop.kind or None
            file.waypoints.append(point)
        file.routes.append(_route(tour, name))
        file.tracks.append(_track(tour, name))
    return _CONTROLS.sub("", file.to_xml(version="1.1", prettyprint=True)).encode()


def _label(number: int, stop: Stop) -> str:
    return f"{number} {called(stop)}"


def _times(tour: Tour, stop: Stop) -> str:
    return _("{day}: arrival {arrival}, {start} to {end}").format(
        day=tour_day(tour.date, tour.bus),
        arrival=clock(stop.arrival_s),
        start=clock(stop.start_s),
        end=clock(stop.departure_s),
    )


def _route(tour: Tour, name: str) -> GPXRoute:
    import gpxpy.gpx as gpx

    route = gpx.GPXRoute(name=name)
    depot = gpx.GPXRoutePoint(tour.depot.lat, tour.depot.lon, name=tour.depot.name)
    route.points.append(depot)
    for number, stop in enumerate(tour.stops, 1):
        route.points.append(gpx.GPXRoutePoint(stop.lat, stop.lon, name=_label(number, stop)))
    route.points.append(depot)
    return route


def _track(tour: Tour, name: str) -> GPXTrack:
    """Return the way along the roads, a segment per leg."""
    import gpxpy.gpx as gpx

    track = gpx.GPXTrack(name=name)
    for leg in tour.legs:
        points = [gpx.GPXTrackPoint(lat, lon) for lon, lat in leg.route]
        track.segments.append(gpx.GPXTrackSegment(points))
    return track
