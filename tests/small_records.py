"""A log on the napkin: visits of one place in the west and one in the east."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from small_districts import small_district
from small_visits import visit

from geodata.network import RoadNetwork
from geodata.region import Region
from tours.coveragetally import Record
from tours.plan import Plan
from tours.visits import Journal, Visit, in_order

NOW = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def on(
    month: int, day: int, place: str = "west", met: int = 4, new: int = 1, minutes: int = 60
) -> Visit:
    """Return a visit of an hour, or of other minutes, in 2026."""
    return visit(place, dt.date(2026, month, day), met=met, new=new, minutes=minutes)


def record(
    region: Region,
    toml: str,
    network: RoadNetwork,
    visits: Sequence[Visit],
    *,
    plans: Sequence[Plan] = (),
    now: dt.datetime = NOW,
    first_logged: Mapping[int, dt.datetime] | None = None,
) -> Record:
    """Return a record of visits, which are numbered from 1 on."""
    numbered = [replace(one, id=number) for number, one in enumerate(visits, start=1)]
    district = replace(small_district(region, toml, network), journal=Journal(in_order(numbered)))
    logged = first_logged or {
        one.id: dt.datetime.combine(one.date, dt.time(20), dt.UTC) for one in numbered
    }
    return Record(district, tuple(plans), now, logged)
