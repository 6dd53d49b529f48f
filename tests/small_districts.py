"""A district with two places, what it offers to the solver, and plans of earlier weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from geodata.network import NetworkSource, RoadNetwork
from geodata.places import Place
from geodata.region import Region
from geodata.travel import Router
from tours.calendar import week_dates
from tours.candidates import Offer, offer_weeks
from tours.config import read_config
from tours.district import District
from tours.history import History
from tours.outings import build_outings
from tours.plan import Plan
from tours.planning import travel_points
from tours.problem import Cover
from tours.tour import Depot, Leg, Stop, Tour
from tours.wishes import Wishes

WEEK = "2026-W48"
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def small_district(region: Region, toml: str, network: RoadNetwork) -> District:
    """Return a district with a place in each municipality, open at any time."""
    config = read_config(toml, "region.toml", region.municipalities)
    west, east = list(region.municipalities.values())[:2]
    places = (
        Place(id="west", name="West", kind="square", lon=west.lon, lat=west.lat, ags=west.ags),
        Place(id="east", name="East", kind="school", lon=east.lon, lat=east.lat, ags=east.ags),
    )
    return District(region, config, places, replace(network, snap_limit_m=100_000))


def offered(
    district: District,
    *weeks: str,
    wishes: Wishes | None = None,
    history: History | None = None,
    waived: tuple[str, ...] = (),
) -> Offer:
    """Return what the weeks offer, week 48 if none is named."""
    outings = build_outings(district.config, weeks or (WEEK,), wishes.outages if wishes else ())
    travel = Router(district.network, travel_points(district)).travel_times()
    return offer_weeks(district, outings, travel, history=history, wishes=wishes, waived=waived)


def covers_of(offer: Offer, place: str) -> list[Cover]:
    """Return the rules that a visit of a place helps to keep."""
    return [cover for cover in offer.problem.covers if place in cover.places]


def earlier_plan(
    district: District,
    week: str,
    *stops: tuple[str, str, int],
    days: str = "Di Do",
    cycle: tuple[str, ...] = (),
) -> Plan:
    """Return the plan of a week with stops of an hour, each (place, weekday, start hour)."""
    here = ((10.05, 52.05), (10.05, 52.05))
    by_id = {place.id: place for place in district.places}
    tours = []
    for day in days.split():
        date: dt.date = week_dates(week)[DAYS.index(day)]
        halts = tuple(
            Stop(
                place_id=id_,
                name=id_,
                kind=by_id[id_].kind if id_ in by_id else "appointment",
                ags=by_id[id_].ags if id_ in by_id else district.places[0].ags,
                municipality="",
                lon=10.05,
                lat=52.05,
                arrival_s=hour * 3600,
                start_s=hour * 3600,
                departure_s=(hour + 1) * 3600,
                expected=50,
            )
            for id_, weekday, hour in stops
            if weekday == day
        )
        legs = (Leg(0, 0, here),) * (len(halts) + 1) if halts else ()
        depot = Depot("Hof", 10.05, 52.05)
        tours.append(Tour(f"{date}", date, depot, 50_400, 68_400, 50_400, 68_400, halts, legs))
    return Plan(
        service="Bus",
        district="Landkreis Serviette",
        week=week,
        tours=tuple(tours),
        unassigned=(),
        cancelled=(),
        value=100,
        bound=100,
        seed=0,
        network=NetworkSource("estimate", "", "© Serviette", 0.15, 0.4),
        attribution="© Serviette",
        config_digest="0123456789ab",
        knows_school_holidays=True,
        cycle=cycle,
    )
