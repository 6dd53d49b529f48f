"""A service on the napkin whose weeks can be tried out: half hours, one or two stops a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from small_grid import ORIGIN

from geodata.crs import to_lonlat
from geodata.network import RoadNetwork
from geodata.places import Place
from geodata.region import Region
from tours.config import read_config
from tours.district import District
from tours.plan import Asked, Plan
from tours.planning import build_task, plan_weeks
from tours.problem import Problem
from tours.wishes import read_wishes

WEEK = "2026-W48"
Making = Callable[..., District]

NOTHING = Asked((), (), (), (), ())


def service(
    region: Region,
    network: RoadNetwork,
    toml: str,
    *,
    seed: int = 0,
    places: int = 5,
    days: str = "Di",
    end: str = "17:00",
    rules: str = "",
    areas: str = "",
    driving: float = 0.3,
) -> District:
    """Return a district with some places of random weights, the first half of them in the west.

    An afternoon from 14 to 17 o'clock has time for two stops of half an hour.
    """
    head = toml.split("[[shifts]]", maxsplit=1)[0]
    shifts = "".join(
        f'[[shifts]]\nweekday = "{day}"\nstart = "14:00"\nend = "{end}"\n' for day in days.split()
    )
    tail = toml[toml.index("[times]") : toml.index("[[areas]]")]
    tail = tail.replace("grid_minutes = 5", "grid_minutes = 30").replace("[30, 60]", "[30]")
    tail = tail.replace("driving_hour = 0.3", f"driving_hour = {driving}")
    tail = tail.replace("[rules]", f"[rules]\n{rules}")
    ((lon, lat),) = to_lonlat([ORIGIN[0]], [ORIGIN[1]]).tolist()
    head = head.replace("lon = 10.05", f"lon = {lon}").replace("lat = 52.05", f"lat = {lat}")
    config = read_config(head + shifts + tail + areas, "region.toml", region.municipalities)
    rng = np.random.default_rng(seed)
    west, east = list(region.municipalities.values())[:2]
    # All of them, and the depot, lie within the square kilometre that has roads.
    lonlat = to_lonlat(*(ORIGIN[axis] + rng.uniform(0, 1000, places) for axis in (0, 1)))
    made = tuple(
        Place(
            id=f"p{number}",
            name=f"Platz {number}",
            kind="square",
            lon=lon,
            lat=lat,
            ags=west.ags if number < places // 2 else east.ags,
            start_weight=round(float(rng.uniform(0.5, 3)), 1),
        )
        for number, (lon, lat) in enumerate(lonlat.tolist())
    )
    return District(region, config, made, replace(network, snap_limit_m=1_000))


def with_place(district: District, number: int, **values: object) -> District:
    """Return a district with one place changed."""
    places = list(district.places)
    places[number] = replace(places[number], **values)  # type: ignore[arg-type]  # any of its fields
    return replace(district, places=tuple(places))


def planned(district: District, asked: Asked = NOTHING, weeks: Sequence[str] = (WEEK,)) -> Plan:
    """Return the plan of the first of some weeks."""
    return plan_weeks(district, weeks, wishes=read_wishes(asked))[0]


def problem_of(
    district: District, asked: Asked = NOTHING, weeks: Sequence[str] = (WEEK,)
) -> Problem:
    """Return what the solver is asked."""
    return build_task(district, weeks, wishes=read_wishes(asked)).offer.problem


def visited(*plans: Plan) -> set[str]:
    """Return the places that plans visit."""
    return {stop.place_id for plan in plans for tour in plan.tours for stop in tour.stops}
