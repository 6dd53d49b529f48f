"""A district on a napkin and a week in it, for tests of the web map."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import shapely
from hostile_texts import PAGES
from shapely.geometry import MultiLineString

from geodata.network import NetworkSource
from maps.basemap import Basemap, Label
from tours.leftout import Unassigned
from tours.plan import Plan
from tours.tour import Depot, Leg, Stop, Tour

# Those that could break a page; every other text is tried in test_hostile.py.
HOSTILE = PAGES
ROAD = ((9.90, 51.70), (9.95, 51.70), (10.00, 51.72), (10.05, 51.70))
ESTIMATE = NetworkSource("estimate", "", "© stops", 0.15, 0.4)
DOWNLOAD = NetworkSource("download", "2026-10-01", "© roads")


def stop(name: str, lon: float, lat: float, start_s: int, **changes: Any) -> Stop:  # noqa: ANN401 - any field
    made = Stop(
        place_id=name,
        name=name,
        kind="park",
        ags="03155001",
        municipality="Amt",
        lon=lon,
        lat=lat,
        arrival_s=start_s - 900,
        start_s=start_s,
        departure_s=start_s + 2700,
        expected=240,
    )
    return replace(made, **changes)


def tour(day: int, stops: Sequence[Stop], name: str = "Bauhof") -> Tour:
    """Return an afternoon of November 2026 that drives along the road to its stops and back."""
    there = (*ROAD, *((s.lon, s.lat) for s in stops))
    legs = [Leg(600, 4_200, there)] + [Leg(600, 4_200, there[::-1][:2]) for _ in stops[1:]]
    return Tour(
        id=f"d{day}",
        date=dt.date(2026, 11, day),
        depot=Depot(name, *ROAD[0]),
        shift_start_s=14 * 3600,
        shift_end_s=19 * 3600,
        leave_s=14 * 3600 + 300,
        return_s=18 * 3600 + 1500,
        stops=tuple(stops),
        legs=(*legs, Leg(600, 4_200, there[::-1])) if stops else (),
    )


def week(names: Sequence[str] = ("Alte Halle", "Bad", "Campus"), **changes: Any) -> Plan:  # noqa: ANN401 - any field
    """Return a week of two afternoons that share a road; the names in the order of the stops."""
    first, second, third, *_rest = (*names, "Alte Halle", "Bad", "Campus")
    plan = Plan(
        service="Bauwagen",
        district="Kreis Serviette",
        week="2026-W48",
        tours=(
            tour(24, [stop(first, 10.05, 51.70, 15 * 3600), stop(second, 10.06, 51.74, 61_200)]),
            tour(26, [stop(third, 10.08, 51.66, 15 * 3600 + 1800, expected=60)]),
        ),
        unassigned=(
            Unassigned("d", "Dorfplatz", "square", "03155001", "Amt", 9.96, 51.76, "outranked"),
        ),
        cancelled=(),
        value=5,
        bound=5,
        seed=1,
        network=DOWNLOAD,
        attribution="© borders",
        config_digest="00000000",
        knows_school_holidays=True,
    )
    return replace(plan, **changes)


def district(*, is_estimate: bool = False, name: str = "Amt") -> Basemap:
    return Basemap(
        boundary=shapely.box(9.85, 51.60, 10.15, 51.80),
        borders=MultiLineString([((10.0, 51.6), (10.0, 51.8))]),
        labels=(Label(name, 9.93, 51.66, 900), Label("Berg", 10.07, 51.77, 800)),
        roads={2: MultiLineString([ROAD]), 5: MultiLineString([((9.9, 51.7), (9.92, 51.65))])},
        is_estimate=is_estimate,
        attribution=("© borders", "© roads"),
    )


@dataclass
class Reading(HTMLParser):
    """What stands in a page: its tags with their attributes, its title, its data."""

    text: str
    tags: list[tuple[str, list[tuple[str, str | None]]]] = field(default_factory=list)
    styles: str = ""
    title: str = ""
    data: Any = None

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        """Note the text after a tag."""
        tag, attrs = self.tags[-1] if self.tags else ("", [])
        if tag == "style":
            self.styles += data
        if tag == "title" and not self.title:
            self.title = data
        if ("type", "application/json") in attrs and self.data is None:
            self.data = json.loads(data)
